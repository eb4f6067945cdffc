"""The composer, and what of it stands in the thread."""

from typing import Any, cast

import reflex as rx

from jumper_app.panel import words

from . import look
from .browser import Composer, Outgoing
from .people import PeopleState
from .preferred import PreferredState
from .shortcuts import GRAMMAR, ShortcutsState
from .state import ComposerState
from .undoing import UndoState
from .words import EMOJI, SEND_KEYS, SHORTCUT_FILES

SAID: dict[str, str] = {
    "reply": words.REPLY,
    "send": words.SEND,
    "sendsEnter": SEND_KEYS["enter"],
    "sendsCtrlEnter": SEND_KEYS["ctrl-enter"],
    "sendNote": words.SEND_NOTE,
    "sendAnyway": words.SEND_ANYWAY,
    "cancel": words.CANCEL,
    "teamOnly": words.TEAM_ONLY_HINT,
    "notePlaceholder": words.NOTE_PLACEHOLDER,
    **words.ATTACHING,
    **EMOJI,
    **SHORTCUT_FILES,
    "left": words.CHARACTERS_LEFT,
    "tooMany": words.CHARACTERS_OVER,
    "draftSaved": words.DRAFT_SAVED,
    "draftKept": words.DRAFT_KEPT,
    "sendTemplate": words.SEND_TEMPLATE,
    "sending": words.SENDING,
    "startFlow": words.START_FLOW,
    "shortcuts": words.MESSAGE_SHORTCUTS,
    "noShortcut": words.NO_SUCH_SHORTCUT,
    "shortcutsComing": words.SHORTCUTS_COMING,
    "shortcutCount": words.SHORTCUT_COUNT,
    "choose": words.CHOOSE,
    "insert": words.INSERT,
    "keepTyping": words.KEEP_TYPING,
    "personal": words.PERSONAL_SHORTCUT,
    "colleagues": words.COLLEAGUES,
    "colleagueCount": words.COLLEAGUE_COUNT,
    "mention": words.MENTION,
    "fillIn": words.FILL_IN_FIRST,
    "askTitle": words.colleague_answers("{}")[0],
    "askWords": words.colleague_answers("{}")[1],
}
"""The composer's words; ``{}`` is filled in by the browser."""


def composer(
    closes_at: rx.Var[str], bots_until: rx.Var[str], shut: rx.Var[bool], *, on_attach: Any
) -> rx.Component:
    """Where an agent writes to the open conversation, as long as its window is open.

    ``on_attach``: what is no file was chosen in the attachment menu.
    """
    return Composer.create(
        box=ComposerState.box,
        answer=ComposerState.answer,
        saved=ComposerState.saved,
        closes_at=closes_at,
        bots_until=bots_until,
        shut=shut,
        colleague=ComposerState.colleague,
        waits=ComposerState.waits,
        limits=ComposerState.limits,
        shortcuts=_shortcuts(),
        people=PeopleState.people,
        send_key=PreferredState.send_key,
        undone=UndoState.undone,
        words=rx.Var.create(SAID).to(dict).merge(cast("Any", ComposerState.wording)),
        on_send=ComposerState.send,
        on_draft=ComposerState.keep,
        on_undo=UndoState.take_back,
        on_used=ShortcutsState.used,
        on_attach=on_attach,
        style=look.STYLE,
    )


def _shortcuts() -> rx.Var[Any]:
    """The present list's name, what is known here, and how a variable is written."""
    list_and_grammar = rx.Var.create({"grammar": GRAMMAR}).to(dict)
    here = list_and_grammar.merge(cast("Any", ShortcutsState.here))
    return here.merge(rx.Var.create({"version": ShortcutsState.version}).to(dict))


def outgoing(rows: rx.Var[Any], conversation: rx.Var[str]) -> rx.Component:
    """What was sent a moment ago to ``conversation`` and is not in its ``rows`` yet."""
    return Outgoing.create(conversation=conversation, rows=rows, words={"sending": words.SENDING})
