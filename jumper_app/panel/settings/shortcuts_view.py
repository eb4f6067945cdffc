"""``/settings/shortcuts``: the table, how it is searched, and what leaves and comes as a file."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme

from . import fields, frame
from . import shortcut_words as words
from .shortcut_browser import ImportShortcuts
from .shortcut_editor import editor
from .shortcut_look import IMPORT_STYLE, TABLE_STYLE
from .shortcuts import ShortcutPageState
from .words import SETTINGS_SHORTCUTS


def shortcuts_page() -> rx.Component:
    """Every shortcut that one can use, and how they are kept."""
    return frame.page(
        "shortcuts",
        SETTINGS_SHORTCUTS,
        words.INTRO,
        _tools(),
        _archived(),
        rx.cond(
            ShortcutPageState.loaded,
            rx.cond(ShortcutPageState.total > 0, _table(), _nothing()),
            rx.fragment(pieces.skeleton_row(), pieces.skeleton_row()),
        ),
        editor(),
        width="980px",
    )


def _tools() -> rx.Component:
    return rx.el.div(
        _search(),
        _scopes(),
        rx.el.span(flex="1 0 0"),
        client.FileLink.create(
            words.EXPORT,
            href="/api/shortcuts.csv",
            download="message-shortcuts.csv",
            custom_attrs={"data-testid": "export-shortcuts"},
            **pieces.OUTLINE_STYLE,
        ),
        _import(),
        pieces.primary_button(
            pieces.icon("plus", size=theme.ICON_BUTTON),
            words.NEW,
            test_id="new-shortcut",
            on_click=ShortcutPageState.begin,
        ),
        display="flex",
        flex_wrap="wrap",
        gap="8px",
        align_items="center",
        margin_top="20px",
    )


def _search() -> rx.Component:
    return rx.el.input(
        type="search",
        placeholder=words.SEARCH,
        aria_label=words.SEARCH,
        on_change=ShortcutPageState.search.debounce(150),  # type: ignore[attr-defined]
        custom_attrs={"data-testid": "shortcut-search"},
        style={**fields.FIELD_STYLE, "width": "260px", "flex": "1 1 200px"},
    )


def _scopes() -> rx.Component:
    return rx.el.div(
        _scope("", words.ALL),
        _scope("shared", words.SHARED),
        _scope("personal", words.PERSONAL),
        role="group",
        aria_label=words.SCOPE,
        display="flex",
        gap="2px",
        padding="2px",
        background=theme.SURFACE,
        border_radius=theme.RADIUS_FIELD,
    )


def _scope(scope: Any, label: str) -> rx.Component:
    chosen = ShortcutPageState.scope == scope
    return rx.el.button(
        label,
        type="button",
        on_click=ShortcutPageState.show_scope(scope),
        custom_attrs={"aria-pressed": chosen, "data-testid": f"scope-{scope or 'all'}"},
        height="28px",
        padding="0 10px",
        border="0",
        border_radius="7px",
        cursor="pointer",
        font_size=theme.SIZE_SMALL,
        font_weight=theme.MEDIUM,
        color=rx.cond(chosen, theme.TEXT, theme.TEXT_QUIET),
        background=rx.cond(chosen, theme.GROUND, "transparent"),
        _hover={"color": theme.TEXT},
        _focus_visible=theme.FOCUS_RING,
    )


def _import() -> rx.Component:
    said: dict[str, Any] = {
        "open": words.IMPORT,
        "title": words.IMPORT_TITLE,
        "intro": words.IMPORT_INTRO,
        "choose": words.IMPORT_CHOOSE,
        "another": words.IMPORT_ANOTHER,
        "looking": words.IMPORT_LOOKING,
        "failed": words.IMPORT_FAILED,
        "counts": words.IMPORT_COUNTS,
        "wrong": words.IMPORT_WRONG,
        "nothing": words.IMPORT_NOTHING,
        "line": words.IMPORT_LINE,
        "go": words.IMPORT_GO,
        "more": words.IMPORT_MORE,
        "cancel": words.CANCEL,
        "outcomes": words.OUTCOMES,
    }
    return ImportShortcuts.create(
        words=said, on_done=ShortcutPageState.was_imported, style=IMPORT_STYLE
    )


def _archived() -> rx.Component:
    return rx.cond(
        ShortcutPageState.archived["id"],
        rx.el.div(
            rx.el.span(ShortcutPageState.archived["words"]),
            pieces.soft_button(words.UNDO, test_id="undo", on_click=ShortcutPageState.undo),
            role="status",
            custom_attrs={"data-testid": "archived"},
            display="flex",
            gap="12px",
            align_items="center",
            justify_content="space-between",
            margin_top="16px",
            padding="8px 8px 8px 14px",
            border_radius=theme.RADIUS_BAND,
            background=theme.CHOSEN,
        ),
    )


def _nothing() -> rx.Component:
    searched = (ShortcutPageState.sought != "") | (ShortcutPageState.scope != "")
    return rx.cond(
        searched,
        pieces.empty_state("search-x", *words.NOTHING_FOUND),
        pieces.empty_state("square-slash", *words.NOTHING_YET),
    )


def _table() -> rx.Component:
    columns = (words.COLUMN_SHORTCUT, words.SCOPE, words.COLUMN_USES, words.COLUMN_EDITED)
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(rx.el.th(column, scope="col") for column in columns),
                    rx.el.th(rx.el.span(words.ACTIONS, class_name="unseen"), scope="col"),
                )
            ),
            rx.el.tbody(rx.foreach(ShortcutPageState.rows, _row)),
            custom_attrs={"data-testid": "shortcut-table"},
        ),
        rx.cond(
            ShortcutPageState.total > ShortcutPageState.rows.length(),
            rx.el.div(
                pieces.quiet_button(words.SHOW_MORE, on_click=ShortcutPageState.show_more),
                class_name="more",
            ),
        ),
        style=TABLE_STYLE,
    )


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.el.button(
                rx.el.span("/", row["code"], class_name="code"),
                rx.el.span(row["title"], class_name="title"),
                rx.el.span(row["body"], class_name="body"),
                rx.cond(row["files"], _files(row["files"])),
                type="button",
                class_name="open",
                on_click=ShortcutPageState.edit(row["id"]),
            ),
        ),
        rx.el.td(
            rx.cond(
                row["personal"],
                pieces.chip(words.PERSONAL, tone="accent"),
                pieces.chip(words.SHARED),
            ),
        ),
        rx.el.td(_uses(row), class_name="uses"),
        rx.el.td(_edited(row), class_name="edited"),
        rx.el.td(_actions(row), class_name="actions"),
        key=row["id"],
        custom_attrs={"data-testid": "shortcut-row", "data-code": row["code"]},
    )


def _files(names: Any) -> rx.Component:
    return rx.el.span(
        pieces.icon("paperclip", size=theme.ICON_LINE),
        rx.el.span(words.COLUMN_FILES, " ", class_name="unseen"),
        rx.el.bdi(names),
        class_name="files",
        custom_attrs={"data-testid": "shortcut-files"},
    )


def _uses(row: Any) -> rx.Component:
    return rx.cond(
        row["uses"] > 0,
        rx.fragment(rx.el.span(row["uses"]), " · ", pieces.age(row["used_at"])),
        rx.el.span(words.NEVER_USED),
    )


def _edited(row: Any) -> rx.Component:
    return rx.fragment(
        rx.el.span(row["editor"]),
        " · ",
        client.Moment.create(at=row["edited_at"], only="day"),
    )


def _actions(row: Any) -> rx.Component:
    return pieces.menu(
        pieces.icon_button("ellipsis", words.ACTIONS, test_id="shortcut-actions"),
        rx.menu.item(words.DUPLICATE, on_select=ShortcutPageState.duplicate(row["id"])),
        rx.cond(
            row["mine"],
            rx.menu.item(words.ARCHIVE, on_select=ShortcutPageState.archive(row["id"])),
        ),
    )
