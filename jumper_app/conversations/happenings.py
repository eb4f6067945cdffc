"""What happens around a conversation without a word being said: arrivals, calls, control.

Each is a status line under the provider's id, so that it is told once and stands where the
provider dates it, in whatever order things come.
"""

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from jumper_app.channels.contract import Arrival, Call, ControlChange
from jumper_app.db import Work
from jumper_app.live import WorkWaiting
from jumper_app.models import ChannelAccount, Conversation, Message, Owner, Wake

from .contacts import conversation_with
from .log import CUSTOMER, SYSTEM, add_status, changed, stored
from .messages import known
from .takeover import hand_to, silence_bot
from .window import open_window

CALL_STATES = ("began", "answered", "declined", "failed", "ended")
"""How far a call has come; of two pieces of news the later in this list says more."""


def arrive(work: Work, account: ChannelAccount, arrival: Arrival, now: datetime) -> None:
    """The customer came through a link or an advertisement: the window opens."""
    conversation = conversation_with(work, account, arrival.person, arrival.at, now)
    if known(work, account, arrival.external_id):
        return
    open_window(conversation, arrival.at)
    told = arrival.advert.model_dump(mode="json") if arrival.advert else None
    line = add_status(
        work,
        conversation,
        "arrived",
        actor=CUSTOMER,
        now=now,
        at=arrival.at,
        external_id=arrival.external_id,
        advert=told,
    )
    changed(work, conversation, line)
    by_link = arrival.advert is not None and bool(arrival.advert.ref)
    if by_link and conversation.owner == Owner.BOT and not arrival.answered_elsewhere:
        work.add(Wake(conversation_id=stored(conversation.id), message_id=stored(line.id)))
        work.tell(WorkWaiting())


def change_control(
    work: Work, account: ChannelAccount, change: ControlChange, now: datetime
) -> None:
    """Another app takes the customer or gives them to us: the bot falls silent either way."""
    conversation = conversation_with(work, account, change.person, change.at, now)
    if known(work, account, change.external_id):
        return
    silenced: list[Message] = []
    if change.kind in {"passed", "taken"} and conversation.owner == Owner.BOT:
        hand_to(conversation, None)
        silenced, _ = silence_bot(work, conversation, now)
    line = add_status(
        work,
        conversation,
        f"control_{change.kind}",
        actor=SYSTEM,
        now=now,
        at=change.at,
        external_id=change.external_id,
        other=change.other,
    )
    changed(work, conversation, *silenced, line)


def note_call(work: Work, account: ChannelAccount, call: Call, now: datetime) -> None:
    """A call is one line, whatever is told of it and in whatever order."""
    conversation = conversation_with(work, account, call.person, call.at, now)
    if call.by_customer:
        open_window(conversation, call.at)
    line = _line_of(work, account, call.external_id)
    if line is None:
        line = _begin_line(work, conversation, call, now)
    else:
        told: dict[str, Any] = line.content
        line.content = {**told, **_more_telling(told, call)}
        line.at = min(line.at, call.at)
    changed(work, conversation, line)


def _begin_line(work: Work, conversation: Conversation, call: Call, now: datetime) -> Message:
    return add_status(
        work,
        conversation,
        "call",
        actor=CUSTOMER if call.by_customer else SYSTEM,
        now=now,
        at=call.at,
        external_id=call.external_id,
        by_customer=call.by_customer,
        state=call.state,
        seconds=call.seconds,
    )


def _more_telling(told: dict[str, Any], call: Call) -> dict[str, Any]:
    states = (str(told.get("state")), call.state)
    return {
        "by_customer": bool(told.get("by_customer")) or call.by_customer,
        "state": max(states, key=CALL_STATES.index),
        "seconds": max(int(told.get("seconds") or 0), call.seconds),
    }


def _line_of(work: Work, account: ChannelAccount, external_id: str) -> Message | None:
    return work.exec(
        select(Message).where(
            col(Message.account_id) == account.id, col(Message.external_id) == external_id
        )
    ).first()
