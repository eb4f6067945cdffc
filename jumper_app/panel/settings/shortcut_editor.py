"""The panel beside the table of shortcuts: one shortcut, with what a customer would read."""

from typing import Any

import reflex as rx

from jumper_app.channels import CHANNELS
from jumper_app.conversations.attachments import endings_of, largest_of, size_of
from jumper_app.conversations.shortcuts.files import MOST_FILES
from jumper_app.conversations.shortcuts.rules import BODY_LENGTH
from jumper_app.panel import client, pieces, theme
from jumper_app.panel import words as panel_words
from jumper_app.panel.composer.shortcuts import GRAMMAR
from jumper_app.panel.me import MeState

from . import fields
from . import shortcut_words as words
from .fields import field
from .shortcut_browser import ShortcutFiles, ShortcutText
from .shortcut_look import FILES_STYLE, PANEL_STYLE, TEXT_STYLE
from .shortcuts import ShortcutPageState

SAID: dict[str, Any] = {
    "text": words.FIELD_BODY,
    "hint": words.BODY_HINT,
    "insert": words.INSERT_VARIABLE,
    "ask": words.ASK_VARIABLE,
    "cursor": words.CURSOR_VARIABLE,
    "preview": words.PREVIEW,
    "writtenTo": words.PREVIEW_FOR,
    "somebody": words.SOMEBODY,
    "known": {"customer.full_name": words.SOMEBODY},
    "left": panel_words.CHARACTERS_LEFT,
    "tooMany": panel_words.CHARACTERS_OVER,
}

LIMITS: dict[str, Any] = {
    "most": MOST_FILES,
    "bytes": largest_of(CHANNELS.values()),
    "accept": ",".join(endings_of(CHANNELS.values())),
    "tooMany": words.too_many_files(MOST_FILES),
    "tooLarge": words.too_large_file(size_of(largest_of(CHANNELS.values()))),
}
"""What the browser checks before a file leaves it. The server looks into it."""


def editor() -> rx.Component:
    """Slides in from the side; Esc and Cancel leave everything as it was."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(_title(), size="4", margin_bottom="2px"),
            rx.cond(ShortcutPageState.opened["mine"], _form(), _shown()),
            aria_describedby=rx.Var("undefined"),
            custom_attrs={"data-testid": "shortcut-editor"},
            style=PANEL_STYLE,
        ),
        open=ShortcutPageState.open,
        on_open_change=ShortcutPageState.close,
    )


def _title() -> Any:
    return rx.cond(
        ShortcutPageState.opened["id"] == "",
        words.NEW,
        rx.cond(ShortcutPageState.opened["mine"], words.EDIT, words.LOOK),
    )


def _form() -> rx.Component:
    errors: Any = ShortcutPageState.errors
    opened: Any = ShortcutPageState.opened
    return rx.fragment(
        fields.form(
            *_names(opened, errors),
            _text(opened["body"], errors["body"], read_only=False),
            _files(opened["files"], errors["files"], read_only=False),
            rx.cond(MeState.is_admin, _scope(opened["scope"])),
            fields.buttons(
                pieces.quiet_button(words.CANCEL, on_click=ShortcutPageState.close),
                pieces.primary_button(words.SAVE, test_id="save-shortcut", type="submit"),
            ),
            key=ShortcutPageState.opening,
            on_submit=ShortcutPageState.save,
        ),
        rx.cond(ShortcutPageState.versions.length() > 0, _versions()),
    )


def _names(opened: Any, errors: Any) -> tuple[rx.Component, ...]:
    code = field(
        words.FIELD_CODE,
        "code",
        errors["code"],
        hint=words.CODE_HINT,
        default_value=opened["code"],
        spell_check=False,
        auto_focus=opened["id"] == "",
    )
    title = field(
        words.FIELD_TITLE,
        "title",
        errors["title"],
        hint=words.TITLE_HINT,
        default_value=opened["title"],
    )
    return code, title


def _text(value: Any, error: Any, *, read_only: bool) -> rx.Component:
    return ShortcutText.create(
        name="body",
        value=value,
        limit=BODY_LENGTH,
        read_only=read_only,
        error=error,
        grammar=GRAMMAR,
        samples=ShortcutPageState.samples,
        words=SAID,
        key=ShortcutPageState.opening,
        style=TEXT_STYLE,
    )


def _files(files: Any, error: Any, *, read_only: bool) -> rx.Component:
    return ShortcutFiles.create(
        name="files",
        files=files,
        read_only=read_only,
        error=error,
        limits=LIMITS,
        words=words.FILES,
        key=ShortcutPageState.opening,
        style=FILES_STYLE,
    )


def _scope(scope: Any) -> rx.Component:
    return fields.choice(
        words.SCOPE,
        "scope",
        rx.el.option(f"{words.SHARED}: {words.SHARED_HINT}", value="shared"),
        rx.el.option(f"{words.PERSONAL}: {words.PERSONAL_HINT}", value="personal"),
        hint="",
        default_value=scope,
    )


def _shown() -> rx.Component:
    opened: Any = ShortcutPageState.opened
    return rx.el.div(
        fields.quiet(words.LOOK_HINT),
        rx.el.p("/", opened["code"], font_weight=theme.SEMIBOLD),
        rx.el.p(opened["title"]),
        _text(opened["body"], "", read_only=True),
        _files(opened["files"], "", read_only=True),
        fields.buttons(
            pieces.quiet_button(words.CLOSE, on_click=ShortcutPageState.close),
            pieces.primary_button(
                words.DUPLICATE, on_click=ShortcutPageState.duplicate(opened["id"])
            ),
        ),
        display="flex",
        flex_direction="column",
        gap="10px",
    )


def _versions() -> rx.Component:
    return rx.el.section(
        rx.el.h3(words.VERSIONS, font_size=theme.SIZE_SMALL, font_weight=theme.SEMIBOLD),
        rx.foreach(ShortcutPageState.versions, _version),
        margin_top="18px",
        padding_top="14px",
        border_top=f"1px solid {theme.LINE}",
    )


def _version(version: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            fields.quiet(
                "/",
                version["code"],
                " · ",
                version["editor"],
                " · ",
                client.Moment.create(at=version["edited_at"]),
            ),
            rx.el.p(version["body"], font_size=theme.SIZE_SMALL, **theme.ELLIPSIS),
            flex="1",
            min_width="0",
        ),
        pieces.quiet_button(
            words.RESTORE,
            on_click=ShortcutPageState.bring_back(version["revision"]),
        ),
        key=version["revision"],
        custom_attrs={"data-testid": "shortcut-version"},
        display="flex",
        gap="8px",
        align_items="center",
        margin_top="8px",
    )
