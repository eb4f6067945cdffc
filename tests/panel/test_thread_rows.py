"""What is drawn of a message, kind by kind."""

import json
from typing import Any

import pytest

from jumper_app.channels.contract import (
    Advert,
    ContactCard,
    Contacts,
    Form,
    Location,
    Media,
    MediaRef,
    Order,
    OrderLine,
    Unsupported,
)
from jumper_app.conversations.history import File, Line
from jumper_app.models import Message
from jumper_app.panel.thread import rows
from tests.make import NOON


def draw(line: Line, tone: str = "") -> dict[str, Any]:
    """What is drawn, as the browser gets it."""
    return dict(rows.draw(line, tone))


def message(text: str = "", **over: Any) -> Message:
    fields: dict[str, Any] = {
        "public_id": "m1",
        "conversation_id": 1,
        "account_id": 1,
        "kind": "customer",
        "at": NOON,
        "text": text,
        "stored_at": NOON,
    }
    return Message(**{**fields, **over})


def line(text: str = "", author: str = "", files: tuple[File, ...] = (), **over: Any) -> Line:
    quoted = over.pop("quoted", None)
    return Line(message=message(text, **over), author=author, files=files, quoted=quoted)


def file(mime: str, **over: Any) -> File:
    fields = {"public_id": "f1", "state": "ready", "filename": "", "size": 0}
    return File(mime=mime, width=0, height=0, **{**fields, **over})  # type: ignore[arg-type]


def media(kind: Any, **over: Any) -> dict[str, Any]:
    return Media(kind=kind, media=MediaRef(), **over).model_dump(mode="json")


def test_a_short_message_of_a_customer_says_nothing_superfluous():
    assert draw(line("Hello")) == {
        "id": "m1",
        "kind": "customer",
        "at": "2026-11-23T12:00:00+00:00",
        "pieces": [{"text": "Hello"}],
    }


def test_a_short_message_costs_less_than_three_hundred_bytes():
    row = draw(line("Wow, thank you!! Size 40 please", public_id="0" * 32))
    assert len(json.dumps(row, separators=(",", ":"))) < 300


def test_an_agents_message_carries_face_tick_and_the_browsers_own_key():
    row = draw(
        line("Hi", "Ana Novak", kind="agent", delivery="sent", client_key="7:abc"), tone="blue"
    )
    shown = (row["author"], row["initials"], row["tone"], row["delivery"], row["key"])
    assert shown == ("Ana Novak", "AN", "blue", "sent", "abc")


def test_the_key_does_not_tell_an_agents_number():
    assert "7:" not in json.dumps(draw(line("Hi", "Ana", kind="note", client_key="7:abc")))


def test_a_bots_message_carries_its_flow_and_choices():
    content = {"type": "text", "text": "Which?", "choices": [{"id": "a", "title": "40"}]}
    row = draw(line("Which?", kind="bot", bot="Order help", content=content))
    assert (row["author"], row["choices"]) == ("Order help", ["40"])


def test_a_status_line_is_worded_when_it_is_drawn():
    row = draw(line(kind="status", content={"event": "bot_triggered", "flow": "Order help"}))
    shown = (row["head"], row["rest"], row["icon"])
    assert shown == ("User triggered the bot", "Order help", "bot")


def test_a_withdrawn_message_shows_nothing_of_what_it_said():
    row = draw(line("secret", revoked_at=NOON, files=(file("image/png"),)))
    assert row["revoked"]
    assert "secret" not in json.dumps(row)
    assert "files" not in row


def test_a_failed_message_says_why():
    row = draw(line("Hi", "Ana", kind="agent", delivery="failed", failure="Not on WhatsApp."))
    assert (row["delivery"], row["failure"]) == ("failed", "Not on WhatsApp.")


@pytest.mark.parametrize(
    ("content", "mime", "look"),
    [
        pytest.param(media("image"), "image/jpeg", "image", id="picture"),
        pytest.param(media("sticker"), "image/webp", "sticker", id="sticker"),
        pytest.param(media("video"), "video/mp4", "video", id="film"),
        pytest.param(media("audio"), "audio/ogg", "audio", id="sound"),
        pytest.param(media("audio", voice=True), "audio/ogg", "voice", id="voice"),
        pytest.param(media("document"), "image/png", "document", id="picture-as-file"),
        pytest.param(media("image"), "text/html", "document", id="not-what-it-is-called"),
        pytest.param({"type": "image"}, "image/png", "image", id="our-own-photo"),
    ],
)
def test_a_file_is_drawn_as_what_it_is(content: dict[str, Any], mime: str, look: str):
    [drawn] = draw(line(content=content, files=(file(mime),)))["files"]
    assert drawn["look"] == look


def test_a_document_shows_its_name_and_size():
    shown = file("application/pdf", filename="invoice.pdf", size=482_133)
    [drawn] = draw(line(content=media("document"), files=(shown,)))["files"]
    assert (drawn["name"], drawn["size"]) == ("invoice.pdf", "471 KB")


def test_a_place_shows_coordinates_and_a_link_and_its_name_once():
    content = Location(latitude=19.4326, longitude=-99.1332, name="Casa").model_dump(mode="json")
    row = draw(line("Casa", content=content))
    assert row["place"]["coordinates"] == "19.43260, -99.13320"
    assert row["place"]["href"].startswith("https://")
    assert "pieces" not in row


def test_a_place_with_a_wicked_link_gets_ours():
    content = Location(latitude=0, longitude=0, url="javascript:x").model_dump(mode="json")
    assert draw(line(content=content))["place"]["href"].startswith("https://")


def test_a_contact_card_lists_what_it_holds():
    card = ContactCard(name="Luis", phones=("+1",), emails=("l@example.com",), organisation="Azul")
    [person] = draw(line(content=Contacts(cards=(card,)).model_dump(mode="json")))["people"]
    assert person == {"name": "Luis", "lines": ["Azul", "+1", "l@example.com"]}


def test_an_order_is_read_line_by_line():
    order = Order(lines=(OrderLine(product="trail", quantity=2, price="129", currency="EUR"),))
    assert draw(line(content=order.model_dump(mode="json")))["order"]["lines"] == [
        "2 × trail · 129 EUR"
    ]


def test_a_form_shows_question_and_answer():
    form = Form(answers={"City": "Puebla"}).model_dump(mode="json")
    assert draw(line(content=form))["answers"] == [{"name": "City", "value": "Puebla"}]


def test_what_cannot_be_shown_says_so():
    content = Unsupported(kind="poll").model_dump(mode="json")
    assert draw(line(content=content))["unsupported"]


def test_marks_of_a_message_are_drawn():
    advert = Advert(headline="Sale", url="https://example.com/ad").model_dump(mode="json")
    content = {"type": "text", "text": "Hi", "forwarded": True, "advert": advert}
    reactions = [{"person": "us", "emoji": "👍"}, {"person": "customer", "emoji": "🙏"}]
    row = draw(line("Hi", content=content, reactions=reactions, edited_at=NOON, elsewhere=True))
    assert row["forwarded"]
    assert row["edited"]
    assert row["elsewhere"]
    assert (row["reactions"], row["advert"]["headline"]) == ("👍 🙏", "Sale")


def test_a_quoted_message_is_shown_in_short():
    quoted = message("y" * 500, public_id="q1")
    quote = draw(line("Yes", quotes="wamid.q", quoted=quoted))["quote"]
    assert (quote["id"], len(quote["text"])) == ("q1", 120)
