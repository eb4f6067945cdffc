"""What an agent has typed and not sent, per conversation and mode. Nobody else sees it."""

from dataclasses import dataclass

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import Draft

MODES = ("reply", "note")
DRAFT_LENGTH = 20_000
"""Characters; far above every channel's limit, so that nothing typed is lost."""


@dataclass(frozen=True)
class Saved:
    """A draft as it stands on the server. Revision 0: none was ever saved."""

    text: str = ""
    revision: int = 0


def save(
    work: Work, *, conversation_id: int, agent_id: int, mode: str, text: str, revision: int
) -> int:
    """Keep a draft unless a newer one is here. Returns the revision that stands now."""
    if mode not in MODES or len(text) > DRAFT_LENGTH:
        raise BadInput("This draft is too long to keep.")
    row = _draft(work, conversation_id, agent_id, mode)
    if revision > row.revision:
        row.text, row.revision = text.replace("\x00", ""), revision
        work.add(row)
    return row.revision


def load(work: Work, conversation_id: int, agent_id: int) -> dict[str, Saved]:
    """Both drafts of an agent in a conversation, by mode."""
    rows = work.exec(
        select(Draft).where(
            col(Draft.conversation_id) == conversation_id, col(Draft.agent_id) == agent_id
        )
    )
    found = {row.mode: Saved(row.text, row.revision) for row in rows}
    return {mode: found.get(mode, Saved()) for mode in MODES}


def clear_draft(work: Work, conversation_id: int, agent_id: int, mode: str) -> None:
    """Forget what has been sent; the revision goes on, so that a late save cannot revive it."""
    row = _draft(work, conversation_id, agent_id, mode)
    if row.id is not None:
        row.text, row.revision = "", row.revision + 1


def _draft(work: Work, conversation_id: int, agent_id: int, mode: str) -> Draft:
    row = work.exec(
        select(Draft).where(
            col(Draft.conversation_id) == conversation_id,
            col(Draft.agent_id) == agent_id,
            col(Draft.mode) == mode,
        )
    ).first()
    return row or Draft(conversation_id=conversation_id, agent_id=agent_id, mode=mode)
