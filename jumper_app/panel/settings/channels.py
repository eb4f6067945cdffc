"""``/settings/channels``: the state behind it."""

from typing import TypedDict

import reflex as rx

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.conversations import accounts
from jumper_app.conversations.accounts import AccountView
from jumper_app.db import database
from jumper_app.errors import JumperError
from jumper_app.models import Role
from jumper_app.panel.access import handler, say
from jumper_app.panel.figures import phone
from jumper_app.people.sessions import Who
from jumper_app.settings import settings

from . import connecting, words
from .connecting import NumberForm


class AccountRow(TypedDict):
    """One connected account; no secret is part of it."""

    id: str
    channel: str
    channel_name: str
    name: str
    address: str
    external_id: str
    parent_id: str
    active: bool
    demo: bool
    alarm: str
    flow: str
    flow_name: str


class NumberRow(TypedDict):
    """What the form starts with."""

    name: str
    address: str
    phone_id: str
    waba_id: str
    flow: str


class FlowRow(TypedDict):
    """One flow that may answer first."""

    id: str
    name: str


BLANK = NumberRow(name="", address="", phone_id="", waba_id="", flow="")


class ChannelsState(rx.State):
    """The numbers that are connected, and the form for one more."""

    loaded: bool = False
    accounts: rx.Field[list[AccountRow]] = rx.field(default_factory=list)
    flows: rx.Field[list[FlowRow]] = rx.field(default_factory=list)
    callback: str = ""
    form: rx.Field[NumberRow] = rx.field(default_factory=lambda: BLANK)
    changing: bool = False
    """The form changes a connected number, whose secrets are stored."""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    worked: str = ""
    failed: str = ""
    asking: bool = False
    saved: int = 0
    """Grows with every number that was stored, so that the form starts empty again."""

    @handler(role=Role.ADMIN)
    async def load(self, who: Who) -> None:
        """Show what is connected, with an empty form."""
        self.callback = f"{settings().public_url}/webhooks/{connecting.CHANNEL}"
        await self._show_accounts()
        self._clear()

    @handler(role=Role.ADMIN)
    async def change(self, who: Who, account: str) -> None:
        """Fill the form with a connected number; its secrets stay where they are."""
        self._clear()
        for row in self.accounts:
            if row["id"] == account:
                self.changing, self.form = True, _form(row)

    @handler(role=Role.ADMIN)
    async def cancel(self, who: Who) -> None:
        """Empty the form."""
        self._clear()

    @handler(role=Role.ADMIN, rate="20/minute")
    async def test(self, who: Who, form: NumberForm):
        """Ask the provider whether the number and its token are right; store nothing."""
        stored = await database().ask(connecting.stored_credentials, form.phone_id)
        self.worked, self.failed = "", ""
        self.errors = connecting.problems(form, stored)
        if self.errors:
            return
        self.asking = True
        yield
        try:
            known = await connecting.ask_provider(connecting.credentials_of(form, stored))
            self.worked = words.connection_works(known)
        except JumperError as error:
            self.failed = words.META_SILENT if error.retryable else error.for_agent
        finally:
            self.asking = False

    @handler(role=Role.ADMIN, rate="20/minute")
    async def connect(self, who: Who, form: NumberForm):
        """Connect the number."""
        stored = await database().ask(connecting.stored_credentials, form.phone_id)
        self.worked, self.failed = "", ""
        self.errors = connecting.problems(form, stored)
        if stored and not self._changes(form):
            self.errors = {**self.errors, "phone_id": words.CONNECTED_ALREADY}
        if self.errors:
            return None
        secrets = connecting.credentials_of(form, stored)
        self.failed = await connecting.refusal(secrets)
        if self.failed:
            return None
        await database().run(connecting.store, form, secrets, clock.now())
        await self._show_accounts()
        self._clear()
        self.saved += 1
        return say(words.connected(form.name.strip()), "success")

    def _changes(self, form: NumberForm) -> bool:
        """Was the form filled by *Change* with this very number?"""
        return self.changing and self.form["phone_id"] == form.phone_id.strip()

    async def _show_accounts(self) -> None:
        self.accounts = [_row(one) for one in await database().ask(accounts.accounts)]
        flows = await database().ask(accounts.flows)
        self.flows = [FlowRow(id=one.public_id, name=one.name) for one in flows]
        self.loaded = True

    def _clear(self) -> None:
        self.form, self.changing, self.errors = BLANK, False, {}
        self.worked = self.failed = ""


def _row(account: AccountView) -> AccountRow:
    return AccountRow(
        id=account.public_id,
        channel=account.channel,
        channel_name=CHANNELS[account.channel].wording.name,
        name=account.name,
        address=phone(account.address),
        external_id=account.external_id,
        parent_id=account.parent_id,
        active=account.active,
        demo=account.demo,
        alarm=account.alarm,
        flow=account.flow,
        flow_name=account.flow_name,
    )


def _form(row: AccountRow) -> NumberRow:
    return NumberRow(
        name=row["name"],
        address=row["address"],
        phone_id=row["external_id"],
        waba_id=row["parent_id"],
        flow=row["flow"],
    )
