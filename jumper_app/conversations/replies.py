"""An agent's words to a customer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import col, select

from jumper_app.channels.contract import Outbound, OutboundContent, OutOptIn
from jumper_app.db import Work
from jumper_app.errors import NotFound, SendRefused
from jumper_app.live import WorkWaiting
from jumper_app.models import (
    Agent,
    Conversation,
    Delivery,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    Owner,
)

from .accounts import channel_of
from .drafts import clear_draft, refuse_other_words
from .holds import keys_of, refuse_what_was_taken_back
from .log import agent_actor, changed, record, stored
from .optins import note_request
from .outgoing import Outgoing, check_window, send_later
from .resuming import count_anew
from .saying import NOTHING, Beside, contents_of, quoted_id
from .seen import read_to_customer, see
from .standing import must_speak
from .takeover import locked, take_over
from .unwanted import check_wanted


class ColleagueAnswers(SendRefused):
    """A colleague owns the conversation; the agent is asked before taking it over."""

    code = "colleague_answers"

    def __init__(self, name: str) -> None:
        self.colleague = name
        super().__init__(f"{name} is answering this customer.")


@dataclass(frozen=True)
class Reply:
    """What became of a reply.

    Attributes:
        message_id: The stored message.
        took_over: It made the agent the one who answers.
        on_the_way: Bot messages that were claimed before and could not be stopped.
        repeated: The same ``client_key`` was here before; nothing new was stored.
    """

    message_id: int
    took_over: bool = False
    on_the_way: int = 0
    repeated: bool = False


def reply(
    work: Work,
    *,
    conversation_id: int,
    agent_id: int,
    text: str,
    client_key: str,
    now: datetime,
    beside: Beside = NOTHING,
    even_if_colleague: bool = False,
) -> Reply:
    """Store an agent's reply and queue it; take over in the same step if need be.

    Args:
        beside: What goes with the words; several files are several messages, in order.
        even_if_colleague: The agent has been asked, and takes the conversation over.

    Raises:
        TakenBackBefore: Its author has taken this very reply back.
        SendRefused: Too long, too late, nothing to say, or a colleague answers.
    """
    conversation = locked(work, conversation_id)
    key = f"{agent_id}:{client_key}"
    if (before := _sent_before(work, key, text)) is not None:
        return Reply(message_id=before, repeated=True)
    refuse_what_was_taken_back(work, key)
    contents = contents_of(work, channel_of(work, conversation), text, beside)
    first, *others = _outgoing(contents, key, agent_id, beside.hold)
    first = replace(first, quotes=quoted_id(work, conversation, beside.quotes))
    if not even_if_colleague:
        ask_before_interrupting(work, conversation, agent_id)
    taken = None
    if conversation.owner != Owner.AGENT or conversation.agent_id != agent_id:
        taken = take_over(work, conversation, agent_id, now)
    messages = [send_later(work, conversation, each, now) for each in (first, *others)]
    _answered(work, conversation, agent_id, messages, now)
    if isinstance(beside.other, OutOptIn):
        note_request(work, conversation, agent_id, beside.other, now)
    if text.strip():
        clear_draft(work, conversation_id, agent_id, "reply")
    on_the_way = taken.on_the_way if taken else 0
    return Reply(stored(messages[0].id), took_over=taken is not None, on_the_way=on_the_way)


def _sent_before(work: Work, key: str, text: str) -> int | None:
    """The first message of a reply that is here already. Raises SentElsewhere."""
    first = work.exec(select(Message).where(col(Message.client_key) == key)).first()
    if first is None:
        return None
    parts = work.exec(select(col(Message.text)).where(col(Message.client_key).in_(keys_of(key))))
    refuse_other_words(text, parts)
    return stored(first.id)


def _outgoing(
    contents: Sequence[OutboundContent], key: str, agent_id: int, hold: timedelta
) -> Iterator[Outgoing]:
    """Each with a key of its own; the first one's is that of the reply."""
    for content, own in zip(contents, keys_of(key), strict=False):
        yield Outgoing(
            speaker="agent", content=content, client_key=own, agent_id=agent_id, hold=hold
        )


def _answered(
    work: Work,
    conversation: Conversation,
    agent_id: int,
    messages: Sequence[Message],
    now: datetime,
) -> None:
    """Everything that follows from an agent's words, once they are queued."""
    actor = agent_actor(agent_id)
    for message in messages:
        record(work, conversation, "reply_queued", actor=actor, now=now, message=message.id)
    count_anew(work, conversation, now)
    read_to_customer(work, conversation)
    see(work, conversation, agent_id)
    changed(work, conversation, *messages)


def ask_before_interrupting(work: Work, conversation: Conversation, agent_id: int) -> None:
    """Raise ColleagueAnswers when somebody else answers this customer."""
    other = conversation.agent_id
    if conversation.owner != Owner.AGENT or other == agent_id:
        return
    colleague = work.get(Agent, other)
    raise ColleagueAnswers(colleague.name if colleague else "A colleague")


def retry(work: Work, *, message_id: int, agent_id: int, now: datetime) -> None:
    """Send a failed message again, really: a new attempt under the present epoch."""
    message, row, conversation = _own_words(work, message_id)
    if message.delivery != Delivery.FAILED:
        raise SendRefused("This message has not failed.")
    _queue_again(work, message, row, conversation, agent_id, now)


def settle_unknown(
    work: Work, *, message_id: int, agent_id: int, arrived: bool, now: datetime
) -> None:
    """An agent decides what nobody told us: *It arrived*, or *Send again*."""
    message, row, conversation = _own_words(work, message_id)
    if message.delivery != Delivery.UNKNOWN:
        raise SendRefused("This message is settled already.")
    if not arrived:
        _queue_again(work, message, row, conversation, agent_id, now)
        return
    row.state = OutboxState.SENT
    message.delivery, message.failure = Delivery.SENT, ""
    actor = agent_actor(agent_id)
    record(work, conversation, "send_confirmed", actor=actor, now=now, message=message.id)
    changed(work, conversation, message)


def _own_words(work: Work, message_id: int) -> tuple[Message, Outbox, Conversation]:
    message = work.get(Message, message_id)
    if message is None or message.kind != MessageKind.AGENT:
        raise NotFound("Only an agent's message can be sent again.")
    conversation = locked(work, message.conversation_id)
    row = work.exec(select(Outbox).where(col(Outbox.message_id) == message.id)).first()
    if row is None:
        raise NotFound("This message was not sent from here.")
    work.refresh(message)
    work.refresh(row)
    return message, row, conversation


def _queue_again(
    work: Work,
    message: Message,
    row: Outbox,
    conversation: Conversation,
    agent_id: int,
    now: datetime,
) -> None:
    must_speak(work, conversation.account_id)
    content = Outbound.model_validate(row.outbound).content
    check_window(channel_of(work, conversation), conversation, row.message_kind, now, content)
    check_wanted(work, conversation, content)
    row.state, row.attempts, row.due_at = OutboxState.QUEUED, 0, now
    row.epoch = conversation.epoch
    message.delivery, message.failure = Delivery.QUEUED, ""
    message.external_id = None
    actor = agent_actor(agent_id)
    record(work, conversation, "send_retried", actor=actor, now=now, message=message.id)
    changed(work, conversation, message)
    work.tell(WorkWaiting())
