"""The page, its parts and the one line: who may frame it, how large it is, how it is kept."""

import gzip
import re

import httpx
import pytest

from jumper_app.channels.contract import KIB
from jumper_app.models import ChannelAccount
from jumper_app.web.widget import pages
from jumper_app.web.widget.words import LANGUAGES, chosen
from tests.web.visitors import visitor
from tests.web.widget.stage import HOME, KEY, Shop

MOST_BYTES = 25 * KIB
"""Compressed, all that a visitor's browser loads for the chat: the line, the page, its parts."""


async def get(shop: Shop, path: str, **headers: str) -> httpx.Response:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    async with visitor(shop.app, at=HOME) as client:
        return await client.get(path, headers=told)


def options(shop: Shop, **set_to: object) -> None:
    def put(work):
        account = work.get_one(ChannelAccount, 1)
        account.options = {**account.options, **set_to}

    shop.db.write(put)


def framers(answer: httpx.Response) -> list[str]:
    policy = answer.headers["content-security-policy"]
    return next(part for part in policy.split("; ") if part.startswith("frame-ancestors")).split()[
        1:
    ]


async def test_nobody_but_ourselves_frames_a_chat_without_a_list(little_shop: Shop):
    answer = await get(little_shop, f"/chat/{KEY}")
    assert framers(answer) == ["'self'"]
    assert "x-frame-options" not in answer.headers


async def test_the_sites_of_the_list_and_no_others_frame_it(little_shop: Shop):
    options(
        little_shop, sites="https://shop.example\nhttps://*.SHOP.example\nhttp://localhost:8080"
    )
    answer = await get(little_shop, f"/chat/{KEY}")
    assert framers(answer)[1:] == [
        "https://shop.example",
        "https://*.shop.example",
        "http://localhost:8080",
    ]


@pytest.mark.parametrize(
    "site",
    ["*", "https:", "https://*", "https://a.example; script-src *", "https://a.example https://b"],
)
async def test_what_is_no_site_does_not_reach_the_policy(little_shop: Shop, site: str):
    options(little_shop, sites=f"https://shop.example\n{site}")
    assert framers(await get(little_shop, f"/chat/{KEY}")) == ["'self'", "https://shop.example"]


async def test_the_page_runs_and_loads_nothing_but_its_own(little_shop: Shop):
    policy = (await get(little_shop, f"/chat/{KEY}")).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy


async def test_every_other_page_still_may_not_be_framed(little_shop: Shop):
    for path in ("/widget.js", f"/chat/-/{pages.version()}/chat.js", f"/chat/{KEY}/messages"):
        assert (await get(little_shop, path)).headers["x-frame-options"] == "DENY"


async def test_there_is_no_chat_without_an_account(little_shop: Shop):
    answer = await get(little_shop, "/chat/another")
    assert (answer.status_code, answer.text) == (404, "This chat is not open.")


async def test_what_the_business_says_cannot_end_its_element(little_shop: Shop):
    options(little_shop, greeting="</script><script>alert(1)</script>")
    page = (await get(little_shop, f"/chat/{KEY}")).text
    assert "<script>alert" not in page
    assert "\\u003c/script>\\u003cscript>alert(1)" in page


async def test_no_secret_stands_in_the_page(little_shop: Shop):
    page = (await get(little_shop, f"/chat/{KEY}")).text
    assert "identity-secret-of-the-tests" not in page


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everything_together_is_small(little_shop: Shop, language: str):
    page = await get(little_shop, f"/chat/{KEY}?lang={language}")
    paths = ["/widget.js", *sorted(set(re.findall(r"/chat/-/[^\"]+", page.text)))]
    sizes = {path: await packed_size(little_shop, path) for path in paths}
    sizes["page"] = len(gzip.compress(page.content))
    assert sum(sizes.values()) <= MOST_BYTES
    assert len(sizes) == len(pages.parts()) + 1


async def packed_size(shop: Shop, path: str) -> int:
    """Bytes on the wire of one file."""
    async with (
        visitor(shop.app, at=HOME) as client,
        client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer,
    ):
        assert answer.headers["content-encoding"] == "gzip"
        return len(b"".join([part async for part in answer.aiter_raw()]))


async def test_a_browser_keeps_the_parts_for_ever_and_asks_for_the_line_again(little_shop: Shop):
    part = await get(little_shop, f"/chat/-/{pages.version()}/chat.js")
    assert part.headers["cache-control"] == "public, max-age=31536000, immutable"
    line = await get(little_shop, "/widget.js")
    assert line.headers["cache-control"] == "public, max-age=300"
    again = await get(little_shop, "/widget.js", if_none_match=line.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_a_part_of_another_version_is_not_kept(little_shop: Shop):
    part = await get(little_shop, "/chat/-/000000000000/chat.js")
    assert (part.status_code, part.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("name", ["nothing.js", "..%2F..%2Fsettings.py", "chat.py"])
async def test_nothing_else_is_a_part(little_shop: Shop, name: str):
    assert (await get(little_shop, f"/chat/-/{pages.version()}/{name}")).status_code == 404


def test_every_language_has_every_sentence():
    english = LANGUAGES["en"].words
    for language in LANGUAGES.values():
        assert language.words.keys() == english.keys(), language.tag
        for name, words in language.words.items():
            assert words.strip(), (language.tag, name)
            assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", english[name]))


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("tlh, fr;q=0.5", "fr"),
        ("AR", "ar"),
        ("", "en"),
        ("tlh", "en"),
        (";;,,", "en"),
    ],
)
def test_the_first_language_that_we_speak_is_spoken(told: str, tag: str):
    assert chosen(told).tag == tag
