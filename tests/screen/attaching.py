"""What an agent does with the attachment menu, by mouse and by keyboard."""

from playwright.sync_api import Locator, expect

from tests.story.stage import Desk

File = tuple[str, str, bytes]
"""A name, a media type, the bytes."""


def choose(desk: Desk, item: str, *files: File) -> None:
    """Open an item of the menu and choose files in the browser's own dialog."""
    desk.click("attach", f"attach-{item}")
    with desk.page.expect_file_chooser() as chooser:
        desk.click("attach-choose")
    chooser.value.set_files(
        [{"name": name, "mimeType": mime, "buffer": content} for name, mime, content in files]
    )


def tray(desk: Desk) -> Locator:
    """The files that wait to be sent."""
    return desk.page.get_by_test_id("attachment-preview")


def wait_for_uploads(desk: Desk, count: int) -> None:
    """Until so many files are with the server."""
    expect(desk.page.locator("[data-testid=attachment-preview][data-ready=true]")).to_have_count(
        count
    )
