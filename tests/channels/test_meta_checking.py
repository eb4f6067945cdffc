"""*Test connection*: what Meta answers becomes sentences that say what to do."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from jumper_app import clock
from jumper_app.channels.contract import Credentials, Finding, Report, Verdict
from jumper_app.channels.meta.failures import NotReached
from jumper_app.channels.whatsapp.setup import SETUP
from jumper_app.errors import SendFailed
from tests.channels.doors import breaks, with_door

NUMBER, WABA, APP = "106540352242922", "102290129340398", "138483919580948"
TOKEN, SECRET = "EAAG-very-secret", "an-app-secret"
HERE = "https://chat.example.com/webhooks/whatsapp"
ACCOUNT = Credentials(
    external_id=NUMBER,
    parent_id=WABA,
    token=SecretStr(TOKEN),
    app_secrets=(SecretStr(SECRET),),
)
EVERYTHING = [*SETUP.fields, *(name for name, _ in SETUP.optional_fields)]
REFUSAL = (400, {"error": {"code": 100, "message": "Unsupported request. No such object."}})
EXPIRED = (401, {"error": {"code": 190, "message": "Session has expired."}})

Answers = dict[str, tuple[int, Any]]


def answers(**over: Any) -> Answers:
    """What Meta answers when all is well, by the last words of the address."""
    about = {
        "app_id": APP,
        "application": "Bells",
        "expires_at": 0,
        "is_valid": True,
        "scopes": [*SETUP.permissions],
    }
    number = {"display_phone_number": "+46 70", "verified_name": "Bells", "status": "CONNECTED"}
    app = {"whatsapp_business_api_data": {"id": APP, "name": "Bells"}}
    posts = {
        "object": "whatsapp_business_account",
        "callback_url": HERE,
        "active": True,
        "fields": [{"name": name, "version": "v26.0"} for name in EVERYTHING],
    }
    well: dict[str, Any] = {
        "debug_token": {"data": about},
        NUMBER: {**number, "quality_rating": "GREEN"},
        "phone_numbers": {"data": [{"id": NUMBER}]},
        "subscribed_apps": {"data": [app]},
        "subscriptions": {"data": [posts]},
    }
    told = {**well, **over}
    return {name: each if isinstance(each, tuple) else (200, each) for name, each in told.items()}


def token(**over: Any) -> dict[str, Any]:
    """What Meta tells about a token that differs in this."""
    return {"data": {**answers()["debug_token"][1]["data"], **over}}


def subscribed(**over: Any) -> dict[str, Any]:
    """What Meta tells about an app's webhook that differs in this."""
    return {"data": [{**answers()["subscriptions"][1]["data"][0], **over}]}


def checked(told: Answers) -> tuple[Report, list[httpx.Request]]:
    def answer(request: httpx.Request) -> httpx.Response:
        status, body = told[urlsplit(str(request.url)).path.rsplit("/", 1)[-1]]
        return httpx.Response(status, json=body)

    return with_door(answer, lambda door: door.check(ACCOUNT, callback=HERE))


def finding(report: Report, title: str) -> Finding:
    return next(each for each in report.findings if each.title == title)


def test_when_all_is_well_everything_is_good():
    report, _ = checked(answers())
    assert {each.verdict for each in report.findings} == {Verdict.GOOD}
    assert (report.name, report.address, report.works) == ("Bells", "+46 70", True)


def test_the_app_speaks_for_itself_where_only_it_may_ask():
    _, asked = checked(answers())
    spoke = {urlsplit(str(one.url)).path.rsplit("/", 1)[-1]: one for one in asked}
    assert spoke["subscriptions"].headers["Authorization"] == f"Bearer {APP}|{SECRET}"
    assert spoke["phone_numbers"].headers["Authorization"] == f"Bearer {TOKEN}"
    query = parse_qs(urlsplit(str(spoke["debug_token"].url)).query)
    assert query == {"input_token": [TOKEN]}


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def ends(**after: float) -> dict[str, Any]:
    return token(expires_at=int((NOW + timedelta(**after)).timestamp()))


@pytest.mark.parametrize(
    ("told", "title", "verdict", "words"),
    [
        (answers(debug_token=EXPIRED), "Access token", "bad", "Session has expired"),
        (
            answers(debug_token=token(is_valid=False, error={"message": "Changed password"})),
            "Access token",
            "bad",
            "Changed password",
        ),
        (answers(debug_token=ends(hours=3)), "Access token", "warning", "23 November 2026, 15:00"),
        (answers(debug_token=ends(days=60)), "Access token", "good", "22 January 2027"),
        (answers(debug_token=ends(hours=-1)), "Access token", "bad", "expired on"),
        (
            answers(debug_token=token(scopes=["whatsapp_business_messaging"])),
            "Permissions",
            "bad",
            "lacks whatsapp_business_management",
        ),
        (answers(debug_token=REFUSAL), "Permissions", "unknown", "does not tell"),
        (answers(**{NUMBER: REFUSAL}), "Phone number", "bad", "Copy the phone number ID again"),
        (
            answers(**{NUMBER: {"status": "UNVERIFIED", "verified_name": "Bells"}}),
            "Phone number",
            "bad",
            "unverified",
        ),
        (answers(**{NUMBER: {"quality_rating": "RED"}}), "Quality", "warning", "low"),
        (answers(phone_numbers=REFUSAL), "Business account", "bad", "Copy the WhatsApp Business"),
        (
            answers(phone_numbers={"data": [{"id": "999"}]}),
            "Business account",
            "bad",
            "another business account",
        ),
        (answers(subscribed_apps={"data": []}), "Account's webhooks", "bad", "does not send"),
        (answers(subscriptions=EXPIRED), "App secret", "bad", "app “Bells”"),
        (answers(subscriptions={"data": []}), "Callback address", "bad", "no callback address"),
        (
            answers(subscriptions=subscribed(active=False)),
            "Callback address",
            "bad",
            "no callback address",
        ),
        (
            answers(subscriptions=subscribed(callback_url="https://old.example/hook")),
            "Callback address",
            "bad",
            "https://old.example/hook",
        ),
        (
            answers(subscriptions=subscribed(fields=[{"name": "account_update"}])),
            "Webhook fields",
            "bad",
            "Subscribe to messages",
        ),
        (
            answers(subscriptions=subscribed(fields=["messages", "account_update"])),
            "Webhook fields",
            "warning",
            "phone_number_quality_update (how customers rate the number)",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_is_said_in_words(told: Answers, title: str, verdict: str, words: str):
    report, _ = checked(told)
    found = finding(report, title)
    assert found.verdict == verdict
    assert words in found.text
    assert report.works is (verdict != "bad")


@pytest.mark.parametrize("told", [answers(debug_token=EXPIRED), answers(subscriptions=EXPIRED)])
def test_what_is_not_the_admins_own_blocks_the_account(told: Answers):
    report, _ = checked(told)
    assert any(each.blocks for each in report.findings)


@pytest.mark.parametrize("told", [answers(subscriptions={"data": []}), answers(**{NUMBER: {}})])
def test_what_comes_later_does_not_block_it(told: Answers):
    report, _ = checked(told)
    assert not any(each.blocks for each in report.findings)


def test_only_a_missing_subscription_can_be_made_from_here():
    report, _ = checked(answers(subscribed_apps={"data": []}))
    assert [each.title for each in report.findings if each.can_subscribe] == ["Account's webhooks"]


def test_subscribing_is_one_post_for_the_business_account():
    _, [request] = with_door(
        lambda _: httpx.Response(200, json={"success": True}),
        lambda door: door.subscribe(ACCOUNT),
    )
    assert (request.method, urlsplit(str(request.url)).path) == (
        "POST",
        f"/v26.0/{WABA}/subscribed_apps",
    )


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout])
def test_silence_says_nothing_about_the_account(error: type[httpx.TransportError]):
    with pytest.raises(NotReached):
        with_door(breaks(error), lambda door: door.check(ACCOUNT, callback=HERE))


def test_a_busy_meta_is_no_finding():
    busy = {"error": {"code": 4, "message": "Too many calls"}}
    with pytest.raises(SendFailed) as raised:
        checked(answers(phone_numbers=(400, busy)))
    assert raised.value.retryable


@pytest.mark.parametrize("strange", [[], "text", 7, {"data": "x"}, {"data": [1]}, {"data": {}}])
@pytest.mark.parametrize(
    "where", ["debug_token", NUMBER, "phone_numbers", "subscribed_apps", "subscriptions"]
)
def test_no_answer_however_strange_breaks_the_test(where: str, strange: Any):
    try:
        report, _ = checked(answers(**{where: strange}))
    except SendFailed:
        return
    assert report.findings


def test_no_secret_stands_in_a_report():
    for told in (answers(), answers(debug_token=EXPIRED), answers(subscriptions=EXPIRED)):
        report, _ = checked(told)
        shown = json.dumps(report.model_dump(mode="json"))
        assert TOKEN not in shown
        assert SECRET not in shown
