"""What settings pages are drawn of: cards, and fields with their errors beside them."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces, theme

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


CARD_STYLE: dict[str, Any] = {
    "display": "flex",
    "flex_direction": "column",
    "gap": "12px",
    "margin_top": "20px",
    "padding": "18px 20px 20px",
    "border": f"1px solid {theme.LINE_STRONG}",
    "border_radius": theme.RADIUS_CARD,
    "box_shadow": theme.SHADOW_CARD,
}


def card(title: pieces.Text, *children: Any, intro: str = "", **props: Any) -> rx.Component:
    """A framed part of a page."""
    return rx.el.section(
        rx.el.h2(title, font_size=theme.SIZE_TITLE, font_weight=theme.SEMIBOLD),
        rx.el.p(intro, color=theme.TEXT_QUIET, font_size=theme.SIZE_SMALL) if intro else "",
        *children,
        **{**CARD_STYLE, **props},
    )


def field(
    words_above: Any, name: str, error: pieces.Text, *, hint: str = "", **props: Any
) -> rx.Component:
    """A labelled line to write in, with its error (or hint) below it."""
    return rx.el.div(
        rx.el.label(
            label(words_above),
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


def choice(words_above: str, name: str, *options: Any, hint: str, **props: Any) -> rx.Component:
    """A labelled choice of one among few, with its hint below it."""
    return rx.el.div(
        rx.el.label(
            label(words_above),
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


def label(words_above: Any) -> rx.Component:
    """The words above a field."""
    return rx.el.span(
        words_above,
        display="block",
        margin_bottom="4px",
        font_size=theme.SIZE_META,
        font_weight=theme.MEDIUM,
        color=theme.TEXT_QUIET,
    )


def below(error: pieces.Text, hint: pieces.Text = "") -> rx.Component:
    """What is wrong with the field above, else a hint."""
    style: dict[str, Any] = {
        "font_size": theme.SIZE_META,
        "margin_top": "4px",
        "line_height": "16px",
    }
    return rx.cond(
        error,
        rx.el.p(error, role="alert", color=theme.BAD_TEXT, **style),
        rx.cond(hint, rx.el.p(hint, color=theme.TEXT_QUIET, aria_hidden="true", **style)),
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


DIALOG_STYLE: dict[str, Any] = {
    "display": "flex",
    "flex_direction": "column",
    "gap": "10px",
    "border_radius": theme.RADIUS_CARD,
}
"""Of a dialog's content."""

TOLD_STYLE: dict[str, Any] = {
    "font_size": theme.SIZE_BODY,
    "line_height": theme.LINE_HEIGHT,
    "color": theme.TEXT_QUIET,
}
"""Of what a dialog says below its title."""


def link_button(label: str, href: Any, **props: Any) -> rx.Component:
    """A link that looks like a button."""
    return rx.link(label, href=href, **{"style": pieces.OUTLINE_STYLE, **props})


def outside_link(label: str, href: Any) -> rx.Component:
    """A link to somebody else's page, which opens beside this one."""
    return rx.link(
        label,
        pieces.icon("external-link", size=theme.ICON_LINE),
        href=href,
        is_external=True,
        style=pieces.OUTLINE_STYLE,
    )


def band(icon: str, *children: Any, tone: str) -> rx.Component:
    """One sentence that stands above everything else. ``tone``: one of ``theme.CHIP``."""
    ground, text = theme.CHIP[tone]
    return rx.el.div(
        pieces.icon(icon, size=theme.ICON_BAR),
        rx.el.p(*children),
        role="status",
        display="flex",
        gap="10px",
        align_items="center",
        margin_top="16px",
        padding="10px 14px",
        border_radius=theme.RADIUS_BAND,
        background=ground,
        color=text,
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
