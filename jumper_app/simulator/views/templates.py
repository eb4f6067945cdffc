"""A card of the world: what happens to the business's templates at Meta."""

from typing import Any

import reflex as rx

from jumper_app.panel import pieces
from jumper_app.simulator import words
from jumper_app.simulator.templating import TemplatesState

from .fields import card, choice, quiet


def templates() -> rx.Component:
    """Choose a template and let something happen to it; the app hears of it by a webhook."""
    return card(
        "layout-template",
        words.TEMPLATES,
        rx.el.form(
            choice(words.TEMPLATE, "template", rx.foreach(TemplatesState.rows, _option)),
            choice(
                words.WHAT,
                "what",
                *(rx.el.option(label, value=key) for key, label in words.TEMPLATE_HAPPENINGS),
            ),
            pieces.soft_button(words.LET_IT_HAPPEN, type="submit", test_id="sim-template"),
            on_submit=TemplatesState.happen,
            display="flex",
            flex_direction="column",
            gap="8px",
        ),
        quiet(words.TEMPLATES_INTRO),
        on_mount=TemplatesState.look,
    )


def _option(row: Any) -> rx.Component:
    return rx.el.option(row["label"], value=row["id"], key=row["id"])
