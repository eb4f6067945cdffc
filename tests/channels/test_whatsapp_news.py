"""Receipts, echoes, standby, history, changed names, news, and what is parked."""

from datetime import UTC, datetime
from typing import Any

import pytest

from jumper_app.channels.contract import (
    AccountChange,
    Call,
    ControlChange,
    Identity,
    IdentityChange,
    IdentityKind,
    Inbound,
    OptIn,
    Parked,
    Person,
    ReceiptState,
    Text,
)
from jumper_app.channels.whatsapp import WHATSAPP
from tests.channels.expected import (
    ACCOUNT,
    MIA,
    MIA_ID,
    MIA_NUMBER,
    NAMELESS,
    WABA,
    amendment,
    echo,
    inbound,
    receipt,
)
from tests.channels.payloads import RECEIVED, SAID, ours

NEW_ID = Identity(kind=IdentityKind.BSUID, value="SE.7700000000000001")
NEW_NUMBER = Identity(kind=IdentityKind.WA_ID, value="46701740606")

RECEIPTS = {
    "status_sent": receipt(ReceiptState.SENT, our_reference="0123456789abcdef0123456789abcdef"),
    "status_delivered": receipt(ReceiptState.DELIVERED),
    "status_read": receipt(ReceiptState.READ),
    "status_played": receipt(ReceiptState.PLAYED),
    "status_failed": receipt(
        ReceiptState.FAILED,
        error_code="131047",
        error_detail="More than 24 hours have passed.",
    ),
    "status_without_time": receipt(ReceiptState.READ, at=RECEIVED, recipient=()),
}

NEWS = {
    "template_rejected": (WABA, "message_template_status_update"),
    "template_category": (WABA, "template_category_update"),
    "account_restricted": (WABA, "account_update"),
    "phone_flagged": (WABA, "phone_number_quality_update"),
}
"""Case → whose news it is and its kind; all at the payload's time."""

PARKED = {
    "another_object": "not_whatsapp",
    "entry_not_a_list": "entry.not_a_list",
    "no_field": "no_field",
    "unknown_field": "telepathy",
    "status_deleted": "statuses.deleted",
    "status_without_id": "statuses.without_id",
    "system_unknown": "system.user_joined_the_moon",
    "without_id": "messages.without_id",
    "without_sender": "messages.without_sender",
    "echo_without_recipient": "message_echoes.without_recipient",
    "user_id_update_incomplete": "user_id_update.incomplete",
}


def parse(name) -> list[Any]:
    return list(WHATSAPP.parse(ours(name), RECEIVED))


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_status_is_a_receipt(name):
    assert parse(name) == [RECEIPTS[name]]


def test_in_a_group_each_participant_has_a_receipt():
    readers = [[each.value for each in item.recipient] for item in parse("status_group")]
    assert readers == [
        ["SE.1", "46701740605"],
        ["SE.2", "46701740610"],
        ["SE.3", "46701740611"],
    ]


@pytest.mark.parametrize("name", NEWS)
def test_news_of_an_account_says_whose_and_when(name):
    account, kind = NEWS[name]
    [item] = parse(name)
    assert isinstance(item, AccountChange)
    assert (item.account, item.kind, item.at) == (account, kind, SAID)


def test_a_call_says_whose_it_is_and_how_far_it_came():
    [began], [rings] = parse("call"), parse("call_status")
    assert isinstance(began, Call)
    assert (began.external_id, began.person, began.at) == ("wacid.1", MIA, SAID)
    assert (began.by_customer, began.state) == (True, "began")
    assert (rings.external_id, rings.by_customer, rings.state) == ("wacid.1", False, "began")


def test_a_call_that_ended_says_how_long_it_took():
    [ended] = parse("call_ended")
    assert isinstance(ended, Call)
    assert (ended.external_id, ended.state, ended.seconds) == ("wacid.1", "ended", 125)


def test_who_wants_no_more_marketing_has_opted_out():
    [item] = parse("marketing_stopped")
    assert isinstance(item, OptIn)
    assert (item.person, item.kind, item.state) == (MIA, "marketing", "stopped")
    assert (item.at, item.title) == (SAID, "marketing messages")


@pytest.mark.parametrize(
    ("name", "kind", "other"),
    [
        ("control_taken", "gained", "ai agent"),
        ("control_taken_by_an_agent", "taken", "ai agent"),
        ("control_passed", "passed", "meta business agent"),
    ],
)
def test_who_answers_a_customer_changes(name, kind, other):
    [item] = parse(name)
    assert isinstance(item, ControlChange)
    assert (item.kind, item.other, item.at) == (kind, other, SAID)
    assert item.person.identities == (MIA_NUMBER,)


@pytest.mark.parametrize("name", PARKED)
def test_what_is_not_understood_is_parked_with_its_name(name):
    [item] = parse(name)
    assert isinstance(item, Parked)
    assert item.kind == PARKED[name]
    assert item.raw is not None


def test_group_news_comes_one_by_one():
    kinds = [(item.kind, item.raw["type"]) for item in parse("group_joined")]
    assert kinds == [
        ("group_participants_update", "group_participants_add"),
        ("group_participants_update", "group_join_request_created"),
    ]


def test_the_owners_address_book_is_news():
    [item] = parse("address_book")
    assert (item.kind, item.at) == ("smb_app_state_sync", None)


def test_a_standby_message_opens_the_window_but_another_app_answers():
    message, answer, ticks = parse("standby")
    assert message == inbound("wamid.standby", "Is anybody there?", answered_elsewhere=True)
    assert answer == echo(
        "wamid.agentecho",
        "Meta's agent is",
    )
    assert (ticks.external_id, ticks.state) == ("wamid.agentecho", ReceiptState.DELIVERED)


def test_an_empty_standby_is_nothing():
    assert parse("standby_empty") == []


def test_what_the_owner_types_on_the_phone_is_an_echo():
    assert parse("echo") == [echo("wamid.echo", "Typed on the shop's phone")]


def test_the_owner_edits_on_the_phone():
    edited = amendment(
        "wamid.echoedit",
        "edit",
        "wamid.echo",
        person=NAMELESS,
        by_us=True,
        content=Text(text="Corrected"),
    )
    assert parse("echo_edit") == [edited]


def test_the_owner_withdraws_on_the_phone():
    withdrawn = amendment("wamid.echorevoke", "revoke", "wamid.echo", person=NAMELESS, by_us=True)
    assert parse("echo_revoke") == [withdrawn]


def test_an_echoed_template_is_kept_though_we_cannot_show_it():
    [item] = parse("echo_of_a_template")
    assert (item.content.kind, item.content.raw["template"]["name"]) == ("template", "spring")


def test_an_echoed_question_shows_its_words_and_carries_our_reference():
    by_user_id = Person(identities=(MIA_ID,))
    expected = echo(
        "wamid.echoq",
        "Which shop?",
        recipient=by_user_id,
        quotes="wamid.text",
        our_reference="ours",
    )
    assert parse("echo_of_a_question") == [expected]


def test_history_is_stored_but_opens_nothing_and_wakes_nobody():
    progress, question, answer = parse("history")
    assert progress.raw == {"metadata": {"phase": 1, "chunk_order": 2, "progress": 60}}
    by_number = Person(identities=(MIA_NUMBER,), phone="+46701740605")
    assert question == inbound(
        "wamid.old1",
        "Old question",
        sender=by_number,
        sent_at=datetime.fromtimestamp(1790000000, UTC),
        opens_window=False,
        answered_elsewhere=True,
        historical=True,
    )
    assert (answer.external_id, answer.historical) == ("wamid.old2", True)
    assert answer.recipient == by_number


def test_a_file_of_the_history_comes_later_and_is_history_too():
    [item] = parse("history_media")
    assert (item.historical, item.opens_window, item.content.kind) == (True, False, "image")


def test_a_refused_history_is_news():
    [item] = parse("history_refused")
    assert (item.kind, item.raw["errors"][0]["code"]) == ("history", 2593109)


def test_a_changed_number_leads_from_the_old_names_to_the_new():
    [change] = parse("number_changed")
    assert change == IdentityChange(
        account=ACCOUNT,
        external_id="wamid.number",
        at=SAID,
        before=(MIA_ID, MIA_NUMBER),
        after=Person(identities=(NEW_ID, NEW_NUMBER), phone="+46701740606"),
        text="Mia Lind changed from 46701740605 to 46701740606",
    )


def test_a_changed_user_id_leads_from_the_old_to_the_new():
    [change] = parse("user_id_changed")
    assert (change.before, change.after.identities) == ((MIA_ID,), (NEW_ID,))


def test_a_new_security_code_changes_no_name():
    [change] = parse("identity_key_changed")
    assert (change.before, change.after) == (MIA.identities, MIA)
    assert change.text == "Mia Lind has a new security code"


def test_a_user_id_update_has_the_same_id_each_time_it_comes():
    [first], [second] = parse("user_id_update"), parse("user_id_update")
    old = Identity(kind=IdentityKind.BSUID, value="SE.1")
    assert first.external_id == second.external_id
    assert (first.before, first.after) == ((old, MIA_NUMBER), MIA)


def test_every_entry_and_change_is_looked_at():
    items = parse("several_entries")
    assert [item.external_id for item in items] == [
        "wamid.e1",
        "wamid.e2",
        "wamid.ours",
        "wamid.e3",
    ]
    assert items[-1].account == "222000333"


def test_a_bad_item_takes_no_good_one_with_it():
    items = parse("bad_items_among_good")
    kept = [item.external_id for item in items if isinstance(item, Inbound)]
    parked = sorted(item.kind for item in items if isinstance(item, Parked))
    assert kept == ["wamid.good1", "wamid.bad", "wamid.good2"]
    assert parked == [
        "entry.without_changes",
        "messages.not_an_object",
        "messages.not_an_object",
        "messages.statuses",
        "messages.surprises",
        "no_field",
    ]


def test_the_accounts_of_a_body_are_its_numbers():
    assert WHATSAPP.accounts_in(ours("several_entries")) == {ACCOUNT, "222000333"}


def test_without_a_number_the_account_is_the_business():
    assert WHATSAPP.accounts_in(ours("template_rejected")) == {WABA}


def test_a_handover_is_for_the_number_it_names():
    assert WHATSAPP.accounts_in(ours("control_taken")) == {ACCOUNT}
