"""One row of the Customer List, drawn again only when it changes."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme, words

from .rows import Row

ROW_STYLE: dict[str, Any] = {
    "display": "grid",
    "grid_template_columns": "40px minmax(0, 1fr) auto",
    "gap": "12px",
    "padding": "11px 16px",
    "position": "relative",
    "color": "inherit",
    "text_decoration": "none",
    "--ground": f"{theme.GROUND}",
    "background": "var(--ground)",
    "&:hover": {"--ground": f"{theme.GROUND_SIDE}"},
    "&[aria-current=page]": {"--ground": f"{theme.CHOSEN}"},
    "&[aria-current=page]::before": {
        "content": "''",
        "position": "absolute",
        "inset_inline_start": "0",
        "top": "8px",
        "bottom": "8px",
        "width": "3px",
        "border_radius": "0 3px 3px 0",
        "background": theme.FILLED,
    },
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
}


@rx.memo
def row(rest: rx.RestProp, *, item: rx.Var[Row]) -> rx.Component:
    """A conversation: who, what was said last, when, and what presses."""
    return _row(item, rest)


def _row(item: Any, rest: rx.RestProp) -> rx.Component:
    return client.RowLink.create(
        pieces.avatar(item, theme.AVATAR_ROW, "var(--ground)"),
        rx.el.div(_name(item), _preview(item), min_width="0"),
        _meta(item),
        rest,
        to=f"/c/{item['id']}",
        prefetch="none",
        custom_attrs={
            "data-testid": "customer-row",
            "data-conversation": item["id"],
            "data-channel": item["channel"],
            "data-unread": item["unread"],
        },
        style=ROW_STYLE,
    )


def _name(item: Any) -> rx.Component:
    return rx.el.div(
        rx.el.span(
            item["name"],
            font_weight=rx.cond(item["unread"] > 0, theme.SEMIBOLD, theme.MEDIUM),
            custom_attrs={"dir": "auto"},
            **theme.ELLIPSIS,
        ),
        pieces.window_chip(item["closes_at"], item["shut"], brief=True, test_id="row-window"),
        display="flex",
        gap="6px",
        align_items="center",
    )


def _preview(item: Any) -> rx.Component:
    return rx.el.div(
        rx.cond(item["draft"], _draft_mark()),
        rx.cond(item["by_bot"], pieces.icon("bot", size=theme.ICON_LINE)),
        rx.el.span(item["sign"], item["preview"], custom_attrs={"dir": "auto"}, **theme.ELLIPSIS),
        display="flex",
        gap="5px",
        align_items="center",
        height=theme.LINE_HEIGHT,
        font_size=theme.SIZE_SMALL,
        color=rx.cond(item["unread"] > 0, theme.TEXT, theme.TEXT_QUIET),
    )


def _draft_mark() -> rx.Component:
    return rx.el.span(
        words.DRAFT,
        color=theme.BAD_TEXT,
        font_weight=theme.MEDIUM,
        flex="none",
        custom_attrs={"data-testid": "row-draft"},
    )


def _meta(item: Any) -> rx.Component:
    return rx.el.div(
        pieces.age(item["at"]),
        rx.el.div(
            _owner(item),
            rx.cond(item["unread"] > 0, pieces.count_badge(item["unread"])),
            display="flex",
            gap="5px",
            align_items="center",
        ),
        display="flex",
        flex_direction="column",
        align_items="flex-end",
        gap="2px",
    )


def _owner(item: Any) -> rx.Component | rx.Var[Any]:
    """Who answers: a colleague's small face, or a sign for bot, nobody, done."""
    return rx.match(
        item["owner"],
        (
            "agent",
            rx.el.span(
                pieces.face(item["owner_initials"], item["owner_tone"], 18),
                title=item["owner_name"],
            ),
        ),
        ("bot", _sign(item, "bot")),
        ("requested", _sign(item, "hand")),
        ("resolved", _sign(item, "check")),
        rx.fragment(),
    )


def _sign(item: Any, icon_name: str) -> rx.Component:
    return rx.el.span(
        pieces.icon(icon_name, size=15),
        title=item["owner_name"],
        color=theme.TEXT_QUIET,
        display="grid",
    )
