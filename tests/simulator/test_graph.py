import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from jumper_app import clock
from tests.channels import openapi
from tests.channels.payloads import WHY_SKIPPED
from tests.simulator.stage import (
    HIDDEN,
    MARIA,
    NUMBER,
    OTHER,
    bearer,
    code,
    staged,
    text_body,
)

GRAPH = "/simulator/graph/v26.0"


def png(mode: str = "RGB") -> bytes:
    written = BytesIO()
    Image.new(mode, (4, 4)).save(written, "PNG")
    return written.getvalue()


async def test_an_accepted_send_is_answered_as_meta_does(stage):
    stage.heard()
    answer = await stage.text()
    told = answer.json()
    assert answer.status_code == 200
    assert told["contacts"] == [{"input": f"+{MARIA}", "wa_id": MARIA}]
    assert told["messages"][0]["id"].startswith("wamid.")


async def test_a_send_to_a_user_id_is_answered_with_it(stage):
    stage.heard(HIDDEN)
    body = text_body(recipient=HIDDEN)
    del body["to"]
    answer = await stage.send(body)
    assert answer.json()["contacts"] == [{"input": HIDDEN, "user_id": HIDDEN}]
    await stage.settled()
    assert {one["recipient_user_id"] for one in stage.app.statuses()} == {HIDDEN}
    assert all("recipient_id" not in one for one in stage.app.statuses())


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "x"}])
async def test_a_wrong_token_is_error_190(stage, header):
    path = f"{GRAPH}/{NUMBER.phone_number_id}/messages"
    answer = await stage.client.post(path, json=text_body(), headers=header)
    assert code(answer) == (401, 190)


async def test_a_token_opens_only_its_own_number(stage):
    path = f"{GRAPH}/{NUMBER.phone_number_id}/messages"
    answer = await stage.client.post(path, json=text_body(), headers=bearer(OTHER))
    assert code(answer) == (400, 100)


async def test_an_unknown_path_is_a_graph_error(stage):
    answer = await stage.client.get(f"{GRAPH}/1/2/3", headers=bearer())
    assert code(answer) == (400, 100)


async def test_a_body_that_is_no_json_is_a_graph_error(stage):
    path = f"{GRAPH}/{NUMBER.phone_number_id}/messages"
    answer = await stage.client.post(path, content=b"{", headers=bearer())
    assert code(answer) == (400, 100)


async def test_the_number_tells_its_name(stage):
    path = f"{GRAPH}/{NUMBER.phone_number_id}?fields=verified_name"
    answer = await stage.client.get(path, headers=bearer())
    assert answer.json() == {"verified_name": "Jumper", "id": NUMBER.phone_number_id}


async def test_a_field_that_does_not_exist_is_error_100(stage):
    path = f"{GRAPH}/{NUMBER.phone_number_id}?fields=shoe_size"
    assert code(await stage.client.get(path, headers=bearer())) == (400, 100)


async def test_an_unknown_customer_is_undeliverable(stage):
    answer = await stage.text(to="+491700000000")
    await stage.settled()
    [status] = stage.app.statuses(answer.json()["messages"][0]["id"])
    assert (status["status"], status["errors"][0]["code"]) == ("failed", 131026)


async def test_nobody_writes_to_himself(stage):
    assert code(await stage.text(to="+15550783881")) == (400, 131021)


async def test_outside_the_window_a_text_is_taken_and_then_fails(stage):
    stage.heard()
    clock.advance(timedelta(hours=24))
    answer = await stage.text()
    await stage.settled()
    [status] = stage.app.statuses(answer.json()["messages"][0]["id"])
    assert status["errors"][0]["code"] == 131047
    assert "contacts" not in stage.app.changes()[-1]


async def test_outside_the_window_a_text_can_be_refused_at_once():
    async with staged(late_answer="http") as stage:
        assert code(await stage.text()) == (400, 131047)


async def test_a_known_template_goes_out_at_any_time(stage):
    body = {"type": "body", "parameters": [{"type": "text", "text": "Maria"}]}
    template = {"name": "hello", "language": {"code": "en_US"}, "components": [body]}
    await stage.text(type="template", template=template)
    await stage.settled()
    assert stage.app.states() == ["sent", "delivered"]
    assert stage.simulator.phone(MARIA).bubbles()[-1].text == "Hello Maria"


async def test_an_authentication_template_needs_a_phone_number(stage):
    template = {"name": "code", "language": {"code": "en_US"}}
    body = text_body(type="template", template=template, recipient=HIDDEN)
    del body["to"]
    assert code(await stage.send(body)) == (400, 131062)


async def test_the_46th_message_at_once_to_one_customer_is_too_many(stage, monkeypatch):
    stage.heard()
    noon = clock.now()
    monkeypatch.setattr(clock, "now", lambda: noon)
    answers = [await stage.text() for _ in range(46)]
    assert [one.status_code for one in answers] == [200] * 45 + [400]
    assert code(answers[-1]) == (400, 131056)


async def test_the_81st_message_of_a_number_in_a_second_is_too_many(stage, monkeypatch):
    noon = clock.now()
    monkeypatch.setattr(clock, "now", lambda: noon)
    answers = [await stage.text(to=f"+4917000000{n:02d}") for n in range(81)]
    assert [one.status_code for one in answers] == [200] * 80 + [400]
    assert code(answers[-1]) == (400, 130429)


async def test_a_picture_is_uploaded_and_arrives_with_its_caption(stage):
    stage.heard()
    media = (await stage.upload(png())).json()["id"]
    await stage.text(type="image", image={"id": media, "caption": "Look"})
    bubble = stage.simulator.phone(MARIA).bubbles()[-1]
    assert (bubble.type, bubble.text, bubble.media) == ("image", "Look", media)


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        pytest.param(png() + b"\0" * 5 * 1024 * 1024, "image/png", id="over 5 MB"),
        pytest.param(png(), "image/jpeg", id="a png that says jpeg"),
        pytest.param(b"GIF89a", "image/png", id="no picture"),
        pytest.param(png("L"), "image/png", id="grey"),
        pytest.param(b"RIFF", "image/webp", id="a sticker's type"),
    ],
)
async def test_a_picture_against_the_rules_fails_later_with_131053(stage, content, mime):
    stage.heard()
    media = (await stage.upload(content, mime)).json()["id"]
    answer = await stage.text(type="image", image={"id": media})
    await stage.settled()
    [status] = stage.app.statuses(answer.json()["messages"][0]["id"])
    assert status["errors"][0]["code"] == 131053


async def test_a_type_that_whatsapp_does_not_know_cannot_be_uploaded(stage):
    assert code(await stage.upload(b"x", "application/x-msdownload")) == (400, 100)


async def test_a_customers_picture_can_be_fetched(stage):
    stage.simulator.phone(MARIA).photo(png(), "image/png")
    await stage.settled()
    [message] = stage.app.messages()
    about = await stage.client.get(f"{GRAPH}/{message['image']['id']}", headers=bearer())
    told = about.json()
    answer = await stage.client.get(told["url"], headers=bearer())
    assert answer.content == png()
    assert told["sha256"] == hashlib.sha256(png()).hexdigest()


async def test_the_address_of_a_picture_wants_the_token_and_lives_five_minutes(stage):
    stage.simulator.phone(MARIA).photo()
    await stage.settled()
    [message] = stage.app.messages()
    path = f"{GRAPH}/{message['image']['id']}"
    url = (await stage.client.get(path, headers=bearer())).json()["url"]
    assert (await stage.client.get(url)).status_code == 401
    assert (await stage.client.get(url, headers=bearer(OTHER))).status_code == 404
    clock.advance(timedelta(minutes=5))
    assert (await stage.client.get(url, headers=bearer())).status_code == 404


async def test_a_customers_picture_is_gone_after_seven_days(stage):
    stage.simulator.phone(MARIA).photo()
    await stage.settled()
    [message] = stage.app.messages()
    clock.advance(timedelta(days=7))
    answer = await stage.client.get(f"{GRAPH}/{message['image']['id']}", headers=bearer())
    assert code(answer) == (400, 100)


async def test_a_read_mark_turns_all_earlier_ticks_blue_and_shows_typing(stage):
    phone = stage.simulator.phone(MARIA)
    first, last = phone.write("One"), phone.write("Two")
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": last}
    answer = await stage.send(read | {"typing_indicator": {"type": "text"}})
    assert answer.json() == {"success": True}
    assert {bubble.id: bubble.state for bubble in phone.bubbles()} == {first: "read", last: "read"}
    assert phone.sees_typing()
    clock.advance(timedelta(seconds=25))
    assert not phone.sees_typing()


async def test_only_a_customers_message_can_be_marked_as_read(stage):
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.none"}
    assert code(await stage.send(read)) == (400, 131009)


async def test_a_reaction_is_seen_and_only_sent(stage):
    wamid = stage.heard()
    answer = await stage.text(type="reaction", reaction={"message_id": wamid, "emoji": "👍"})
    await stage.settled()
    assert stage.app.states(answer.json()["messages"][0]["id"]) == ["sent"]


async def test_a_reaction_to_nothing_is_error_131009(stage):
    body = text_body(type="reaction", reaction={"message_id": "wamid.none", "emoji": "👍"})
    assert code(await stage.send(body)) == (400, 131009)


@pytest.mark.skipif(not openapi.FILE.exists(), reason=WHY_SKIPPED)
async def test_what_these_tests_send_is_right_by_metas_own_file(stage):
    stage.heard()
    await stage.text("One", biz_opaque_callback_data="r1")
    await stage.text("Two", context={"message_id": stage.heard()})
    bodies = [line.body for line in stage.simulator.store.requests() if line.accepted]
    assert len(bodies) == 2
    assert [openapi.complaints(body) for body in bodies] == [[], []]
