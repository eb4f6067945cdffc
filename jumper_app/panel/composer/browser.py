"""The composer's parts that live in the browser.

Their other half is ``assets/composer.js`` with the folder ``assets/composer``.
"""

from typing import Any

import reflex as rx

LIBRARY = "$/public/composer.js"

Given = rx.Var[dict[str, Any]]


def _sent(event: Given) -> tuple[rx.Var[Any], ...]:
    given: Any = event
    said = (given[name].to(str) for name in ("conversation", "mode", "text", "key"))
    return (*said, given["beside"].to(dict), given["anyway"].to(bool))


def _drafted(event: Given) -> tuple[rx.Var[Any], ...]:
    given: Any = event
    texts = tuple(given[name].to(str) for name in ("conversation", "mode", "text"))
    return (*texts, given["revision"].to(int), given["key"].to(str))


def _taken_back(event: Given) -> tuple[rx.Var[str], rx.Var[int]]:
    given: Any = event
    return given["message"].to(str), given["revision"].to(int)


def _used(event: Given) -> tuple[rx.Var[str], rx.Var[str]]:
    given: Any = event
    return given["shortcut"].to(str), given["conversation"].to(str)


def _attached(event: Given) -> tuple[rx.Var[str], rx.Var[str]]:
    given: Any = event
    return given["conversation"].to(str), given["item"].to(str)


class Composer(rx.Component):
    """The card in which an agent writes. It owns text and caret."""

    library = LIBRARY
    tag = "Composer"
    box: rx.Var[Any]
    answer: rx.Var[Any]
    saved: rx.Var[Any]
    closes_at: rx.Var[str]
    bots_until: rx.Var[str]
    shut: rx.Var[bool]
    colleague: rx.Var[str]
    waits: rx.Var[str]
    limits: rx.Var[Any]
    shortcuts: rx.Var[Any]
    people: rx.Var[Any]
    send_key: rx.Var[str]
    undone: rx.Var[Any]
    words: rx.Var[dict[str, str]]
    on_send: rx.EventHandler[_sent]
    on_draft: rx.EventHandler[_drafted]
    on_undo: rx.EventHandler[_taken_back]
    on_used: rx.EventHandler[_used]
    on_attach: rx.EventHandler[_attached]


class Outgoing(rx.Component):
    """Bubbles of what was sent a moment ago, until the thread has them."""

    library = LIBRARY
    tag = "Outgoing"
    conversation: rx.Var[str]
    rows: rx.Var[Any]
    words: rx.Var[dict[str, str]]
