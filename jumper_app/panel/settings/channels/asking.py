"""Asking a provider about an account, and storing what an admin filled in."""

from collections.abc import Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from pydantic import SecretStr

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Channel, Credentials, Door, OptionValue, Report
from jumper_app.conversations import accounts, health, standing, waiting
from jumper_app.db import Work, database
from jumper_app.errors import BadInput
from jumper_app.live import SettingsChanged
from jumper_app.settings import settings

from . import words
from .filling import Filled, credentials_of, made_up, part


def callback_of(key: str) -> str:
    """Where the provider of a channel must post."""
    return f"{settings().public_url}/webhooks/{key}"


def is_out_of_reach(callback: str) -> bool:
    """Could the real provider not post there? A stand-in of the operator's own can."""
    return not callback.startswith("https://") and settings().graph_url_given is None


@asynccontextmanager
async def door_to(channel: Channel, credentials: Credentials):
    """A door of its own, closed afterwards."""
    here = settings()
    door: Door = channel.door(credentials.graph_url or here.graph_url, here.graph_version)
    try:
        yield door
    finally:
        await door.aclose()


async def ask(key: str, credentials: Credentials) -> Report:
    """What the provider says. Raises ``SendFailed`` when it cannot be reached."""
    async with door_to(CHANNELS[key], credentials) as door:
        return await door.check(credentials, callback=callback_of(key))


async def ask_about(public_id: str, now: datetime) -> Report:
    """Ask about a connected account and keep the answer."""
    key, opened = await database().ask(opened_account, public_id)
    report = await ask(key, opened)
    await database().run(health.keep_report, public_id, report, now)
    return report


async def subscribe(public_id: str) -> None:
    """Have the account's webhooks posted to us. Raises ``SendFailed``."""
    key, opened = await database().ask(opened_account, public_id)
    async with door_to(CHANNELS[key], opened) as door:
        await door.subscribe(opened)


def opened_account(work: Work, public_id: str) -> tuple[str, Credentials]:
    """The channel and the secrets of an account."""
    account = standing.account_called(work, public_id, to_change=False)
    return account.channel, accounts.credentials(account)


def is_connected(work: Work, key: str, external_id: str) -> bool:
    """Is there such an account already, and not a removed one?"""
    account = accounts.find(work, key, external_id)
    return account is not None and account.active


def store(
    work: Work, key: str, filled: Filled, credentials: Credentials, report: Report, now: datetime
) -> str:
    """Connect an account; people answer first until the admin says otherwise. Its public id."""
    channel = CHANNELS[key]
    address = part(channel, filled, "address") or report.address
    name = filled.get("name", "").strip() or report.name or channel.wording.name
    account = accounts.connect(
        work, channel=key, credentials=credentials, name=name[:120], address=address[:64], now=now
    )
    named = {field.name for field in channel.form if field.goes == "option"}
    told: dict[str, OptionValue] = {name: filled.get(name, "").strip() for name in named}
    account.options = {**(account.options or {}), **told}
    account.report, account.checked_at = report.model_dump(mode="json"), now
    return account.public_id


def change(
    work: Work, public_id: str, name: str, flow: str, options: Mapping[str, OptionValue]
) -> None:
    """Another name, someone else who answers first, other options."""
    account = standing.account_called(work, public_id)
    if not name.strip() or len(name.strip()) > 120:
        raise BadInput(words.NAME_WRONG)
    account.name, account.flow_id = name.strip(), accounts.flow_id(work, flow)
    standing.set_options(work, public_id, options)


async def renew(public_id: str, channel: Channel, filled: Filled, now: datetime) -> str:
    """Replace secrets, if the provider accepts the new ones; else why it does not."""
    _, opened = await database().ask(opened_account, public_id)
    told = credentials_of(channel, filled, opened)
    report = await ask(channel.key, told)
    refused = next((each for each in report.findings if each.blocks), None)
    if refused is not None:
        return f"{refused.title}: {refused.text}"
    await database().run(_keep, public_id, told, report, now)
    return ""


def _keep(work: Work, public_id: str, told: Credentials, report: Report, now: datetime) -> None:
    account = standing.account_called(work, public_id)
    accounts.keep_secrets(account, told, now)
    waiting.works_again(work, account)
    health.keep_report(work, public_id, report, now)


def make_anew(work: Work, public_id: str, field_name: str, now: datetime) -> str:
    """A new random value for a secret of our own making; it is told this once."""
    account = standing.account_called(work, public_id)
    channel = CHANNELS[account.channel]
    field = next((each for each in channel.form if each.name == field_name), None)
    if field is None or not field.made_here or field.goes not in {"verify_token", "app_secret"}:
        raise BadInput
    value = made_up(field)
    told = {"app_secrets": (SecretStr(value),), "verify_token": SecretStr(value)}
    part_of = "app_secrets" if field.goes == "app_secret" else "verify_token"
    opened = accounts.credentials(account).model_copy(update={part_of: told[part_of]})
    accounts.keep_secrets(account, opened, now)
    work.tell(SettingsChanged())
    return value


def forget_old(work: Work, public_id: str, now: datetime) -> None:
    """Accept the replaced app secret no longer."""
    account = standing.account_called(work, public_id)
    accounts.forget_old_secrets(work, now, account=account)


def remove(work: Work, public_id: str, typed: str, now: datetime) -> int:
    """Remove an account whose name was typed once more. Raises BadInput when it was not."""
    account = standing.account_called(work, public_id)
    if typed.strip() != account.name:
        raise BadInput(words.NAME_DIFFERS)
    return standing.remove(work, public_id, now)
