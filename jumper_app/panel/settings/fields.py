"""How a settings page is drawn: a frame, cards, and fields with their errors beside them."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, shell, theme
from jumper_app.panel.me import MeState

from . import words

FIELD_STYLE: dict[str, Any] = {
    "width": "100%",
    "height": "36px",
    "padding": "0 11px",
    "border": f"1px solid {theme.LINE_FIELD}",
    "border_radius": theme.RADIUS_FIELD,
    "background": theme.GROUND,
    "color": theme.TEXT,
    "font_size": theme.SIZE_BODY,
    "&::placeholder": {"color": theme.TEXT_QUIET, "opacity": "1"},
    "&:focus-visible": {"outline": f"2px solid {theme.FOCUS}", "outline_offset": "-1px"},
    "&[aria-invalid=true]": {"border_color": theme.BAD},
}


def page(
    current: str, title: str, intro: str, *children: rx.Component, width: str = "720px"
) -> rx.Component:
    """A settings page: the other pages above, the title, what it holds."""
    return shell.settings_page(
        rx.el.div(
            _places(current),
            rx.el.h1(title, font_size="20px", line_height="28px", font_weight=theme.SEMIBOLD),
            rx.el.p(intro, color=theme.TEXT_QUIET, margin_top="2px"),
            *children,
            max_width=width,
            margin="0 auto",
            padding="16px 20px 64px",
        ),
        current="shortcuts" if current == "shortcuts" else "settings",
    )


def _places(current: str) -> rx.Component:
    admins = rx.cond(
        MeState.is_admin,
        rx.fragment(
            _place("/settings/channels", words.SETTINGS_CHANNELS, current == "channels"),
            _place("/settings/agents", words.SETTINGS_AGENTS, current == "agents"),
        ),
    )
    return rx.el.nav(
        admins,
        _place("/settings/shortcuts", words.SETTINGS_SHORTCUTS, current == "shortcuts"),
        _place("/settings/account", words.SETTINGS_ACCOUNT, current == "account"),
        display="flex",
        gap="18px",
        margin_bottom="24px",
        border_bottom=f"1px solid {theme.LINE}",
        overflow_x="auto",
    )


def _place(href: str, label: str, current: bool) -> rx.Component:
    return rx.link(
        label,
        href=href,
        custom_attrs={"aria-current": "page"} if current else {},
        padding="8px 0",
        font_size=theme.SIZE_BODY,
        font_weight=theme.MEDIUM,
        white_space="nowrap",
        text_decoration="none",
        color=theme.TEXT if current else theme.TEXT_QUIET,
        box_shadow=f"inset 0 -2px 0 {theme.FILLED}" if current else "none",
        _hover={"color": theme.TEXT},
        _focus_visible=theme.FOCUS_RING_INSIDE,
    )


def for_admins(*children: rx.Component) -> rx.Component:
    """What only admins see; the server refuses everyone else as well."""
    return rx.cond(
        MeState.is_admin,
        rx.fragment(*children),
        rx.cond(MeState.name != "", pieces.empty_state("lock", *words.ADMINS_ONLY)),
    )


def card(title: str, *children: Any, intro: str = "", **props: Any) -> rx.Component:
    """A framed part of a page."""
    return rx.el.section(
        rx.el.h2(title, font_size=theme.SIZE_TITLE, font_weight=theme.SEMIBOLD),
        rx.el.p(intro, color=theme.TEXT_QUIET, font_size=theme.SIZE_SMALL) if intro else "",
        *children,
        display="flex",
        flex_direction="column",
        gap="12px",
        margin_top="20px",
        padding="18px 20px 20px",
        border=f"1px solid {theme.LINE_STRONG}",
        border_radius=theme.RADIUS_CARD,
        box_shadow=theme.SHADOW_CARD,
        **props,
    )


def field(
    label: str, name: str, error: pieces.Text, *, hint: str = "", **props: Any
) -> rx.Component:
    """A labelled line to write in, with its error (or hint) below it."""
    return rx.el.div(
        rx.el.label(
            _label(label),
            rx.el.input(
                name=name,
                aria_invalid=rx.cond(error, "true", "false"),
                custom_attrs={
                    "aria-description": rx.cond(error, error, hint),
                    "data-testid": f"field-{name}",
                },
                auto_complete=props.pop("auto_complete", "off"),
                style=FIELD_STYLE,
                **props,
            ),
            display="block",
        ),
        below(error, hint),
    )


def choice(label: str, name: str, *options: Any, hint: str, **props: Any) -> rx.Component:
    """A labelled choice of one among few, with its hint below it."""
    return rx.el.div(
        rx.el.label(
            _label(label),
            rx.el.select(
                *options,
                name=name,
                custom_attrs={"aria-description": hint, "data-testid": f"field-{name}"},
                style=FIELD_STYLE,
                **props,
            ),
            display="block",
        ),
        below("", hint),
    )


def _label(label: str) -> rx.Component:
    return rx.el.span(
        label,
        display="block",
        margin_bottom="4px",
        font_size=theme.SIZE_META,
        font_weight=theme.MEDIUM,
        color=theme.TEXT_QUIET,
    )


def below(error: pieces.Text, hint: str = "") -> rx.Component:
    """What is wrong with the field above, else a hint."""
    style: dict[str, Any] = {
        "font_size": theme.SIZE_META,
        "margin_top": "4px",
        "line_height": "16px",
    }
    return rx.cond(
        error,
        rx.el.p(error, role="alert", color=theme.BAD_TEXT, **style),
        rx.el.p(hint, color=theme.TEXT_QUIET, aria_hidden="true", **style)
        if hint
        else rx.fragment(),
    )


def form(*children: Any, on_submit: Any, key: Any, **props: Any) -> rx.Component:
    """A form whose faults the server names. A new ``key`` empties it."""
    return rx.el.form(
        *children,
        key=key,
        on_submit=on_submit,
        no_validate=True,
        display="flex",
        flex_direction="column",
        gap="12px",
        **props,
    )


def framed_list(rows: Any, draw: Any) -> rx.Component:
    """A list in a frame; ``draw`` makes each row of it (see ``ITEM_STYLE``)."""
    return rx.el.ul(
        rx.foreach(rows, draw),
        margin="20px 0 0",
        padding="0",
        list_style="none",
        border=f"1px solid {theme.LINE_STRONG}",
        border_radius=theme.RADIUS_CARD,
    )


ITEM_STYLE: dict[str, Any] = {
    "display": "flex",
    "flex_wrap": "wrap",
    "gap": "8px 12px",
    "align_items": "center",
    "padding": "12px 16px",
    "& + &": {"border_top": f"1px solid {theme.LINE}"},
}


def quiet(*children: Any) -> rx.Component:
    """A smaller line below a name."""
    return rx.el.p(
        *children, font_size=theme.SIZE_SMALL, color=theme.TEXT_QUIET, overflow_wrap="anywhere"
    )


def code(text: pieces.Text, test_id: str) -> rx.Component:
    """Something to be copied letter by letter."""
    return rx.el.code(
        text,
        flex="1",
        min_width="0",
        overflow_wrap="anywhere",
        font_size=theme.SIZE_SMALL,
        custom_attrs={"data-testid": test_id},
    )


def copy_button(text: pieces.Text) -> rx.Component:
    """Copies a text."""
    return client.CopyButton.create(
        text=text, label=words.COPY, done=words.COPIED, style=pieces.OUTLINE_STYLE
    )


def pairs(*children: rx.Component) -> rx.Component:
    """Two fields beside each other where there is room."""
    return rx.el.div(
        *children,
        display="grid",
        grid_template_columns="1fr 1fr",
        gap="12px",
        style={theme.PHONE: {"grid_template_columns": "1fr"}},
    )


def buttons(*children: rx.Component) -> rx.Component:
    """The end of a form."""
    return rx.el.div(
        *children,
        display="flex",
        flex_wrap="wrap",
        gap="8px",
        align_items="center",
        justify_content="flex-end",
        margin_top="4px",
    )


def message(text: pieces.Text, *, good: bool) -> rx.Component:
    """What came of it, beside the buttons."""
    return rx.cond(
        text,
        rx.el.p(
            text,
            role="status" if good else "alert",
            flex="1 1 200px",
            font_size=theme.SIZE_SMALL,
            color=theme.CHIP["green"][1] if good else theme.BAD_TEXT,
        ),
    )
