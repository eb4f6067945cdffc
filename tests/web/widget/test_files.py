"""Files of visitors and for visitors."""

import io
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from PIL import Image

from jumper_app import clock
from jumper_app.channels.webchat import tray
from jumper_app.channels.webchat.limits import MAX_FILE_BYTES
from jumper_app.models import Attachment, Message, MessageKind
from jumper_app.settings import settings
from tests.house import every, one
from tests.web.widget.stage import Browser, Shop


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Files lie in a folder of this test's own."""
    monkeypatch.setenv("JUMPER_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


async def upload(browser: Browser, content: bytes, name: str) -> httpx.Response:
    return await browser.ask("POST", "files", content=content, headers={"X-Filename": name})


async def send_picture(browser: Browser) -> str:
    """A picture that is said; its place in the tray."""
    place = (await upload(browser, png(), "torn%20strap.png")).json()["file"]
    assert (await browser.write("", file=place)).status_code == 200
    return place


async def test_a_visitors_picture_stands_in_the_thread_and_comes_back_to_them(shop: Shop):
    vera = shop.visitor()
    await send_picture(vera)
    await shop.works()
    row = one(shop.db, Attachment)
    assert (row.state, row.mime, row.width, row.height) == ("ready", "image/png", 40, 30)
    line = await vera.listen()
    file = (await line.next()).data["bubbles"][0]["files"][0]
    assert file["name"] == "torn strap.png"
    answer = await vera.ask("GET", f"files/{file['id']}")
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["content-disposition"] == "attachment"
    assert "sandbox" in answer.headers["content-security-policy"]
    await line.cut()


async def test_the_stream_says_when_the_file_can_be_fetched(shop: Shop):
    vera = shop.visitor()
    await vera.write("Look")
    line = await vera.listen()
    await line.next()
    await send_picture(vera)
    assert (await line.next()).data["bubbles"][0]["files"][0]["ready"] is False
    await shop.works()
    assert (await line.next()).data["bubbles"][0]["files"][0]["ready"] is True
    await line.cut()


async def test_whoever_was_away_when_the_file_came_is_told_later(shop: Shop):
    vera = shop.visitor()
    await send_picture(vera)
    line = await vera.listen()
    place = (await line.next()).place
    await line.cut()
    await shop.works()
    line = await vera.listen(place)
    assert (await line.next()).data["bubbles"][0]["files"][0]["ready"] is True
    await line.cut()


async def test_another_visitor_can_neither_read_nor_send_it(shop: Shop):
    vera, otto = shop.visitor(), shop.visitor()
    place = await send_picture(vera)
    await shop.works()
    await otto.write("Hello")
    file = one(shop.db, Attachment).public_id
    assert (await otto.ask("GET", f"files/{file}")).status_code == 404
    assert (await otto.write("", file=place)).status_code == 422
    assert len(every(shop.db, Message, kind=MessageKind.CUSTOMER)) == 2


@pytest.mark.parametrize("place", ["nothing", "../../jumper.db", f"{'a' * 32}-{'b' * 32}"])
async def test_what_was_never_put_there_cannot_be_sent(little_shop: Shop, place: str):
    assert (await little_shop.visitor().write("", file=place)).status_code == 422


HTML = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.svg", id="svg"),
        pytest.param(HTML, "page.html", id="html"),
        pytest.param(HTML, "page.pdf", id="html called pdf"),
        pytest.param(HTML, "page.png", id="html called png"),
        pytest.param(b"MZ\x90\x00" * 40, "run.exe", id="program"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "broken.png", id="broken picture"),
        pytest.param(b"", "empty.txt", id="empty"),
        pytest.param(b"words", "words.exe", id="text called program"),
    ],
)
async def test_what_could_harm_is_not_taken(little_shop: Shop, content: bytes, name: str):
    answer = await upload(little_shop.visitor(), content, name)
    assert (answer.status_code, answer.json()["error"]) == (422, "file_kind")


async def test_text_is_taken_as_text(shop: Shop):
    vera = shop.visitor()
    place = (await upload(vera, b"one, two", "list.csv")).json()["file"]
    await vera.write("", file=place)
    await shop.works()
    row = one(shop.db, Attachment)
    assert (row.state, row.filename) == ("ready", "list.csv")
    assert not row.mime.startswith(("image/", "text/html"))


async def test_a_file_that_is_too_large_is_refused_while_it_comes(little_shop: Shop):
    answer = await upload(little_shop.visitor(), b"a" * (MAX_FILE_BYTES + 1), "big.txt")
    assert (answer.status_code, answer.json()["error"]) == (422, "file_too_large")


async def test_a_full_disk_takes_no_strangers_files(
    little_shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tray, "MOST_BYTES", 10)
    vera = little_shop.visitor()
    assert (await upload(vera, png(), "a.png")).status_code == 201
    answer = await upload(vera, png(), "b.png")
    assert (answer.status_code, answer.json()["error"]) == (422, "no_room")


async def test_what_nobody_sent_is_swept_away(little_shop: Shop):
    await upload(little_shop.visitor(), png(), "a.png")
    assert tray.sweep(clock.machine()) == 0
    assert tray.sweep(clock.machine() + tray.KEPT_FOR + timedelta(minutes=1)) == 2
