"""A customer's file: where it is fetched, who sees the token, what is believed."""

import base64
import hashlib
import io

import httpx
import pytest

from jumper_app.channels.contract import MediaRef
from jumper_app.channels.meta.failures import (
    FetchFailed,
    FileDamaged,
    FileGone,
    FileTooLarge,
    Temporary,
)
from tests.channels.doors import ACCOUNT, GRAPH, TOKEN, always, breaks, with_door

FILE = b"the bytes of a picture"
REF = MediaRef(provider_id="881200100200300", mime="image/jpeg")


def fetch(told, answer, *, limit=1000, url=GRAPH, media=REF):
    """Download ``media`` when Graph tells ``told`` and the file's address gives ``answer``.

    What is told of it, its bytes, and the requests.
    """

    def handle(request):
        is_graph = request.url.path.endswith(media.provider_id)
        return httpx.Response(200, json=told) if is_graph else answer

    written = io.BytesIO()
    file, asked = with_door(
        handle, lambda door: door.download(ACCOUNT, media, written, limit), url=url
    )
    return file, written.getvalue(), asked


TOLD = {"url": "https://files.example/f?x=1", "mime_type": "image/jpeg", "file_size": len(FILE)}
HEX = hashlib.sha256(FILE).hexdigest()
BASE64 = base64.b64encode(hashlib.sha256(FILE).digest()).decode()


@pytest.mark.parametrize("sha256", [HEX, BASE64, "", "a1b2c3..."], ids=repr)
def test_a_file_is_fetched_with_the_token_and_checked(sha256):
    told, content, [_, request] = fetch(
        TOLD | {"sha256": sha256}, httpx.Response(200, content=FILE)
    )
    assert (content, told.mime) == (FILE, "image/jpeg")
    assert told.filename == "881200100200300.jpg"
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("sha256", ["0" * 64, BASE64.swapcase()], ids=["hex", "base64"])
def test_a_file_that_is_not_the_one_announced_is_refused(sha256):
    with pytest.raises(FileDamaged):
        fetch(TOLD | {"sha256": sha256}, httpx.Response(200, content=FILE))


def test_the_digest_of_the_webhook_counts_when_graph_tells_none():
    media = REF.model_copy(update={"sha256": "0" * 64})
    with pytest.raises(FileDamaged):
        fetch(TOLD, httpx.Response(200, content=FILE), media=media)


def test_a_file_that_is_announced_too_large_is_not_fetched():
    with pytest.raises(FileTooLarge):
        fetch(TOLD | {"file_size": 1001}, httpx.Response(500))


def test_a_file_that_grows_beyond_the_limit_is_dropped():
    with pytest.raises(FileTooLarge):
        fetch(TOLD, httpx.Response(200, content=bytes(1001)))


def test_a_file_of_exactly_the_limit_is_taken():
    _, content, _ = fetch(TOLD, httpx.Response(200, content=bytes(1000)))
    assert len(content) == 1000


@pytest.mark.parametrize(
    ("status", "member"),
    [(404, Temporary), (500, Temporary), (302, FetchFailed), (403, FetchFailed)],
)
def test_a_file_that_does_not_come_says_why(status, member):
    with pytest.raises(member):
        fetch(TOLD, httpx.Response(status, headers={"Location": "http://10.0.0.1/"}))


@pytest.mark.parametrize(
    "url",
    [
        "http://files.example/f",
        "https://graph.example@elsewhere.example/f",
        "ftp://files.example/f",
        "//files.example/f",
        "https://",
        "https://[broken/f",
        "",
        None,
    ],
    ids=repr,
)
def test_the_token_goes_to_no_doubtful_address(url):
    with pytest.raises(FetchFailed):
        fetch(TOLD | {"url": url}, httpx.Response(200, content=FILE))


def test_the_token_may_go_to_the_apis_own_host_without_tls():
    base = "http://127.0.0.1:3000/simulator/graph"
    told = TOLD | {"url": "http://127.0.0.1:3000/simulator/graph/file/7"}
    _, content, _ = fetch(told, httpx.Response(200, content=FILE), url=base)
    assert content == FILE


def test_the_token_goes_to_no_other_port_of_the_apis_host():
    told = TOLD | {"url": "http://127.0.0.1:3001/file/7"}
    with pytest.raises(FetchFailed):
        fetch(told, httpx.Response(200, content=FILE), url="http://127.0.0.1:3000/graph")


def test_a_file_that_meta_no_longer_knows_is_gone():
    answer = always(400, {"error": {"code": 100, "message": "does not exist"}})
    with pytest.raises(FileGone):
        with_door(answer, lambda door: door.download(ACCOUNT, REF, io.BytesIO(), 1000))


def test_a_file_without_an_id_is_gone_and_its_address_is_not_tried():
    media = MediaRef(url="https://elsewhere.example/f")
    with pytest.raises(FileGone):
        with_door(
            breaks(httpx.ReadError), lambda door: door.download(ACCOUNT, media, io.BytesIO(), 1000)
        )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("order 7.pdf", "order 7.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("...", "881200100200300.jpg"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
    ],
)
def test_a_files_name_loses_every_path(given, kept):
    media = REF.model_copy(update={"filename": given})
    told, _, _ = fetch(TOLD, httpx.Response(200, content=FILE), media=media)
    assert told.filename == kept
