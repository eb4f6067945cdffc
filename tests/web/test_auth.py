"""Signing in and out over HTTP."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from jumper_app import clock
from jumper_app import settings as settings_module
from jumper_app.db import Database
from jumper_app.models import Role
from jumper_app.people import agents, cookie, signing_in
from jumper_app.settings import Settings
from jumper_app.web import auth
from jumper_app.web.guard import Guard, rules_from
from tests.people.crowd import PASSWORD, Machine, badge, hire, opened, person, seen
from tests.web.visitors import HOME, path_of, visitor, words

NEW = "another long password"
WRONG_WORDS = "The email address or the password is not right."


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    signing_in.throttle.cache_clear()
    yield
    signing_in.throttle.cache_clear()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    stopped = Machine()
    monkeypatch.setattr("jumper_app.clock.machine", stopped)
    return stopped


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    with opened(sqlite_url) as mine:
        yield mine


def front(monkeypatch: pytest.MonkeyPatch, **environ: str) -> Guard:
    read = Settings.read(environ)
    for place in (settings_module, auth):
        monkeypatch.setattr(place, "settings", lambda: read)
    return Guard(Starlette(routes=auth.ROUTES), rules_from(read))


@pytest.fixture
def browser(database: Database, monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    client = visitor(front(monkeypatch))
    client.headers["origin"] = HOME
    return client


async def sign_in(browser: httpx.AsyncClient, **fields: str) -> httpx.Response:
    form = {"email": "ana@example.com", "password": PASSWORD, **fields}
    return await browser.post("/auth/login", data=form)


async def test_the_right_password_opens_the_panel(browser, database: Database):
    ana = hire(database)
    answer = await sign_in(browser)
    assert (answer.status_code, path_of(answer)) == (303, "/")
    found = seen(database, browser.cookies["jumper"])
    assert found is not None
    assert found.id == ana


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, database: Database):
    hire(database)
    sent = (await sign_in(browser)).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(sent.split("; "))


async def test_over_https_the_cookie_is_host_bound(database: Database, monkeypatch):
    hire(database)
    home = "https://chat.example.com"
    client = visitor(front(monkeypatch, JUMPER_PUBLIC_URL=home), at=home)
    sent = (await sign_in(client)).headers["set-cookie"]
    assert sent.startswith("__Host-jumper=")
    assert "; Secure" in sent


async def test_one_goes_where_one_wanted_to_go(browser, database: Database):
    hire(database)
    page = await browser.get("/login?next=%2Fc%2F01%3Ftab%3Dbot")
    wanted = re.search(r'name="next" value="([^"]*)"', page.text)
    assert wanted is not None
    assert wanted[1] == "/c/01?tab=bot"
    assert path_of(await sign_in(browser, next=wanted[1])) == "/c/01?tab=bot"


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/auth/logout",
    "/login",
    "",
    "/\u2028x",
    "/" + "a" * 3000,
    "http:/evil.example",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
async def test_nobody_is_sent_to_another_site(browser, database: Database, wanted: str):
    hire(database)
    assert path_of(await sign_in(browser, next=wanted)) == "/"
    assert auth.local_path(wanted) == "/"


async def test_a_wrong_password_and_an_unknown_person_read_the_same(browser, database: Database):
    hire(database)
    hire(database, "Off", active=False)
    answers = [
        await sign_in(browser, password="wrong password"),
        await sign_in(browser, email="nobody@example.com"),
        await sign_in(browser, email="off@example.com"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert all(WRONG_WORDS in words(answer) for answer in answers)
    bodies = {re.sub(r'value="[^"]*@[^"]*"', "", answer.text) for answer in answers}
    assert len(bodies) == 1
    assert "jumper" not in browser.cookies


async def test_the_address_stays_in_the_form_and_the_password_does_not(browser, database):
    answer = await sign_in(browser, email='a"><script>alert(1)</script>', password="hush hush")
    assert "hush hush" not in answer.text
    assert "<script" not in answer.text
    assert "&quot;&gt;&lt;script&gt;" in answer.text


async def test_too_many_tries_are_told_to_wait(browser, database: Database, machine: Machine):
    hire(database)
    for _ in range(5):
        await sign_in(browser, password="wrong password")
    answer = await sign_in(browser)
    assert answer.status_code == 429
    assert "wait 15 minutes" in words(answer)
    machine.wait(minutes=15)
    assert (await sign_in(browser)).status_code == 303


async def test_a_forged_forwarding_header_buys_no_more_tries(browser, database: Database):
    hire(database)
    for number in range(5):
        browser.headers["x-forwarded-for"] = f"198.51.100.{number}"
        await sign_in(browser, password="wrong password")
    assert (await sign_in(browser)).status_code == 429


async def test_another_sites_form_signs_nobody_in(browser, database: Database):
    hire(database)
    browser.headers["origin"] = "https://evil.example"
    assert (await sign_in(browser)).status_code == 403
    assert "jumper" not in browser.cookies


async def test_signing_in_again_ends_the_session_of_before(browser, database: Database):
    hire(database)
    await sign_in(browser)
    before = browser.cookies["jumper"]
    await sign_in(browser)
    assert browser.cookies["jumper"] != before
    assert seen(database, before) is None


async def test_a_planted_cookie_is_never_taken_over(browser, database: Database):
    hire(database)
    browser.cookies.set("jumper", "planted", domain="localhost.local")
    await sign_in(browser)
    assert seen(database, "planted") is None


async def test_signing_out_ends_the_session_and_forgets_the_cookie(browser, database: Database):
    hire(database)
    await sign_in(browser)
    token = browser.cookies["jumper"]
    answer = await browser.post("/auth/logout")
    assert (answer.status_code, path_of(answer)) == (303, "/login")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert seen(database, token) is None


async def test_a_link_to_sign_out_does_nothing(browser, database: Database):
    hire(database)
    await sign_in(browser)
    await browser.get("/auth/logout")
    assert seen(database, browser.cookies["jumper"]) is not None


async def test_who_is_signed_in_needs_no_sign_in_page(browser, database: Database):
    hire(database)
    await sign_in(browser)
    assert path_of(await browser.get("/login?next=/c/01")) == "/c/01"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(b"{}", "application/json", id="json"),
        pytest.param(b"email=" + b"a" * 20_000, "application/x-www-form-urlencoded", id="long"),
        pytest.param(b"email=%ff", "application/x-www-form-urlencoded", id="not-utf-8"),
        pytest.param(b"email=a%00b", "application/x-www-form-urlencoded", id="nul"),
        pytest.param(b"a=1&" * 50, "application/x-www-form-urlencoded", id="many-fields"),
        pytest.param(b"x", "multipart/form-data; boundary=x", id="multipart"),
    ],
)
async def test_what_is_no_form_is_refused(browser, body: bytes, kind: str):
    answer = await browser.post("/auth/login", content=body, headers={"content-type": kind})
    assert answer.status_code == 400


async def test_an_endless_form_is_not_read_to_its_end(browser):
    sent = 0

    async def endless():
        nonlocal sent
        while True:
            sent += 1000
            yield b"a" * 1000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/auth/login", content=endless(), headers=headers)
    assert answer.status_code == 400
    assert sent < 40_000


async def test_a_form_that_never_ends_is_given_up(browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(auth, "FORM_DEADLINE_S", 0)

    async def slow():
        yield b"email="
        await asyncio.sleep(3600)

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/auth/login", content=slow(), headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/login", "/setup/nothing"])
async def test_these_pages_run_no_script_and_are_not_kept(browser, path: str):
    page = await browser.get(path)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "same-origin"
    assert "<script" not in page.text
    assert not re.search(r"\sstyle=|\son\w+=", page.text)


async def test_the_policy_names_the_style_that_is_there(browser):
    page = await browser.get("/login")
    style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.headers["content-security-policy"]


async def test_password_managers_know_their_fields(browser):
    page = (await browser.get("/login")).text
    assert re.search(r'<input id="email"[^>]*autocomplete="username"[^>]*autofocus', page)
    assert re.search(r'<input id="password"[^>]*autocomplete="current-password"', page)
    assert "onpaste" not in page


@pytest.fixture
def link(database: Database) -> str:
    boss = person(database, hire(database, "Boss & Co", Role.ADMIN))
    return database.write(
        agents.invite,
        email="eve@example.com",
        role=Role.AGENT,
        by=boss,
        now=clock.machine(),
    )


async def use(browser: httpx.AsyncClient, token: str, **fields: str) -> httpx.Response:
    form = {"name": "Eve", "password": NEW, **fields}
    return await browser.post(f"/setup/{token}", data=form)


async def test_an_invitation_says_from_whom_for_whom_and_as_what(browser, link: str):
    page = await browser.get(f"/setup/{link}")
    assert page.status_code == 200
    assert "Boss &amp; Co" in page.text
    assert "invited you to answer customers as an agent" in words(page)
    assert 'value="eve@example.com"' in page.text


async def test_an_invited_agent_is_signed_in_at_once(browser, database: Database, link: str):
    answer = await use(browser, link)
    assert (answer.status_code, path_of(answer)) == (303, "/")
    found = seen(database, browser.cookies["jumper"])
    assert found is not None
    assert (found.email, found.role) == ("eve@example.com", Role.AGENT)


async def test_a_guest_cannot_choose_role_or_address(browser, database: Database, link: str):
    await use(browser, link, email="boss@example.com", role="admin", agent_id="1")
    found = seen(database, browser.cookies["jumper"])
    assert found is not None
    assert (found.email, found.role) == ("eve@example.com", Role.AGENT)


async def test_looking_at_a_link_does_not_use_it_up(browser, link: str):
    for _ in range(3):
        assert (await browser.get(f"/setup/{link}")).status_code == 200


async def test_a_used_link_is_over(browser, link: str):
    await use(browser, link)
    for answer in (await use(browser, link), await browser.get(f"/setup/{link}")):
        assert answer.status_code == 404
        assert "does not work any more" in words(answer)


@pytest.mark.parametrize("token", ["nothing", "%00", "a" * 5000, "é", "..%2f..%2fetc", "%ff"])
async def test_a_made_up_link_is_a_page_in_words(browser, token: str):
    answer = await browser.get(f"/setup/{token}")
    assert answer.status_code == 404
    if "%2f" not in token:
        assert "does not work any more" in words(answer)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"password": "short"}, "at least 10 characters", id="short-password"),
        pytest.param({"password": ""}, "at least 10 characters", id="no-password"),
        pytest.param({"name": " "}, "enter a name", id="no-name"),
    ],
)
async def test_a_slip_can_be_mended_and_the_link_still_works(browser, link, fields, reason):
    answer = await use(browser, link, **fields)
    assert answer.status_code == 422
    assert reason in words(answer)
    assert (await use(browser, link)).status_code == 303


async def test_the_first_admin_says_who_they_are(browser, database: Database, machine: Machine):
    token = database.write(agents.first_admin_link, machine())
    assert token is not None
    assert "You are going to be an admin" in words(await browser.get(f"/setup/{token}"))
    assert (await use(browser, token, email="not one")).status_code == 422
    assert (await use(browser, token, email="eve@example.com")).status_code == 303
    found = seen(database, browser.cookies["jumper"])
    assert found is not None
    assert found.is_admin


async def test_a_reset_asks_for_a_password_only(browser, database: Database, machine: Machine):
    boss = person(database, hire(database, "Boss", Role.ADMIN))
    ana = hire(database)
    before = badge(database, ana)
    token = database.write(agents.reset_link, agent_id=ana, by=boss, now=machine())
    page = await browser.get(f"/setup/{token}")
    assert "Choose a new password" in words(page)
    assert 'name="name"' not in page.text
    assert (await use(browser, token)).status_code == 303
    assert seen(database, before) is None


async def test_guessing_at_links_is_told_to_wait(browser, link: str):
    for number in range(30):
        await browser.get(f"/setup/guess{number}")
    assert (await browser.get(f"/setup/{link}")).status_code == 429


def test_the_cookie_name_is_the_guards():
    assert rules_from(Settings.read({})).cookie_name == cookie.PLAIN_NAME
