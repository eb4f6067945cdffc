"""Where somebody is signed in, as it is drawn."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme

from . import fields, words


def session_list(rows: Any, end: Any) -> rx.Component:
    """Every browser, with a button that signs it out. ``end``: takes the session's name."""
    return rx.el.ul(
        rx.foreach(rows, lambda row: _session(row, end)),
        margin="0",
        padding="0",
        list_style="none",
        custom_attrs={"data-testid": "sessions"},
    )


def _session(row: Any, end: Any) -> rx.Component:
    return rx.el.li(
        pieces.icon("monitor-smartphone", size=theme.ICON_BAR, color=theme.TEXT_QUIET),
        _where_and_when(row),
        pieces.quiet_button(words.END_SESSION, test_id="end-session", on_click=end(row["name"])),
        key=row["name"],
        custom_attrs={"data-testid": "session", "data-mine": row["mine"]},
        style={
            "display": "flex",
            "gap": "12px",
            "align_items": "center",
            "padding": "10px 0",
            "& + &": {"border_top": f"1px solid {theme.LINE}"},
        },
    )


def _where_and_when(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            row["browser"],
            rx.cond(row["mine"], f" ({words.THIS_BROWSER})", ""),
            font_weight=theme.MEDIUM,
        ),
        fields.quiet(
            words.SEEN,
            client.Age.create(at=row["seen_at"]),
            " · ",
            client.Moment.create(at=row["created_at"], before=words.SIGNED_IN),
        ),
        flex="1",
        min_width="0",
    )
