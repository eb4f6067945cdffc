"""Message Shortcuts in the settings, and what hostile texts do there: nothing."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from jumper_app.conversations.shortcuts.rules import TITLE_LENGTH, WrongFields, checked
from jumper_app.conversations.shortcuts.sheet import Row, written
from tests import files as real
from tests.hostile import TEXTS
from tests.screen.people import ACustomer, ADesk, take
from tests.server import Server
from tests.story.stage import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

HERE = "/settings/shortcuts"


@pytest.fixture
def server(own_server: Server) -> Server:
    """What is kept here would be in every other test's list."""
    return own_server


def row(desk: Desk, code: str) -> Locator:
    return desk.page.locator(f"[data-testid=shortcut-row][data-code={code}]")


def found(desk: Desk, code: str) -> Locator:
    """The row of a shortcut, searched for: other tests have made the table long."""
    desk.page.get_by_test_id("shortcut-search").fill(code)
    return row(desk, code)


def fill(desk: Desk, **fields: str) -> None:
    for name, text in fields.items():
        desk.page.get_by_test_id(f"field-{name}").fill(text)


def choose(desk: Desk, code: str, act: str) -> None:
    found(desk, code).get_by_test_id("shortcut-actions").click()
    desk.page.get_by_role("menuitem", name=act).click()


def hand_in(desk: Desk, name: str, content: bytes) -> None:
    """Choose a file in the browser's own dialog."""
    with desk.page.expect_file_chooser() as chooser:
        desk.click("import-choose")
    chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_a_shortcut_is_written_by_keyboard_and_used_at_once(a_customer: ACustomer, a_desk: ADesk):
    customer, ana, robin = a_customer("Hello"), a_desk(), a_desk("admin", at=HERE)
    take(ana, customer)
    press, page = robin.page.keyboard.press, robin.page
    page.get_by_test_id("new-shortcut").focus()
    press("Enter")
    expect(page.get_by_test_id("field-code")).to_be_focused()
    page.keyboard.type("Lost")
    press("Tab")
    page.keyboard.type("Lost parcel")
    press("Tab")
    page.keyboard.type("Dear {{customer.frist_name}}, we look for it.")
    page.get_by_test_id("save-shortcut").focus()
    press("Enter")
    problem = page.get_by_test_id("shortcut-editor").get_by_role("alert")
    expect(problem).to_contain_text("Did you mean {{customer.first_name}}?")
    body = page.get_by_test_id("field-body")
    body.focus()
    press("Control+a")
    page.keyboard.type("Dear {{customer.first_name|friend}}, {{ask:Number}} is lost.")
    preview = page.get_by_test_id("shortcut-preview")
    expect(preview).to_have_text("Dear Quinn, Number is lost.")
    page.get_by_test_id("preview-for").select_option("Maya Ramírez")
    expect(preview).to_have_text("Dear Maya, Number is lost.")
    page.get_by_test_id("save-shortcut").focus()
    press("Enter")
    expect(page.get_by_test_id("shortcut-editor")).to_have_count(0)
    expect(found(robin, "lost")).to_contain_text("Robin Vega")
    ana.box().press_sequentially("/lost")
    expect(ana.page.get_by_test_id("shortcut-option")).to_contain_text("Dear Quinn")
    ana.page.keyboard.press("Enter")
    expect(ana.box()).to_have_value("Dear Quinn, {{ask:Number}} is lost.")


def test_a_copy_is_made_archived_and_taken_back(a_desk: ADesk):
    robin = a_desk("admin", at=HERE)
    choose(robin, "hours", "Duplicate")
    expect(robin.page.get_by_test_id("field-code")).to_have_value("hours-2")
    robin.page.keyboard.press("Escape")
    expect(row(robin, "hours-2")).to_be_visible()
    choose(robin, "hours-2", "Archive")
    expect(row(robin, "hours-2")).to_have_count(0)
    robin.click("undo")
    expect(row(robin, "hours-2")).to_be_visible()
    robin.page.get_by_test_id("shortcut-search").fill("monday 19:00")
    expect(robin.page.get_by_test_id("shortcut-row")).to_have_count(2)
    robin.click("scope-personal")
    expect(robin.page.get_by_role("main")).to_contain_text("Nothing found")


def test_an_agent_keeps_their_own_and_reads_everyones(a_desk: ADesk):
    ana = a_desk(at=HERE)
    expect(found(ana, "bye")).to_contain_text("Only you")
    found(ana, "thanks").get_by_role("button").first.click()
    editor = ana.page.get_by_test_id("shortcut-editor")
    expect(editor).to_contain_text("Only an admin can change it")
    expect(editor.get_by_test_id("save-shortcut")).to_have_count(0)
    editor.get_by_role("button", name="Duplicate").click()
    expect(editor.get_by_test_id("field-code")).to_be_editable()
    fill(ana, code="thanks-a-lot", body="Thanks a lot!")
    ana.click("save-shortcut")
    expect(row(ana, "thanks-a-lot")).to_contain_text("Only you")
    ben = a_desk("ben", at=HERE)
    expect(found(ben, "thanks")).to_be_visible()
    expect(row(ben, "thanks-a-lot")).to_have_count(0)


def test_a_file_is_looked_at_then_imported_and_comes_out_the_same(a_desk: ADesk, tmp_path: Path):
    robin = a_desk("admin", at=HERE)
    page = robin.page
    robin.click("import-shortcuts")
    hand_in(robin, "x.csv", b"code,body\nsum,=1+1\n?,x\nhours,{{nobody}}\n")
    expect(page.get_by_test_id("import-report")).to_contain_text("1 new")
    wrong = page.locator("[data-testid=import-line][data-outcome=error]")
    expect(wrong).to_have_count(2)
    expect(wrong.first).to_contain_text("Line 3")
    expect(wrong.last).to_contain_text("There is no variable “nobody”")
    expect(page.get_by_test_id("import-go")).to_have_count(0)
    hand_in(robin, "x.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    expect(page.get_by_test_id("import-problem")).to_contain_text("not UTF-8")
    hand_in(robin, "x.csv", b"code;title;body\nsum;-1;=1+1\n")
    robin.click("import-go")
    expect(found(robin, "sum")).to_be_visible()
    with page.expect_download() as download:
        robin.click("export-shortcuts")
    file = tmp_path / "shortcuts.csv"
    download.value.save_as(file)
    cells = {line[0]: line for line in csv.reader(io.StringIO(file.read_text("utf-8-sig")))}
    assert cells["sum"] == ["sum", "'-1", "'=1+1", "everyone", ""]
    robin.click("import-shortcuts")
    hand_in(robin, "shortcuts.csv", file.read_bytes())
    report = page.get_by_test_id("import-report")
    expect(report).to_contain_text("0 new · 0 changed")
    expect(report).to_contain_text("Everything in this file is here already.")


def test_files_are_attached_by_keyboard_copied_taken_off_and_named_in_a_table(a_desk: ADesk):
    robin = a_desk("admin", at=HERE)
    page, files = robin.page, robin.page.get_by_test_id("shortcut-file-row")
    page.on("filechooser", lambda _: None)  # so that it is caught from the first key on
    robin.click("new-shortcut")
    fill(robin, code="papers", body="The papers")
    page.get_by_test_id("attach-to-shortcut").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(
        [
            {"name": "Page.html", "mimeType": "text/html", "buffer": b"<html>"},
            {"name": "Offer.pdf", "mimeType": "application/pdf", "buffer": real.pdf()},
        ]
    )
    expect(files.nth(0)).to_contain_text("This kind of file cannot be sent.")
    expect(files.nth(1)).to_have_attribute("data-ready", "true")
    page.get_by_role("button", name="Remove: Page.html").focus()
    page.keyboard.press("Enter")
    expect(files).to_have_count(1)
    expect(page.get_by_test_id("attach-to-shortcut")).to_be_focused()
    robin.click("save-shortcut")
    expect(found(robin, "papers").get_by_test_id("shortcut-files")).to_contain_text("Offer.pdf")
    choose(robin, "papers", "Duplicate")
    expect(files).to_contain_text("Offer.pdf")
    with page.expect_download() as download:
        files.get_by_role("link").click()
    assert Path(download.value.path()).read_bytes() == real.pdf()
    page.get_by_role("button", name="Remove: Offer.pdf").click()
    robin.click("save-shortcut")
    expect(found(robin, "papers-2").get_by_test_id("shortcut-files")).to_have_count(0)
    expect(found(robin, "papers").get_by_test_id("shortcut-files")).to_have_count(1)
    robin.click("import-shortcuts")
    hand_in(robin, "x.csv", b"code,body,attachments\npapers-2,Other papers,Offer.pdf\n")
    expect(page.get_by_test_id("import-note")).to_have_text(
        "A table carries no files. Attach by hand: Offer.pdf."
    )


SUGGEST = """async (queries) => {
  const box = document.querySelector("[data-testid=composer-input]");
  const soon = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const shown = {};
  for (const query of queries) {
    box.focus(); box.select();
    document.execCommand("insertText", false, "/" + query);
    let options = [];
    for (let turn = 0; turn < 200 && !options[0]?.dataset.code.startsWith(query); turn += 1) {
      await soon();
      options = [...document.querySelectorAll("[data-testid=shortcut-option]")];
    }
    for (const one of options) shown[one.dataset.code] = one.textContent;
    const first = options[0].dataset.code;
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await soon();
    shown[query] = [first, box.value];
  }
  return shown;
}"""
"""Types each query: what the list shows by code, and by query what Enter inserted."""

TOGETHER = 10
"""Codes that one query finds, no more than the list draws."""


def kept(text: str) -> tuple[str, str] | None:
    """Title and text as a shortcut keeps them; None if such a text is refused."""
    try:
        content = checked("x", text[:TITLE_LENGTH], text)
    except WrongFields:
        return None
    return content.title, content.body


def import_all(server: Server, desk: Desk, rows: dict[str, tuple[str, str]]) -> None:
    """Keep these as the desk's own, by the route that the page uses."""
    file = written(Row(0, code, *texts, "personal") for code, texts in rows.items())
    answer = desk.context.request.post(
        f"{server.url}/api/shortcuts/import",
        data=file.encode(),
        headers={"Origin": server.url, "Content-Type": "text/csv"},
    )
    assert answer.ok, answer.text()
    assert answer.json()["counts"]["create"] == len(rows)


def test_a_long_list_is_reached_to_its_end_and_draws_what_is_in_sight(
    server: Server, a_customer: ACustomer, a_desk: ADesk
):
    customer, ben = a_customer("Hello"), a_desk("ben")
    take(ben, customer)
    import_all(server, ben, {f"long-{n:03}": (f"Number {n}", "Text") for n in range(300)})
    ben.page.reload()
    ben.box().press_sequentially("/long-")
    option = ben.page.get_by_test_id("shortcut-option")
    expect(option.first).to_have_attribute("aria-setsize", "300")
    assert option.count() < 20
    for key, code, place in (("End", "long-299", "300"), ("ArrowDown", "long-000", "1")):
        ben.page.keyboard.press(key)
        chosen = ben.page.locator("[data-testid=shortcut-option][aria-selected=true]")
        expect(chosen).to_have_attribute("data-code", code)
        expect(chosen).to_have_attribute("aria-posinset", place)
        expect(chosen).to_be_in_viewport(ratio=1)
        assert ben.box().get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert option.count() < 20
    ben.page.get_by_test_id("shortcut-list").evaluate("list => { list.scrollTop = 100 * 34; }")
    expect(ben.page.locator("[data-code=long-104]")).to_be_in_viewport()
    ben.page.locator("[data-testid=shortcut-option][data-code=long-104]").click()
    expect(ben.box()).to_have_value("Text")


def test_hostile_texts_in_every_field_are_printed_as_they_are(
    server: Server, a_customer: ACustomer, a_desk: ADesk
):
    customer, ben = a_customer("Hello"), a_desk("ben")
    take(ben, customer)
    texts = [found for found in map(kept, TEXTS) if found]
    assert len(texts) >= 200
    rows = {f"h{n // TOGETHER}-{n % TOGETHER}": found for n, found in enumerate(texts)}
    import_all(server, ben, rows)
    foreign: list[str] = []
    ben.page.on(
        "request", lambda one: foreign.append(one.url) if server.url not in one.url else None
    )
    ben.page.reload()
    expect(ben.box()).to_be_visible()
    queries = sorted({code.partition("-")[0] + "-" for code in rows})
    shown = ben.page.evaluate(SUGGEST, queries)
    for code, (title, body) in rows.items():
        assert " ".join(title.split()) in " ".join(shown[code].split()), code
        assert body.split()[0] in shown[code], code
    for query in queries:
        code, inserted = shown[query]
        assert inserted == rows[code][1]
    ben.go(HERE)
    for _ in range(len(rows) // 50):
        ben.page.get_by_role("button", name="Show more").click()
    expect(row(ben, "h9-9")).to_be_visible()
    for code in ("h0-0", "h1-8", "h6-0", "h9-7"):
        found(ben, code).get_by_role("button").first.click()
        expect(ben.page.get_by_test_id("field-title")).to_have_value(rows[code][0])
        expect(ben.page.get_by_test_id("field-body")).to_have_value(rows[code][1])
        ben.page.keyboard.press("Escape")
        expect(ben.page.get_by_test_id("shortcut-editor")).to_have_count(0)
    assert ben.page.evaluate("window.hit") is None
    assert [url for url in foreign if not url.startswith("blob:")] == []
