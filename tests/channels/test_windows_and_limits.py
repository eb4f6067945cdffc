"""When a channel lets us write, how much, how fast; and what it must bring."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import MIB, Permission, ReplyWindow
from jumper_app.channels.messenger import MESSENGER
from jumper_app.channels.whatsapp import WHATSAPP

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(hours=24)
MOMENT = timedelta(microseconds=1)
FOREVER = ReplyWindow(automation=None, human=None, template=False)
SEVEN_DAYS = ReplyWindow(automation=DAY, human=7 * DAY, template=False)


@pytest.mark.parametrize(
    ("age", "permission"),
    [
        pytest.param(timedelta(0), Permission.FREE, id="just-now"),
        pytest.param(DAY - MOMENT, Permission.FREE, id="a-moment-before"),
        pytest.param(DAY, Permission.TEMPLATE_ONLY, id="on-the-dot"),
        pytest.param(30 * DAY, Permission.TEMPLATE_ONLY, id="a-month-ago"),
        pytest.param(-timedelta(hours=1), Permission.FREE, id="their-clock-is-ahead"),
    ],
)
def test_whatsapp_is_open_for_a_day(age, permission):
    assert WHATSAPP.window.permission(NOON - age, NOON) == permission


def test_a_customer_who_never_wrote_gets_templates_only():
    assert WHATSAPP.window.permission(None, NOON) == Permission.TEMPLATE_ONLY


def test_the_window_closes_a_day_after_the_last_message():
    assert WHATSAPP.window.closes_at(NOON) == NOON + DAY


@pytest.mark.parametrize(
    ("age", "permission", "bot", "person"),
    [
        pytest.param(DAY - MOMENT, Permission.FREE, True, True, id="within-a-day"),
        pytest.param(DAY, Permission.HUMAN_ONLY, False, True, id="a-day-on-the-dot"),
        pytest.param(7 * DAY - MOMENT, Permission.HUMAN_ONLY, False, True, id="the-last-moment"),
        pytest.param(7 * DAY, Permission.CLOSED, False, False, id="a-week-on-the-dot"),
        pytest.param(30 * DAY, Permission.CLOSED, False, False, id="a-month-ago"),
    ],
)
def test_messenger_is_open_a_day_for_bots_and_a_week_for_people(age, permission, bot, person):
    found = MESSENGER.window.permission(NOON - age, NOON)
    assert found == permission
    assert found.allows(person=False, template=False) == bot
    assert found.allows(person=True, template=False) == person


def test_a_page_without_human_agent_is_open_a_day_for_all():
    window = MESSENGER.window.without_people()
    assert window.permission(NOON - DAY, NOON) == Permission.CLOSED
    assert window.permission(NOON - DAY + MOMENT, NOON) == Permission.FREE
    assert window.closes_at(NOON) == NOON + DAY


def test_messenger_never_wrote_means_closed():
    assert MESSENGER.window.permission(None, NOON) == Permission.CLOSED


def test_messenger_says_what_it_takes():
    limits = MESSENGER.limits
    assert (limits.text, limits.caption, limits.choices, limits.choice_title) == (2000, 0, 13, 20)
    assert {kind: one.bytes for kind, one in limits.media.items()} == dict.fromkeys(
        ("image", "video", "audio", "document"), 25 * MIB
    )
    assert MESSENGER.menu == ("optin", "picture")


def test_messenger_speaks_to_agents_in_its_own_words():
    assert MESSENGER.wording.window_closed == (
        "Facebook allows replies for 7 days after the customer's last message."
    )


@pytest.mark.parametrize(
    ("age", "permission"),
    [
        pytest.param(DAY - MOMENT, Permission.FREE, id="bots-too"),
        pytest.param(DAY, Permission.HUMAN_ONLY, id="people-only"),
        pytest.param(7 * DAY - MOMENT, Permission.HUMAN_ONLY, id="the-last-moment"),
        pytest.param(7 * DAY, Permission.CLOSED, id="on-the-dot"),
    ],
)
def test_people_may_have_longer_than_bots(age, permission):
    assert SEVEN_DAYS.permission(NOON - age, NOON) == permission


def test_a_channel_without_a_window_is_always_open():
    assert FOREVER.permission(None, NOON) == Permission.FREE
    assert FOREVER.closes_at(NOON) is None


@given(st.timedeltas(timedelta(0), 10 * DAY), st.timedeltas(timedelta(0), 10 * DAY))
def test_waiting_never_opens_a_window(age, longer):
    order = list(Permission)
    sooner = SEVEN_DAYS.permission(NOON - age, NOON)
    later = SEVEN_DAYS.permission(NOON - age, NOON + longer)
    assert order.index(later) >= order.index(sooner)


def test_whatsapp_says_what_it_takes():
    limits = WHATSAPP.limits
    assert (limits.text, limits.caption) == (4096, 1024)
    image = limits.media["image"]
    assert (image.types, image.bytes) == ({"image/jpeg", "image/png"}, 5 * MIB)
    assert (limits.choices, limits.choice_title) == (3, 20)
    assert (limits.list_rows, limits.list_title) == (10, 24)


def test_whatsapp_takes_a_burst_and_then_one_in_six_seconds():
    assert (WHATSAPP.pace.burst, WHATSAPP.pace.every_s) == (45, 6.0)


def test_whatsapp_speaks_to_agents_in_its_own_words():
    assert WHATSAPP.wording.name == "WhatsApp"
    assert (
        WHATSAPP.wording.window_closed
        == "WhatsApp allows replies for 24 hours from the customer's last message."
    )


@pytest.mark.parametrize("key", CHANNELS)
def test_a_channel_is_listed_by_its_own_key(key):
    assert CHANNELS[key].key == key
