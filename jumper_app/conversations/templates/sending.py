"""Sending a template: to a conversation that there is, or to a number as its first word."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from jumper_app.channels.contract import OutTemplate
from jumper_app.conversations.log import stored
from jumper_app.conversations.replies import Reply, reply
from jumper_app.conversations.saying import Beside
from jumper_app.db import Work
from jumper_app.errors import NotFound
from jumper_app.models import ChannelAccount, Conversation, Template, TemplateUse

from .filling import Values, fill
from .offers import TemplateNotSendable, rules_of, why_not
from .shelf import known


@dataclass(frozen=True)
class Filled:
    """A template that an agent has filled in. ``template``: its public id."""

    template: str
    values: Values


def send_template(
    work: Work,
    *,
    conversation_id: int,
    agent_id: int,
    filled: Filled,
    client_key: str,
    now: datetime,
    even_if_colleague: bool = False,
) -> Reply:
    """Send a template in a conversation; for the rest it is a reply like any other.

    Raises:
        SendRefused: It may not be sent, values are missing, or a colleague answers.
        NotFound: The business has no such template.
    """
    conversation = work.get_one(Conversation, conversation_id)
    account = work.get_one(ChannelAccount, conversation.account_id)
    row, content = made(work, account, filled)
    done = reply(
        work,
        conversation_id=conversation_id,
        agent_id=agent_id,
        text="",
        client_key=client_key,
        now=now,
        beside=Beside(other=content),
        even_if_colleague=even_if_colleague,
    )
    _remember(work, row, agent_id, now)
    return done


def made(work: Work, account: ChannelAccount, filled: Filled) -> tuple[Template, OutTemplate]:
    """The message that these values make of a template of this account's business."""
    rules = rules_of(account.channel)
    row = work.exec(select(Template).where(col(Template.public_id) == filled.template)).first()
    theirs = (account.channel, account.parent_id)
    if row is None or (row.channel, row.business) != theirs:
        raise NotFound("This template no longer exists.")
    if reason := why_not(row, rules):
        raise TemplateNotSendable(f"This template cannot be sent. {reason}")
    return row, fill(known(row), filled.values, rules)


def _remember(work: Work, row: Template, agent_id: int, now: datetime) -> None:
    """It stands higher for this agent next time."""
    use = work.exec(
        select(TemplateUse).where(
            col(TemplateUse.agent_id) == agent_id, col(TemplateUse.template_id) == row.id
        )
    ).first()
    use = use or TemplateUse(agent_id=agent_id, template_id=stored(row.id), used_at=now)
    use.used_at = max(use.used_at, now)
    work.add(use)
