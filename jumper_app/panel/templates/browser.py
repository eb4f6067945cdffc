"""The picker's part that lives in the browser: ``assets/template.js`` and its folder."""

from typing import Any

import reflex as rx

LIBRARY = "$/public/template.js"

Given = rx.Var[dict[str, Any]]


def _sent(event: Given) -> tuple[rx.Var[Any], ...]:
    given: Any = event
    return (
        given["conversation"].to(str),
        given["template"].to(str),
        given["texts"].to(list),
        given["file"].to(str),
        given["place"].to(dict),
        given["key"].to(str),
        given["anyway"].to(bool),
    )


def _refreshed(event: Given) -> tuple[rx.Var[str]]:
    given: Any = event
    return (given["conversation"].to(str),)


class TemplateDialog(rx.Component):
    """The whole picker. ``version``: another one says that the templates may be others."""

    library = LIBRARY
    tag = "TemplateDialog"
    version: rx.Var[int]
    answer: rx.Var[Any]
    words: rx.Var[dict[str, str]]
    on_send: rx.EventHandler[_sent]
    on_refresh: rx.EventHandler[_refreshed]
