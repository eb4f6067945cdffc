"""Agents' reactions to customers' messages: a durable row each, never sent again blindly.

A reaction is drawn at once and taken back if it does not arrive. It takes nobody's
conversation over, but it is bound by the reply window like an agent's words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from jumper_app.channels.contract import OutReaction
from jumper_app.db import Work
from jumper_app.errors import NotFound, SendFailed, SendRefused, WindowClosed
from jumper_app.live import WorkWaiting
from jumper_app.models import (
    Contact,
    Conversation,
    Message,
    MessageKind,
    OutboxState,
    Reaction,
)

from .accounts import channel_of
from .log import SYSTEM, agent_actor, changed, record, stored
from .outgoing import check_window, recipient_of
from .spoken_of import OURSELVES
from .standing import must_speak, silent_accounts
from .takeover import locked
from .waiting import stop, unwell_accounts

MAX_ATTEMPTS = 4
FIRST_RETRY = timedelta(seconds=2)
"""The wait after the first failed attempt; each further one waits twice as long."""

CLAIM_LEASE = timedelta(seconds=90)
"""After this a claim belongs to a process that died; longer than any call may take."""

ON_THE_WAY = (OutboxState.QUEUED, OutboxState.RETRYING)


@dataclass(frozen=True)
class ReactionClaim:
    """One reaction that this worker, and nobody else, is about to send."""

    reaction_id: int
    account_id: int
    channel: str
    outbound: OutReaction


def react(
    work: Work, *, conversation_id: int, message: str, agent_id: int, emoji: str, now: datetime
) -> None:
    """Say something of a customer's message, or take it back with an empty ``emoji``.

    Raises:
        SendRefused: The channel cannot, or it is too late.
        NotFound: There is no such message of the customer here.
    """
    conversation = locked(work, conversation_id)
    spoken_of = _message(work, conversation, message)
    channel = channel_of(work, conversation)
    if not channel.reactions or (emoji and emoji not in channel.reactions):
        raise SendRefused(f"{channel.wording.name} does not have this reaction.")
    check_window(channel, conversation, MessageKind.AGENT, now)
    must_speak(work, conversation.account_id)
    _supersede(work, spoken_of)
    work.add(
        Reaction(
            message_id=stored(spoken_of.id),
            account_id=conversation.account_id,
            agent_id=agent_id,
            emoji=emoji,
            due_at=now,
            created_at=now,
        )
    )
    work.flush()
    actor = agent_actor(agent_id)
    record(work, conversation, "reaction_queued", actor=actor, now=now, message=spoken_of.id)
    draw(work, conversation, spoken_of)
    work.tell(WorkWaiting())


def _message(work: Work, conversation: Conversation, public_id: str) -> Message:
    message = work.exec(
        select(Message).where(
            col(Message.public_id) == public_id,
            col(Message.conversation_id) == conversation.id,
            col(Message.kind) == MessageKind.CUSTOMER,
        )
    ).first()
    if message is None or not message.external_id or message.revoked_at is not None:
        raise NotFound("There is no such message any more.")
    return message


def _supersede(work: Work, message: Message) -> None:
    """What has not left yet need not leave any more."""
    waiting = select(Reaction).where(
        col(Reaction.message_id) == message.id, col(Reaction.state).in_(ON_THE_WAY)
    )
    for row in work.exec(waiting):
        row.state = OutboxState.DROPPED


def draw(work: Work, conversation: Conversation, message: Message) -> None:
    """Show on the message what we say of it: what is on its way, else what arrived last."""
    rows = work.exec(
        select(Reaction)
        .where(col(Reaction.message_id) == message.id, col(Reaction.state) != OutboxState.DROPPED)
        .order_by(col(Reaction.id).desc())
    ).all()
    shown = next((row for row in rows if row.state != OutboxState.FAILED), None)
    newest = rows[0] if rows else None
    others = [one for one in message.reactions or () if one["person"] != OURSELVES]
    ours = {"person": OURSELVES, "emoji": shown.emoji if shown else ""}
    if newest is not None and newest.failure:
        ours["failure"] = newest.failure
    kept = [*others, ours] if ours["emoji"] or "failure" in ours else others
    message.reactions = sorted(kept, key=lambda one: one["person"]) or None
    changed(work, conversation, message)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Of a reaction: it may leave, or its claim is over without an outcome."""
    open_ends = (*ON_THE_WAY, OutboxState.SENDING)
    return col(Reaction.state).in_(open_ends) & (col(Reaction.due_at) <= now)


def claim_reactions(work: Work, *, now: datetime, limit: int) -> list[ReactionClaim]:
    """Mark what may leave now as *sending*, at most one of each message."""
    _give_up(work, now)
    ahead = aliased(Reaction)
    held = exists().where(
        col(ahead.message_id) == col(Reaction.message_id),
        col(ahead.state) == OutboxState.SENDING,
    )
    due = select(Reaction).where(
        col(Reaction.state).in_(ON_THE_WAY),
        col(Reaction.due_at) <= now,
        col(Reaction.account_id).not_in(silent_accounts()),
        col(Reaction.account_id).not_in(unwell_accounts(now)),
        ~held,
    )
    found = work.exec(due.order_by(col(Reaction.message_id), col(Reaction.id)).limit(limit)).all()
    claims = (_claim(work, row, now) for row in found)
    return [one for one in claims if one is not None]


def _claim(work: Work, row: Reaction, now: datetime) -> ReactionClaim | None:
    message, conversation = _locked(work, row)
    if row.state not in ON_THE_WAY:
        return None
    channel = channel_of(work, conversation)
    try:
        check_window(channel, conversation, MessageKind.AGENT, now)
    except WindowClosed as closed:
        _end(work, row, OutboxState.FAILED, closed.for_agent)
        draw(work, conversation, message)
        return None
    row.state, row.due_at = OutboxState.SENDING, now + CLAIM_LEASE
    row.attempts += 1
    outbound = OutReaction(
        reference=row.public_id,
        recipient=recipient_of(work, conversation),
        phone=work.get_one(Contact, conversation.contact_id).phone,
        about=message.external_id or "",
        emoji=row.emoji,
    )
    return ReactionClaim(stored(row.id), row.account_id, conversation.channel, outbound)


def reacted(work: Work, claim: ReactionClaim, now: datetime) -> None:
    """The channel took it."""
    row = work.get(Reaction, claim.reaction_id)
    if row is None:  # erased meanwhile
        return
    message, conversation = _locked(work, row)
    if row.state == OutboxState.SENDING:
        _end(work, row, OutboxState.SENT)
    record(work, conversation, "reaction_sent", actor=SYSTEM, now=now, message=message.id)
    draw(work, conversation, message)


def not_reacted(work: Work, claim: ReactionClaim, failure: SendFailed, now: datetime) -> None:
    """The channel did not take it, could not be reached, or did not answer.

    An unanswered one may be with the customer: it stays as it is and is not sent again.
    """
    row = work.get(Reaction, claim.reaction_id)
    if row is None or row.state != OutboxState.SENDING:
        return
    message, conversation = _locked(work, row)
    if failure.maybe_sent:
        _end(work, row, OutboxState.UNKNOWN)
    elif failure.pauses == "account" and not failure.retryable:
        row.state, row.due_at = OutboxState.RETRYING, now
        stop(work, row.account_id, failure, now)
    elif failure.retryable and row.attempts < MAX_ATTEMPTS:
        row.state, row.due_at = OutboxState.RETRYING, now + FIRST_RETRY * 2 ** (row.attempts - 1)
    else:
        _end(work, row, OutboxState.FAILED, failure.for_agent)
    code = failure.provider_code or failure.code
    kind = f"reaction_{row.state}"
    record(work, conversation, kind, actor=SYSTEM, now=now, message=message.id, code=code)
    draw(work, conversation, message)


def reaction_refused(work: Work, reference: str, sentence: str) -> None:
    """The provider tells later that a reaction of ours failed, if it is one."""
    row = work.exec(select(Reaction).where(col(Reaction.public_id) == reference)).first()
    if row is not None:
        message, conversation = _locked(work, row)
        _end(work, row, OutboxState.FAILED, sentence)
        draw(work, conversation, message)


def _give_up(work: Work, now: datetime) -> None:
    """Own up to claims whose process died: nobody knows whether they arrived."""
    lost = select(Reaction).where(
        col(Reaction.state) == OutboxState.SENDING, col(Reaction.due_at) <= now
    )
    for row in work.exec(lost.with_for_update(skip_locked=True)):
        _end(work, row, OutboxState.UNKNOWN)


def _end(work: Work, row: Reaction, state: OutboxState, sentence: str = "") -> None:
    row.state, row.failure = state, sentence[:300]
    work.flush()


def _locked(work: Work, row: Reaction) -> tuple[Message, Conversation]:
    """The message spoken of and its conversation; the row as it stands behind their lock."""
    message = work.get_one(Message, row.message_id)
    conversation = work.get_one(Conversation, message.conversation_id, with_for_update=True)
    work.refresh(message)
    work.refresh(row)
    return message, conversation
