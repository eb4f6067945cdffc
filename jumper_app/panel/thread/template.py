"""A template that was sent, whole: header, words, footer, and the buttons under it."""

from typing import Any

import reflex as rx

from jumper_app.panel import client, pieces

Row = Any
"""A ``MessageRow`` in the browser: a Var that pyright cannot look into."""


def template(msg: Row) -> rx.Component:
    """As the customer's phone draws it, apart from what stands above."""
    sent = msg["template"]
    return rx.el.div(
        rx.cond(sent["header"], client.Styled.create(text=sent["header"], class_name="header")),
        client.Styled.create(text=sent["body"]),
        rx.cond(sent["footer"], client.Styled.create(text=sent["footer"], class_name="footer")),
        rx.cond(
            sent["buttons"],
            rx.el.ul(rx.foreach(sent["buttons"], _button), class_name="under"),
        ),
        class_name="template text",
    )


def _button(button: Any) -> rx.Component:
    icon = rx.match(
        button["kind"],
        ("quick_reply", pieces.icon("reply", size=13)),
        ("url", pieces.icon("external-link", size=13)),
        ("phone", pieces.icon("phone", size=13)),
        ("copy_code", pieces.icon("copy", size=13)),
        pieces.icon("smartphone", size=13),
    )
    return rx.el.li(
        icon,
        rx.el.span(button["title"], custom_attrs={"dir": "auto"}),
        rx.cond(button["target"], rx.el.span(button["target"], class_name="target")),
        title=button["target"],
    )
