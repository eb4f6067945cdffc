"""The bot icon, pressed by several agents at once."""

from datetime import datetime

from jumper_app.db import Work

from .replies import ask_before_interrupting
from .takeover import Takeover, locked, pause_bot


def pause_unless_taken(
    work: Work, *, conversation_id: int, agent_id: int, now: datetime
) -> Takeover:
    """Pause the bot and answer; whoever comes second is told who did, and takes nothing.

    Raises:
        ColleagueAnswers: A colleague was quicker.
    """
    ask_before_interrupting(work, locked(work, conversation_id), agent_id)
    return pause_bot(work, conversation_id=conversation_id, agent_id=agent_id, now=now)
