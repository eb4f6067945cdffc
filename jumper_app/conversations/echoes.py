"""What was sent in our name: our own messages coming back, or another tool's.

Another tool's words, a colleague's in the provider's own inbox for instance, silence the
bot. They are shown only where the account's switch says so.
"""

from datetime import datetime

from sqlmodel import col, select

from jumper_app.channels.contract import SHOW_OUTSIDE, Echo
from jumper_app.db import Work
from jumper_app.models import (
    ChannelAccount,
    ContactIdentity,
    Conversation,
    Delivery,
    Echoed,
    Message,
    MessageKind,
    Outbox,
    OutboxState,
    Owner,
)

from .accounts import option
from .contacts import conversation_known, conversation_with
from .latest import show_as_latest
from .log import SYSTEM, add_status, changed, record, stored
from .messages import keep_media, words
from .receipts import cover, heed_refusal, settle
from .spoken_of import apply_earlier_amendments
from .takeover import hand_to, silence_bot


def hear_echo(work: Work, account: ChannelAccount, echo: Echo, now: datetime) -> None:
    """Settle our own send by its echo; heed what another tool sent."""
    here = _message(work, account, echo)
    ours = here or _ours(work, account, echo)
    outside = ours is None or ours.elsewhere
    first_time = _keep(work, account, echo, outside=outside)
    if ours is None:
        if first_time:
            _heed(work, account, echo, now)
    elif not ours.elsewhere:
        _settle(work, ours, echo, now)


def _keep(work: Work, account: ChannelAccount, echo: Echo, *, outside: bool) -> bool:
    """Note that it came, and when the provider dates it. False: it had come before."""
    known = select(Echoed.id).where(
        col(Echoed.account_id) == account.id, col(Echoed.external_id) == echo.external_id
    )
    if work.exec(known).first() is not None:
        return False
    name = echo.recipient.identities[0]
    work.add(
        Echoed(
            account_id=stored(account.id),
            external_id=echo.external_id,
            kind=name.kind,
            value=name.value,
            at=echo.sent_at,
            outside=outside and not echo.historical,
        )
    )
    work.flush()
    return True


def _message(work: Work, account: ChannelAccount, echo: Echo) -> Message | None:
    return work.exec(
        select(Message).where(
            col(Message.account_id) == account.id, col(Message.external_id) == echo.external_id
        )
    ).first()


def _ours(work: Work, account: ChannelAccount, echo: Echo) -> Message | None:
    if not echo.our_reference:
        return None
    return work.exec(
        select(Message).where(
            col(Message.public_id) == echo.our_reference,
            col(Message.account_id) == account.id,
        )
    ).first()


def _settle(work: Work, ours: Message, echo: Echo, now: datetime) -> None:
    conversation = work.get_one(Conversation, ours.conversation_id, with_for_update=True)
    work.refresh(ours)
    before = (ours.delivery, ours.delivery_times, ours.external_id)
    settle(work, ours, echo.external_id, now)
    lines = heed_refusal(work, conversation, ours, now)
    if lines or before != (ours.delivery, ours.delivery_times, ours.external_id):
        record(work, conversation, "send_echoed", actor=SYSTEM, now=now, message=ours.id)
        changed(work, conversation, ours, *lines)


def _heed(work: Work, account: ChannelAccount, echo: Echo, now: datetime) -> None:
    """Somebody else speaks to the customer in our name."""
    shown: list[Message] = []
    if echo.historical or option(account, SHOW_OUTSIDE):
        conversation = conversation_with(work, account, echo.recipient, echo.sent_at, now)
        shown = _show(work, account, conversation, echo, now)
    else:
        conversation = conversation_known(work, account, echo.recipient)
    if conversation is None:
        return
    waited = conversation.waiting_since
    waits = echo.historical or _may_be_on_its_way(work, conversation, echo)
    lines = [] if waits else _answered_outside(work, conversation, echo.sent_at, now)
    if shown or lines or conversation.waiting_since != waited:
        changed(work, conversation, *shown, *lines)


def _show(
    work: Work, account: ChannelAccount, conversation: Conversation, echo: Echo, now: datetime
) -> list[Message]:
    """Store it as a line of the thread; that line, and what it tells of the window."""
    message = _store(work, account, conversation, echo, now)
    record(work, conversation, "message_echoed", actor=SYSTEM, now=now, message=message.id)
    apply_earlier_amendments(work, message)
    cover(work, message)
    show_as_latest(work, conversation, message)
    return [message, *heed_refusal(work, conversation, message, now)]


def _may_be_on_its_way(work: Work, conversation: Conversation, echo: Echo) -> bool:
    """Do the bot's own words, the very same, wait for the answer to their send?

    Then that answer tells whose they were (``heed_after_all``); until it comes nobody is
    silenced by what is most likely the bot itself.
    """
    found = (
        select(Outbox.id)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(
            col(Outbox.conversation_id) == conversation.id,
            col(Outbox.message_kind) == MessageKind.BOT,
            col(Outbox.state).in_((OutboxState.SENDING, OutboxState.UNKNOWN)),
            col(Message.external_id).is_(None),
            col(Message.text) == words(echo.content),
        )
    )
    return work.exec(found).first() is not None


def heed_after_all(
    work: Work, conversation: Conversation, row: Outbox, now: datetime
) -> list[Message]:
    """A send of the bot's has ended. Whatever came back meanwhile and is not it, somebody said."""
    if conversation.owner != Owner.BOT or row.epoch != conversation.epoch or not row.claimed_at:
        return []
    meanwhile = (
        select(Echoed.at)
        .join(
            ContactIdentity,
            (col(ContactIdentity.account_id) == col(Echoed.account_id))
            & (col(ContactIdentity.kind) == col(Echoed.kind))
            & (col(ContactIdentity.value) == col(Echoed.value)),
        )
        .where(
            col(ContactIdentity.contact_id) == conversation.contact_id,
            col(Echoed.account_id) == conversation.account_id,
            col(Echoed.outside),
            col(Echoed.at) >= row.claimed_at.replace(microsecond=0),
        )
    )
    said_at = work.exec(meanwhile).first()
    return _answered_outside(work, conversation, said_at, now) if said_at else []


def _answered_outside(
    work: Work, conversation: Conversation, said_at: datetime, now: datetime
) -> list[Message]:
    """Nobody waits any more, and the bot falls silent."""
    since = conversation.waiting_since
    if since is not None and since <= said_at:
        conversation.waiting_since = None
    if conversation.owner != Owner.BOT:
        return []
    hand_to(conversation, None)
    silenced, on_the_way = silence_bot(work, conversation, now)
    line = add_status(
        work, conversation, "answered_outside", actor=SYSTEM, now=now, on_the_way=on_the_way
    )
    return [*silenced, line]


def _store(
    work: Work, account: ChannelAccount, conversation: Conversation, echo: Echo, now: datetime
) -> Message:
    message = Message(
        conversation_id=stored(conversation.id),
        account_id=stored(account.id),
        kind=MessageKind.AGENT,
        external_id=echo.external_id,
        at=echo.sent_at,
        order=echo.external_id,
        text=words(echo.content),
        content=echo.content.model_dump(mode="json"),
        quotes=echo.quotes,
        delivery=Delivery.SENT,
        elsewhere=True,
        stored_at=now,
    )
    work.add(message)
    work.flush()
    keep_media(work, account, stored(message.id), echo.content, now)
    return message
