"""What each of Messenger's error codes means for a message, an account and an agent."""

import httpx
import pytest

from jumper_app.channels.messenger import MESSENGER
from jumper_app.channels.messenger.errors import CODES, HumanAgentRefused, of_tagged
from jumper_app.channels.meta import answers
from jumper_app.channels.meta.failures import (
    AccountBlocked,
    BadRequest,
    OutOfWindow,
    PermissionMissing,
    Temporary,
    Throttled,
    TokenRefused,
    Undeliverable,
)
from jumper_app.errors import SendFailed
from tests.channels.payloads import SHARED, WHY_SKIPPED

MEANINGS: dict[type[SendFailed], list[tuple[int, int | None]]] = {
    OutOfWindow: [(10, 2018278), (10, 2018065), (10, 2534022)],
    BadRequest: [(100, 1893061), (100, 2018034), (100, None), (100, 4242)],
    Undeliverable: [(100, 2018001), (551, 1545041), (551, None), (1893047, None)],
    TokenRefused: [(190, None), (190, 463)],
    PermissionMissing: [(10, None), (200, None), (230, None), (10, 2018028), (100, 2018028)],
    Throttled: [(4, None), (17, None), (32, None), (613, None), (80006, None)],
    Temporary: [(1200, 2018024), (1200, None), (2, None), (1, None), (-1, None)],
    AccountBlocked: [(368, None), (10, 1893063)],
}
TABLE = [(code, sub, member) for member, codes in MEANINGS.items() for code, sub in codes]


def refused(code, subcode=None, status=400) -> SendFailed:
    error = {"code": code, "message": "said"}
    error |= {"error_subcode": subcode} if subcode is not None else {}
    with pytest.raises(SendFailed) as caught:
        answers.result_of(httpx.Response(status, json={"error": error}), CODES)
    return caught.value


@pytest.mark.parametrize(("code", "subcode", "member"), TABLE)
def test_a_code_with_its_subcode_has_its_meaning(code, subcode, member):
    failed = refused(code, subcode)
    assert type(failed) is member
    assert failed.detail == "said"


@pytest.mark.parametrize(("code", "subcode", "member"), TABLE)
def test_the_code_that_was_kept_means_the_same_later(code, subcode, member):
    kept = refused(code, subcode).provider_code
    if code > 0:
        assert type(MESSENGER.explain(kept)) is member


def test_every_code_of_the_table_is_tested():
    told = {
        code if sub is None or (code, sub) not in CODES else (code, sub) for code, sub, _ in TABLE
    }
    assert CODES.keys() <= told


def test_only_a_refused_tag_switches_the_feature_off():
    for code, subcode in ((10, 2018278), (10, 2018065), (10, None), (200, None), (230, None)):
        found = of_tagged(refused(code, subcode))
        assert type(found) is HumanAgentRefused
        assert found.switches_off == "human_agent"
    for code, subcode in ((190, None), (551, 1545041), (2, None), (613, None), (100, 2018001)):
        failure = refused(code, subcode)
        assert of_tagged(failure) is failure


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("err__ms-10-2018065", OutOfWindow),
        ("err__ms-1200", Temporary),
        ("err__ms-190", TokenRefused),
        ("err__ms-551", Undeliverable),
    ],
)
def test_a_real_answer_has_its_meaning(name, member):
    path = SHARED / "payloads" / "send" / f"{name}.json"
    if not path.exists():
        pytest.skip(WHY_SKIPPED)
    with pytest.raises(member):
        answers.result_of(httpx.Response(400, content=path.read_bytes()), CODES)


def test_every_member_has_a_sentence():
    members = {*CODES.values(), HumanAgentRefused}
    assert all(member.for_agent.endswith(".") for member in members)
