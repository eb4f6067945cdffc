import pytest

from jumper_app.simulator.faults import Fault
from tests.simulator.stage import MARIA, OTHER, code, text_body


async def struck(stage, kind, **more):
    """One send with this misfortune; its answer and how often the message exists."""
    stage.heard()
    stage.simulator.faults.add(Fault(kind, **more))
    answer = await stage.text(biz_opaque_callback_data="ref")
    await stage.settled()
    return answer, stage.simulator.store.accepted("ref")


async def test_the_next_send_fails_with_a_chosen_code_and_the_one_after_does_not(stage):
    answer, accepted = await struck(stage, "error", code=131056)
    assert (code(answer), accepted) == ((400, 131056), 0)
    assert (await stage.text()).status_code == 200


async def test_a_refused_send_stands_in_the_ledger(stage):
    await struck(stage, "error", code=131000)
    [line] = stage.simulator.store.requests("ref")
    assert (line.accepted, line.code, line.fault) == (False, 131000, "error")


async def test_a_send_can_be_accepted_and_fail_later(stage):
    answer, accepted = await struck(stage, "failed_status", code=131049)
    [status] = stage.app.statuses(answer.json()["messages"][0]["id"])
    assert (accepted, status["errors"][0]["code"]) == (1, 131049)


async def test_a_broken_connection_before_anything_leaves_no_message(stage):
    answer, accepted = await struck(stage, "refuse")
    assert accepted == 0
    assert int(answer.headers["content-length"]) > len(answer.content)


@pytest.mark.parametrize("kind", ["accept_cut", "accept_hang"])
async def test_an_answer_that_never_ends_hides_an_accepted_message(stage, kind):
    answer, accepted = await struck(stage, kind)
    assert accepted == 1
    assert int(answer.headers["content-length"]) > len(answer.content)
    assert stage.app.states() == ["sent", "delivered"]


async def test_a_gateways_500_hides_an_accepted_message(stage):
    answer, accepted = await struck(stage, "accept_500")
    assert (answer.status_code, accepted) == (500, 1)
    assert answer.headers["content-type"].startswith("text/html")


async def test_an_answer_that_is_no_json_hides_an_accepted_message(stage):
    answer, accepted = await struck(stage, "accept_garbage")
    assert (answer.status_code, accepted) == (200, 1)
    with pytest.raises(ValueError, match="Expecting"):
        answer.json()


async def test_the_app_can_hear_of_a_message_before_it_gets_the_answer(stage):
    stage.heard()
    stage.simulator.faults.add(Fault("webhook_first"))
    answer = await stage.text()
    assert stage.app.states(answer.json()["messages"][0]["id"]) == ["sent", "delivered"]


async def test_a_slow_answer_is_still_an_answer(stage):
    answer, accepted = await struck(stage, "slow", seconds=0.001)
    assert (answer.status_code, accepted) == (200, 1)


async def test_a_fault_can_strike_more_than_once_or_until_cleared(stage):
    stage.heard()
    stage.simulator.faults.add(Fault("error"), count=2)
    assert [(await stage.text()).status_code for _ in range(3)] == [500, 500, 200]
    stage.simulator.faults.add(Fault("error"), count=None)
    assert [(await stage.text()).status_code for _ in range(3)] == [500, 500, 500]
    stage.simulator.faults.clear()
    assert (await stage.text()).status_code == 200


async def test_a_fault_can_wait_for_one_number_or_one_reference(stage):
    stage.heard()
    stage.simulator.faults.add(Fault("error", number=OTHER.phone_number_id))
    stage.simulator.faults.add(Fault("error", reference="unlucky"))
    assert (await stage.text()).status_code == 200
    unlucky = text_body(biz_opaque_callback_data="unlucky")
    assert (await stage.send(unlucky)).status_code == 500
    assert (await stage.send(text_body(), OTHER)).status_code == 500


async def test_an_upload_can_fail(stage):
    stage.simulator.faults.add(Fault("error", on="upload", code=131053))
    assert code(await stage.upload(b"x")) == (400, 131053)


async def test_every_send_is_in_the_ledger_once(stage):
    stage.heard()
    for n in range(3):
        await stage.text(biz_opaque_callback_data=f"ref-{n}")
    assert [line.reference for line in stage.simulator.store.requests()] == [
        "ref-0",
        "ref-1",
        "ref-2",
    ]
    assert stage.simulator.phone(MARIA).unread() == 3
