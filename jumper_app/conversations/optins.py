"""Leave to write later: asked for, given, taken back."""

from collections.abc import Iterable
from datetime import datetime

from jumper_app.channels.contract import OPT_IN_FORM, OptIn, OptInForm, OutOptIn
from jumper_app.db import Work
from jumper_app.models import Agent, ChannelAccount, Conversation, OptInRow

from .accounts import option
from .contacts import conversation_with
from .log import CUSTOMER, add_status, agent_actor, changed, stored
from .messages import known
from .sealing import seal

TOKENS = "opt-in tokens"
"""What the tokens are sealed for."""


def form_of(account: ChannelAccount) -> OptInForm:
    """What a request through this account asks for."""
    return "one_time" if option(account, OPT_IN_FORM) == "one_time" else "recurring"


def note_request(
    work: Work, conversation: Conversation, agent_id: int, asked: OutOptIn, now: datetime
) -> None:
    """Say in the thread that an agent asked."""
    line = add_status(
        work,
        conversation,
        "opt_in_requested",
        actor=agent_actor(agent_id),
        now=now,
        by=work.get_one(Agent, agent_id).name,
        asked=asked.form,
        title=asked.title,
    )
    changed(work, conversation, line)


def take_opt_in(work: Work, account: ChannelAccount, opt_in: OptIn, now: datetime) -> None:
    """Keep it with its token sealed, and say so once. It opens no reply window."""
    conversation = conversation_with(work, account, opt_in.person, opt_in.at, now)
    if known(work, account, opt_in.external_id):
        return
    work.add(_row(account, conversation, opt_in))
    line = add_status(
        work,
        conversation,
        f"opt_in_{opt_in.state}",
        actor=CUSTOMER,
        now=now,
        at=opt_in.at,
        external_id=opt_in.external_id,
        asked=opt_in.kind,
        title=opt_in.title or opt_in.payload,
    )
    changed(work, conversation, line)


def tokens_in(items: Iterable[object]) -> list[str]:
    """The secrets that a delivery brings."""
    told = [item.token.get_secret_value() for item in items if isinstance(item, OptIn)]
    return [token for token in told if token]


def _row(account: ChannelAccount, conversation: Conversation, opt_in: OptIn) -> OptInRow:
    return OptInRow(
        account_id=stored(account.id),
        contact_id=conversation.contact_id,
        external_id=opt_in.external_id,
        kind=opt_in.kind,
        state=opt_in.state,
        title=opt_in.title,
        payload=opt_in.payload,
        sealed=seal(opt_in.token, TOKENS),
        expires_at=opt_in.expires_at,
        at=opt_in.at,
    )
