"""Our accounts at the channels. Their secrets are sealed before they touch the database."""

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from pydantic import SecretStr
from sqlmodel import col, select

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    HUMAN_AGENT,
    OPT_INS,
    SHOW_OUTSIDE,
    Channel,
    Credentials,
    MenuItem,
    OptionValue,
)
from jumper_app.db import Work
from jumper_app.errors import BadInput
from jumper_app.live import SettingsChanged
from jumper_app.models import ChannelAccount, Conversation, Flow
from jumper_app.settings import settings

from .waiting import works_again

OLD_SECRET_COUNTS_FOR = timedelta(hours=24)
"""How long the app secret before the present one is accepted, after a new one was saved."""

SECRETS_KEPT = 2
"""The present app secret and the one before it, so that a rotation loses no delivery."""


@dataclass(frozen=True)
class AccountView:
    """An account as an admin sees it; no secret is part of it."""

    public_id: str
    channel: str
    external_id: str
    parent_id: str
    name: str
    address: str
    active: bool
    """False once it has been removed."""
    paused: bool
    demo: bool
    alarm: str
    flow: str
    """Public id of the flow that answers first, empty when people do."""
    flow_name: str
    options: dict[str, OptionValue]
    """Every option of the channel with the value that counts."""
    old_secret_until: datetime | None
    """Until when the app secret before the present one is accepted; None: there is none."""


@dataclass(frozen=True)
class FlowChoice:
    """A flow that may answer first."""

    public_id: str
    name: str


def flows(work: Work) -> list[FlowChoice]:
    """The flows that a channel may begin with, by name."""
    rows = work.exec(select(Flow).order_by(col(Flow.name)))
    return [FlowChoice(row.public_id, row.name) for row in rows]


def flow_id(work: Work, public_id: str) -> int | None:
    """The flow behind a choice; None for people. Raises BadInput for an unknown one."""
    if not public_id:
        return None
    row = work.exec(select(Flow).where(col(Flow.public_id) == public_id)).first()
    if row is None:
        raise BadInput("This flow no longer exists.")
    return row.id


def connect(
    work: Work,
    *,
    channel: str,
    credentials: Credentials,
    name: str,
    address: str,
    now: datetime,
    flow_id: int | None = None,
    demo: bool = False,
) -> ChannelAccount:
    """Connect an account, or give a connected one new secrets and another flow."""
    account = find(work, channel, credentials.external_id)
    if account is None:
        account = ChannelAccount(
            channel=channel,
            external_id=credentials.external_id,
            name=name,
            sealed=b"",
            demo=demo,
            created_at=now,
        )
        work.add(account)
    account.parent_id, account.name = credentials.parent_id, name
    account.address = address
    works_again(work, account)
    account.active, account.removed_at = True, None
    account.flow_id = flow_id
    keep_secrets(account, credentials, now)
    work.flush()
    work.tell(SettingsChanged())
    return account


def find(work: Work, channel: str, external_id: str) -> ChannelAccount | None:
    """The account with the provider's id, connected or removed."""
    return work.exec(
        select(ChannelAccount).where(
            col(ChannelAccount.channel) == channel, col(ChannelAccount.external_id) == external_id
        )
    ).first()


def keep_secrets(account: ChannelAccount, told: Credentials, now: datetime) -> None:
    """Seal the secrets; a replaced app secret is accepted for a while longer."""
    before = _app_secrets(account)
    newest = told.app_secrets[:1] or before[:1]
    older = [one for one in before if one not in newest]
    if older and before[:1] != newest:
        account.secret_changed_at = now
    kept = (*newest, *older)[:SECRETS_KEPT]
    account.sealed = _seal(told.model_copy(update={"app_secrets": kept}))


def _app_secrets(account: ChannelAccount) -> tuple[SecretStr, ...]:
    """The stored app secrets, the newest first; none when they cannot be opened."""
    try:
        return _open(account.sealed, account.external_id).app_secrets
    except BadInput:
        return ()


def forget_old_secrets(work: Work, now: datetime, *, account: ChannelAccount | None = None) -> int:
    """Forget replaced app secrets whose time is over; of one ``account`` at once."""
    due = col(ChannelAccount.secret_changed_at) <= now - OLD_SECRET_COUNTS_FOR
    rows = work.exec(select(ChannelAccount).where(due)).all() if account is None else [account]
    for row in rows:
        row.secret_changed_at = None
        if len(newest := _app_secrets(row)[:1]):
            opened = _open(row.sealed, row.external_id)
            row.sealed = _seal(opened.model_copy(update={"app_secrets": newest}))
    if rows:
        work.tell(SettingsChanged())
    return len(rows)


def accounts(work: Work) -> list[AccountView]:
    """All accounts in the order in which they were connected."""
    rows = work.exec(
        select(ChannelAccount, Flow)
        .outerjoin(Flow, col(Flow.id) == col(ChannelAccount.flow_id))
        .order_by(col(ChannelAccount.id))
    )
    return [_view(account, flow) for account, flow in rows]


def _view(account: ChannelAccount, flow: Flow | None) -> AccountView:
    return AccountView(
        public_id=account.public_id,
        channel=account.channel,
        external_id=account.external_id,
        parent_id=account.parent_id,
        name=account.name,
        address=account.address,
        active=account.active,
        paused=account.paused,
        demo=account.demo,
        alarm=account.alarm,
        flow=flow.public_id if flow else "",
        flow_name=flow.name if flow else "",
        options={
            each.name: option(account, each.name) for each in CHANNELS[account.channel].options
        },
        old_secret_until=_old_secret_until(account),
    )


def _old_secret_until(account: ChannelAccount) -> datetime | None:
    changed = account.secret_changed_at
    return changed + OLD_SECRET_COUNTS_FOR if changed else None


def option(account: ChannelAccount, name: str) -> OptionValue:
    """What the option of this name is set to, else the channel's default.

    An option that the channel does not have is off.
    """
    told: dict[str, OptionValue] = account.options or {}
    for each in CHANNELS[account.channel].options:
        if each.name == name:
            value = told.get(name, each.default)
            return value if isinstance(value, type(each.default)) else each.default
    return False


def as_set(account: ChannelAccount) -> Channel:
    """The channel as this account may use it: what its switches take away is gone."""
    channel = CHANNELS[account.channel]
    off = {each.name for each in channel.options if not option(account, each.name)}
    if HUMAN_AGENT in off:
        channel = _without_people(channel)
    if SHOW_OUTSIDE not in off:
        wording = channel.wording.model_copy(update={"unshown": ""})
        channel = replace(channel, wording=wording)
    if OPT_INS in off:
        menu = tuple(item for item in channel.menu if item != MenuItem.OPTIN)
        channel = replace(channel, menu=menu)
    return channel


def _without_people(channel: Channel) -> Channel:
    wording = channel.wording
    closed = wording.closed_early or wording.window_closed
    return replace(
        channel,
        window=channel.window.without_people(),
        wording=wording.model_copy(update={"window_closed": closed, "people_only": ""}),
    )


def channel_of(work: Work, conversation: Conversation) -> Channel:
    """The conversation's channel, as its account may use it."""
    return as_set(work.get_one(ChannelAccount, conversation.account_id))


def option_lines(account: ChannelAccount, name: str) -> tuple[str, ...]:
    """The entries of an option that holds one a line."""
    return tuple(filter(None, map(str.strip, str(option(account, name) or "").splitlines())))


def credentials(account: ChannelAccount) -> Credentials:
    """The account's secrets, opened. Never put them into a state or a log.

    Raises BadInput when they cannot be opened, or are forgotten since it was removed.
    """
    opened = _open(account.sealed, account.external_id)
    until = _old_secret_until(account)
    if len(opened.app_secrets) > 1 and (until is None or until <= clock.now()):
        opened = opened.model_copy(update={"app_secrets": opened.app_secrets[:1]})
    if account.demo and settings().graph_url_given is None:
        return opened.model_copy(update={"graph_url": settings().simulator_graph_url})
    return opened


def _seal(credentials: Credentials) -> bytes:
    plain = {
        "external_id": credentials.external_id,
        "parent_id": credentials.parent_id,
        "token": credentials.token.get_secret_value(),
        "app_secrets": [one.get_secret_value() for one in credentials.app_secrets],
        "verify_token": credentials.verify_token.get_secret_value(),
        "graph_url": credentials.graph_url,
    }
    return _cipher().encrypt(json.dumps(plain).encode())


@lru_cache(maxsize=256)
def _open(sealed: bytes, external_id: str) -> Credentials:
    try:
        plain = json.loads(_cipher().decrypt(sealed))
    except InvalidToken as error:
        raise BadInput(
            "The secrets of this channel were sealed with another key. Connect it again."
        ) from error
    if plain["external_id"] != external_id:
        raise BadInput("The secrets of this channel belong to another account.")
    return Credentials(
        external_id=plain["external_id"],
        parent_id=plain["parent_id"],
        token=SecretStr(plain["token"]),
        app_secrets=tuple(SecretStr(one) for one in plain["app_secrets"]),
        verify_token=SecretStr(plain["verify_token"]),
        graph_url=plain["graph_url"],
    )


def _cipher() -> Fernet:
    """Fernet wants 32 bytes; the installation's secret may be of any length."""
    secret = settings().secret_key.get_secret_value().encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"channel secrets" + secret).digest()))
