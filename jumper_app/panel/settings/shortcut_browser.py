"""The parts of ``/settings/shortcuts`` that live in the browser.

Their other half is ``assets/shortcut-settings.js`` and ``assets/shortcut-files.js``.
"""

from typing import Any

import reflex as rx

LIBRARY = "$/public/shortcut-settings.js"


def _count(count: rx.Var[int]) -> tuple[rx.Var[int]]:
    return (count,)


class ShortcutText(rx.Component):
    """The text of a shortcut: a field of a form, with what a customer would read below it."""

    library = LIBRARY
    tag = "ShortcutText"
    name: rx.Var[str]
    value: rx.Var[str]
    limit: rx.Var[int]
    read_only: rx.Var[bool]
    error: rx.Var[str]
    grammar: rx.Var[Any]
    samples: rx.Var[Any]
    words: rx.Var[Any]


class ShortcutFiles(rx.Component):
    """The files that go with a shortcut, as a field of its form."""

    library = "$/public/shortcut-files.js"
    tag = "ShortcutFiles"
    name: rx.Var[str]
    files: rx.Var[Any]
    read_only: rx.Var[bool]
    error: rx.Var[str]
    limits: rx.Var[Any]
    words: rx.Var[Any]


class ImportShortcuts(rx.Component):
    """A button that imports a CSV file, after showing what that would do."""

    library = LIBRARY
    tag = "ImportShortcuts"
    words: rx.Var[Any]
    on_done: rx.EventHandler[_count]
