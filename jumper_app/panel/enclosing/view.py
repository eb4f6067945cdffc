"""The dialogs for what is no file."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces, theme

from . import words
from .state import EnclosingState

FIELD: dict[str, Any] = {
    "width": "100%",
    "height": "36px",
    "padding": "0 11px",
    "border": f"1px solid {theme.LINE_FIELD}",
    "border_radius": theme.RADIUS_FIELD,
    "background": theme.GROUND,
    "color": theme.TEXT,
    "font_size": theme.SIZE_BODY,
    "&::placeholder": {"color": theme.TEXT_QUIET, "opacity": "1"},
    "&:focus-visible": theme.FOCUS_RING_INSIDE,
    "&[aria-invalid=true]": {"border_color": theme.BAD},
}
SMALL: dict[str, Any] = {"font_size": theme.SIZE_META, "line_height": "16px", "margin": "4px 0 0"}
LABEL: dict[str, Any] = {
    "display": "block",
    "margin_bottom": "4px",
    "font_size": theme.SIZE_META,
    "font_weight": theme.MEDIUM,
    "color": theme.TEXT_QUIET,
}
State: Any = EnclosingState
BACK_TO_WRITING = rx.run_script("document.querySelector('[data-testid=composer-input]')?.focus()")
"""Where the focus goes when a dialog is done with."""


def enclosing_dialogs() -> rx.Component:
    """All of them; one is open at a time, or none."""
    return rx.fragment(
        _dialog("location", words.PLACE, _place_form()),
        _dialog("contact", words.CARD, _card_form()),
        _dialog("optin", words.REQUEST, _request_form()),
    )


def _dialog(item: str, title: str, form: rx.Component) -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(title, size="4", margin_bottom="12px"),
            form,
            aria_describedby=rx.Var("undefined"),
            on_close_auto_focus=BACK_TO_WRITING,
            max_width="460px",
            padding="20px",
            custom_attrs={"data-testid": f"{item}-dialog"},
        ),
        open=State.item == item,
        on_open_change=EnclosingState.show,
    )


def _place_form() -> rx.Component:
    pasted = _field(
        "pasted",
        words.PASTE,
        hint=words.PASTE_HINT,
        placeholder="https://",
        on_change=EnclosingState.read_link.debounce(250),
    )
    place = State.place
    filled = rx.fragment(
        rx.el.div(
            _degrees("latitude", words.LATITUDE),
            _degrees("longitude", words.LONGITUDE),
            display="grid",
            grid_template_columns="1fr 1fr",
            gap="12px",
        ),
        _field("name", words.PLACE_NAME, placeholder=words.OPTIONAL, default_value=place["name"]),
        key=place["times"].to_string(),
    )
    address = _field("address", words.ADDRESS, placeholder=words.OPTIONAL)
    return _form(
        pasted, filled, address, send=words.SEND_PLACE, on_submit=EnclosingState.send_place
    )


def _degrees(name: str, label: str) -> rx.Component:
    return _field(name, label, input_mode="decimal", default_value=State.place[name])


def _card_form() -> rx.Component:
    return _form(
        _field("name", words.NAME),
        _field("phone", words.PHONE, hint=State.phone_hint, type="tel"),
        _field("email", words.EMAIL, type="email"),
        _field("organisation", words.ORGANISATION),
        send=words.SEND_CARD,
        on_submit=EnclosingState.send_card,
    )


def _request_form() -> rx.Component:
    request = State.request
    title = _field(
        "title",
        words.REQUEST_TITLE,
        hint=words.REQUEST_HINT,
        on_change=EnclosingState.preview_request.debounce(120),
    )
    left = request["left"]
    count = rx.cond(
        left < request["most"] // 5,
        rx.el.span(
            request["count"],
            role="status",
            color=rx.cond(left < 0, theme.BAD_TEXT, theme.TEXT_QUIET),
            style=SMALL,
            custom_attrs={"data-testid": "optin-left"},
        ),
    )
    return _form(
        title, count, _preview(), send=words.SEND_REQUEST, on_submit=EnclosingState.send_request
    )


def _preview() -> rx.Component:
    """The request as Messenger draws it: the words, and a button below them."""
    request = State.request
    card = rx.el.div(
        rx.el.div(
            rx.cond(request["title"], request["title"], words.REQUEST_TITLE),
            dir="auto",
            style={"padding": "12px", "font_weight": theme.MEDIUM, "overflow_wrap": "anywhere"},
        ),
        rx.el.div(
            request["button"],
            style={
                "padding": "9px 12px",
                "border_top": f"1px solid {theme.LINE}",
                "text_align": "center",
                "color": theme.TEXT_ACCENT,
            },
        ),
        style={
            "max_width": "260px",
            "border": f"1px solid {theme.LINE}",
            "border_radius": theme.RADIUS_FIELD,
            "background": theme.GROUND,
        },
        custom_attrs={"data-testid": "optin-preview"},
    )
    return rx.el.figure(rx.el.figcaption(words.LOOKS, style=LABEL), card, style={"margin": "0"})


def _form(*fields: rx.Component, send: str, on_submit: Any) -> rx.Component:
    """The fields, what is wrong with the whole, and the ways out."""
    return rx.el.form(
        *fields,
        _said(State.problem, "enclosing-problem", color=theme.BAD_TEXT),
        _said(State.asked, "enclosing-asked"),
        _ways_out(send),
        on_submit=on_submit,
        no_validate=True,
        display="flex",
        flex_direction="column",
        gap="12px",
    )


def _said(sentence: Any, test_id: str, **props: Any) -> rx.Component:
    words_ = rx.el.p(
        sentence, role="alert", margin="0", custom_attrs={"data-testid": test_id}, **props
    )
    return rx.cond(sentence, words_)


def _ways_out(send: str) -> rx.Component:
    sure = rx.cond(State.asked, words.SEND_ANYWAY, send)
    return rx.el.div(
        pieces.quiet_button(words.CANCEL, type="button", on_click=EnclosingState.close),
        pieces.primary_button(sure, type="submit", test_id="enclosing-send"),
        display="flex",
        justify_content="flex-end",
        gap="8px",
        margin_top="4px",
    )


def _field(name: str, label: str, *, hint: Any = "", **props: Any) -> rx.Component:
    """A labelled line to write in, with its fault or its hint below it."""
    error = State.errors[name]
    line = rx.el.input(
        name=name,
        auto_complete="off",
        aria_invalid=rx.cond(error, "true", "false"),
        custom_attrs={"aria-description": rx.cond(error, error, hint)},
        style=FIELD,
        **props,
    )
    return rx.el.div(
        rx.el.label(rx.el.span(label, style=LABEL), line, display="block"),
        rx.cond(
            error,
            rx.el.p(error, role="alert", color=theme.BAD_TEXT, style=SMALL),
            rx.cond(hint, rx.el.p(hint, color=theme.TEXT_QUIET, aria_hidden="true", style=SMALL)),
        ),
    )
