"""``/settings/channels/<id>``: the state behind one account's page."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

import reflex as rx

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Channel
from jumper_app.conversations import accounts, health, standing, waiting
from jumper_app.conversations.accounts import AccountView, FlowChoice
from jumper_app.conversations.health import Health
from jumper_app.db import Work, database
from jumper_app.errors import JumperError, NotFound
from jumper_app.live import Listener, LiveEvent, SettingsChanged
from jumper_app.models import Role
from jumper_app.panel.access import handler, say, session_token, still_signed_in
from jumper_app.panel.keeping_up import caught_up, keep_up
from jumper_app.panel.put import put
from jumper_app.people.sessions import Who
from jumper_app.settings import settings

from . import asking, filling, words
from .figures import HealthRow, health_row, iso, told_rows
from .filling import FromBrowser
from .rows import (
    AccountRow,
    ChoiceRow,
    FieldRow,
    FindingRow,
    OptionRow,
    ShownRow,
    account_row,
    field_row,
    finding_row,
    flow_rows,
    option_row,
)

LOOKS_AGAIN_S = 10.0
"""How often the figures are read again while the page is open."""


class SecretRow(TypedDict):
    """A secret that can be replaced. ``made_here``: by a random one of ours."""

    field: FieldRow
    made_here: bool


@dataclass(frozen=True)
class Seen:
    """What was read of an account."""

    account: AccountView
    health: Health
    flows: list[FlowChoice]

    @property
    def channel(self) -> Channel:
        return CHANNELS[self.account.channel]


NOBODY = AccountRow(
    id="", href="", channel="", channel_name="", name="", address="", standing="good",
    standing_name="", demo=False, alarm="", first="",
)  # fmt: skip


class ChannelState(rx.State):
    """One account: how it is doing, what is set, its secrets, its end."""

    missing: bool = False
    account: AccountRow = NOBODY
    flow: str = ""
    flows: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    options: rx.Field[list[OptionRow]] = rx.field(default_factory=list)
    health: rx.Field[HealthRow] = rx.field(default_factory=HealthRow)
    findings: rx.Field[list[FindingRow]] = rx.field(default_factory=list)
    news: rx.Field[list[FindingRow]] = rx.field(default_factory=list)
    secrets: rx.Field[list[FieldRow]] = rx.field(default_factory=list)
    made: rx.Field[list[FieldRow]] = rx.field(default_factory=list)
    """Secrets of our own making; they are made anew instead of being typed."""
    shown: rx.Field[list[ShownRow]] = rx.field(default_factory=list)
    old_secret_until: str = ""
    callback: str = ""
    callback_steps: rx.Field[list[str]] = rx.field(default_factory=list)
    snippet: str = ""
    snippet_help: str = ""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    failed: str = ""
    asking: bool = False
    removing: bool = False
    saved: int = 0
    """Grows with every change that was stored, so that the forms show it."""

    @handler(role=Role.ADMIN, background=True, supersedes=True)
    async def watch(self, who: Who) -> None:
        """Show the account, and again whenever something changed, until the page is left."""
        async with self:
            public_id, token = (
                self.router.url.path.rstrip("/").rpartition("/")[2],
                session_token(self),
            )
            self.reset()
        with database().hub.listening(_is_settings) as ear:
            await keep_up(self, partial(self._follow, public_id, token, ear))

    async def _follow(self, public_id: str, token: str, ear: Listener) -> None:
        while True:
            seen = await database().ask(_look, public_id, token)
            async with self:
                self._show(seen)
                await caught_up(self)
            if seen is None:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOKS_AGAIN_S):
                    await ear.drain()

    def _show(self, seen: Seen | None) -> None:
        if seen is None:
            put(self, missing=True)
            return
        account, channel = seen.account, seen.channel
        report = seen.health.report
        put(
            self,
            account=account_row(account, works=report.works if report else True),
            flow=account.flow,
            flows=flow_rows(seen.flows),
            options=[option_row(each, account.options[each.name]) for each in channel.options],
            health=health_row(seen.health),
            findings=[finding_row(each) for each in (report.findings if report else ())],
            news=told_rows(seen.health.news),
            old_secret_until=iso(account.old_secret_until),
        )
        self._show_channel(channel, account)

    def _show_channel(self, channel: Channel, account: AccountView) -> None:
        secret = [each for each in channel.form if each.kind == "secret"]
        key = account.external_id
        put(
            self,
            secrets=[field_row(each) for each in secret if not each.made_here],
            made=[field_row(each) for each in secret if each.made_here],
            callback=asking.callback_of(channel.key) if channel.setup.callback else "",
            callback_steps=list(channel.setup.callback),
            snippet=words.filled_in(channel.setup.snippet, settings().public_url, key),
            snippet_help=channel.setup.snippet_help,
        )

    @handler(role=Role.ADMIN, rate="20/minute")
    async def test(self, who: Who):
        """Ask the provider how the account stands."""
        self.failed, self.asking = "", True
        yield
        try:
            await asking.ask_about(self.account["id"], clock.now())
        except JumperError as error:
            self.failed = words.UNREACHED if error.retryable else error.for_agent
        finally:
            self.asking = False

    @handler(role=Role.ADMIN, rate="10/minute")
    async def subscribe(self, who: Who):
        """Have the account's webhooks posted to us, then look again."""
        await asking.subscribe(self.account["id"])
        return ChannelState.test

    @handler(role=Role.ADMIN)
    async def pause(self, who: Who):
        """Let nothing leave."""
        await database().run(standing.pause, self.account["id"])
        return say(words.PAUSED_NOW, "info")

    @handler(role=Role.ADMIN)
    async def resume(self, who: Who):
        """Let what waits leave."""
        await database().run(standing.resume, self.account["id"])
        return say(words.RESUMED_NOW, "success")

    @handler(role=Role.ADMIN, rate="20/minute")
    async def try_now(self, who: Who):
        """Let one message of a stopped channel be tried at once."""
        await database().run(waiting.try_now, self.account["id"], clock.now())
        return say(words.TRIED_NOW, "info")

    @handler(role=Role.ADMIN, rate="30/minute")
    async def save(self, who: Who, form: FromBrowser):
        """Keep the name, who answers first, and the options."""
        channel = CHANNELS.get(self.account["channel"])
        if channel is None:
            raise NotFound
        options, self.errors = filling.options_of(channel, form)
        if not form.get("name", "").strip():
            self.errors = {**self.errors, "name": words.REQUIRED}
        if self.errors:
            return None
        name, flow = form["name"], form.get("flow", "")
        await database().run(asking.change, self.account["id"], name, flow, options)
        self.saved += 1
        return say(words.SAVED, "success")

    @handler(role=Role.ADMIN, rate="20/minute")
    async def renew(self, who: Who, form: FromBrowser):
        """Replace the secrets that were filled in, if the provider accepts the new ones."""
        channel = CHANNELS.get(self.account["channel"])
        if channel is None or not any(value.strip() for value in form.values()):
            self.failed = words.NOTHING_WRITTEN
            return
        self.failed, self.asking = "", True
        yield
        try:
            self.failed = await asking.renew(self.account["id"], channel, form, clock.now())
        except JumperError as error:
            self.failed = words.UNREACHED if error.retryable else error.for_agent
        finally:
            self.asking = False
        if not self.failed:
            self.saved += 1
            yield say(words.RENEWED, "success")

    @handler(role=Role.ADMIN, rate="20/minute")
    async def make_anew(self, who: Who, name: str) -> None:
        """Make a new value for a secret of our own, and show it this once."""
        value = await database().run(asking.make_anew, self.account["id"], name, clock.now())
        label = next((each["label"] for each in self.made if each["name"] == name), "")
        self.shown = [ShownRow(name=name, label=label, value=value)]

    @handler(role=Role.ADMIN)
    async def forget_old(self, who: Who):
        """Accept the replaced app secret no longer."""
        await database().run(asking.forget_old, self.account["id"], clock.now())
        return say(words.OLD_FORGOTTEN, "success")

    @handler(role=Role.ADMIN)
    async def ask_to_remove(self, who: Who) -> None:
        """Ask whether it is meant."""
        self.removing, self.errors = True, {}

    @handler(role=Role.ADMIN)
    async def keep(self, who: Who) -> None:
        """It was not meant."""
        self.removing, self.errors = False, {}

    @handler(role=Role.ADMIN, rate="10/minute")
    async def remove(self, who: Who, form: FromBrowser):
        """Remove the account whose name was typed."""
        typed = form.get("typed", "")
        if typed.strip() != self.account["name"]:
            self.errors = {"typed": words.NAME_DIFFERS}
            return None
        await database().run(asking.remove, self.account["id"], typed, clock.now())
        self.removing = False
        return [say(words.removed(self.account["name"]), "info"), rx.redirect("/settings/channels")]


def _is_settings(event: LiveEvent) -> bool:
    return isinstance(event, SettingsChanged)


def _look(work: Work, public_id: str, token: str) -> Seen | None:
    """Read the account for whoever is signed in still, as an admin; None when there is none."""
    still_signed_in(work, token).must_be(Role.ADMIN)
    found = [each for each in accounts.accounts(work) if each.public_id == public_id]
    if not found:
        return None
    return Seen(found[0], health.health(work, public_id, clock.now()), accounts.flows(work))
