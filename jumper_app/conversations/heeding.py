"""What a refusal says beyond "not this one": about the window, the account, its switches."""

from datetime import datetime

from jumper_app.db import Work
from jumper_app.errors import SendFailed
from jumper_app.models import ChannelAccount, Conversation, Message

from .accounts import option
from .log import SYSTEM, add_status
from .templates.shelf import ask_again
from .unwanted import note_stop
from .waiting import raise_alarm


def heed(
    work: Work, conversation: Conversation, failure: SendFailed, now: datetime
) -> list[Message]:
    """Do what a final refusal asks for; the lines that say so in the thread."""
    account = work.get_one(ChannelAccount, conversation.account_id)
    heed_account(work, account, failure, now)
    if failure.stops_marketing:
        return note_stop(work, conversation, now, now)
    if failure.switches_off and option(account, failure.switches_off):
        return [_switch_off(work, conversation, account, failure, now)]
    if failure.closes_window and conversation.window_shut_at is None:
        second = now.replace(microsecond=0)
        conversation.window_shut_at = max(second, conversation.last_heard_at or second)
        return [add_status(work, conversation, "window_refused", actor=SYSTEM, now=now)]
    return []


def heed_account(work: Work, account: ChannelAccount, failure: SendFailed, now: datetime) -> None:
    """What it says of the account and its templates, told at once or later."""
    if failure.alarming:
        raise_alarm(work, account, failure)
    if failure.templates_changed:
        ask_again(work, account.channel, account.parent_id, now)


def _switch_off(
    work: Work,
    conversation: Conversation,
    account: ChannelAccount,
    failure: SendFailed,
    now: datetime,
) -> Message:
    """What the channel does not grant is switched off; the agents see it here and in settings."""
    name = failure.switches_off
    account.options = {**(account.options or {}), name: False}
    raise_alarm(work, account, failure)
    return add_status(work, conversation, f"{name}_off", actor=SYSTEM, now=now)
