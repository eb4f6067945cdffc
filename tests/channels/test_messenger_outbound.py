"""Our messages become bodies that Messenger takes; what it does not take never leaves."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.channels.contract import (
    Card,
    Choice,
    ContactCard,
    Identity,
    IdentityKind,
    Outbound,
    OutCards,
    OutContacts,
    OutLocation,
    OutMedia,
    OutOptIn,
    OutReaction,
    OutTemplate,
    OutText,
    Permission,
)
from jumper_app.channels.messenger.outbound import action_body, body_of, reaction_body
from jumper_app.channels.meta.failures import BadRequest
from jumper_app.simulator.messenger import rules
from jumper_app.simulator.messenger.errors import MessengerError
from tests.channels.messenger_schema import complaints

PSID = "6201188743190022"
NAMES = (Identity(kind=IdentityKind.PSID, value=PSID),)


def body(content: Any, **more: Any) -> dict[str, Any]:
    told = {"reference": "ref-1", "recipient": NAMES, "content": content}
    return body_of(Outbound(**(told | more)), {"a": "1234"})


def message(content: Any) -> dict[str, Any]:
    made = body(content)["message"]
    assert complaints(body(content)) == []
    assert made.pop("metadata") == "ref-1"
    return made


def choices(count: int, title: str = "Choice") -> tuple[Choice, ...]:
    return tuple(Choice(id=f"id {n}", title=f"{title} {n}") for n in range(count))


def card(**more: Any) -> Card:
    told: dict[str, Any] = {"title": "Tent"}
    return Card(**(told | more))


# --- Why it is sent


@pytest.mark.parametrize(
    ("permission", "speaker", "said"),
    [
        ("free", "agent", {"messaging_type": "RESPONSE"}),
        ("free", "bot", {"messaging_type": "RESPONSE"}),
        ("human_only", "agent", {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
        ("human_only", "bot", {"messaging_type": "RESPONSE"}),
    ],
)
def test_only_a_person_after_a_day_speaks_as_a_human_agent(permission, speaker, said):
    made = body(OutText(text="Hi"), permission=Permission(permission), speaker=speaker)
    assert {key: made[key] for key in ("messaging_type", "tag") if key in made} == said
    assert complaints(made) == []


def test_it_goes_to_the_page_scoped_id_with_our_reference():
    made = body(OutText(text="Hi"))
    assert made["recipient"] == {"id": PSID}
    assert made["message"] == {"text": "Hi", "metadata": "ref-1"}


def test_somebody_without_a_page_scoped_id_cannot_be_written_to():
    with pytest.raises(BadRequest):
        body(OutText(text="Hi"), recipient=(Identity(kind=IdentityKind.WA_ID, value="1"),))


# --- What it says


def test_a_text_of_2000_characters_goes_and_one_more_does_not():
    assert message(OutText(text="x" * 2000)) == {"text": "x" * 2000}
    with pytest.raises(BadRequest):
        body(OutText(text="x" * 2001))


def test_thirteen_choices_are_quick_replies():
    replies = message(OutText(text="Which?", choices=choices(13)))["quick_replies"]
    assert len(replies) == 13
    assert replies[0] == {"content_type": "text", "title": "Choice 0", "payload": "id 0"}


@pytest.mark.parametrize(
    "offered",
    [
        pytest.param(choices(14), id="too-many"),
        pytest.param(choices(2, "A title that is too long"), id="too-long"),
        pytest.param((*choices(1), *choices(1)), id="twice-the-same"),
    ],
)
def test_choices_that_cannot_be_tapped_become_numbered_lines(offered):
    made = message(OutText(text="Which?", choices=offered))
    assert list(made) == ["text"]
    assert made["text"].startswith(f"Which?\n\n1. {offered[0].title}\n2. ")


@pytest.mark.parametrize(
    ("kind", "called"),
    [("image", "image"), ("video", "video"), ("audio", "audio"), ("document", "file")],
)
def test_a_file_goes_by_its_id(kind, called):
    made = message(OutMedia(kind=kind, attachment="a"))
    assert made == {"attachment": {"type": called, "payload": {"attachment_id": "1234"}}}


def test_words_and_a_file_never_share_a_message():
    with pytest.raises(BadRequest):
        body(OutMedia(kind="image", attachment="a", caption="Look"))


def test_a_sticker_of_ours_is_not_taken():
    with pytest.raises(BadRequest):
        body(OutMedia(kind="sticker", attachment="a"))


def test_one_card_without_a_picture_is_words_over_buttons():
    said = OutCards(cards=(card(subtitle="€120", link="https://example.com", choices=choices(2)),))
    assert message(said)["attachment"]["payload"] == {
        "template_type": "button",
        "text": "Tent\n€120",
        "buttons": [
            {"type": "web_url", "url": "https://example.com", "title": "Open"},
            {"type": "postback", "title": "Choice 0", "payload": "id 0"},
            {"type": "postback", "title": "Choice 1", "payload": "id 1"},
        ],
    }


def test_several_cards_stand_side_by_side():
    said = OutCards(cards=(card(subtitle="€120"), card(title="Lamp", choices=choices(3))))
    payload = message(said)["attachment"]["payload"]
    assert payload["template_type"] == "generic"
    assert [one["title"] for one in payload["elements"]] == ["Tent", "Lamp"]
    assert len(payload["elements"][1]["buttons"]) == 3


@pytest.mark.parametrize(
    "cards",
    [
        pytest.param((card(), card(title="Lamp")), id="bare-titles"),
        pytest.param((card(subtitle="x" * 81), card(subtitle="y")), id="long-subtitle"),
        pytest.param(tuple(card(title=f"{n}", subtitle="s") for n in range(11)), id="eleven"),
        pytest.param((card(subtitle="s", choices=choices(4)), card(subtitle="y")), id="buttons"),
        pytest.param((card(subtitle="x" * 640, choices=choices(1)),), id="long-words"),
    ],
)
def test_cards_that_fit_in_no_form_become_words(cards):
    made = message(OutCards(cards=cards))
    assert made["text"].startswith(cards[0].title)


def test_a_place_is_a_link_to_a_map():
    made = message(OutLocation(latitude=55.605, longitude=13.0038, name="Shop", address="Kaj 1"))
    assert made["text"] == (
        "Shop\nKaj 1\nhttps://www.openstreetmap.org/?mlat=55.605000&mlon=13.003800"
    )


def test_contact_cards_are_lines():
    cards = (ContactCard(name="Ana", phones=("+4670", "+4671")), ContactCard(name="Ben"))
    assert message(OutContacts(cards=cards))["text"] == "Ana\n+4670\n+4671\nBen"


def test_a_request_to_write_later_has_its_title_and_what_comes_back():
    payload = message(OutOptIn(title="Offers", payload="offers"))["attachment"]["payload"]
    assert payload == {
        "template_type": "notification_messages",
        "title": "Offers",
        "payload": "offers",
    }


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(OutText(text=" \r\n"), id="text"),
        pytest.param(OutCards(cards=(card(title="\t"),)), id="card"),
        pytest.param(OutContacts(cards=(ContactCard(name=" "),)), id="contact"),
        pytest.param(OutOptIn(title="Offers", payload="\r"), id="request-payload"),
        pytest.param(OutOptIn(title="\r", payload="offers"), id="request-title"),
        pytest.param(OutOptIn(title="Offers", payload="x" * 1001), id="request-long-payload"),
    ],
)
def test_what_says_nothing_does_not_leave(content):
    with pytest.raises(BadRequest):
        body(content)


def test_a_title_of_more_than_65_characters_is_no_request():
    with pytest.raises(BadRequest):
        body(OutOptIn(title="x" * 66, payload="offers"))


def test_messenger_has_no_approved_templates():
    with pytest.raises(BadRequest):
        body(OutTemplate(name="hello", language="en"))


# --- Sender actions


@pytest.mark.parametrize("action", ["mark_seen", "typing_on", "typing_off"])
def test_an_action_goes_without_a_message(action):
    made = action_body(NAMES, action)
    assert made == {"recipient": {"id": PSID}, "sender_action": action}
    assert complaints(made) == []


def test_a_reaction_is_given_by_its_name_and_taken_back():
    given = reaction_body(OutReaction(reference="r", recipient=NAMES, about="m_1", emoji="❤️"))
    assert (given["sender_action"], given["payload"]) == (
        "react",
        {"message_id": "m_1", "reaction": "love"},
    )
    taken = reaction_body(OutReaction(reference="r", recipient=NAMES, about="m_1"))
    assert (taken["sender_action"], taken["payload"]) == ("unreact", {"message_id": "m_1"})
    assert complaints(given) == complaints(taken) == []


# --- The schema and the stand-in say the same


BLANK = st.text(alphabet=" \t\r\n\x0b\x1c\x85\u2028\u3000", min_size=1, max_size=5)
"""What a person sees nothing of: Meta calls such a message empty."""
WORDS = st.text(min_size=1, max_size=30) | BLANK
CHOICES = st.lists(
    st.builds(Choice, id=WORDS, title=WORDS), max_size=15, unique_by=lambda one: one.title
).map(tuple)
LINKS = st.sampled_from(["", "https://example.com/tent"])
CONTENTS = st.one_of(
    st.builds(OutText, text=st.text(min_size=1, max_size=2100) | BLANK, choices=CHOICES),
    st.builds(
        OutLocation,
        latitude=st.floats(-90, 90),
        longitude=st.floats(-180, 180),
        name=st.just("") | WORDS,
        address=st.just("") | st.text(max_size=2100),
    ),
    st.builds(
        OutContacts,
        cards=st.lists(
            st.builds(ContactCard, name=st.just("") | WORDS, phones=st.lists(WORDS).map(tuple)),
            min_size=1,
            max_size=3,
        ).map(tuple),
    ),
    st.builds(
        OutCards,
        cards=st.lists(
            st.builds(
                Card,
                title=WORDS,
                subtitle=st.text(max_size=100) | BLANK,
                link=LINKS,
                link_title=st.just("") | WORDS,
                choices=CHOICES,
            ),
            min_size=1,
            max_size=12,
        ).map(tuple),
    ),
    st.builds(
        OutOptIn,
        title=st.text(min_size=1, max_size=70) | BLANK,
        payload=WORDS | st.text(min_size=995, max_size=1005),
    ),
)


@given(content=CONTENTS)
def test_whatever_we_say_is_right_by_the_schema_or_does_not_leave(content):
    try:
        made = body(content)
    except BadRequest:
        return
    assert complaints(made) == []


WRONG = {
    "no-recipient": {"recipient": {}},
    "somebody-by-number": {"recipient": {"phone_number": "+46"}},
    "no-purpose": {"messaging_type": "PROMO"},
    "a-tag-without-its-purpose": {"tag": "HUMAN_AGENT"},
    "a-purpose-without-its-tag": {"messaging_type": "MESSAGE_TAG"},
    "a-tag-that-is-gone": {"messaging_type": "MESSAGE_TAG", "tag": "ACCOUNT_UPDATE"},
    "nothing-said": {"message": {"metadata": "x"}},
    "blank": {"message": {"text": "  "}},
    "too-long": {"message": {"text": "x" * 2001}},
    "words-and-a-file": {
        "message": {
            "text": "x",
            "attachment": {"type": "image", "payload": {"attachment_id": "1"}},
        }
    },
    "an-unknown-key": {"message": {"text": "x", "colour": "red"}},
    "long-reference": {"message": {"text": "x", "metadata": "x" * 1001}},
    "a-file-by-nothing": {"message": {"attachment": {"type": "image", "payload": {}}}},
    "fourteen-replies": {
        "message": {
            "text": "x",
            "quick_replies": [
                {"content_type": "text", "title": f"{n}", "payload": "p"} for n in range(14)
            ],
        }
    },
    "four-buttons": {
        "message": {
            "attachment": {
                "type": "template",
                "payload": {
                    "template_type": "button",
                    "text": "x",
                    "buttons": [
                        {"type": "postback", "title": f"{n}", "payload": "p"} for n in range(4)
                    ],
                },
            }
        }
    },
    "a-bare-title": {
        "message": {
            "attachment": {
                "type": "template",
                "payload": {"template_type": "generic", "elements": [{"title": "x"}]},
            }
        }
    },
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_schema_refuses_the_stand_in_refuses_too(name):
    wrong = body(OutText(text="Hi")) | WRONG[name]
    assert complaints(wrong) != []
    with pytest.raises(MessengerError):
        rules.check_send(wrong)


@given(content=CONTENTS)
def test_what_the_schema_takes_the_stand_in_takes_too(content):
    try:
        made = body(content)
    except BadRequest:
        return
    if complaints(made) == []:
        rules.check_send(made)
