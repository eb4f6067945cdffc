"""Searching inside the open conversation: a bar above it, which leads from hit to hit."""

from typing import Annotated, Any, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app.conversations import finding
from jumper_app.db import Work, database
from jumper_app.panel import words
from jumper_app.panel.access import handler
from jumper_app.people.sessions import Who

from .reading import conversation_behind
from .state import ThreadState

LIBRARY = "$/public/thread.js"

LONGEST = 100
"""Characters that are searched for."""


class Found(TypedDict):
    """What a search found. ``ids``: public ids, the newest first; ``total``: of all."""

    conversation: str
    text: str
    ids: list[str]
    total: int


class FindState(rx.State):
    """What one browser searches for in a conversation."""

    found: Found = Found(conversation="", text="", ids=[], total=0)

    @handler(rate="240/minute")
    async def find(
        self, who: Who, conversation: str, text: Annotated[str, Field(max_length=LONGEST)]
    ) -> None:
        """Search a conversation."""
        ids, total = await database().ask(_find, conversation, text)
        self.found = Found(conversation=conversation, text=text, ids=ids, total=total)


def _find(work: Work, conversation: str, text: str) -> tuple[list[str], int]:
    return finding.find(work, conversation_behind(work, conversation), text)


Given = rx.Var[dict[str, str]]


def _asked(event: Given) -> tuple[rx.Var[str], rx.Var[str]]:
    given: Any = event
    return given["conversation"].to(str), given["text"].to(str)


def _chosen(event: Given) -> tuple[rx.Var[str]]:
    given: Any = event
    return (given["message"].to(str),)


class FindBar(rx.Component):
    """The bar: a field, *2 of 7*, and the way to the next and the one before."""

    library = LIBRARY
    tag = "FindBar"
    conversation: rx.Var[str]
    found: rx.Var[dict[str, Any]]
    words: rx.Var[dict[str, str]]
    longest: rx.Var[int]
    on_find: rx.EventHandler[_asked]
    on_go: rx.EventHandler[_chosen]


class FindButton(rx.Component):
    """Opens the bar."""

    library = LIBRARY
    tag = "FindButton"
    label: rx.Var[str]


def find_button() -> rx.Component:
    """Opens the bar, as Ctrl+F does."""
    return FindButton.create(label=words.FINDING["label"], class_name="find-open")


def find_bar() -> rx.Component:
    """The bar above the messages; nothing until it is opened."""
    thread: Any = ThreadState
    return FindBar.create(
        conversation=thread.conversation,
        found=FindState.found,
        words=words.FINDING,
        longest=LONGEST,
        on_find=FindState.find,
        on_go=ThreadState.show,
    )
