"""One chat of the business, as its widget needs it."""

from dataclasses import dataclass, field

from pydantic import SecretStr
from sqlmodel import col, select

from jumper_app.channels.webchat import WEBCHAT
from jumper_app.conversations.accounts import credentials, option, option_lines
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.models import ChannelAccount

from .errors import NoSuchChat


@dataclass(frozen=True)
class Chat:
    """An account of the channel with its options.

    Attributes:
        sites: Origins that may show it in a frame.
        secrets: Any of them may have signed a passport; the newest first.
    """

    account_id: int
    key: str
    name: str
    greeting: str
    colour: str
    ask_name: bool
    ask_email: bool
    show_agent: bool
    live_typing: bool
    sites: tuple[str, ...]
    secrets: tuple[SecretStr, ...] = field(repr=False)


def find_chat(work: Work, key: str) -> Chat:
    """The chat of that key. Raises NoSuchChat."""
    account = work.exec(
        select(ChannelAccount).where(
            col(ChannelAccount.channel) == WEBCHAT.key,
            col(ChannelAccount.external_id) == key,
            col(ChannelAccount.active),
        )
    ).first()
    if account is None:
        raise NoSuchChat
    return Chat(
        account_id=account.id or 0,
        key=account.external_id,
        name=account.name,
        greeting=str(option(account, "greeting")),
        colour=str(option(account, "colour")),
        ask_name=bool(option(account, "ask_name")),
        ask_email=bool(option(account, "ask_email")),
        show_agent=bool(option(account, "show_agent")),
        live_typing=bool(option(account, "live_typing")),
        sites=option_lines(account, "sites"),
        secrets=_secrets(account),
    )


def _secrets(account: ChannelAccount) -> tuple[SecretStr, ...]:
    """None when they cannot be opened: then nobody can show a passport."""
    try:
        return credentials(account).app_secrets
    except BadInput:
        return ()
