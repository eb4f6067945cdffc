"""The Meta app in the stand-in: its tokens, and where its webhooks go."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from jumper_app.channels.contract import Credentials, Verdict
from jumper_app.channels.whatsapp.door import WhatsAppDoor
from jumper_app.simulator.simulator import application
from tests.simulator.stage import CONFIG, MARIA, NUMBER, OTHER, Stage, bearer, code, staged

GRAPH = "/simulator/graph/v26.0"
FRESH = replace(CONFIG, fresh=True)
AS_THE_APP = {"Authorization": f"Bearer {CONFIG.app_id}|{CONFIG.app_secret}"}
CALLBACK = "http://localhost/webhooks/whatsapp"


async def subscribe(stage: Stage, **over: str) -> httpx.Response:
    """What *Verify and save* does."""
    told = {
        "object": "whatsapp_business_account",
        "callback_url": CALLBACK,
        "verify_token": CONFIG.verify_token,
        "fields": "messages",
    }
    path = f"{GRAPH}/{CONFIG.app_id}/subscriptions"
    return await stage.client.post(path, data={**told, **over}, headers=AS_THE_APP)


async def test_a_token_says_what_it_is_for(stage: Stage):
    path = f"{GRAPH}/debug_token"
    answer = await stage.client.get(path, params={"input_token": NUMBER.token}, headers=bearer())
    told = answer.json()["data"]
    assert (told["app_id"], told["is_valid"]) == (CONFIG.app_id, True)
    assert "whatsapp_business_messaging" in told["scopes"]


async def test_an_unknown_token_is_not_valid(stage: Stage):
    path = f"{GRAPH}/debug_token"
    answer = await stage.client.get(path, params={"input_token": "x"}, headers=bearer())
    assert answer.json()["data"]["is_valid"] is False


@pytest.mark.parametrize("headers", [{}, bearer(), {"Authorization": "Bearer 1|2"}])
async def test_only_the_app_itself_may_see_its_subscriptions(stage: Stage, headers: Any):
    path = f"{GRAPH}/{CONFIG.app_id}/subscriptions"
    assert code(await stage.client.get(path, headers=headers)) == (401, 190)


async def test_an_account_lists_its_numbers_for_its_own_token(stage: Stage):
    path = f"{GRAPH}/{NUMBER.waba_id}/phone_numbers"
    answer = await stage.client.get(path, params={"fields": "id"}, headers=bearer())
    assert [each["id"] for each in answer.json()["data"]] == [
        NUMBER.phone_number_id,
        OTHER.phone_number_id,
    ]
    assert code(await stage.client.get(path)) == (401, 190)


async def test_the_callback_is_kept_only_if_it_shakes_hands():
    async with staged(FRESH) as stage:
        assert code(await subscribe(stage, verify_token="wrong")) == (400, 2200)
        assert (await subscribe(stage)).json() == {"success": True}


async def test_nothing_is_delivered_before_app_and_account_are_subscribed():
    async with staged(FRESH) as stage:
        phone = stage.simulator.phone(MARIA)
        phone.write("One")
        await subscribe(stage)
        phone.write("Two")
        path = f"{GRAPH}/{NUMBER.waba_id}/subscribed_apps"
        await stage.client.post(path, headers=bearer())
        phone.write("Three")
        await stage.settled()
        assert [each["text"]["body"] for each in stage.app.messages()] == ["Three"]


async def test_our_own_check_is_content_with_a_stand_in_that_is_set_up(stage: Stage):
    report = await checked(stage)
    assert {each.verdict for each in report.findings} == {Verdict.GOOD}
    assert (report.name, report.address) == ("Jumper", NUMBER.display_phone_number)


async def test_our_own_check_finds_what_a_fresh_app_lacks():
    async with staged(FRESH) as stage:
        first = await checked(stage)
        lacks = [each.title for each in first.findings if each.verdict is Verdict.BAD]
        assert lacks == ["Account's webhooks", "Callback address"]
        assert not any(each.blocks for each in first.findings)
        await subscribe(stage, fields="messages,account_update")
        async with door_to(stage) as door:
            await door.subscribe(OURS)
        then = await checked(stage)
        assert then.works
        assert [each.title for each in then.findings if each.verdict is Verdict.WARNING] == [
            "Webhook fields"
        ]


OURS = Credentials(
    external_id=NUMBER.phone_number_id,
    parent_id=NUMBER.waba_id,
    token=SecretStr(NUMBER.token),
    app_secrets=(SecretStr(CONFIG.app_secret),),
)


class door_to:  # noqa: N801 - reads as a verb
    """A real door that knocks at the stand-in."""

    def __init__(self, stage: Stage) -> None:
        transport = httpx.ASGITransport(application(stage.simulator))
        self.door = WhatsAppDoor("http://localhost/simulator/graph", "v26.0", transport)

    async def __aenter__(self) -> WhatsAppDoor:
        return self.door

    async def __aexit__(self, *_: object) -> None:
        await self.door.aclose()


async def checked(stage: Stage):
    async with door_to(stage) as door:
        return await door.check(OURS, callback=CALLBACK)
