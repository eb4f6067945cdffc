"""The picker's part that lives in the browser: ``assets/template.js`` and its folder."""

from typing import Any

import reflex as rx

LIBRARY = "$/public/template.js"

Given = rx.Var[dict[str, Any]]


def _sent(event: Given) -> tuple[rx.Var[Any], ...]:
    given: Any = event
    said = given["conversation"].to(str), given["filled"].to(dict)
    return (*said, given["key"].to(str), given["anyway"].to(bool))


def _begun(event: Given) -> tuple[rx.Var[Any], ...]:
    given: Any = event
    return given["beginning"].to(dict), given["filled"].to(dict), given["key"].to(str)


def _looked(event: Given) -> tuple[rx.Var[Any], ...]:
    given: Any = event
    return (given["account"].to(str), given["number"].to(str), given["key"].to(str))


def _refreshed(event: Given) -> tuple[rx.Var[Any], ...]:
    given: Any = event
    return (given["conversation"].to(str), given["account"].to(str))


class TemplateDialog(rx.Component):
    """The whole picker. ``version``: another one says that the templates may be others."""

    library = LIBRARY
    tag = "TemplateDialog"
    version: rx.Var[int]
    answer: rx.Var[Any]
    looked: rx.Var[Any]
    words: rx.Var[dict[str, str]]
    on_send: rx.EventHandler[_sent]
    on_begin: rx.EventHandler[_begun]
    on_look: rx.EventHandler[_looked]
    on_refresh: rx.EventHandler[_refreshed]
