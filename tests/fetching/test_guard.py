"""No spelling, no redirect and no name server leads a link to this machine or its network."""

import io
from typing import cast

import httpcore
import pytest

from jumper_app.fetching import Fetcher, LinkRefused
from jumper_app.fetching.guard import Guard
from tests.fetching.network import INSIDE, OUTSIDE, Names, allowed, listening, moved, page

LOOPBACK = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "127。0。0。1",
    "①②⑦.0.0.1",
    "localhost.",
    "inward.example",
]
"""Eighteen ways to say this machine."""

ELSEWHERE = [
    "10.0.0.1",
    "172.16.5.5",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "[fd00:ec2::254]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[::127.0.0.1]",
    "[fe80::1%25eth0]",
]
"""Ten that lead into private networks, to a cloud's metadata, or through a tunnel."""

FORMS = LOOPBACK + ELSEWHERE

UNREADABLE = {"①②⑦.0.0.1", "0177.0.0.1"}
"""httpx itself refuses these."""


def names(**more) -> Names:
    return Names(
        inward_example=[[INSIDE]], outside_example=[[OUTSIDE]], localhost_=[[INSIDE]], **more
    )


@pytest.fixture
async def inside():
    """What must never be reached, at the old and at the new kind of loopback."""
    async with listening(INSIDE, "::1", answer=lambda _: page()) as listener:
        yield listener


class NoGuard(httpcore.AsyncNetworkBackend):
    """Looks names up and connects, as a client without a guard does."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.network = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(self, host, port, *_how, **_more):
        address = (await self.names.resolve(host, port))[0]
        return await self.network.connect_tcp(address, port)


def guarded(names: Names, *ports: int) -> Fetcher:
    """A fetcher whose port rule is open, so that the address rule alone decides."""
    return Fetcher(Guard(allowed=allowed, ports=ports, resolve=names.resolve), deadline_s=5)


async def opens(fetcher: Fetcher, link: str) -> bool:
    try:
        await fetcher.fetch(link, io.BytesIO(), 1000)
    except LinkRefused:
        return False
    return True


def test_there_are_as_many_forms_as_were_measured():
    assert (len(LOOPBACK), len(FORMS), len(set(FORMS))) == (18, 28, 28)


@pytest.mark.parametrize("form", LOOPBACK)
async def test_without_the_guard_the_listener_inside_is_reached(inside, form):
    reached = await opens(Fetcher(NoGuard(names())), f"http://{form}:{inside.port}/")
    assert reached == bool(inside.asked) == (form not in UNREADABLE)


@pytest.mark.parametrize("form", FORMS)
async def test_no_form_is_opened_directly(inside, form):
    assert not await opens(guarded(names(), inside.port), f"http://{form}:{inside.port}/")
    assert inside.asked == []


@pytest.mark.parametrize("form", FORMS)
async def test_no_form_is_opened_through_a_redirect(inside, form):
    async with listening(
        OUTSIDE, answer=lambda _: moved(f"http://{form}:{inside.port}/")
    ) as outside:
        fetcher = guarded(names(), inside.port, outside.port)
        assert not await opens(fetcher, f"http://outside.example:{outside.port}/")
        assert (outside.asked, inside.asked) == (["/"], [])


@pytest.mark.parametrize("form", FORMS)
async def test_no_form_is_opened_by_a_name_that_changes_its_mind(inside, form):
    """The first answer is public and nobody listens there; the next ones lead inside."""
    inward = await inward_address(form)
    changing = names(flip_example=[[OUTSIDE], [inward], [inward]])
    fetcher = guarded(changing, inside.port)
    for _ in range(3):
        assert not await opens(fetcher, f"http://flip.example:{inside.port}/")
    assert changing.asked == ["flip.example"] * 3
    assert inside.asked == []


@pytest.mark.parametrize("first", ["public-first", "private-first"])
@pytest.mark.parametrize("form", FORMS)
async def test_a_name_with_a_public_and_a_private_address_is_not_opened(inside, form, first):
    mixed = [OUTSIDE, await inward_address(form)]
    answers = mixed if first == "public-first" else mixed[::-1]
    fetcher = guarded(names(mixed_example=[answers]), inside.port)
    assert not await opens(fetcher, f"http://mixed.example:{inside.port}/")
    assert inside.asked == []


async def inward_address(form: str) -> str:
    """What a name server would answer for the form; loopback where it is none."""
    bare = form.strip("[]").replace("%25", "%").replace("。", ".").rstrip(".")
    try:
        return (await names().resolve(bare, 80))[0]
    except OSError:
        return INSIDE


@pytest.mark.parametrize("port", [22, 25, 3000, 5432, 6379, 8080])
async def test_only_the_webs_ports_are_knocked_at(port):
    guard = Guard(allowed=lambda _: True, resolve=names().resolve)
    assert not await opens(Fetcher(guard), f"http://outside.example:{port}/")


async def test_a_public_address_is_opened_and_told_nothing_of_us(inside):
    async with listening(OUTSIDE, answer=lambda _: page(b"a picture")) as outside:
        held = io.BytesIO()
        fetcher = guarded(names(), outside.port)
        told = await fetcher.fetch(f"http://outside.example:{outside.port}/a/b.png", held, 1000)
    assert (held.getvalue(), told.filename, told.size) == (b"a picture", "b.png", 9)
    said = outside.said[0].lower()
    assert b"\r\nhost: outside.example:" in said
    assert not any(word in said for word in (b"cookie", b"authorization", b"referer", b"gzip"))


async def test_a_proxy_of_the_environment_is_not_asked(inside, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{inside.port}")
    async with listening(OUTSIDE, answer=lambda _: page(b"ok")) as outside:
        assert await opens(
            guarded(names(), outside.port), f"http://outside.example:{outside.port}/"
        )
    assert inside.asked == []


async def test_every_refusal_inside_reads_the_same(inside):
    """Whoever pastes links learns nothing of the network here: not a name, not a port."""
    fetcher = Fetcher(Guard(resolve=names().resolve))
    sentences = set()
    for link in (
        f"http://inward.example:{inside.port}/",
        "http://10.0.0.1/",
        "http://no-such-name.example/",
        "http://169.254.169.254/latest/meta-data/",
        "https://inward.example:22/",
    ):
        with pytest.raises(LinkRefused) as refused:
            await fetcher.fetch(link, io.BytesIO(), 1000)
        sentences.add(refused.value.for_agent)
    assert len(sentences) == 1
