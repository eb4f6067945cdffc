"""``/mentions``: who asks for the agent, and where."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, shell, theme, words

from .state import MentionsState


def mentions_page() -> rx.Component:
    """Every note that names the agent, the newest first."""
    return shell.plain_page(
        rx.el.div(
            rx.el.h1(
                words.MENTIONS, font_size="20px", line_height="28px", font_weight=theme.SEMIBOLD
            ),
            rx.el.p(words.MENTIONS_INTRO, color=theme.TEXT_QUIET, margin_top="2px"),
            rx.cond(
                MentionsState.loaded,
                rx.cond(MentionsState.rows.length() > 0, _list(), _nothing()),
                rx.fragment(pieces.skeleton_row(), pieces.skeleton_row()),
            ),
            max_width="720px",
            margin="0 auto",
            padding="24px 20px 64px",
        ),
        current="mentions",
    )


def _nothing() -> rx.Component:
    return pieces.empty_state("at-sign", *words.NO_MENTIONS, margin_top="24px")


def _list() -> rx.Component:
    return rx.fragment(
        rx.el.ul(rx.foreach(MentionsState.rows, _row), style=LIST_STYLE),
        rx.cond(
            MentionsState.more,
            rx.el.div(
                pieces.quiet_button(words.SHOW_MORE, on_click=MentionsState.show_more),
                display="flex",
                justify_content="center",
                padding="12px",
            ),
        ),
    )


LIST_STYLE: dict[str, Any] = {
    "margin": "20px 0 0",
    "padding": "0",
    "list_style": "none",
    "border": f"1px solid {theme.LINE_STRONG}",
    "border_radius": theme.RADIUS_CARD,
    "overflow": "hidden",
    "& li + li": {"border_top": f"1px solid {theme.LINE}"},
}

ROW_STYLE: dict[str, Any] = {
    "display": "grid",
    "grid_template_columns": "40px minmax(0, 1fr) auto",
    "gap": "12px",
    "padding": "12px 16px",
    "color": "inherit",
    "text_decoration": "none",
    "&:hover": {"background": theme.GROUND_SIDE},
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
}


def _row(row: Any) -> rx.Component:
    link = rx.link(
        pieces.face(row["initials"], row["tone"], theme.AVATAR_ROW),
        rx.el.div(_who(row), _note(row), min_width="0"),
        rx.el.div(pieces.age(row["at"]), rx.cond(row["seen"], rx.fragment(), _dot())),
        href=f"/c/{row['conversation']}",
        style=ROW_STYLE,
        underline="none",
    )
    return rx.el.li(
        link,
        key=row["id"],
        custom_attrs={
            "data-testid": "mention",
            "data-conversation": row["conversation"],
            "data-seen": rx.cond(row["seen"], "true", "false"),
        },
    )


def _who(row: Any) -> rx.Component:
    return rx.el.p(
        rx.el.span(row["by"], font_weight=theme.MEDIUM),
        words.MENTIONED_YOU,
        rx.el.span(row["customer"], font_weight=theme.MEDIUM, custom_attrs={"dir": "auto"}),
    )


def _note(row: Any) -> rx.Component:
    return rx.el.p(
        row["text"],
        margin_top="4px",
        padding="6px 10px",
        background=theme.NOTE,
        border=f"1px solid {theme.NOTE_LINE}",
        border_radius=theme.RADIUS_NOTE,
        color=theme.NOTE_TEXT,
        font_size=theme.SIZE_SMALL,
        white_space="pre-wrap",
        overflow_wrap="anywhere",
        custom_attrs={"dir": "auto"},
    )


def _dot() -> rx.Component:
    return rx.el.span(
        title=words.NOT_SEEN,
        role="img",
        aria_label=words.NOT_SEEN,
        display="block",
        width="9px",
        height="9px",
        margin="6px 0 0 auto",
        border_radius="50%",
        background=theme.FILLED,
    )
