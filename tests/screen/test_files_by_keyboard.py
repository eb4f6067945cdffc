"""Every attachment dialog for files is driven by keyboard alone; a disabled item says why."""

from itertools import count

import pytest
from playwright.sync_api import FilePayload, expect

from jumper_app.simulator.messenger import ROOM
from tests import files
from tests.hostile import TEXTS
from tests.screen.attaching import tray, wait_for_uploads
from tests.screen.people import ADesk, take
from tests.screen.test_attaching import keys, open_by_keys
from tests.server import Server
from tests.story.stage import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

NUMBERS = count(1)


def choose_by_keys(ana: Desk, item: str, mime: str) -> None:
    """From the box to the browser's own file dialog; that one is the system's."""
    name, content = files.named(mime)
    ana.page.on("filechooser", lambda _: None)  # so that it is caught from the first key on
    open_by_keys(ana, item)
    expect(ana.page.get_by_test_id("attach-choose")).to_have_text("Choose files")
    expect(ana.page.get_by_test_id("attach-choose")).to_be_focused()
    with ana.page.expect_file_chooser() as chooser:
        keys(ana, "Enter")
    chooser.value.set_files([{"name": name, "mimeType": mime, "buffer": content}])
    expect(ana.page.get_by_test_id("attach-dialog")).to_have_count(0)
    expect(ana.box()).to_be_focused()


def test_photo_video_and_file_go_on_whatsapp_without_a_mouse(talk: tuple[Phone, Desk]):
    customer, ana = talk
    choose_by_keys(ana, "photo", "image/png")
    choose_by_keys(ana, "video", "video/mp4")
    choose_by_keys(ana, "file", "application/pdf")
    wait_for_uploads(ana, 3)
    ana.page.keyboard.type("All of it")
    keys(ana, "Enter")
    expect(tray(ana)).to_have_count(0)
    expect(ana.messages("agent")).to_have_count(3)
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    theirs = [each for each in customer.bubbles() if not each["mine"]]
    assert [each["type"] for each in theirs[-3:]] == ["image", "video", "document"]


def test_a_picture_goes_on_messenger_without_a_mouse(server: Server, a_desk: ADesk):
    fan = Phone.on(server, ROOM, f"Fan {next(NUMBERS):03} of pictures")
    fan.write("Good morning")
    ana = a_desk()
    take(ana, fan)
    choose_by_keys(ana, "picture", "image/jpeg")
    wait_for_uploads(ana, 1)
    keys(ana, "Enter")
    expect(ana.messages("agent").last).to_have_attribute("data-delivery", "delivered")
    assert fan.bubbles()[-1]["type"] == "image"


def test_a_link_is_pasted_under_video_and_file_too(talk: tuple[Phone, Desk]):
    _, ana = talk
    asked = []
    ana.page.on(
        "request", lambda one: asked.append(one.post_data_json) if "/link" in one.url else None
    )
    for item in ("video", "file"):
        open_by_keys(ana, item)
        expect(ana.page.get_by_test_id("attach-choose")).to_be_focused()
        keys(ana, "Shift+Tab")
        expect(ana.page.get_by_test_id("attach-upload")).to_be_focused()
        keys(ana, "ArrowRight")
        expect(ana.page.get_by_test_id("attach-link-field")).to_be_visible()
        keys(ana, "Tab")
        expect(ana.page.get_by_test_id("attach-link-field")).to_be_focused()
        ana.page.keyboard.type("https://127.0.0.1/a")
        keys(ana, "Enter")
        expect(ana.page.get_by_test_id("attach-problem")).to_contain_text("It must be public")
        keys(ana, "Escape")
        expect(ana.box()).to_be_focused()
    assert [one["item"] for one in asked] == ["video", "file"]


def test_hostile_names_of_files_are_printed_as_they_are(talk: tuple[Phone, Desk]):
    _, ana = talk
    names = [one for one in TEXTS if one.strip()]
    assert len(names) >= 200
    told = iter(names)

    def answer(route):
        given = {"attachment": "a" * 32, "kind": "document", "size": 1, "width": 0, "height": 0}
        route.fulfill(status=201, json=given | {"name": next(told)})

    ana.page.route("**/api/attachments/*", answer)
    shown: list[str] = []
    for at in range(0, len(names), 10):
        some = names[at : at + 10]
        pdf: FilePayload = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
        ana.click("attach", "attach-file")
        with ana.page.expect_file_chooser() as chooser:
            ana.click("attach-choose")
        chooser.value.set_files([pdf] * len(some))
        wait_for_uploads(ana, len(some))
        shown += ana.page.locator(".tray-name bdi").all_text_contents()
        ana.page.evaluate("document.querySelectorAll('.tray-file button').forEach(b => b.click())")
        expect(tray(ana)).to_have_count(0)
    assert sorted(shown) == sorted(clean(one) for one in names)
    assert ana.page.evaluate("window.hit") is None


def clean(text: str) -> str:
    """As a page holds it: nothing that no JSON carries."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
