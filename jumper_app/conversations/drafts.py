"""What an agent has typed and not sent, per conversation and mode. Nobody else sees it.

A draft has a key from its first letter on, and is sent under it: two windows that hold
the same draft send it once.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import BadInput, SendRefused
from jumper_app.live import DraftChanged
from jumper_app.models import Draft

MODES: tuple[Literal["reply"], Literal["note"]] = ("reply", "note")
DRAFT_LENGTH = 20_000
"""Characters; far above every channel's limit, so that nothing typed is lost."""

KEY_LENGTH = 64
"""Characters of a draft's key."""


def new_key() -> str:
    """A key for a draft, as browsers make them."""
    return secrets.token_hex(16)


class SentElsewhere(SendRefused):
    """Another window sent this very draft, in other words; these have not been sent."""

    code = "sent_elsewhere"
    for_agent = "Another window of yours has sent this draft. Your text is kept; send it again."


@dataclass(frozen=True)
class Saved:
    """A draft as it stands on the server. Revision 0: none was ever saved."""

    text: str = ""
    revision: int = 0
    key: str = ""


@dataclass(frozen=True)
class Kept:
    """What became of a save. ``revision`` stands now; it is not the caller's unless ``kept``."""

    revision: int
    kept: bool


def save(
    work: Work,
    *,
    conversation_id: int,
    agent_id: int,
    mode: str,
    text: str,
    revision: int,
    key: str = "",
) -> Kept:
    """Keep a draft unless a newer one is here, or another one of the same revision."""
    if mode not in MODES or len(text) > DRAFT_LENGTH:
        raise BadInput("This draft is too long to keep.")
    row = _draft(work, conversation_id, agent_id, mode)
    written = text.replace("\x00", "")
    if revision <= row.revision:
        return Kept(row.revision, revision == row.revision and written == row.text)
    _tell(work, row, written)
    row.text, row.revision, row.key = written, revision, key[:KEY_LENGTH] if written else ""
    work.add(row)
    return Kept(revision, kept=True)


def load(work: Work, conversation_id: int, agent_id: int) -> dict[str, Saved]:
    """Both drafts of an agent in a conversation, by mode."""
    rows = work.exec(
        select(Draft).where(
            col(Draft.conversation_id) == conversation_id, col(Draft.agent_id) == agent_id
        )
    )
    found = {row.mode: Saved(row.text, row.revision, row.key) for row in rows}
    return {mode: found.get(mode, Saved()) for mode in MODES}


def clear_draft(work: Work, conversation_id: int, agent_id: int, mode: str) -> None:
    """Forget what has been sent; the revision goes on, so that a late save cannot revive it."""
    row = _draft(work, conversation_id, agent_id, mode)
    if row.id is not None:
        _tell(work, row, "")
        row.text, row.revision, row.key = "", row.revision + 1, ""


def put_before(work: Work, *, conversation_id: int, agent_id: int, text: str, above: int) -> Saved:
    """Put words that were taken back before the reply that is being written.

    Args:
        above: A revision that the author's browser may have gone on to by itself.

    Returns:
        The draft as it stands now.
    """
    row = _draft(work, conversation_id, agent_id, "reply")
    written = "\n".join(filter(None, (text, row.text)))
    _tell(work, row, written)
    row.text, row.revision = written, max(row.revision, above) + 1
    row.key = new_key() if written else ""
    work.add(row)
    return Saved(row.text, row.revision, row.key)


def refuse_other_words(text: str, sent: Iterable[str]) -> None:
    """Raise SentElsewhere unless the draft that was sent already had these words."""
    written = text.strip().replace("\x00", "")
    if written and written not in sent:
        raise SentElsewhere


def _tell(work: Work, row: Draft, text: str) -> None:
    """The agent's other windows show it too, and the list marks where a draft stands."""
    listed = bool(row.text) != bool(text)
    work.tell(DraftChanged(row.conversation_id, row.agent_id, listed=listed))


def _draft(work: Work, conversation_id: int, agent_id: int, mode: str) -> Draft:
    row = work.exec(
        select(Draft).where(
            col(Draft.conversation_id) == conversation_id,
            col(Draft.agent_id) == agent_id,
            col(Draft.mode) == mode,
        )
    ).first()
    return row or Draft(conversation_id=conversation_id, agent_id=agent_id, mode=mode)
