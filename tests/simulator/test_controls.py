from datetime import timedelta

import pytest

from jumper_app import clock
from jumper_app.simulator.guard import is_loopback
from jumper_app.simulator.store import Store
from tests.simulator.stage import HIDDEN, MARIA, meet, simulator

API = "/simulator/api"


async def post(stage, path, body=None):
    return await stage.client.post(path, json=body or {})


async def test_the_clock_moves_app_and_stand_in_alike(stage):
    before = clock.now()
    answer = await post(stage, "/simulator/clock", {"advance_s": 3600})
    assert answer.json()["advanced_s"] == 3600
    assert clock.now() - before >= timedelta(hours=1)


@pytest.mark.parametrize(
    "body",
    [{"advance_s": -1}, {"advance_s": "60"}, {}, {"advance_s": 1e9}, {"advance_s": 1, "x": 1}],
)
async def test_the_clock_takes_nothing_but_a_sensible_step_forward(stage, body):
    before = clock.advanced()
    assert (await post(stage, "/simulator/clock", body)).status_code == 422
    assert clock.advanced() == before


async def test_the_clock_goes_on_where_the_demo_left_it(tmp_path):
    first = simulator(Store(tmp_path / "simulator.db"))
    first.advance_clock(timedelta(hours=5))
    first.store.close()
    clock.set_advanced(timedelta(0))
    second = simulator(Store(tmp_path / "simulator.db"))
    async with second.running():
        assert clock.advanced() >= timedelta(hours=5)
    second.store.close()


async def test_what_was_not_delivered_is_delivered_after_a_restart(stage, tmp_path):
    store = Store(tmp_path / "simulator.db")
    stopped = simulator(store)
    meet(stopped, "Maria", wa_id=MARIA)
    stopped.phone(MARIA).write("Hi")
    store.close()
    again = simulator(Store(tmp_path / "simulator.db"), stage.app.transport())
    async with again.running():
        await again.postman.settled()
    again.store.close()
    assert [one["text"]["body"] for one in stage.app.messages()] == ["Hi"]


async def test_a_phone_is_held_over_http(stage):
    path = f"{API}/phones/{MARIA}"
    wamid = (await post(stage, f"{path}/write", {"text": "Hi"})).json()["id"]
    await post(stage, f"{path}/photo", {"caption": "Beach"})
    for what in ("voice-note", "place", "card"):
        await post(stage, f"{path}/send", {"what": what})
    await post(stage, f"{path}/react", {"message": wamid, "emoji": "👍"})
    chat = (await stage.client.get(path)).json()
    types = [bubble["type"] for bubble in chat["bubbles"]]
    assert types == ["text", "image", "audio", "location", "contacts"]
    assert chat["bubbles"][0]["reactions"] == ["👍"]
    picture = await stage.client.get(f"{API}/media/{chat['bubbles'][1]['media']}")
    assert picture.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"{API}/phones/nobody/write", {"text": "Hi"}, 404),
        (f"{API}/phones/{MARIA}/dance", {}, 404),
        (f"{API}/phones/{MARIA}/write", {"text": ""}, 422),
        (f"{API}/phones/{MARIA}/write", {"text": 1}, 422),
        (f"{API}/phones/{MARIA}/send", {"what": "an elephant"}, 404),
        (f"{API}/phones", {"channel": "pigeon", "name": "Bia"}, 404),
        (f"{API}/phones", {"channel": "whatsapp", "name": "Bia", "way": "number"}, 422),
        (f"{API}/phones/{MARIA}/tap", {"message": "wamid.none", "choice": "a"}, 404),
        (f"{API}/faults", {"kind": "earthquake"}, 422),
        (f"{API}/webhooks/burn", {}, 404),
    ],
)
async def test_an_order_that_cannot_be_obeyed_is_refused(stage, path, body, status):
    answer = await post(stage, path, body)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


async def test_faults_ledger_and_webhooks_are_controlled_over_http(stage):
    await post(stage, f"{API}/faults", {"kind": "error", "code": 131056})
    assert (await stage.client.get(f"{API}/faults")).json()[0]["count"] == 1
    stage.heard()
    await stage.text(biz_opaque_callback_data="ref")
    await stage.text(biz_opaque_callback_data="ref")
    await post(stage, f"{API}/webhooks/settled")
    ledger = (await stage.client.get(f"{API}/ledger?reference=ref")).json()
    assert [line["accepted"] for line in ledger] == [False, True]
    assert (await post(stage, f"{API}/webhooks/repeat")).json() == {"repeated": True}


async def test_new_phones_join_over_http(stage):
    body = {"channel": "whatsapp", "name": "Bia", "way": "number", "told": "+5511987654321"}
    assert (await post(stage, f"{API}/phones", body)).status_code == 200
    keys = {phone["key"] for phone in (await stage.client.get(f"{API}/phones")).json()}
    assert keys == {MARIA, HIDDEN, "5511987654321"}


async def test_whoever_watches_hears_of_a_message(stage):
    seen = stage.simulator.news.version
    stage.heard()
    assert await stage.simulator.news.after(seen, timeout_s=5) > seen


async def test_a_reset_forgets_everything(stage):
    stage.heard()
    await stage.settled()
    stage.simulator.reset()
    assert stage.simulator.store.phones() == []
    assert stage.simulator.postman.counts() == {}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Host": "jumper.example.com"}, 403, id="a foreign host"),
        pytest.param({"Host": "localhost.evil.com"}, 403, id="a host that begins like ours"),
        pytest.param({"Host": "127.0.0.1:3000"}, 200, id="an address"),
        pytest.param({"Host": "[::1]:3000"}, 200, id="an address of version 6"),
        pytest.param({"Origin": "https://evil.com"}, 403, id="a foreign page"),
        pytest.param({"Origin": "null"}, 403, id="a page from nowhere"),
        pytest.param({"Origin": "http://localhost:8000"}, 403, id="another port"),
        pytest.param({"Origin": "http://localhost"}, 200, id="our own page"),
    ],
)
async def test_only_this_machine_and_its_own_pages_are_answered(stage, headers, status):
    answer = await stage.client.get(f"{API}/phones", headers=headers)
    assert answer.status_code == status


async def test_a_foreign_page_does_not_reach_the_graph(stage):
    answer = await stage.client.get("/simulator/graph/v26.0/1", headers={"Host": "evil.com"})
    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["", "0.0.0.0", "127.0.0.1.nip.io", "a@localhost", "localhost/x"])
def test_these_hosts_are_not_this_machine(host):
    assert not is_loopback(host)
