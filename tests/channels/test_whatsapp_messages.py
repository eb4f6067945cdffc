"""Every kind of message that a customer can write, by the payload file of its name."""

from typing import Any

import pytest

from jumper_app.channels.contract import (
    Advert,
    ContactCard,
    Contacts,
    Form,
    Inbound,
    Location,
    Media,
    Order,
    OrderLine,
    Person,
    Text,
    Unsupported,
)
from jumper_app.channels.whatsapp import WHATSAPP
from tests.channels.expected import MIA, MIA_ID, MIA_NUMBER, amendment, file, inbound
from tests.channels.payloads import RECEIVED, ours

DIGEST = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
JPEG = file(300, "image/jpeg", sha256=DIGEST)
OPUS = "audio/ogg; codecs=opus"

CONTENTS = {
    "text": ("wamid.text", Text(text="Do you ship to Malmö? 🚲")),
    "text_with_nul": ("wamid.nul", Text(text="ab")),
    "image": ("wamid.image", Media(kind="image", media=JPEG, caption="The broken pedal")),
    "video": (
        "wamid.video",
        Media(kind="video", media=file(301, "video/mp4", sha256=DIGEST)),
    ),
    "audio": ("wamid.audio", Media(kind="audio", media=file(302, "audio/mpeg"))),
    "voice_note": ("wamid.voice", Media(kind="audio", media=file(303, OPUS), voice=True)),
    "voice_of_old": ("wamid.oldvoice", Media(kind="audio", media=file(304, OPUS), voice=True)),
    "document": (
        "wamid.document",
        Media(
            kind="document",
            media=file(305, "application/pdf", filename="../../order 7.pdf"),
            caption="My order",
        ),
    ),
    "sticker": (
        "wamid.sticker",
        Media(kind="sticker", media=file(306, "image/webp"), animated=True),
    ),
    "location": (
        "wamid.location",
        Location(latitude=55.605, longitude=13.0038, name="Malmö C", address="Skeppsbron 1"),
    ),
    "contacts": (
        "wamid.contacts",
        Contacts(
            cards=(
                ContactCard(
                    name="Ola Berg",
                    phones=("+46 70 174 06 10",),
                    emails=("ola@example.com",),
                    organisation="Berg AB",
                ),
                ContactCard(name="Eva Ek"),
            )
        ),
    ),
    "list_reply": ("wamid.listreply", Text(text="Lund", payload="shop:3", from_button=True)),
    "form_reply": (
        "wamid.form",
        Form(name="flow", text="Sent", answers={"size": "56", "note": "ab"}),
    ),
    "form_reply_not_an_object": (
        "wamid.form2",
        Form(name="flow", text="Sent", answers={"response": [1, 2]}),
    ),
    "call_permission": (
        "wamid.call",
        Form(
            name="call_permission_reply",
            text="accept",
            answers={"response": "accept", "expiration_timestamp": 1793460000},
        ),
    ),
    "order": (
        "wamid.order",
        Order(
            catalogue="7001",
            text="Please wrap it",
            lines=(
                OrderLine(product="BELL-2", quantity=2, price="49.5", currency="SEK"),
                OrderLine(product="LAMP-1", quantity=1, price="120", currency="SEK"),
            ),
        ),
    ),
    "no_field_but_messages": ("wamid.nofield", Text(text="No field")),
    "lone_contact_names_the_sender": ("wamid.lone", Text(text="Hello")),
}
"""Case → the message's id and what it says; all from Mia, all open the window."""

NOT_SHOWN = {
    "media_not_fetched": ("video", "The file is larger than WhatsApp passes on.", True),
    "location_off_the_earth": ("location", "", True),
    "interactive_unknown": ("interactive.product", "", True),
    "unsupported": ("poll_creation", "Polls are not supported.", True),
    "ephemeral": ("ephemeral", "", True),
    "unknown_type": ("unknown", "Not known here", True),
    "no_type": ("unknown", "", True),
    "request_welcome": ("request_welcome", "", False),
    "reaction_to_nothing": ("reaction", "", False),
}
"""Case → the kind and reason that are shown, and whether it opens the window."""


def parse(name) -> list[Any]:
    return list(WHATSAPP.parse(ours(name), RECEIVED))


@pytest.mark.parametrize("name", CONTENTS)
def test_a_message_is_read_as_what_it_says(name):
    external_id, content = CONTENTS[name]
    assert parse(name) == [inbound(external_id, content)]


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_a_message_that_cannot_be_shown_is_kept_whole(name):
    kind, reason, opens_window = NOT_SHOWN[name]
    [item] = parse(name)
    raw = ours(name)["entry"][0]["changes"][0]["value"]["messages"][0]
    assert item.content == Unsupported(kind=kind, reason=reason, raw=raw)
    assert (item.sender, item.opens_window) == (MIA, opens_window)


def test_an_answer_without_its_answer_is_a_row_and_the_error_is_news():
    message, error = parse("interactive_missing")
    assert message.content.type == "unsupported"
    assert message.content.reason == "This answer cannot be passed on."
    assert (error.kind, error.raw["code"]) == ("errors", 131000)


def test_a_template_button_carries_its_payload_and_what_it_answers():
    tapped = Text(text="Stop", payload="STOP", from_button=True)
    assert parse("button") == [inbound("wamid.button", tapped, quotes="wamid.template")]


def test_a_reply_button_carries_its_payload_and_what_it_answers():
    tapped = Text(text="Repair", payload="topic:repair", from_button=True)
    assert parse("button_reply") == [inbound("wamid.buttonreply", tapped, quotes="wamid.question")]


def test_a_reply_quotes_our_message():
    assert parse("reply") == [inbound("wamid.reply", "Yes, that one", quotes="wamid.ours")]


def test_a_question_about_a_product_quotes_the_catalogue_message():
    expected = inbound("wamid.product2", "Is it in stock?", quotes="wamid.catalogue")
    assert parse("about_a_product") == [expected]


@pytest.mark.parametrize(
    ("name", "external_id"), [("forwarded", "wamid.fwd"), ("forwarded_often", "wamid.fwd5")]
)
def test_a_forwarded_message_says_so(name, external_id):
    assert parse(name) == [inbound(external_id, "Look", forwarded=True)]


def test_a_customer_from_an_advert_brings_it_along():
    advert = Advert(
        source_id="120",
        url="https://fb.me/example",
        headline="Spring bells",
        body="Ring loud",
    )
    assert parse("from_an_advert") == [inbound("wamid.ad", "Hi", advert=advert)]


def test_a_message_in_a_group_does_not_open_the_customers_own_window():
    assert parse("group_message") == [inbound("wamid.group", "Hi all", opens_window=False)]


def test_a_customer_with_a_user_id_alone_has_no_phone():
    sender = Person(identities=(MIA_ID,), name="Mia Lind", username="mialind")
    assert parse("user_id_only") == [inbound("wamid.bsuid", "Hello", sender=sender)]


def test_a_customer_without_a_profile_is_known_by_the_number():
    sender = Person(identities=(MIA_NUMBER,), phone="+46701740605")
    assert parse("number_only") == [inbound("wamid.number_only", "Hello", sender=sender)]


def test_contacts_are_matched_by_their_names_not_their_places():
    mia, ola = parse("contacts_in_another_order")
    assert (mia.sender, ola.sender.name, ola.sender.phone) == (MIA, "Ola Berg", "+46701740610")


def test_a_customer_who_shares_the_own_number_has_a_phone_from_then_on():
    [item] = parse("contacts_own_number")
    assert (item.sender.identities, item.sender.phone) == ((MIA_ID,), "+46701740605")


def test_ids_and_times_may_be_numbers():
    sender = Person(identities=(MIA_NUMBER,), phone="+46701740605")
    expected = inbound("1234567890123", "Numbers", sender=sender)
    assert parse("ids_and_times_as_numbers") == [expected]


def test_a_time_that_cannot_be_is_the_time_of_receipt():
    expected = inbound("wamid.future", "From tomorrow", sent_at=RECEIVED)
    assert parse("time_that_cannot_be") == [expected]


def test_a_reaction_speaks_of_our_message():
    expected = amendment("wamid.reaction", "reaction", "wamid.ours", emoji="❤️")
    assert parse("reaction") == [expected]


@pytest.mark.parametrize(
    ("name", "external_id"),
    [("reaction_emptied", "wamid.unreaction1"), ("reaction_removed", "wamid.unreaction2")],
)
def test_an_empty_or_missing_emoji_takes_the_reaction_back(name, external_id):
    assert parse(name) == [amendment(external_id, "reaction", "wamid.ours", emoji="")]


def test_an_edit_carries_the_new_words():
    edited = Text(text="Do you ship to Lund?")
    assert parse("edit") == [amendment("wamid.edit", "edit", "wamid.text", content=edited)]


def test_a_withdrawn_message_is_named():
    assert parse("revoke") == [amendment("wamid.revoke", "revoke", "wamid.text")]


def test_a_contact_with_the_same_number_but_another_user_id_is_somebody_else():
    body = ours("text")
    body["entry"][0]["changes"][0]["value"]["contacts"][0]["user_id"] = "SE.2"
    [item] = list(WHATSAPP.parse(body, RECEIVED))
    assert isinstance(item, Inbound)
    assert (item.sender.identities, item.sender.name) == ((MIA_ID, MIA_NUMBER), "")


def test_a_plus_before_a_number_makes_nobody_else_of_it():
    body = ours("text")
    body["entry"][0]["changes"][0]["value"]["messages"][0]["from"] = "+46701740605"
    assert list(WHATSAPP.parse(body, RECEIVED)) == parse("text")
