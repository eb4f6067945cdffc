"""The left column: tabs or filter, and the rows."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme, words

from .closing_view import closing_next
from .row import row
from .rows import Row
from .state import EVERYONE, InboxState


def customer_list() -> rx.Component:
    """The Customer List. Everything in it is told by ``InboxState``."""
    return rx.el.section(
        _head(),
        rx.cond(InboxState.is_admin, rx.fragment(), _tabs()),
        _rows(),
        client.ListGap.create(
            base=InboxState.base, patches=InboxState.patches, on_gap=InboxState.read_again
        ),
        aria_label=words.CUSTOMER_LIST,
        custom_attrs={"data-testid": "customer-list"},
        display="flex",
        flex_direction="column",
        flex="1",
        min_height="0",
        min_width="0",
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.h1(
            words.CUSTOMER_LIST,
            font_size=theme.SIZE_TITLE,
            font_weight=theme.SEMIBOLD,
            line_height="24px",
        ),
        pieces.connection(),
        rx.el.span(flex="1"),
        rx.cond(InboxState.is_admin, _filter()),
        closing_next(),
        _new_conversation(),
        display="flex",
        align_items="center",
        gap="8px",
        min_height="52px",
        padding="10px 16px 8px",
        border_bottom=rx.cond(InboxState.is_admin, f"1px solid {theme.LINE}", "none"),
    )


def _new_conversation() -> rx.Component:
    return client.BeginsConversation.create(
        pieces.icon("square-pen", size=theme.ICON_BAR),
        label=words.NEW_CONVERSATION,
        custom_attrs={"data-testid": "new-conversation"},
        style={
            **pieces.QUIET_STYLE,
            "width": "32px",
            "padding": "0",
            "margin_inline_end": "-8px",
        },
    )


def _filter() -> rx.Component:
    return rx.select.root(
        rx.select.trigger(
            variant="ghost",
            custom_attrs={"data-testid": "list-filter", "aria-label": words.FILTER},
            max_width="150px",
            color=theme.TEXT_QUIET,
        ),
        rx.select.content(
            rx.select.item(words.EVERYONE, value=EVERYONE),
            rx.foreach(
                InboxState.agents,
                lambda agent: rx.select.item(agent["name"], value=agent["id"], key=agent["id"]),
            ),
            position="popper",
        ),
        value=rx.cond(InboxState.agent == "", EVERYONE, InboxState.agent),
        on_change=InboxState.filter_by,
        size="1",
    )


def _tabs() -> rx.Component:
    return rx.el.div(
        *(_tab(name) for name in ("bot", "requested", "active")),
        role="group",
        aria_label=words.CUSTOMER_LIST,
        display="flex",
        gap="18px",
        padding="0 16px",
        border_bottom=f"1px solid {theme.LINE}",
        flex="none",
    )


def _tab(name: str) -> rx.Component:
    chosen = InboxState.tab == name
    return rx.el.button(
        words.TABS[name],
        rx.el.span(InboxState.counts[name], style=COUNT_STYLE),
        on_click=InboxState.show_tab(name),
        type="button",
        custom_attrs={"data-testid": f"list-tab-{name}", "aria-pressed": chosen},
        color=rx.cond(chosen, theme.TEXT, theme.TEXT_QUIET),
        box_shadow=rx.cond(chosen, f"inset 0 -2px 0 {theme.FILLED}", "none"),
        **TAB_STYLE,
    )


TAB_STYLE: dict[str, Any] = {
    "background": "transparent",
    "border": "0",
    "padding": "8px 0",
    "font_size": theme.SIZE_BODY,
    "font_weight": theme.MEDIUM,
    "line_height": theme.LINE_HEIGHT,
    "white_space": "nowrap",
    "cursor": "pointer",
    "_hover": {"color": theme.TEXT},
    "_focus_visible": theme.FOCUS_RING_INSIDE,
}
COUNT_STYLE: dict[str, Any] = {
    "font_size": theme.SIZE_TINY,
    "line_height": "16px",
    "font_variant_numeric": theme.TABULAR,
    "background": theme.SURFACE,
    "border_radius": "8px",
    "padding": "1px 6px",
    "margin_inline_start": "5px",
}


def _rows() -> rx.Component:
    rows = client.folded(InboxState.base, InboxState.patches, Row)
    filled = rx.fragment(
        rx.foreach(rows, lambda item: row(item=item, key=item["id"])),
        rx.cond(InboxState.more, _show_more()),
    )
    return client.KeptScroll.create(
        rx.cond(
            InboxState.loaded,
            rx.cond(rows.length() > 0, filled, _empty()),
            rx.fragment(*(pieces.skeleton_row() for _ in range(8))),
        ),
        name="customer-list",
        style=SCROLL_STYLE,
    )


SCROLL_STYLE: dict[str, Any] = {
    "flex": "1",
    "min_height": "0",
    "overflow_y": "auto",
    "overflow_x": "hidden",
    "overflow_anchor": "none",
    "overscroll_behavior": "contain",
    "position": "relative",
    "scrollbar_width": "thin",
}


def _show_more() -> rx.Component:
    return rx.el.div(
        pieces.quiet_button(words.SHOW_MORE, on_click=InboxState.show_more),
        display="flex",
        justify_content="center",
        padding="8px 16px 16px",
    )


def _empty() -> rx.Component:
    states = {name: pieces.empty_state("inbox", *told) for name, told in words.EMPTY_LIST.items()}
    by_tab = rx.match(
        InboxState.tab,
        *((name, states[name]) for name in ("bot", "requested", "active")),
        states["all"],
    )
    return rx.cond(
        InboxState.connected,
        rx.cond(InboxState.agent != "", states["filtered"], by_tab),
        pieces.empty_state("plug", *words.NO_CHANNEL, _connect()),
    )


def _connect() -> rx.Component:
    return rx.cond(
        InboxState.is_admin,
        rx.link(
            words.CONNECT_CHANNEL,
            href="/settings/channels",
            margin_top="12px",
            **pieces.PRIMARY_STYLE,
        ),
    )
