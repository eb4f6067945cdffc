"""``/settings/privacy``: the state behind it."""

from typing import Annotated, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.conversations.privacy import finding, retention
from jumper_app.conversations.privacy.finding import Customer
from jumper_app.db import database
from jumper_app.models import Role
from jumper_app.panel.access import handler, say
from jumper_app.panel.arguments import Form
from jumper_app.panel.figures import day, file_size, phone
from jumper_app.people.sessions import Who

from . import words


class KeepForm(Form):
    """For how long messages are kept, in months."""

    months: Annotated[str, Field(pattern=r"^\d{1,3}$")]


class SearchForm(Form):
    """Whom to find."""

    words: Annotated[str, Field(max_length=200)]


class CustomerRow(TypedDict):
    """Somebody whose data is kept. ``last_at``: ISO time."""

    href: str
    name: str
    channel: str
    channel_name: str
    account_name: str
    reached_at: str
    last_at: str


class PrivacyState(rx.State):
    """How long messages are kept, and the search for a customer."""

    loaded: bool = False
    months: str = "0"
    """As it is now."""
    chosen: str = "0"
    """As it was counted for."""
    counted: str = ""
    counting: bool = False
    customers: rx.Field[list[CustomerRow]] = rx.field(default_factory=list)
    searched: bool = False

    @handler(role=Role.ADMIN)
    async def load(self, who: Who) -> None:
        """Show the present choice, and nobody."""
        self.reset()
        self.months = str(await database().ask(retention.months_kept))
        self.chosen, self.loaded = self.months, True

    @handler(role=Role.ADMIN)
    async def choose(self, who: Who, months: Annotated[str, Field(pattern=r"^\d{1,3}$")]):
        """Count what a choice would delete; for ever deletes nothing."""
        self.chosen, self.counted = months, ""
        if not int(months):
            return
        self.counting = True
        yield
        try:
            self.counted = await _count(int(months))
        finally:
            self.counting = False

    @handler(role=Role.ADMIN)
    async def keep(self, who: Who, form: KeepForm):
        """Keep the choice; what is older is deleted from now on."""
        months = int(form.months)
        if months and form.months != self.chosen:
            return PrivacyState.choose(form.months)
        await database().run(retention.keep_for, months)
        self.months, self.chosen, self.counted = str(months), str(months), ""
        return say(words.saved(months), "success")

    @handler(role=Role.ADMIN, rate="60/minute")
    async def search(self, who: Who, form: SearchForm) -> None:
        """Find customers."""
        found = await database().ask(finding.find, form.words)
        self.customers, self.searched = [customer_row(one) for one in found], True


async def _count(months: int) -> str:
    cutoff = retention.months_before(clock.now(), months)
    found = await database().ask(retention.older_than, cutoff)
    if not found.messages:
        return words.NOTHING_OLDER
    return words.found(found.messages, found.files, file_size(found.bytes), day(cutoff))


def customer_row(one: Customer) -> CustomerRow:
    """A customer as the pages draw one."""
    return CustomerRow(
        href=f"/settings/privacy/{one.conversation}",
        name=one.name,
        channel=one.channel,
        channel_name=one.channel_name,
        account_name=one.account_name,
        reached_at=phone(one.reached_at),
        last_at=one.last_activity_at.isoformat(),
    )
