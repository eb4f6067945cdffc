"""Everything that Messenger tells of what people say, by the payload file of its name."""

from datetime import UTC, datetime
from typing import Any

import pytest

from jumper_app.channels.contract import (
    Advert,
    Amendment,
    Arrival,
    Echo,
    Identity,
    IdentityKind,
    Inbound,
    Location,
    Media,
    MediaRef,
    Person,
    Text,
    Unsupported,
)
from jumper_app.channels.messenger import MESSENGER
from tests.channels.payloads import RECEIVED, ours

PAGE = "112233445566778"
MIA = Person(identities=(Identity(kind=IdentityKind.PSID, value="6201188743190022"),))
SAID = datetime.fromtimestamp(1793450000, UTC).replace(microsecond=123000)
"""The provider's time in the payload files: milliseconds on the wire."""
CDN = "https://scontent.xx.fbcdn.net/v/t1"


def parse(name: str) -> list[Any]:
    return list(MESSENGER.parse(ours(name, "messenger"), RECEIVED))


def inbound(mid: str, content: Any, **changes: Any) -> Inbound:
    """Mia's message, a text if ``content`` is one."""
    told: dict[str, Any] = {
        "account": PAGE,
        "external_id": mid,
        "sender": MIA,
        "sent_at": SAID,
        "content": Text(text=content) if isinstance(content, str) else content,
    }
    return Inbound(**(told | changes))


def file(address: str) -> MediaRef:
    return MediaRef(url=address)


def picture(*names: str, caption: str = "") -> Media:
    first, *more = (file(f"{CDN}/{name}") for name in names)
    return Media(kind="image", media=first, more=tuple(more), caption=caption)


STICKER = Media(kind="sticker", media=file(f"{CDN}/sticker.png"))

CONTENTS = {
    "text": ("m_text", Text(text="Do you ship to Malmö? 🚲")),
    "text_with_nul": ("m_nul", Text(text="ab")),
    "ids_as_numbers": ("m_numbers", Text(text="Hi")),
    "quick_reply": ("m_quick", Text(text="Yes", payload="yes", from_button=True)),
    "image": ("m_image", picture("pedal.jpg?oh=1")),
    "album": ("m_album", picture("1.jpg", "2.jpg", "3.jpg", "4.jpg")),
    "image_with_words": ("m_words", picture("pedal.jpg", caption="The broken pedal")),
    "video": (
        "m_video",
        Media(kind="video", media=file("https://video.xx.fbcdn.net/v/ride.mp4")),
    ),
    "audio": ("m_audio", Media(kind="audio", media=file("https://cdn.fbsbx.com/v/note.mp4"))),
    "file": (
        "m_file",
        Media(
            kind="document",
            media=file("https://cdn.fbsbx.com/v/t59/order%207.pdf?_nc_cat=1"),
        ),
    ),
    "sticker": ("m_sticker", STICKER),
    "sticker_of_old": ("m_oldsticker", STICKER),
    "sticker_twice": ("m_twice", Media(kind="sticker", media=file(f"{CDN}/s.png"))),
    "like": ("m_like", Text(text="👍")),
    "location": (
        "m_location",
        Location(latitude=55.605, longitude=13.0038, name="Malmö C"),
    ),
    "fallback": ("m_shared", Text(text="https://example.com/bike\nA green bike")),
    "reel": ("m_reel", Text(text="Uphill\nhttps://www.facebook.com/reel/1")),
    "post": ("m_post", Text(text="Summer sale\nhttps://www.facebook.com/1/posts/2")),
    "product": ("m_product", Text(text="Is it waterproof?\nTent\n€120")),
    "nlp": ("m_nlp", Text(text="bye, see you at 4pm")),
}

UNSUPPORTED = {
    "unsupported": "unsupported",
    "unknown_attachment": "hologram",
    "sticker_without_address": "sticker",
    "location_off_the_earth": "location",
    "empty_message": "unknown",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_message_says_what_it_says(name: str):
    mid, content = CONTENTS[name]
    assert parse(name) == [inbound(mid, content)]


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_what_cannot_be_shown_is_kept_whole(name: str):
    [item] = parse(name)
    assert isinstance(item.content, Unsupported)
    assert item.content.kind == UNSUPPORTED[name]
    assert item.content.raw == ours(name, "messenger")["entry"][0]["messaging"][0]["message"]
    assert item.opens_window


def test_a_reply_quotes_our_message():
    assert parse("reply") == [inbound("m_reply", "The second one", quotes="m_ours")]


def test_a_reply_to_a_story_quotes_nothing():
    assert parse("reply_to_a_story") == [inbound("m_story", "Nice")]


def test_an_advertisement_brings_its_name():
    advert = Advert(source_id="6045", headline="Summer sale", body="ADS", ref="summer")
    assert parse("from_an_advert") == [inbound("m_ad", "Is this still on?", advert=advert)]


# --- Taps


def test_a_postback_is_a_tap_under_its_own_id():
    tap = Text(text="Talk to a person", payload="agent", from_button=True)
    assert parse("postback") == [inbound("m_tap", tap)]


def test_a_postback_without_an_id_is_named_by_its_content():
    [item], [again] = parse("postback_without_id"), parse("postback_without_id")
    assert item.external_id == again.external_id
    assert item.external_id.startswith("postback:")
    assert item.content == Text(text="Get started", payload="start", from_button=True)
    assert item.advert == Advert(body="SHORTLINK", ref="flyer")


def test_a_link_into_a_thread_is_an_arrival():
    [item] = parse("referral")
    assert isinstance(item, Arrival)
    assert (item.person, item.at) == (MIA, SAID)
    assert item.advert == Advert(body="SHORTLINK", ref="flyer")


def test_an_advertisement_into_a_thread_is_an_arrival():
    [item] = parse("referral_from_an_advert")
    assert isinstance(item, Arrival)
    assert item.advert == Advert(source_id="6045", headline="Summer sale", body="ADS", ref="summer")


# --- What becomes of a message


def test_a_deleted_message_is_withdrawn():
    [item] = parse("deleted")
    assert (item.kind, item.about, item.person, item.by_us) == ("revoke", "m_text", MIA, False)
    assert not item.opens_window


def test_what_the_page_deletes_is_withdrawn_by_us():
    [item] = parse("deleted_by_the_page")
    assert (item.kind, item.about, item.person, item.by_us) == ("revoke", "m_ours", MIA, True)


def test_an_edit_brings_the_new_words_and_the_later_one_counts():
    [first], [second] = parse("edit"), parse("edit_again")
    assert (first.kind, first.about, first.content) == (
        "edit",
        "m_text",
        Text(text="Do you ship to Lund?"),
    )
    assert first.sent_at == second.sent_at
    assert first.external_id < second.external_id


@pytest.mark.parametrize(
    ("name", "about", "emoji", "by_us", "opens"),
    [
        ("reaction", "m_ours", "❤️", False, True),
        ("reaction_without_emoji", "m_ours", "😮", False, True),
        ("reaction_removed", "m_ours", "", False, False),
        ("reaction_by_the_page", "m_text", "👍", True, False),
    ],
)
def test_a_reaction_opens_the_window_when_the_customer_gives_it(name, about, emoji, by_us, opens):
    [item] = parse(name)
    assert isinstance(item, Amendment)
    assert (item.kind, item.about, item.emoji, item.person) == ("reaction", about, emoji, MIA)
    assert (item.by_us, item.opens_window) == (by_us, opens)


# --- Echoes


def echo(name: str) -> Echo:
    [item] = parse(name)
    assert isinstance(item, Echo)
    assert (item.recipient, item.sent_at, item.account) == (MIA, SAID, PAGE)
    return item


def test_an_echo_of_ours_carries_our_reference():
    found = echo("echo_of_ours")
    assert (found.external_id, found.our_reference) == ("m_ours", "0123456789abcdef" * 2)


def test_an_echo_from_the_inbox_carries_none():
    found = echo("echo_from_the_inbox")
    assert (found.our_reference, found.content) == ("", Text(text="Anna from the shop here"))


def test_an_echo_of_a_template_is_read_out():
    assert echo("echo_of_a_template").content == Text(text="Choose\n[Red]\n[Shop]")


def test_an_echo_of_a_picture_has_its_file():
    assert echo("echo_of_a_picture").content == picture("tent.jpg")


def test_on_standby_another_app_answers():
    message, other, tap, read = parse("standby")
    assert message == inbound("m_standby", "Is anybody there?", answered_elsewhere=True)
    assert (other.external_id, other.content) == ("m_other", Text(text="Another app is"))
    assert (tap.content.text, tap.content.payload, tap.answered_elsewhere) == ("Yes", "", True)
    assert read.state == "read"


# --- Times


def test_times_are_milliseconds():
    [item] = parse("text")
    assert item.sent_at == SAID


def test_without_a_time_the_entrys_counts():
    [item] = parse("without_time")
    assert item.sent_at == datetime.fromtimestamp(1793450001, UTC).replace(microsecond=23000)


def test_a_time_that_cannot_be_is_replaced_by_ours():
    [item] = parse("time_that_cannot_be")
    assert item.sent_at == RECEIVED


# --- Batches


def test_every_item_of_every_entry_is_read():
    assert [item.account for item in parse("several_entries")] == [PAGE, "998877"]
    assert [type(item).__name__ for item in parse("several_items")] == [
        "Inbound",
        "Inbound",
        "Watermark",
    ]


def test_a_bad_item_takes_nothing_else_with_it():
    found = parse("bad_items_among_good")
    assert [getattr(item, "external_id", "parked") for item in found] == [
        "m_first",
        "parked",
        "parked",
        "parked",
        "m_last",
    ]
