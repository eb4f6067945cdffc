"""What Messenger tells besides what people say: receipts, opt-ins, control, news."""

from datetime import UTC, datetime, timedelta

import pytest

from jumper_app.channels.contract import (
    AccountChange,
    ControlChange,
    OptIn,
    Parked,
    Receipt,
    ReceiptState,
    Verdict,
    Watermark,
)
from jumper_app.channels.messenger import MESSENGER
from tests.channels.payloads import ours
from tests.channels.test_messenger_messages import MIA, PAGE, SAID, parse

DELIVERED, READ = ReceiptState.DELIVERED, ReceiptState.READ

PARKED = {
    "another_object": "not_a_page",
    "entry_not_a_list": "entry.not_a_list",
    "entry_without_items": "entry.without_items",
    "messaging_not_a_list": "messaging.not_a_list",
    "element_without_a_key": "messaging.empty",
    "without_id": "message.without_id",
    "without_sender": "message.without_sender",
    "postback_without_sender": "postback.without_sender",
    "optin_without_sender": "optin.without_sender",
    "optin_unknown": "optin.telepathy",
    "edit_of_nothing": "message_edit.incomplete",
    "reaction_to_nothing": "reaction.without_message",
    "delivery_empty": "delivery.empty",
    "read_without_watermark": "read.without_watermark",
    "message_request": "messaging.message_request",
    "game_play": "messaging.game_play",
    "response_feedback": "messaging.response_feedback",
    "payment": "messaging.payment",
    "checkout_update": "messaging.checkout_update",
}


def watermark(state, seconds: float) -> Watermark:
    up_to = SAID + timedelta(seconds=seconds)
    return Watermark(account=PAGE, person=MIA, state=state, up_to=up_to)


def receipt(at: datetime) -> Receipt:
    return Receipt(
        account=PAGE, external_id="m_ours", state=DELIVERED, at=at, recipient=MIA.identities
    )


@pytest.mark.parametrize("name", PARKED)
def test_what_is_not_understood_is_parked_with_its_name(name: str):
    [item] = parse(name)
    assert isinstance(item, Parked)
    assert item.kind == PARKED[name]
    assert item.raw is not None


def test_the_pages_wall_is_none_of_our_business():
    assert [item.kind for item in parse("feed")] == ["changes.feed", "changes.no_field"]


# --- Receipts


def test_a_delivery_names_messages_and_everything_before():
    at = SAID + timedelta(seconds=1)
    assert parse("delivery") == [receipt(at), watermark(DELIVERED, 1)]


def test_a_delivery_may_name_no_message():
    assert parse("delivery_without_ids") == [watermark(DELIVERED, 1)]


def test_a_delivery_may_name_no_moment():
    assert parse("delivery_without_watermark") == [receipt(SAID)]


@pytest.mark.parametrize("name", ["read", "read_as_text"])
def test_a_read_is_a_moment_in_milliseconds(name: str):
    assert parse(name) == [watermark(READ, 2)]


# --- Opt-ins


@pytest.mark.parametrize(
    ("name", "kind", "state", "payload", "token"),
    [
        ("optin_plugin", "plugin", "accepted", "newsletter box", ""),
        ("optin_one_time", "one_time", "accepted", "back in stock", "once-token"),
        ("optin_recurring", "recurring", "accepted", "offers", "again-token"),
        ("optin_stopped", "recurring", "stopped", "offers", "again-token"),
        ("optin_resumed", "recurring", "accepted", "offers", "again-token"),
    ],
)
def test_an_opt_in_of_any_form_is_understood(name, kind, state, payload, token):
    [item] = parse(name)
    assert isinstance(item, OptIn)
    assert (item.person, item.at) == (MIA, SAID)
    assert (item.kind, item.state, item.payload) == (kind, state, payload)
    assert item.token.get_secret_value() == token
    assert token not in repr(item) or not token


def test_an_opt_in_says_when_it_ends():
    [item] = parse("optin_recurring")
    assert item.expires_at == datetime(2027, 10, 31, 12, 33, 20, tzinfo=UTC)


# --- Control


@pytest.mark.parametrize(
    ("name", "kind", "other"),
    [
        ("control_passed", "passed", "Facebook's inbox"),
        ("control_passed_by_nobody", "passed", ""),
        ("control_taken", "taken", "Facebook's inbox"),
        ("control_requested", "requested", "99"),
    ],
)
def test_control_of_a_thread_changes(name, kind, other):
    [item] = parse(name)
    assert isinstance(item, ControlChange)
    assert (item.person, item.at, item.kind, item.other) == (MIA, SAID, kind, other)


# --- News of the page


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("app_roles", "app_roles"),
        ("account_linked", "account_linking"),
        ("policy_block", "policy-enforcement"),
    ],
)
def test_news_of_the_page_says_when(name, kind):
    [item] = parse(name)
    assert isinstance(item, AccountChange)
    assert (item.account, item.kind, item.at) == (PAGE, kind, SAID)


@pytest.mark.parametrize(
    ("name", "verdict", "words"),
    [
        ("policy_block", Verdict.BAD, "Meta has blocked the page: Too many unwanted messages."),
        ("policy_unblock", Verdict.GOOD, "Meta lets the page write again."),
    ],
)
def test_an_admin_reads_what_the_policy_does(name, verdict, words):
    [item] = parse(name)
    finding = MESSENGER.news(item.kind, item.raw)
    assert finding is not None
    assert (finding.verdict, finding.text) == (verdict, words)


def test_roles_are_no_concern_of_an_admin():
    [item] = parse("app_roles")
    assert MESSENGER.news(item.kind, item.raw) is None


def test_the_accounts_of_a_body_are_its_pages():
    body = ours("several_entries", "messenger")
    assert MESSENGER.accounts_in(body) == {PAGE, "998877"}
    assert MESSENGER.accounts_in(ours("ids_as_numbers", "messenger")) == {PAGE}
