"""Who looks elsewhere is called: by the desktop, by the title, never while they look."""

import pytest
from playwright.sync_api import expect

from tests.screen.people import ACustomer, ADesk, wait_for_the_bot
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

BROWSER = """
window.shown = []; window.rung = 0; window.away = false;
window.Notification = class {
  static permission = "granted";
  constructor(title, told) { Object.assign(this, told, { title }); window.shown.push(this); }
  close() {}
};
window.AudioContext = new Proxy(AudioContext, {
  construct(of, given) { window.rung += 1; return new of(...given); },
});
Object.defineProperty(document, "hidden", { get: () => window.away });
"""


def look(desk: Desk, *, away: bool) -> None:
    script = (
        "away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }"
    )
    desk.page.evaluate(script, away)


def told(desk: Desk) -> list[list[str]]:
    return desk.page.evaluate("window.shown.map(one => [one.title, one.body, one.tag])")


@pytest.fixture
def talk(talk: tuple[Phone, Desk]) -> tuple[Phone, Desk]:
    """Ana answers a customer; her browser tells the test what it shows."""
    talk[1].page.add_init_script(BROWSER)
    talk[1].page.reload()
    expect(talk[1].connection()).to_have_attribute("data-state", "live")
    return talk


def test_who_looks_elsewhere_is_called_and_who_looks_is_not(talk: tuple[Phone, Desk]):
    customer, ana = talk
    customer.write("While she looks")
    expect(ana.row(customer.name)).to_contain_text("While she looks")
    look(ana, away=True)
    customer.write("Are you there?")
    expect(ana.page).to_have_title("(1) Jumper")
    address = ana.page.evaluate("location.pathname")
    ana.page.wait_for_function("window.shown.length === 1 && window.rung === 1")
    assert told(ana) == [[customer.name, "Are you there?", address]]
    customer.write("Hello?")
    ana.page.wait_for_function("window.shown.length === 2")
    expect(ana.page).to_have_title("(1) Jumper")
    look(ana, away=False)
    expect(ana.page).to_have_title("Jumper")


def test_a_customer_who_waits_for_a_person_calls_everyone(
    talk: tuple[Phone, Desk], a_customer: ACustomer, a_desk: ADesk
):
    _, ana = talk
    other = a_customer("Good morning")
    wait_for_the_bot(a_desk("ben"), other)
    look(ana, away=True)
    other.write("agent")
    ana.page.wait_for_function("window.shown.length >= 1")
    assert told(ana)[0][0] == f"{other.name} waits for a person"
    expect(ana.page).to_have_title("(1) Jumper")


def test_the_sound_can_be_turned_off_and_a_refusal_is_said(talk: tuple[Phone, Desk]):
    customer, ana = talk
    here = ana.page.url
    ana.page.goto(f"{ana.server.url}/settings/account")
    setting = ana.page.get_by_test_id("alert-setting")
    expect(setting).to_contain_text("Desktop notifications are on")
    setting.get_by_role("checkbox").uncheck()
    ana.page.goto(here)
    expect(ana.connection()).to_have_attribute("data-state", "live")
    look(ana, away=True)
    customer.write("Quietly, please")
    ana.page.wait_for_function("window.shown.length === 1")
    assert ana.page.evaluate("window.rung") == 0
    ana.page.add_init_script("Notification.permission = 'denied'")
    ana.page.goto(f"{ana.server.url}/settings/account")
    expect(setting).to_contain_text("This browser refuses notifications")
