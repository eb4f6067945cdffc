"""Every request body that we can make, held against Meta's OpenAPI file and its own rules."""

import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.channels.contract import (
    ButtonValue,
    Card,
    Choice,
    ContactCard,
    Identity,
    IdentityKind,
    MediaKind,
    Outbound,
    OutCards,
    OutContacts,
    OutLocation,
    OutMedia,
    OutOptIn,
    OutReaction,
    OutTemplate,
    OutText,
    TemplateValue,
)
from jumper_app.channels.meta.failures import BadRequest, NeedsPhone
from jumper_app.channels.whatsapp.asking import LIST_BUTTON, numbered
from jumper_app.channels.whatsapp.limits import (
    MAX_BUTTON_TITLE,
    MAX_CAPTION,
    MAX_INTERACTIVE_TEXT,
    MAX_ROW_TITLE,
    MAX_TEXT,
)
from jumper_app.channels.whatsapp.outbound import body_of, reaction_body, read_body
from tests.channels import openapi
from tests.channels.payloads import WHY_SKIPPED

needs_openapi = pytest.mark.skipif(not openapi.document(), reason=WHY_SKIPPED)

NUMBER = Identity(kind=IdentityKind.WA_ID, value="46701740605")
USER_ID = Identity(kind=IdentityKind.BSUID, value="SE.4401827365510923")
REFERENCE = "0123456789abcdef0123456789abcdef"
WORDS = st.text(min_size=1, max_size=MAX_TEXT)
CHOICE = st.builds(
    Choice,
    id=st.text(min_size=1, max_size=200),
    title=st.text(min_size=1, max_size=30),
)
CHOICES = st.lists(CHOICE, max_size=12).map(tuple)
RECIPIENTS = st.sampled_from([(NUMBER,), (USER_ID, NUMBER), (USER_ID,)])


def outbound(content, *, recipient=(USER_ID, NUMBER), **more):
    return Outbound(reference=REFERENCE, recipient=recipient, content=content, **more)


def made(message: Outbound, media_ids=None, filename="") -> Any:
    return body_of(message, media_ids or {}, filename)


def spoken(words, *titles, **more) -> Any:
    choices = tuple(Choice(id=f"c{place}", title=title) for place, title in enumerate(titles))
    content = OutText(text=words, choices=choices)
    return made(outbound(content, **more))


@needs_openapi
@given(WORDS, CHOICES, RECIPIENTS, st.sampled_from(["", "wamid.before"]))
def test_every_text_is_right_by_metas_file(words, choices, recipient, quotes):
    content = OutText(text=words, choices=choices)
    try:
        body = made(outbound(content, recipient=recipient, quotes=quotes))
    except BadRequest:
        assert len(numbered(content)) > MAX_TEXT
    else:
        assert openapi.complaints(body) == []


@needs_openapi
@given(st.text(max_size=MAX_CAPTION), RECIPIENTS)
def test_every_picture_is_right_by_metas_file(caption, recipient):
    content = OutMedia(kind="image", attachment="a", caption=caption)
    body = made(outbound(content, recipient=recipient), {"a": "990011"})
    assert openapi.complaints(body) == []


PLACE = OutLocation(latitude=55.7, longitude=13.19, name="Shop", address="Main street 1")
FILE = OutMedia(kind="document", attachment="a", caption="The menu")
PRIYA = ContactCard(
    name="Priya Nair", phones=("+919876543210",), emails=("p@example.com",), organisation="Nair"
)
BIKE = Card(title="Bike", subtitle="Red", link="https://example.com/bike", picture="a")
BUY = (Choice(id="buy", title="Buy"), Choice(id="more", title="Details"))
OFFER = OutTemplate(
    name="offer",
    language="en_US",
    body=(TemplateValue(text="Priya"), TemplateValue(text="20 %")),
    buttons=(
        ButtonValue(index=0, kind="quick_reply", value="yes"),
        ButtonValue(index=1, kind="url", value="bike"),
        ButtonValue(index=2, kind="copy_code", value="SAVE20"),
    ),
)


@needs_openapi
@pytest.mark.parametrize(
    "content",
    [
        *(
            pytest.param(OutMedia(kind=kind, attachment="a", caption="Look"), id=kind)
            for kind in typing.get_args(MediaKind)
        ),
        pytest.param(PLACE, id="location"),
        pytest.param(OutLocation(latitude=-90, longitude=180), id="nameless-location"),
        pytest.param(OutContacts(cards=(PRIYA,)), id="contact"),
        pytest.param(
            OutContacts(cards=(ContactCard(name="Cher", phones=("+1",)), PRIYA)), id="two"
        ),
        pytest.param(OFFER, id="template"),
        pytest.param(OutTemplate(name="hello", language="sv"), id="template-without-values"),
        pytest.param(
            OutTemplate(
                name="hi", language="sv", body=(TemplateValue(name="first_name", text="Bo"),)
            ),
            id="template-with-named-values",
        ),
        pytest.param(OFFER.model_copy(update={"header_media": FILE}), id="template-with-a-file"),
        pytest.param(OFFER.model_copy(update={"header_place": PLACE}), id="template-with-a-place"),
        pytest.param(
            OFFER.model_copy(update={"header": (TemplateValue(text="Sale"),)}),
            id="template-with-a-title",
        ),
        pytest.param(OutCards(cards=(BIKE,)), id="card"),
        pytest.param(OutCards(cards=(BIKE.model_copy(update={"choices": BUY}),)), id="card-to-tap"),
        pytest.param(OutCards(cards=(BIKE, BIKE.model_copy(update={"choices": BUY}))), id="cards"),
    ],
)
def test_every_other_message_is_right_by_metas_file(content):
    body = made(outbound(content), {"a": "990011"}, "menu.pdf")
    assert openapi.complaints(body) == []


@needs_openapi
@pytest.mark.parametrize("shown", [True, False])
def test_every_read_mark_is_right_by_metas_file(shown):
    assert openapi.complaints(read_body("wamid.theirs", typing=shown)) == []


@needs_openapi
@pytest.mark.parametrize("emoji", ["", "👍", "🏳️‍🌈"])
def test_every_reaction_is_right_by_metas_file(emoji):
    said = OutReaction(reference=REFERENCE, recipient=(NUMBER,), about="wamid.old", emoji=emoji)
    assert openapi.complaints(reaction_body(said)) == []


@needs_openapi
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"to": None}, id="to-is-null"),
        pytest.param({"recipient_type": "crowd"}, id="unknown-recipient-type"),
        pytest.param({"recipient": "SE.1"}, id="to-and-recipient"),
        pytest.param({"text": {"body": 7}}, id="text-is-a-number"),
        pytest.param({"text": {"body": "x", "colour": "red"}}, id="unknown-key-inside"),
        pytest.param({"surprise": 1}, id="unknown-key"),
    ],
)
def test_the_schema_finds_what_is_wrong(wrong):
    assert openapi.complaints(spoken("Hello") | wrong)


def test_a_text_is_addressed_by_number_with_our_reference():
    assert spoken("Hello") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+46701740605",
        "biz_opaque_callback_data": REFERENCE,
        "type": "text",
        "text": {"body": "Hello", "preview_url": False},
    }


def test_a_text_with_a_link_asks_for_its_preview():
    assert spoken("See https://example.com")["text"]["preview_url"] is True


def test_a_text_that_answers_names_what_it_answers():
    assert spoken("Yes", quotes="wamid.theirs")["context"] == {"message_id": "wamid.theirs"}


def test_a_customer_known_by_user_id_alone_is_addressed_by_it():
    body = spoken("Hello", recipient=(USER_ID,))
    assert ("to" in body, body["recipient"]) == (False, "SE.4401827365510923")


def test_a_known_phone_is_used_where_there_is_no_number_of_whatsapp():
    body = spoken("Hello", recipient=(USER_ID,), phone="+46701740605")
    assert (body["to"], "recipient" in body) == ("+46701740605", False)


def test_the_number_that_whatsapp_gave_goes_before_the_phone():
    assert spoken("Hello", recipient=(NUMBER,), phone="+46709999999")["to"] == "+46701740605"


def test_a_customer_without_any_address_cannot_be_written_to():
    visitor = Identity(kind=IdentityKind.VISITOR, value="v1")
    with pytest.raises(NeedsPhone):
        spoken("Hello", recipient=(visitor,))


def test_up_to_three_short_choices_are_buttons():
    action = spoken("Which?", "Lund", "Malmö", " Ystad ")["interactive"]["action"]
    assert [button["reply"] for button in action["buttons"]] == [
        {"id": "c0", "title": "Lund"},
        {"id": "c1", "title": "Malmö"},
        {"id": "c2", "title": "Ystad"},
    ]


def test_four_to_ten_choices_are_a_list():
    titles = [f"Shop {number}" for number in range(10)]
    asked = spoken("Which?", *titles)["interactive"]
    [section] = asked["action"]["sections"]
    assert (asked["type"], asked["action"]["button"]) == ("list", LIST_BUTTON)
    assert [row["title"] for row in section["rows"]] == titles


def test_eleven_choices_are_numbered_lines():
    body = spoken("Which?", *(f"Shop {number}" for number in range(11)))
    assert body["text"]["body"].splitlines()[:3] == ["Which?", "", "1. Shop 0"]
    assert body["text"]["body"].splitlines()[-1] == "11. Shop 10"


@pytest.mark.parametrize(
    ("words", "titles", "kind"),
    [
        pytest.param("?", ["x" * MAX_BUTTON_TITLE], "button", id="longest-button"),
        pytest.param("?", ["x" * (MAX_BUTTON_TITLE + 1)], "list", id="longer-than-a-button"),
        pytest.param("?", ["x" * MAX_ROW_TITLE], "list", id="longest-row"),
        pytest.param("?", ["x" * (MAX_ROW_TITLE + 1)], "text", id="longer-than-a-row"),
        pytest.param("?", ["Yes", "Yes"], "text", id="the-same-twice"),
        pytest.param("?", ["Yes", " "], "text", id="blank"),
        pytest.param("x" * MAX_INTERACTIVE_TEXT, ["Yes"], "button", id="longest-question"),
        pytest.param("x" * (MAX_INTERACTIVE_TEXT + 1), ["Yes"], "text", id="longer-question"),
    ],
)
def test_choices_that_cannot_be_tapped_are_written_out(words, titles, kind):
    body = spoken(words, *titles)
    assert body.get("interactive", body).get("type") == kind


def test_the_longest_text_goes_out_whole():
    assert spoken("x" * MAX_TEXT)["text"]["body"] == "x" * MAX_TEXT


def test_a_longer_text_is_refused_before_it_leaves():
    with pytest.raises(BadRequest):
        spoken("x" * (MAX_TEXT + 1))


def test_a_longer_caption_is_refused_before_it_leaves():
    content = OutMedia(kind="image", attachment="a", caption="x" * (MAX_CAPTION + 1))
    with pytest.raises(BadRequest):
        made(outbound(content), {"a": "990011"})


def test_a_document_is_shown_under_its_name_and_nothing_else_is():
    document = made(outbound(FILE), {"a": "990011"}, "menu.pdf")["document"]
    assert document == {"id": "990011", "caption": "The menu", "filename": "menu.pdf"}
    picture = OutMedia(kind="image", attachment="a")
    assert "filename" not in made(outbound(picture), {"a": "1"}, "x.png")["image"]


def test_a_sound_goes_without_its_caption():
    sound = OutMedia(kind="audio", attachment="a", caption="Listen")
    assert made(outbound(sound), {"a": "990011"})["audio"] == {"id": "990011"}


def test_one_card_keeps_its_picture_and_buttons():
    card = OutCards(cards=(BIKE.model_copy(update={"choices": BUY}),))
    shown = made(outbound(card), {"a": "990011"})["interactive"]
    assert shown["header"] == {"type": "image", "image": {"id": "990011"}}
    assert shown["body"]["text"] == "Bike\nRed\nhttps://example.com/bike"


def test_whatsapp_has_no_opt_in_request():
    with pytest.raises(BadRequest):
        made(outbound(OutOptIn(title="News?", payload="news")))


def test_a_picture_without_a_caption_has_none():
    content = OutMedia(kind="image", attachment="a")
    assert made(outbound(content), {"a": "990011"})["image"] == {"id": "990011"}


def test_reading_shows_typing_only_when_asked():
    assert "typing_indicator" not in read_body("wamid.theirs", typing=False)
    assert read_body("wamid.theirs", typing=True)["typing_indicator"] == {"type": "text"}
