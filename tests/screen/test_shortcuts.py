"""Shortcuts in the composer, by keyboard alone."""

import random
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from playwright.sync_api import Locator, expect

from jumper_app.conversations.shortcuts.variables import NAMES, PATTERN
from tests.effort import Effort
from tests.screen.oracle import filled
from tests.screen.people import ACustomer, ADesk, take
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def options(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("shortcut-option")


def shown(desk: Desk) -> list[str | None]:
    """The codes in the list, from above; nothing when there is no list."""
    return [one.get_attribute("data-code") for one in options(desk).all()]


def listed(desk: Desk) -> Locator:
    return desk.page.get_by_test_id("shortcut-list")


def chosen(desk: Desk) -> Locator:
    """The row that Enter would insert, as the box announces it."""
    row = desk.box().get_attribute("aria-activedescendant") or "none"
    return desk.page.locator(f"[id='{row}']")


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def write(desk: Desk, text: str) -> None:
    desk.box().press_sequentially(text)


def start(desk: Desk, text: str = "") -> None:
    """An empty box, then this text."""
    desk.box().fill("")
    write(desk, text)


def test_a_reply_from_a_shortcut_takes_five_keys(talk: tuple[Phone, Desk]):
    customer, ana = talk
    ana.box().focus()
    keys = ["/", "h", "o", "Enter", "Enter"]
    press(ana, *keys)
    sent = "The shop is open Monday to Saturday, 10:00 to 19:00."
    expect(ana.message(sent)).to_have_attribute("data-delivery", "delivered")
    assert len(keys) <= 5
    assert customer.texts()[-1] == sent


def test_the_list_is_worked_by_its_keys_and_the_box_keeps_the_focus(talk: tuple[Phone, Desk]):
    _, ana = talk
    start(ana, "/rep")
    expect(options(ana)).to_have_count(3)
    codes = shown(ana)
    assert set(codes) == {"repair", "repeat-order", "replacement"}
    expect(ana.box()).to_have_attribute("aria-haspopup", "listbox")
    for key, place in (
        ("ArrowDown", 1),
        ("Control+n", 2),
        ("ArrowDown", 0),
        ("ArrowUp", 2),
        ("Control+p", 1),
        ("Home", 0),
        ("End", 2),
        ("PageUp", 0),
        ("PageDown", 2),
    ):
        press(ana, key)
        expect(chosen(ana)).to_have_attribute("data-code", codes[place] or "")
    options(ana).first.hover()
    expect(chosen(ana)).to_have_attribute("data-code", codes[2] or "")
    expect(ana.box()).to_be_focused()
    press(ana, "Escape")
    expect(listed(ana)).to_have_count(0)
    expect(ana.box()).to_have_value("/rep")
    write(ana, "eat-")
    expect(options(ana)).to_have_count(1)


def test_where_the_list_opens_and_where_not(talk: tuple[Phone, Desk]):
    _, ana = talk
    for text in ("/", "Well /", "(/", "/ret", "/thank you"):
        start(ana, text)
        expect(listed(ana), text).to_have_count(1)
    for text in ("http:/", "and/", "1/", "://", "/ ", "see /zzzz now"):
        start(ana, text)
        expect(listed(ana), text).to_have_count(0)
    start(ana, "One")
    press(ana, "Shift+Enter")
    write(ana, "/")
    expect(listed(ana)).to_have_count(1)
    press(ana, "Backspace")
    expect(listed(ana)).to_have_count(0)
    start(ana, "//")
    expect(ana.box()).to_have_value("/")
    write(ana, "etc")
    expect(ana.box()).to_have_value("/etc")
    expect(listed(ana)).to_have_count(0)


def test_enter_never_sends_while_the_list_is_open(talk: tuple[Phone, Desk]):
    _, ana = talk
    before = ana.messages("agent").count()
    start(ana, "/nothing-like-it")
    expect(listed(ana)).to_contain_text("No shortcut matches")
    press(ana, "Enter")
    expect(listed(ana)).to_have_count(0)
    expect(ana.box()).to_have_value("/nothing-like-it")
    start(ana, "/hours")
    press(ana, "Enter")
    expect(ana.box()).to_have_value("The shop is open Monday to Saturday, 10:00 to 19:00.")
    assert ana.messages("agent").count() == before


def test_what_stands_around_stays_and_one_undo_brings_the_token_back(talk: tuple[Phone, Desk]):
    _, ana = talk
    start(ana, "Well,  and bye")
    press(ana, *["ArrowLeft"] * 8)
    write(ana, "/addr")
    press(ana, "Tab")
    inserted = "Well, You find us at Harbour Street 12, right behind the old market hall. and bye"
    expect(ana.box()).to_have_value(inserted)
    press(ana, "Control+z")
    expect(ana.box()).to_have_value("Well, /addr and bye")


def test_the_caret_goes_where_the_shortcut_says(talk: tuple[Phone, Desk]):
    _, ana = talk
    start(ana, "/sorry")
    press(ana, "Enter")
    write(ana, "Promised.")
    expect(ana.box()).to_have_value(
        "I am sorry, Quinn. That should not have happened, and I will see to it myself. Promised."
    )


def test_what_is_not_known_is_filled_in_before_it_can_be_sent(talk: tuple[Phone, Desk]):
    customer, ana = talk
    lacking = ana.page.get_by_test_id("unfilled-variable")
    start(ana, "/delivery")
    press(ana, "Control+Enter")
    expect(lacking).to_have_text(["Delivery date"])
    press(ana, "End", "Enter")
    expect(ana.box()).to_have_value(
        "Good news, Quinn: your parcel arrives on {{ask:Delivery date}}. "
        "You will get a message in the morning of that day."
    )
    write(ana, "Friday")
    expect(lacking).to_have_count(0)
    press(ana, "End", "Space")
    write(ana, "/invo")
    press(ana, "Enter")
    press(ana, "Home")
    press(ana, "Tab")
    write(ana, "7710")
    press(ana, "Enter")
    arrived = ana.message("parcel arrives on Friday")
    expect(arrived).to_have_attribute("data-delivery", "delivered")
    assert customer.texts()[-1].endswith("the invoice for order 7710?")


def test_tab_steps_through_what_is_lacking_and_escape_lets_it_go(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().fill("{{ask:One}} and {{customer.city}} and {{ask:Three}}")
    selected = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
    for keys, name in (
        ("Tab", "{{ask:One}}"),
        ("Tab", "{{customer.city}}"),
        ("Tab", "{{ask:Three}}"),
        ("Tab", "{{ask:One}}"),
        ("Shift+Tab", "{{ask:Three}}"),
        ("Shift+Tab", "{{customer.city}}"),
    ):
        press(ana, keys)
        assert ana.box().evaluate(selected) == name
    press(ana, "Escape", "Tab")
    expect(ana.box()).not_to_be_focused()
    expect(ana.page.get_by_test_id("unfilled")).to_contain_text("Customer's city")


def test_ones_own_stands_in_the_place_of_everyones(talk: tuple[Phone, Desk], a_desk: ADesk):
    _, ana = talk
    start(ana, "/size")
    expect(chosen(ana)).to_contain_text("my way")
    expect(chosen(ana)).to_contain_text("Only you")
    ben = a_desk("ben", at=f"/c/{ana.thread().get_attribute('data-conversation')}")
    start(ben, "/size")
    expect(chosen(ben)).to_contain_text("Between two sizes?")
    start(ben, "/bye")
    expect(listed(ben)).to_contain_text("No shortcut matches")


def test_what_was_used_last_stands_first_also_after_a_reload(talk: tuple[Phone, Desk]):
    _, ana = talk
    start(ana, "/repl")
    press(ana, "Enter")
    expect(ana.page.get_by_test_id("unfilled-variable")).to_have_text(["Tracking link"])
    for _ in range(2):
        start(ana, "/rep")
        expect(options(ana).first).to_have_attribute("data-code", "replacement")
        ana.page.reload()
        expect(ana.box()).to_be_visible()


def test_there_is_a_button_and_a_chord_for_it(talk: tuple[Phone, Desk]):
    _, ana = talk
    ana.box().fill("Hello")
    ana.click("open-shortcuts")
    expect(ana.box()).to_have_value("Hello /")
    expect(listed(ana)).to_have_count(1)
    ana.click("open-shortcuts")
    expect(listed(ana)).to_have_count(0)
    ana.click("note-mode")
    press(ana, "Control+/")
    expect(ana.box()).to_have_value("/")
    write(ana, "hours")
    press(ana, "Enter", "Enter")
    expect(ana.message("The shop is open")).to_have_attribute("data-kind", "note")


def test_a_customer_who_is_called_like_a_variable_is_called_that(
    server, a_customer: ACustomer, a_desk: ADesk
):
    customer = Phone.of_a_new_customer(server, "{{agent.email}} {{ask:Key}}", "491799999901")
    customer.write("Hello")
    ana = a_desk()
    take(ana, customer)
    start(ana, "/hello")
    press(ana, "Control+Enter")
    said = "Hello {{agent.email}}, how can I help you today?"
    expect(ana.message(said)).to_have_attribute("data-delivery", "delivered")
    assert customer.texts()[-1] == said


VALUES = st.dictionaries(st.sampled_from(NAMES), st.text("ab {}|.\n/$&\\", max_size=12), max_size=6)
PARTS = st.lists(
    st.one_of(
        st.text("ab {}|\n", max_size=6),
        st.sampled_from(["{{cursor}}", "{{ask:When}}", "{{ask:When|now}}", "{{zzz}}", "{{{"]),
        st.builds(
            "{{{{{}{}}}}}".format,
            st.sampled_from(NAMES),
            st.sampled_from(["", "|", "|there", " | there ", "|{{now}}"]),
        ),
    ),
    max_size=6,
).map("".join)


def test_the_browser_fills_in_as_a_slow_reader_would(talk: tuple[Phone, Desk], effort: Effort):
    """Random texts and values, hostile ones among them, against a reader written apart."""
    _, ana = talk
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    cases = samples(st.tuples(PARTS, VALUES), effort.times(gate=300, long=20_000), seed)
    came = ana.page.evaluate(
        """async ([cases, grammar]) => {
          const { fill } = await import("/composer/filling.js");
          return cases.map(([body, values]) => fill(body, values, grammar));
        }""",
        [cases, {"pattern": PATTERN, "names": list(NAMES), "labels": {}}],
    )
    for (body, values), got in zip(cases, came, strict=True):
        assert (got["text"], got["caret"]) == filled(body, values), (body, values)
    effort.note("texts filled in by the browser as by the oracle", len(cases))


SOME = st.text(alphabet="abé-/ 1Ж", max_size=8)
"""Few letters, so that much of it is found: signs, accents, blanks."""


def test_typing_on_finds_what_a_fresh_look_finds(talk: tuple[Phone, Desk], effort: Effort):
    """The answers to a part of a query are gone through, not the whole list; none is missed."""
    _, ana = talk
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rows = st.lists(st.tuples(SOME, SOME, SOME), min_size=1, max_size=40)
    cases = samples(st.tuples(rows, SOME), effort.times(gate=300, long=20_000), seed)
    missed = ana.page.evaluate(
        """async (cases) => {
          const { finder, prepare } = await import("/composer/ranking.js");
          const ids = (find, text) => find(text).map((item) => item.id).join(" ");
          const missed = [];
          for (const [rows, query] of cases) {
            const items = rows.map((texts, place) => prepare([place, ...texts, 0, 0, {}]));
            const find = finder(items), signs = [...query];
            const typed = signs.map((_, place) => signs.slice(0, place + 1).join(""));
            for (const text of [...typed, ...typed.toReversed()]) {
              if (ids(find, text) !== ids(finder(items), text)) missed.push([rows, text]);
            }
          }
          return missed;
        }""",
        cases,
    )
    assert missed == []
    effort.note("queries typed letter by letter against a fresh look", len(cases))


def samples(strategy: st.SearchStrategy[Any], count: int, seed: int) -> list[Any]:
    """So many examples of a strategy, the same for the same seed."""
    found: list[Any] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(max_examples=count, database=None, deadline=None)
    @hypothesis.given(strategy)
    def collect(case: Any) -> None:
        found.append(case)

    collect()
    return found
