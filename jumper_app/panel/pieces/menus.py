"""Menus that open under a button."""

import reflex as rx

from jumper_app.panel import client


def menu(trigger: rx.Component, *items: rx.Component) -> rx.Component:
    """A menu of ``rx.menu.item``. The rest of the page stays within reach: it is no dialog."""
    return rx.menu.root(
        rx.menu.trigger(trigger),
        client.DropdownMenuContent.create(*items, variant="soft", align="end"),
        modal=False,
    )
