"""What a link gives: whole, in time, within the limit, or a sentence that says why not."""

import asyncio
import gzip
import io

import pytest

from jumper_app.fetching import Fetcher, LinkRefused, LinkTooLarge, LinkTooSlow, NoLink
from jumper_app.fetching.errors import NothingThere
from jumper_app.fetching.guard import Guard
from tests.fetching.network import OUTSIDE, Names, allowed, listening, moved, page

LIMIT = 100_000


async def fetched(answer, path="/", *, limit=LIMIT, deadline_s=5.0):
    """What comes of a link to a server that answers so, and the paths that it was asked for."""
    async with listening(OUTSIDE, answer=answer) as server:
        names = Names(web_example=[[OUTSIDE]])
        guard = Guard(allowed=allowed, ports=[server.port], resolve=names.resolve)
        held = io.BytesIO()
        link = f"http://web.example:{server.port}{path}"
        told = await Fetcher(guard, deadline_s=deadline_s).fetch(link, held, limit)
        return told, held.getvalue(), server.asked


@pytest.mark.parametrize(
    "link",
    [
        "", "   ", "hello", "www.example.com/a.png", "ftp://example.com/a", "file:///etc/passwd",
        "javascript:alert(1)", "data:image/png;base64,AAAA", "//example.com/a", "https://",
        "http:///a", "https://[broken/a", "gopher://127.0.0.1:25/x", "https://exa mple.com/",
        "https://user:pass@example.com/a", "https://user@127.0.0.1/", "http://\x00/",
        "https://example.com/" + "a" * 2001, "http://a..b/", "http://.../",
    ],
    ids=repr,
)  # fmt: skip
async def test_what_is_no_web_address_is_refused_before_anybody_is_asked(link):
    async def resolve(host, port):
        raise AssertionError("a name was looked up")

    with pytest.raises(LinkRefused):
        await Fetcher(Guard(resolve=resolve)).fetch(link, io.BytesIO(), LIMIT)


@pytest.mark.parametrize(
    "status",
    [
        "204 No Content",
        "401 Unauthorized",
        "403 Forbidden",
        "404 Not Found",
        "206 Partial Content",
        "500 Oh",
    ],
)
async def test_an_answer_that_is_no_file_is_refused(status):
    with pytest.raises(NothingThere):
        await fetched(lambda _: page(b"secret words of an error", status=status))


async def test_three_redirects_are_followed_and_no_fourth():
    def chain(length):
        def answer(path):
            step = int(path[1:])
            return page(b"there") if step == length else moved(f"/{step + 1}")

        return answer

    _, content, asked = await fetched(chain(3), "/0")
    assert (content, asked) == (b"there", ["/0", "/1", "/2", "/3"])
    with pytest.raises(NothingThere):
        await fetched(chain(4), "/0")


@pytest.mark.parametrize("to", ["", "ftp://web.example/a", "file:///etc/passwd", "http://[", "//"])
async def test_a_redirect_to_no_web_address_is_refused(to):
    with pytest.raises(LinkRefused):
        await fetched(lambda _: moved(to))


@pytest.mark.parametrize("size", [LIMIT, LIMIT + 1], ids=["all-of-it", "one-more"])
@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
async def test_a_file_has_a_limit(size, announced):
    whole = page(bytes(size))
    answer = whole if announced else whole.replace(b"Content-Length", b"X-Length")
    if size == LIMIT:
        assert (await fetched(lambda _: answer))[0].size == LIMIT
    else:
        with pytest.raises(LinkTooLarge):
            await fetched(lambda _: answer)


async def test_a_body_without_end_is_cut_at_the_limit():
    async def endless(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                writer.write(bytes(65536))
                await writer.drain()
        except ConnectionError:
            writer.close()

    server = await asyncio.start_server(endless, OUTSIDE, 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        guard = Guard(allowed=allowed, ports=[port], resolve=Names(web=[[OUTSIDE]]).resolve)
        held = io.BytesIO()
        with pytest.raises(LinkTooLarge):
            await Fetcher(guard).fetch(f"http://web:{port}/", held, LIMIT)
        assert held.tell() <= LIMIT


async def test_a_server_that_dribbles_is_left_at_the_deadline():
    async def dribble(path):
        await asyncio.sleep(60)
        return page()

    with pytest.raises(LinkTooSlow):
        await fetched(dribble, deadline_s=0.2)


async def test_a_packed_body_is_not_unpacked():
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(NothingThere):
        await fetched(lambda _: page(bomb, Content_Encoding="gzip"))


@pytest.mark.parametrize(
    "answer",
    [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
     b"HTTP/9.9 lies\r\n\r\n", b"\x16\x03\x01\x02\x00"],
    ids=["nothing", "ssh", "cut-short", "nonsense", "tls"],
)  # fmt: skip
async def test_a_server_that_speaks_otherwise_is_refused(answer):
    with pytest.raises(LinkRefused):
        await fetched(lambda _: answer)


@pytest.mark.parametrize(
    ("path", "disposition", "name"),
    [
        ("/a/photo.jpg", "", "photo.jpg"),
        ("/a/photo.jpg?x=1#y", "", "photo.jpg"),
        ("/", "", ""),
        ("/a%20b.png", "", "a b.png"),
        ("/x", 'attachment; filename="offer.pdf"', "offer.pdf"),
        ("/x", "attachment; filename*=UTF-8''M%C3%BCller.pdf", "Müller.pdf"),
        ("/x.png", "nonsense;;;=", "x.png"),
        ("/x.png", "attachment; filename*=no-such-charset''a", "a"),
    ],
)
async def test_a_file_is_called_what_its_server_calls_it(path, disposition, name):
    more = {"Content_Disposition": disposition} if disposition else {}
    told, _, _ = await fetched(lambda _: page(b"x", **more), path)
    assert told.filename == name


def test_no_sentence_tells_more_than_it_must():
    for refusal in (LinkRefused, NoLink, NothingThere, LinkTooLarge, LinkTooSlow):
        assert refusal.for_agent.endswith(".")
        assert not any(word in refusal.for_agent for word in ("DNS", "private network", "port"))
