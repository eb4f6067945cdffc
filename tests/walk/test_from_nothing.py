"""From nothing to the first message, as a person with a Meta test number would do it.

The README tells the same steps in the same order; its pictures are of this walk. What it
leaves behind is then searched for secrets and for a customer's words.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from jumper_app.panel.settings import words as settings_words
from jumper_app.panel.settings.channels import words
from jumper_app.settings import ROOT
from tests.panel.live import HYDRATE, Served, line
from tests.story.stage import Phone
from tests.walk.standin import BUSINESS, PHONE_ID, SHOWN_NUMBER, WABA_ID
from tests.walk.world import PICTURES, World, world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

APP_ID = "138483919580948"
EMAIL = "kim@example.com"


@pytest.fixture(scope="module")
def walked(real_browser: Browser) -> Iterator[World]:
    """The world after the walk."""
    with tempfile.TemporaryDirectory(prefix="jumper-walk-") as folder, world(Path(folder)) as here:
        page = here.sit_down(real_browser)
        become_the_first_admin(here, page)
        connect_whatsapp(here, page)
        customer = hear_the_first_message(here, page)
        answer(page, customer)
        see_how_it_is_doing(page)
        pause_and_resume(here, page)
        let_a_colleague_in_and_out(here, page, real_browser)
        meet_trouble(here, page, customer)
        page.context.close()
        yield here


def picture(page: Page, name: str, of: Locator | None = None) -> None:
    """Keep what stands on the screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.mouse.move(1, 1)
    (of or page).screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def become_the_first_admin(here: World, page: Page) -> None:
    page.goto(here.first_link())
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Your name").fill("Kim Berg")
    page.get_by_label("Password").fill(here.canaries.password)
    picture(page, "1-first-admin")
    page.get_by_role("button", name="Create my sign-in").click()
    expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    [cookie] = [each for each in page.context.cookies() if each.get("httpOnly")]
    here.canaries.session = cookie.get("value", "")


def connect_whatsapp(here: World, page: Page) -> None:
    page.goto(f"{here.url}/settings/channels")
    expect(page.get_by_text(words.NO_CHANNELS[0])).to_be_visible()
    picture(page, "2-channels")
    page.get_by_test_id("connect-whatsapp").click()
    page.get_by_test_id("begin").click()
    fill_in(page, here.canaries.token, here.canaries.wrong_secret)
    expect(page.get_by_test_id("finding")).to_contain_text("App settings › Basic")
    page.get_by_test_id("field-app_secret").fill(here.canaries.app_secret)
    picture(page, "3-ids", page.get_by_test_id("connect-step"))
    page.get_by_test_id("connect").click()
    paste_at_meta(here, page)
    look_until_it_works(here, page)
    page.get_by_test_id("to-first").click()
    expect(page.get_by_test_id("field-name")).to_have_value(BUSINESS)
    picture(page, "6-who-answers", page.get_by_test_id("connect-step"))
    page.get_by_test_id("finish").click()
    expect(page.get_by_test_id("connected")).to_have_text(f"{BUSINESS} is connected.")


def fill_in(page: Page, token: str, app_secret: str) -> None:
    told = {"phone_id": PHONE_ID, "waba_id": WABA_ID, "token": token, "app_secret": app_secret}
    for name, value in told.items():
        page.get_by_test_id(f"field-{name}").fill(value)
    page.get_by_test_id("connect").click()


def paste_at_meta(here: World, page: Page) -> None:
    """Do in Meta's dashboard what the page says. Meta asks our door at once."""
    callback = page.get_by_test_id("callback-url")
    expect(callback).to_have_text(f"{here.url}/webhooks/whatsapp")
    verify = page.get_by_test_id("shown-verify_token").inner_text()
    picture(page, "4-paste", page.get_by_test_id("connect-step"))
    page.get_by_role("button", name=words.COPY).last.click()
    expect(page.get_by_role("button", name=words.COPIED)).to_be_visible()
    assert save_at_meta(here, callback.inner_text(), verify_token="a slip").status_code == 400
    assert save_at_meta(here, callback.inner_text(), verify_token=verify).is_success


def save_at_meta(here: World, callback: str, **told: str) -> httpx.Response:
    as_the_app = f"{APP_ID}|{here.canaries.app_secret}"
    form = {"object": "whatsapp_business_account", "fields": "messages", **told}
    return here.standin.graph(f"{APP_ID}/subscriptions", as_the_app, callback_url=callback, **form)


def look_until_it_works(here: World, page: Page) -> None:
    page.get_by_test_id("to-test").click()
    missing = page.locator("[data-verdict=bad]")
    expect(missing).to_have_count(1)
    expect(missing).to_contain_text("Account's webhooks")
    picture(page, "5-test", page.get_by_test_id("connect-step"))
    page.get_by_test_id("subscribe").click()
    expect(page.get_by_text(words.ALL_GOOD)).to_be_visible()
    expect(missing).to_have_count(0)
    expect(page.locator("[data-verdict=warning]")).to_contain_text("message_template_status_update")


def hear_the_first_message(here: World, page: Page) -> Phone:
    """Write from one's own phone, and see it."""
    page.get_by_role("link", name=words.OPEN_LIST).click()
    customer = Phone.of_a_new_customer(here.standin, "Robin Vale", here.canaries.phone)
    customer.write("Hello from my own phone!")
    row = page.get_by_test_id("customer-row")
    expect(row).to_contain_text("Robin Vale")
    row.click()
    expect(page.locator("[data-kind=customer]")).to_contain_text("Hello from my own phone!")
    return customer


def answer(page: Page, customer: Phone) -> None:
    box = page.get_by_test_id("composer-input")
    box.fill("Hello Robin, how can I help?")
    page.keyboard.press("Enter")
    reply = page.locator("[data-testid=message][data-kind=agent]")
    expect(reply).to_have_attribute("data-delivery", "delivered")
    assert customer.texts()[-1].startswith("Hello Robin")
    picture(page, "7-first-message")


def see_how_it_is_doing(page: Page) -> None:
    page.goto(page.url.partition("/c/")[0] + "/settings/channels")
    page.get_by_test_id("channel-account").get_by_role("link").click()
    expect(page.get_by_test_id("account")).to_have_attribute("data-standing", "good")
    expect(page.get_by_test_id("account")).to_contain_text(SHOWN_NUMBER.replace("-", " ")[:6])
    expect(page.get_by_test_id("last-heard")).not_to_have_text(words.NEVER)
    picture(page, "8-health", page.locator("main section").first)


def pause_and_resume(here: World, page: Page) -> None:
    """While it is paused nobody can write, and everybody reads why."""
    account = page.url
    page.get_by_test_id("pause").click()
    expect(page.get_by_test_id("account")).to_have_attribute("data-standing", "paused")
    page.goto(here.url)
    page.get_by_test_id("customer-row").click()
    expect(page.get_by_test_id("composer-notice")).to_contain_text("paused")
    page.goto(account)
    page.get_by_test_id("resume").click()
    expect(page.get_by_test_id("account")).to_have_attribute("data-standing", "good")


def let_a_colleague_in_and_out(here: World, page: Page, browser: Browser) -> None:
    """By a link that works once; shut out, their open pages go at once."""
    page.goto(f"{here.url}/settings/agents")
    page.get_by_test_id("field-name").fill("Lou Park")
    page.get_by_test_id("field-email").fill("lou@example.com")
    page.get_by_test_id("invite").click()
    link = page.get_by_test_id("one-time-link").inner_text()
    pages = [here.sit_down(browser) for _ in range(2)]
    pages[0].goto(link)
    pages[0].get_by_label("Password").fill(here.canaries.password)
    pages[0].get_by_role("button", name="Create my sign-in").click()
    expect(pages[0].get_by_test_id("connection")).to_have_attribute("data-state", "live")
    pages[1].goto(link)
    expect(pages[1].get_by_text("This link is over")).to_be_visible()
    row = page.locator("[data-agent='lou@example.com']")
    row.get_by_test_id("agent-actions").click()
    page.get_by_role("menuitem", name=settings_words.DISABLE).click()
    page.get_by_test_id("disable-really").click()
    pages[0].wait_for_url("**/login**")
    for each in pages:
        each.context.close()


def meet_trouble(here: World, page: Page, customer: Phone) -> None:
    """A send fails, a secret is mistyped, and a password; a browser makes things up."""
    page.goto(here.url)
    page.get_by_test_id("customer-row").click()
    customer.write(f"A secret of mine: {here.canaries.said}")
    expect(page.locator("[data-kind=customer]").last).to_contain_text(here.canaries.said)
    here.standin.go_wrong("error", code=131026)
    page.get_by_test_id("composer-input").fill(f"This one fails {here.canaries.said}")
    page.keyboard.press("Enter")
    failed = page.locator("[data-delivery=failed]")
    expect(failed).to_contain_text("This one fails")
    page.goto(f"{here.url}/settings/channels")
    page.get_by_test_id("channel-account").get_by_role("link").click()
    expect(page.get_by_test_id("failed-sends")).to_have_text("1")
    page.get_by_test_id("field-app_secret").fill(here.canaries.wrong_secret)
    page.get_by_test_id("renew").click()
    expect(page.get_by_test_id("trouble")).to_contain_text("App secret")
    headers = {"Origin": here.url}
    form = {"email": EMAIL, "password": here.canaries.wrong_password}
    answered = httpx.post(f"{here.url}/auth/login", data=form, headers=headers, trust_env=False)
    assert answered.status_code == 401
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, make_things_up(here)).result()


async def make_things_up(here: World) -> None:
    """Send an event that there is none of: the framework logs it whole."""
    payload = {"token": here.canaries.token, "text": here.canaries.said}
    async with line(Served(here.url), here.canaries.session) as socket:
        await socket.send("nobody.knows.this", payload)
        await socket.ask(HYDRATE, payload)


def test_nothing_of_it_stands_where_it_must_not(walked: World):
    secrets = walked.canaries.secrets()
    found = [
        f"{where} holds the {name}"
        for where, content in everywhere(walked)
        for name, value in secrets.items()
        if value.encode() in content
    ]
    assert found == []


def test_no_log_holds_what_a_customer_said_or_their_number(walked: World):
    walked.server.wait_until_said("Serving on")
    log = walked.server.output
    assert walked.canaries.said not in log
    assert walked.canaries.phone not in log


def test_no_page_threw_an_error(walked: World):
    assert walked.errors == []


def everywhere(walked: World) -> Iterator[tuple[str, bytes]]:
    """Logs, sockets, the scripts that browsers load, the database's files, files of state."""
    yield "the log", walked.server.output.encode()
    assert len(walked.frames) > 20
    yield "a socket", "\n".join(walked.frames).encode()
    data, scripts = files_in(walked.folder / "data"), files_in(ROOT / ".web" / "build")
    assert any(path.name == "jumper.db" for path in data)
    assert any(path.suffix == ".js" for path in scripts)
    for path in (*data, *scripts, *files_in(ROOT / ".states")):
        yield str(path), path.read_bytes()


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
