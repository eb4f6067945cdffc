"""What each of Meta's error codes means for a message, an account and an agent."""

import httpx
import pytest

from jumper_app.channels.meta import answers
from jumper_app.channels.meta.failures import (
    AccountBlocked,
    BadRequest,
    HeldBack,
    MediaRefused,
    NeedsPhone,
    OutOfWindow,
    OwnerMustAct,
    PairThrottled,
    PermissionMissing,
    TemplateRefused,
    Temporary,
    Throttled,
    TokenRefused,
    Undeliverable,
)
from jumper_app.channels.whatsapp import WHATSAPP
from jumper_app.channels.whatsapp.errors import (
    CODES,
    BlockedForCountry,
    MarketingStopped,
    PaymentMissing,
    SpamLimited,
    TemplateMismatch,
    TemplateMissing,
    TemplatePaused,
)
from jumper_app.errors import SendFailed

MEANINGS = {
    TokenRefused: [0, 190],
    PermissionMissing: [3, 10, 200, 230, 299, 131005],
    Throttled: [4, 80007, 130429, 133016],
    PairThrottled: [131056],
    SpamLimited: [131048],
    AccountBlocked: [368, 131031],
    BlockedForCountry: [130497],
    Temporary: [1, 2, 131000, 131016, 133004, 131057, 2494100],
    BadRequest: [33, 100, 131008, 131009, 131051, 135000],
    Undeliverable: [131021, 131026, 130472, 1026],
    OutOfWindow: [131047, 470],
    HeldBack: [131049],
    MarketingStopped: [131050],
    MediaRefused: [131052, 131053],
    PaymentMissing: [131042, 134011],
    OwnerMustAct: [131037, 131045, 133000, 133005, 133010, 133015],
    NeedsPhone: [131062],
    TemplateRefused: [132007, 132068, 132069],
    TemplateMissing: [132001],
    TemplatePaused: [132015, 132016],
    TemplateMismatch: [132000, 132005, 132012, 132018],
}
BY_CODE = {code: member for member, codes in MEANINGS.items() for code in codes}

DUTIES = {
    TokenRefused: {"alarming", "pauses:account"},
    PermissionMissing: {"alarming", "pauses:account"},
    OwnerMustAct: {"alarming", "pauses:account"},
    AccountBlocked: {"alarming", "pauses:account"},
    Throttled: {"retryable", "pauses:account"},
    PairThrottled: {"retryable", "pauses:recipient"},
    Temporary: {"retryable"},
    SpamLimited: {"alarming"},
    PaymentMissing: {"alarming"},
    BlockedForCountry: {"alarming"},
    BadRequest: {"alarming"},
    OutOfWindow: {"closes_window"},
    Undeliverable: set(),
    HeldBack: set(),
    MarketingStopped: {"stops_marketing"},
    NeedsPhone: set(),
    MediaRefused: set(),
    TemplateRefused: {"templates_changed"},
    TemplateMissing: {"templates_changed"},
    TemplatePaused: {"templates_changed"},
    TemplateMismatch: {"templates_changed"},
}


def refused(code, status=400, **more):
    error = {"code": code, "message": "said", **more}
    with pytest.raises(SendFailed) as caught:
        answers.result_of(httpx.Response(status, json={"error": error}), CODES)
    return caught.value


@pytest.mark.parametrize("code", BY_CODE)
def test_a_code_in_an_answer_has_its_meaning(code):
    failed = refused(code)
    assert type(failed) is BY_CODE[code]
    assert (failed.provider_code, failed.detail) == (str(code), "said")


@pytest.mark.parametrize("code", BY_CODE)
def test_a_code_in_a_receipt_has_the_same_meaning(code):
    failed = WHATSAPP.explain(str(code), "said")
    assert type(failed) is BY_CODE[code]
    assert (failed.provider_code, failed.detail) == (str(code), "said")


def test_every_code_of_the_table_is_tested():
    assert CODES.keys() - BY_CODE.keys() <= set(range(133000, 133016))


@pytest.mark.parametrize("member", DUTIES, ids=lambda member: member.__name__)
def test_a_member_says_what_is_to_be_done(member):
    duties = ("retryable", "alarming", "closes_window", "templates_changed", "stops_marketing")
    said = {name for name in duties if getattr(member, name)}
    said |= {f"pauses:{member.pauses}"} if member.pauses else set()
    assert said == DUTIES[member]
    assert not member.maybe_sent


def test_every_member_has_a_sentence_and_a_name_of_its_own():
    members = set(CODES.values())
    assert all(member.for_agent.endswith(".") for member in members)
    assert len({member.code for member in members}) == len(members)


def test_the_details_go_before_the_message():
    failed = refused(131047, error_data={"details": "More than 24 hours have passed."})
    assert failed.detail == "More than 24 hours have passed."


def test_an_unknown_code_is_our_mistake():
    assert type(refused(424242)) is BadRequest


def test_an_unknown_code_that_calls_itself_transient_is_tried_again():
    assert type(refused(424242, is_transient=True)) is Temporary


def test_an_unknown_code_with_a_server_error_is_tried_again():
    assert type(refused(424242, status=503)) is Temporary


def test_a_code_may_be_text():
    assert type(refused("131047")) is OutOfWindow


@pytest.mark.parametrize("code", ["", "nonsense", "-1", "1.5"], ids=repr)
def test_a_receipt_without_a_known_code_is_still_explained(code):
    assert type(WHATSAPP.explain(code)) is BadRequest
