"""``/settings/privacy/<conversation>``: the state behind one customer's data."""

import asyncio
from typing import Annotated

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.conversations import listing
from jumper_app.conversations.privacy import finding
from jumper_app.conversations.privacy.deleting import unlink
from jumper_app.conversations.privacy.erasing import Erased, NameDiffers, erase
from jumper_app.db import Work, database
from jumper_app.errors import NotFound
from jumper_app.models import Role
from jumper_app.panel.access import handler, say
from jumper_app.panel.arguments import Form
from jumper_app.panel.figures import file_size
from jumper_app.people.sessions import Who

from . import words
from .state import CustomerRow, customer_row


class EraseForm(Form):
    """The customer's name, typed once more."""

    typed: Annotated[str, Field(max_length=400)]


NOBODY = CustomerRow(
    href="", name="", channel="", channel_name="", account_name="", reached_at="", last_at=""
)


class CustomerDataState(rx.State):
    """One customer: how much is kept, and the question before it is erased."""

    missing: bool = False
    conversation: str = ""
    customer: CustomerRow = NOBODY
    messages: int = 0
    files: str = ""
    asking: bool = False
    error: str = ""

    @handler(role=Role.ADMIN)
    async def load(self, who: Who) -> None:
        """Show the customer in the address."""
        public_id = self.router.url.path.rstrip("/").rpartition("/")[2]
        self.reset()
        found = await database().ask(finding.look_up, public_id)
        if found is None:
            self.missing = True
            return
        customer, amount = found
        self.conversation, self.customer = customer.conversation, customer_row(customer)
        self.messages = amount.messages
        self.files = words.files(amount.files, file_size(amount.bytes))

    @handler(role=Role.ADMIN)
    async def ask(self, who: Who) -> None:
        """Ask whether it is meant."""
        self.asking, self.error = True, ""

    @handler(role=Role.ADMIN)
    async def keep(self, who: Who) -> None:
        """It was not meant."""
        self.asking, self.error = False, ""

    @handler(role=Role.ADMIN, rate="20/minute")
    async def erase(self, who: Who, form: EraseForm):
        """Erase the customer whose name was typed, files and all."""
        try:
            gone = await database().run(_erase, self.conversation, form.typed, who.id)
        except NameDiffers:
            self.error = words.NAME_DIFFERS
            return None
        await asyncio.to_thread(unlink, gone.files)
        await asyncio.to_thread(database().leave_no_trace)
        name = self.customer["name"]
        self.reset()
        return [say(words.erased(name), "success"), rx.redirect("/settings/privacy")]


def _erase(work: Work, public_id: str, typed: str, agent_id: int) -> Erased:
    key = listing.find(work, public_id)
    if key is None:
        raise NotFound("This customer is not here any more.")
    return erase(work, conversation_id=key, typed=typed, agent_id=agent_id, now=clock.now())
