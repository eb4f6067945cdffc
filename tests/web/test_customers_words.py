"""What customers write stands in no log, whatever they write it into and whatever breaks."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import BaseModel, SecretStr
from starlette.routing import Router

from jumper_app.channels import CHANNELS
from jumper_app.channels.meta import SIGNATURE_HEADER, sign
from jumper_app.errors import SendFailed
from jumper_app.models import Message, MessageKind, Outbox, ParkedItem
from jumper_app.web import intake, redaction
from jumper_app.web.intake import Intake
from jumper_app.web.webhooks import Webhooks
from jumper_app.work import loop
from jumper_app.work.loop import Background
from jumper_app.work.profiles import Acquainting
from tests import make
from tests.house import every
from tests.make import NOON

PAYLOADS = Path(__file__).parents[1] / "payloads"
CANARY = "Kanarienvogel"
"""Stands in every field that a customer can fill in."""

THEIRS = {
    "body", "caption", "text", "name", "first_name", "last_name", "formatted_name", "username",
    "filename", "title", "subtitle", "description", "emoji", "address", "payload", "ref",
    "headline", "response_json", "label", "value", "phone", "email", "company", "note",
    "product_retailer_id", "source_url", "user_ref", "metadata",
}  # fmt: skip


class Strict(BaseModel):
    number: int


def misread(words: str) -> None:
    """Fail as a model does, which quotes what it was given."""
    Strict.model_validate({"number": words})


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that the process would write, at the level of operation."""
    before, out, root = logging.getLogRecordFactory(), io.StringIO(), logging.getLogger()
    monkeypatch.setattr(root, "level", logging.INFO)
    handler = logging.StreamHandler(out)
    root.addHandler(handler)
    redaction.install()
    yield out
    root.removeHandler(handler)
    logging.setLogRecordFactory(before)


def bodies(channel: str) -> Iterator[bytes]:
    """Every kind of body that we know, with the canary wherever a customer writes."""
    for path in sorted((PAYLOADS / channel).glob("*.json")):
        yield json.dumps(sung(json.loads(path.read_text()))).encode()


def sung(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {each: sung(inner, each) for each, inner in value.items()}
    if isinstance(value, list):
        return [sung(inner, key) for inner in value]
    if key == "timestamp":
        return this_noon(value)
    return f"{CANARY} {value}" if isinstance(value, str) and key in THEIRS else value


def this_noon(value: Any) -> Any:
    """Noon in the same notation: text or a number, in seconds or milliseconds."""
    seconds = int(NOON.timestamp())
    if not str(value).isdigit():
        return value
    told = seconds * 1000 if int(value) > 10**11 else seconds
    return type(value)(told)


class BadDoor:
    """A provider that quotes the customer in all that it refuses."""

    def __init__(self, how: str) -> None:
        self._how = how

    def _fail(self) -> None:
        if self._how == "refuses":
            raise SendFailed(detail=f"bad: {CANARY}")
        misread(f"{CANARY} sang")

    async def send(self, credentials: Any, message: Any, uploads: Any) -> None:
        self._fail()

    async def mark_read(self, *_: Any, **__: Any) -> None:
        self._fail()

    async def react(self, *_: Any) -> None:
        self._fail()

    async def download(self, *_: Any) -> None:
        self._fail()

    async def profile(self, *_: Any) -> None:
        self._fail()


async def post(db, channel: str, given: list[bytes]) -> set[int]:
    """Deliver signed bodies at the door; the answers."""
    store = Intake(db)
    routes = Router(routes=Webhooks(db, store).routes())
    async with (
        store.running(),
        httpx.AsyncClient(transport=httpx.ASGITransport(routes), base_url="http://x") as client,
    ):
        answers = [
            await client.post(
                f"/webhooks/{channel}",
                content=body,
                headers={SIGNATURE_HEADER: sign(body, SecretStr(make.APP_SECRET))},
            )
            for body in given
        ]
    return {each.status_code for each in answers}


@pytest.fixture(autouse=True)
def time_stands(monkeypatch):
    monkeypatch.setattr("jumper_app.clock.now", lambda: NOON)
    monkeypatch.setattr(loop, "LOOK_AGAIN_S", 0.01)


@pytest.mark.parametrize("how", ["refuses", "breaks"])
@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
def test_doors_bots_sends_files_and_names_log_no_word(db, logged, monkeypatch, channel, how):
    if channel == "whatsapp":
        db.write(make.account, bot=True)
    else:
        db.write(make.page, bot=True)
    doors: Any = dict.fromkeys(CHANNELS, BadDoor(how))
    if how == "breaks":
        honest, broken = loop.answer_next, iter([True])

        def stumble(work: Any, **given: Any) -> Any:
            return misread(CANARY) if next(broken, False) else honest(work, **given)

        monkeypatch.setattr(loop, "answer_next", stumble)

    async def go() -> None:
        hello = (PAYLOADS / channel / "text.json").read_text()
        first = json.dumps(sung(json.loads(hello))).encode()
        assert await post(db, channel, [first]) == {200}
        background, names = Background(db, doors), Acquainting(db, doors)
        for number in range(12):
            if number == 3:
                assert await post(db, channel, list(bodies(channel))) == {200}
            for look in (background.work_once, names.ask_due):
                try:
                    await look()
                except Exception:
                    logging.getLogger("loop").exception("it stumbled")
            await background.settle()

    asyncio.run(go())
    heard = [row.text for row in every(db, Message, kind=MessageKind.CUSTOMER)]
    assert sum(CANARY in text for text in heard) > 5, "the canary sang into the store"
    assert any(CANARY in json.dumps(row.raw) for row in every(db, ParkedItem))
    assert every(db, Outbox), "the bot has answered"
    assert logged.getvalue(), "something was logged"
    assert CANARY not in logged.getvalue()


def test_a_row_that_the_database_refuses_is_not_quoted(db, logged, monkeypatch):
    def spoil(work, deliveries):
        work.add(Message(conversation_id=None, kind="customer", text=CANARY, at=NOON))  # type: ignore[arg-type]
        work.flush()

    monkeypatch.setattr(intake, "receive_all", spoil)
    db.write(make.account)
    given = next(bodies("whatsapp"))
    assert asyncio.run(post(db, "whatsapp", [given])) == {503}
    assert "could not be stored" in logged.getvalue()
    assert "IntegrityError" in logged.getvalue()
    assert CANARY not in logged.getvalue()


def test_the_places_of_an_error_stay(logged):
    try:
        misread(CANARY)
    except ValueError:
        logging.getLogger("here").exception("it stumbled")
    assert "in misread" in logged.getvalue()
    assert "ValidationError" in logged.getvalue()
    assert CANARY not in logged.getvalue()
