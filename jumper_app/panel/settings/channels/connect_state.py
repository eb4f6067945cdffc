"""``/settings/channels/connect/<channel>``: the state behind the steps."""

from typing import Annotated

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Channel, Report, Verdict
from jumper_app.conversations import accounts
from jumper_app.db import database
from jumper_app.errors import JumperError, NotFound, SendFailed
from jumper_app.models import Role
from jumper_app.panel.access import handler
from jumper_app.people.sessions import Who
from jumper_app.settings import settings

from . import asking, filling, words
from .filling import FromBrowser
from .rows import (
    ChoiceRow,
    FieldRow,
    FindingRow,
    OptionRow,
    ShownRow,
    StepRow,
    asked_for,
    field_row,
    finding_row,
    flow_rows,
    option_row,
    step_rows,
)

NEEDS, IDS, PASTE, TEST, FIRST, DONE = range(6)
"""The steps, in their order."""


class ConnectState(rx.State):
    """One account on its way in. What is secret stays with the browser until it is stored."""

    channel: str = ""
    channel_name: str = ""
    missing: bool = False
    """There is no such channel."""
    step: int = NEEDS
    steps: rx.Field[list[StepRow]] = rx.field(default_factory=list)
    title: str = ""
    """Of the present step."""
    summary: str = ""
    needs: rx.Field[list[str]] = rx.field(default_factory=list)
    dashboard: str = ""
    fields: rx.Field[list[FieldRow]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    failed: str = ""
    asking: bool = False
    callback: str = ""
    """Our address for the provider; empty when it posts nothing."""
    callback_steps: rx.Field[list[str]] = rx.field(default_factory=list)
    insecure: bool = False
    """The callback address is not one that a provider outside could reach."""
    snippet: str = ""
    snippet_help: str = ""
    shown: rx.Field[list[ShownRow]] = rx.field(default_factory=list)
    """Values of our own making, to be copied now or never."""
    findings: rx.Field[list[FindingRow]] = rx.field(default_factory=list)
    works: bool = False
    flows: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    options: rx.Field[list[OptionRow]] = rx.field(default_factory=list)
    name: str = ""
    address: str = ""
    account: str = ""
    """Public id of the account, once it is stored."""

    @handler(role=Role.ADMIN)
    async def load(self, who: Who) -> None:
        """Begin anew with the channel in the address."""
        key = self.router.url.path.rstrip("/").rpartition("/")[2]
        self.reset()
        self.missing = key not in CHANNELS
        if not self.missing:
            self._describe(key, CHANNELS[key])

    def _channel(self) -> Channel:
        if self.channel not in CHANNELS:
            raise NotFound
        return CHANNELS[self.channel]

    def _describe(self, key: str, channel: Channel) -> None:
        self.channel, self.channel_name = key, channel.wording.name
        self.summary, self.needs = channel.setup.summary, list(channel.setup.needs)
        self.dashboard = channel.setup.dashboard
        self.fields = [field_row(each) for each in asked_for(channel)]
        self.callback_steps = list(channel.setup.callback)
        self.callback = asking.callback_of(key) if channel.setup.callback else ""
        self.insecure = asking.is_out_of_reach(self.callback)
        self.steps = step_rows(steps_of(channel))
        self._go(self.steps[0]["step"])

    def _go(self, step: int) -> None:
        self.step = step
        self.title = next(each["label"] for each in self.steps if each["step"] == step)

    @handler(role=Role.ADMIN)
    async def go(self, who: Who, step: Annotated[int, Field(ge=NEEDS, le=DONE)]) -> None:
        """To a step that can be reached: back to those before, on once the account is stored."""
        known = {each["step"] for each in self.steps}
        allowed = range(PASTE, DONE) if self.account else range(NEEDS, PASTE)
        if step in known and step in allowed:
            self._go(step)

    @handler(role=Role.ADMIN, rate="20/minute")
    async def save(self, who: Who, form: FromBrowser):
        """Ask the provider about what was filled in, and store it if it is the admin's own."""
        channel = self._channel()
        made = {each.name: filling.made_up(each) for each in channel.form if each.made_here}
        filled = {**form, **made}
        self.failed, self.findings = "", []
        self.errors = await self._problems(channel, filled)
        if self.errors:
            return
        self.asking = True
        yield
        try:
            await self._store(channel, filled)
        except SendFailed as failure:
            self.failed = words.UNREACHED if failure.retryable else failure.for_agent
        finally:
            self.asking = False

    async def _problems(self, channel: Channel, filled: filling.Filled) -> dict[str, str]:
        found = filling.problems(channel, filled)
        external_id = filling.part(channel, filled, "external_id")
        name = next(each.name for each in channel.form if each.goes == "external_id")
        taken = await database().ask(asking.is_connected, self.channel, external_id)
        if taken and name not in found:
            found[name] = words.CONNECTED_ALREADY
        return found

    async def _store(self, channel: Channel, filled: filling.Filled) -> None:
        """Store it, unless the provider says that it is not the admin's."""
        secrets = filling.credentials_of(channel, filled)
        report = await asking.ask(self.channel, secrets)
        blocking = [each for each in report.findings if each.blocks]
        if blocking:
            self.findings = [finding_row(each) for each in blocking]
            return
        self.account = await database().run(
            asking.store, self.channel, filled, secrets, report, clock.now()
        )
        self._show_what_to_paste(channel, filled)
        await self._show_choices(channel)
        self._go(PASTE if any(each["step"] == PASTE for each in self.steps) else TEST)

    def _show_what_to_paste(self, channel: Channel, filled: filling.Filled) -> None:
        made = [each for each in channel.form if each.made_here and each.kind == "secret"]
        self.shown = [
            ShownRow(name=each.name, label=each.label, value=filled[each.name]) for each in made
        ]
        key = filling.part(channel, filled, "external_id")
        self.snippet = words.filled_in(channel.setup.snippet, settings().public_url, key)
        self.snippet_help = channel.setup.snippet_help

    async def _show_choices(self, channel: Channel) -> None:
        self.flows = flow_rows(await database().ask(accounts.flows))
        view = next(
            each
            for each in await database().ask(accounts.accounts)
            if each.public_id == self.account
        )
        self.name, self.address = view.name, view.address
        self.options = [option_row(each, view.options[each.name]) for each in channel.options]

    @handler(role=Role.ADMIN, rate="20/minute")
    async def test(self, who: Who):
        """Ask the provider what is still missing."""
        if not self.account:
            return
        self._go(TEST)
        self.failed, self.findings, self.asking = "", [], True
        yield
        try:
            self._show_report(await asking.ask_about(self.account, clock.now()))
        except JumperError as error:
            self.failed = words.UNREACHED if error.retryable else error.for_agent
        finally:
            self.asking = False

    @handler(role=Role.ADMIN, rate="10/minute")
    async def subscribe(self, who: Who):
        """Have the account's webhooks posted to us, then look again."""
        try:
            await asking.subscribe(self.account)
        except SendFailed as failure:
            self.failed = failure.for_agent
            return None
        return ConnectState.test

    def _show_report(self, report: Report) -> None:
        self.findings = [finding_row(each) for each in report.findings]
        self.works = all(each.verdict is not Verdict.BAD for each in report.findings)

    @handler(role=Role.ADMIN, rate="30/minute")
    async def finish(self, who: Who, form: FromBrowser) -> None:
        """Keep who answers first and the options; then it is done."""
        options, self.errors = filling.options_of(self._channel(), form)
        if not form.get("name", "").strip():
            self.errors = {**self.errors, "name": words.REQUIRED}
        if self.errors or not self.account:
            return
        await database().run(
            asking.change, self.account, form.get("name", ""), form.get("flow", ""), options
        )
        self.name, self.shown = form["name"].strip(), []
        self._go(DONE)


def steps_of(channel: Channel) -> dict[int, str]:
    """The steps that this channel needs, with their titles."""
    setup = channel.setup
    secret = any(each.kind == "secret" for each in asked_for(channel))
    steps = {NEEDS: words.STEP_NEEDS} if setup.needs else {}
    steps[IDS] = words.STEP_IDS if secret else words.STEP_KEY
    if setup.callback or setup.snippet:
        steps[PASTE] = words.STEP_PASTE if setup.callback else words.STEP_SNIPPET
    return {**steps, TEST: words.STEP_TEST, FIRST: words.STEP_FIRST, DONE: words.STEP_DONE}
