"""The app's own way to WhatsApp, against the stand-in."""

import io

import httpx
import pytest
from pydantic import SecretStr

from jumper_app.channels.contract import (
    Choice,
    Credentials,
    Identity,
    IdentityKind,
    MediaRef,
    Outbound,
    OutMedia,
    OutText,
    Upload,
)
from jumper_app.channels.meta.failures import Unanswered
from jumper_app.channels.whatsapp.door import WhatsAppDoor
from jumper_app.errors import SendFailed
from jumper_app.simulator import samples
from jumper_app.simulator.faults import Fault
from jumper_app.simulator.simulator import application
from tests.channels import openapi
from tests.channels.payloads import WHY_SKIPPED
from tests.simulator.stage import HIDDEN, MARIA, NUMBER

CREDENTIALS = Credentials(
    external_id=NUMBER.phone_number_id, token=SecretStr(NUMBER.token), graph_url=""
)


@pytest.fixture
async def door(stage):
    transport = httpx.ASGITransport(application(stage.simulator))
    door = WhatsAppDoor("http://localhost/simulator/graph", "v26.0", transport)
    stage.heard()
    yield door
    await door.aclose()


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo"
    path.write_bytes(samples.photo())
    return Upload(filename="a.jpg", mime="image/jpeg", size=path.stat().st_size, path=path)


def outbound(content=None, *, reference="ref", to=MARIA):
    kind = IdentityKind.WA_ID if to.isdigit() else IdentityKind.BSUID
    return Outbound(
        reference=reference,
        recipient=(Identity(kind=kind, value=to),),
        phone=f"+{to}" if to.isdigit() else "",
        content=content or OutText(text="Hello"),
    )


def choices(count):
    return tuple(Choice(id=f"{n}", title=f"Choice {n}") for n in range(count))


@pytest.mark.parametrize("count", [0, 3, 10, 11], ids=["plain", "buttons", "list", "numbered"])
async def test_words_and_choices_reach_the_phone(stage, door, count):
    sent = await door.send(CREDENTIALS, outbound(OutText(text="Hi", choices=choices(count))), {})
    bubble = stage.simulator.phone(MARIA).bubbles()[-1]
    assert bubble.id == sent.external_id
    assert len(bubble.choices) == (count if count < 11 else 0)


async def test_a_picture_reaches_the_phone(stage, door, photo):
    content = OutMedia(kind="image", attachment="a", caption="Look")
    await door.send(CREDENTIALS, outbound(content), {"a": photo})
    bubble = stage.simulator.phone(MARIA).bubbles()[-1]
    assert (bubble.text, bubble.mime) == ("Look", "image/jpeg")


async def test_a_customer_without_a_number_is_reached(stage, door):
    stage.heard(HIDDEN)
    await door.send(CREDENTIALS, outbound(to=HIDDEN), {})
    assert stage.simulator.phone(HIDDEN).bubbles()[-1].text == "Hello"


@pytest.mark.parametrize("kind", ["accept_500", "accept_garbage", "accept_cut"])
async def test_a_lost_answer_leaves_one_message_and_a_doubt(stage, door, kind):
    stage.simulator.faults.add(Fault(kind))
    with pytest.raises(Unanswered):
        await door.send(CREDENTIALS, outbound(), {})
    assert stage.simulator.store.accepted("ref") == 1


async def test_a_refusal_keeps_its_code(stage, door):
    stage.simulator.faults.add(Fault("error", code=131056))
    with pytest.raises(SendFailed) as refused:
        await door.send(CREDENTIALS, outbound(), {})
    assert refused.value.provider_code == "131056"


async def test_a_customers_voice_note_can_be_fetched(stage, door):
    phone = stage.simulator.phone(MARIA)
    phone.voice_note()
    media = MediaRef(provider_id=phone.bubbles()[-1].media)
    written = io.BytesIO()
    await door.download(CREDENTIALS, media, written, 1024 * 1024)
    assert written.getvalue() == samples.voice_note()


async def test_the_account_tells_its_name(door):
    report = await door.check(CREDENTIALS, callback="http://localhost/webhooks/whatsapp")
    assert (report.name, report.address) == ("Jumper", "+1 555-078-3881")


async def test_a_read_mark_arrives(stage, door):
    phone = stage.simulator.phone(MARIA)
    await door.mark_read(CREDENTIALS, (), phone.bubbles()[0].id, typing=True)
    assert phone.bubbles()[0].state == "read"
    assert phone.sees_typing()


@pytest.mark.skipif(not openapi.FILE.exists(), reason=WHY_SKIPPED)
async def test_every_accepted_body_is_right_by_metas_own_file(stage, door, photo):
    await door.send(CREDENTIALS, outbound(), {})
    await door.send(CREDENTIALS, outbound(OutText(text="Hi", choices=choices(3))), {})
    await door.send(CREDENTIALS, outbound(OutText(text="Hi", choices=choices(10))), {})
    await door.send(CREDENTIALS, outbound(OutMedia(kind="image", attachment="a")), {"a": photo})
    bodies = [line.body for line in stage.simulator.store.requests() if line.accepted]
    assert len(bodies) == 4
    assert [complaint for body in bodies for complaint in openapi.complaints(body)] == []
