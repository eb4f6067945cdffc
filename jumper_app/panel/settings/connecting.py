"""Connecting a number: what the form must hold, asking the provider, storing it."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, SecretStr
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Credentials
from jumper_app.channels.whatsapp import WHATSAPP
from jumper_app.conversations import accounts
from jumper_app.db import Work
from jumper_app.errors import SendFailed
from jumper_app.models import ChannelAccount
from jumper_app.panel.arguments import Form
from jumper_app.settings import settings

from . import words

CHANNEL = WHATSAPP.key
"""The channel that this form connects."""

Line = Annotated[str, Field(max_length=400)]
Secret = Annotated[str, Field(max_length=1000, repr=False)]


class NumberForm(Form):
    """What an admin writes down about a WhatsApp number. Empty secrets keep the stored ones."""

    name: Line
    address: Line
    phone_id: Line
    waba_id: Line
    token: Secret
    app_secret: Secret
    verify_token: Secret
    flow: Line
    """Public id of the flow that answers first; empty: people do."""


def problems(form: NumberForm, stored: Credentials | None) -> dict[str, str]:
    """What is wrong with the form, by field. ``stored``: what is known of the number already."""
    found = dict.fromkeys(_empty(form, stored), words.REQUIRED)
    for name in ("phone_id", "waba_id"):
        if name not in found and not getattr(form, name).strip().isdecimal():
            found[name] = words.DIGITS_ONLY
    for name, most in (("name", 120), ("address", 64), ("phone_id", 64), ("waba_id", 64)):
        if len(getattr(form, name).strip()) > most:
            found[name] = words.TOO_LONG
    return found


def _empty(form: NumberForm, stored: Credentials | None) -> list[str]:
    needed = ["name", "phone_id", "waba_id"]
    if stored is None:
        needed += ["token", "app_secret", "verify_token"]
    return [name for name in needed if not getattr(form, name).strip()]


def stored_credentials(work: Work, phone_id: str) -> Credentials | None:
    """The secrets of a number that is connected already."""
    account = work.exec(
        select(ChannelAccount).where(
            col(ChannelAccount.channel) == CHANNEL,
            col(ChannelAccount.external_id) == phone_id.strip(),
        )
    ).first()
    return accounts.credentials(account) if account else None


def credentials_of(form: NumberForm, stored: Credentials | None) -> Credentials:
    """The form's secrets, with the stored ones where it is empty."""
    old = stored or Credentials(external_id=form.phone_id.strip())
    return Credentials(
        external_id=form.phone_id.strip(),
        parent_id=form.waba_id.strip(),
        token=_newer(form.token, old.token),
        app_secrets=_secrets(form.app_secret.strip(), old),
        verify_token=_newer(form.verify_token, old.verify_token),
        graph_url=old.graph_url,
    )


def _newer(written: str, stored: SecretStr) -> SecretStr:
    return SecretStr(written.strip()) if written.strip() else stored


def _secrets(written: str, old: Credentials) -> tuple[SecretStr, ...]:
    if not written:
        return old.app_secrets
    return (SecretStr(written),)


async def ask_provider(credentials: Credentials) -> str:
    """The name under which the provider knows the number. Raises ``SendFailed`` members."""
    here = settings()
    door = CHANNELS[CHANNEL].door(credentials.graph_url or here.graph_url, here.graph_version)
    callback = f"{here.public_url}/webhooks/{CHANNEL}"
    try:
        told = await door.check(credentials, callback=callback)
        return f"{told.name} ({told.address})" if told.name and told.address else told.name
    finally:
        await door.aclose()


async def refusal(credentials: Credentials) -> str:
    """Why the provider refuses these secrets; empty when it does not, or does not answer."""
    try:
        await ask_provider(credentials)
    except SendFailed as failure:
        return "" if failure.retryable or failure.maybe_sent else failure.for_agent
    return ""


def store(work: Work, form: NumberForm, credentials: Credentials, now: datetime) -> None:
    """Connect the number, or give a connected one what the form says."""
    accounts.connect(
        work,
        channel=CHANNEL,
        credentials=credentials,
        name=form.name.strip(),
        address=form.address.strip(),
        now=now,
        flow_id=accounts.flow_id(work, form.flow),
    )
