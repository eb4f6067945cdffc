"""Menus that open under a button."""

import reflex as rx

from jumper_app.panel import client

ABOVE_THE_THREAD = "30"
"""Above everything that sticks or floats in a thread, below what covers the page."""


def menu(trigger: rx.Component, *items: rx.Component) -> rx.Component:
    """A menu of ``rx.menu.item``. The rest of the page stays within reach: it is no dialog."""
    return rx.menu.root(
        rx.menu.trigger(trigger),
        client.DropdownMenuContent.create(
            *items, variant="soft", align="end", style={"z_index": ABOVE_THE_THREAD}
        ),
        modal=False,
    )
