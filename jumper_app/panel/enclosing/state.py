"""The dialogs for what is no file: what was typed, what is wrong with it, and the sending."""

import secrets
from dataclasses import dataclass
from typing import Annotated, Literal, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    ContactCard,
    OptInForm,
    OutboundContent,
    OutContacts,
    OutLocation,
    OutOptIn,
)
from jumper_app.conversations import cards, places, replies
from jumper_app.conversations.optins import form_of
from jumper_app.conversations.saying import Beside
from jumper_app.db import Work, database
from jumper_app.errors import BadInput, Refused
from jumper_app.models import ChannelAccount, Conversation
from jumper_app.panel.access import handler
from jumper_app.panel.arguments import Form
from jumper_app.panel.thread.reading import conversation_behind
from jumper_app.panel.thread.state import ThreadState
from jumper_app.people.sessions import Who

from . import words

Item = Literal["location", "contact", "optin"]
Line = Annotated[str, Field(max_length=1000)]


class PlaceForm(Form):
    """A place as it is typed."""

    pasted: Annotated[str, Field(max_length=places.LONGEST)] = ""
    latitude: Line
    longitude: Line
    name: Line
    address: Line


class CardForm(Form):
    """A contact as it is typed."""

    name: Line
    phone: Line
    email: Line
    organisation: Line


class RequestForm(Form):
    """A request to be allowed to write later, as it is typed."""

    title: Line


class RequestRow(TypedDict):
    """What the request will look like.

    ``most``: characters of its title; ``left``: of them, in words as ``count``.
    """

    title: str
    button: str
    left: int
    count: str
    most: int


class PlaceRow(TypedDict):
    """What a pasted link filled in. ``times``: how often one has."""

    latitude: str
    longitude: str
    name: str
    times: int


NO_REQUEST = RequestRow(title="", button="", left=0, count="", most=0)
NO_PLACE = PlaceRow(latitude="", longitude="", name="", times=0)

FOCUS_ON_FAULT = rx.run_script(
    "requestAnimationFrame(() => document.querySelector('form [aria-invalid=true]')?.focus())"
)


class EnclosingState(rx.State):
    """One browser's dialog. Whatever is sent goes under the key that it was opened with."""

    item: str = ""
    """Which dialog is open; empty for none."""
    errors: dict[str, str] = {}
    """What is wrong, by field."""
    problem: str = ""
    """What is wrong with the whole."""
    asked: str = ""
    """A colleague answers this customer: what the agent has been told about that."""
    phone_hint: str = ""
    place: PlaceRow = NO_PLACE
    request: RequestRow = NO_REQUEST

    _conversation: str = ""
    _key: str = ""
    _country: str = ""
    """Where a number without a country code is dialled."""
    _form: OptInForm = "recurring"
    """What a request asks for."""

    @handler()
    async def begin(self, who: Who, conversation: str, item: Item) -> None:
        """Open a dialog for a conversation."""
        account = await database().ask(_account, conversation)
        self._country = cards.country_of(account.address)
        self._form = form_of(account)
        most = CHANNELS[account.channel].limits.opt_in_title
        self.request = _drawn("", words.LEAVE[self._form], most)
        self._conversation, self._key = conversation, secrets.token_hex(16)
        self.errors, self.problem, self.asked = {}, "", ""
        self.place = NO_PLACE
        self.item, self.phone_hint = item, words.phone_hint(self._country)

    @handler()
    async def close(self, who: Who) -> None:
        """Send nothing."""
        self.item = ""

    @handler()
    async def show(self, who: Who, shown: bool) -> None:
        """The dialog asks to be closed: by Escape, or by a click beside it."""
        if not shown:
            self.item = ""

    @handler(rate="240/minute")
    async def read_link(
        self, who: Who, pasted: Annotated[str, Field(max_length=places.LONGEST)]
    ) -> None:
        """Fill in the place that a pasted link names."""
        self.errors = {}
        if not pasted.strip():
            return
        try:
            place = places.read_place(pasted)
        except BadInput as refusal:
            self.errors = {"pasted": refusal.for_agent}
        else:
            self.place = PlaceRow(
                latitude=_short(place.latitude),
                longitude=_short(place.longitude),
                name=place.name,
                times=self.place["times"] + 1,
            )

    @handler()
    async def send_place(self, who: Who, form: PlaceForm) -> rx.event.EventSpec | None:
        """Send a location."""
        latitude = places.degrees(form.latitude, 90)
        longitude = places.degrees(form.longitude, 180)
        faults = {
            "latitude": words.LATITUDE_FAULT if latitude is None else "",
            "longitude": words.LONGITUDE_FAULT if longitude is None else "",
        }
        self.errors = {name: fault for name, fault in faults.items() if fault}
        if latitude is None or longitude is None:
            return FOCUS_ON_FAULT
        place = OutLocation(
            latitude=latitude,
            longitude=longitude,
            name=form.name.strip(),
            address=form.address.strip(),
        )
        await self._send(who, place)
        return None

    @handler()
    async def send_card(self, who: Who, form: CardForm) -> rx.event.EventSpec | None:
        """Send a contact."""
        phone = cards.e164(form.phone, self._country)
        card = ContactCard(
            name=form.name.strip()[: cards.LONGEST],
            phones=(phone,) if phone else (),
            emails=(form.email.strip(),) if form.email.strip() else (),
            organisation=form.organisation.strip()[: cards.LONGEST],
        )
        self.errors = cards.faults(card)
        if self.errors:
            return FOCUS_ON_FAULT
        await self._send(who, OutContacts(cards=(card,)))
        return None

    @handler(rate="240/minute")
    async def preview_request(
        self, who: Who, title: Annotated[str, Field(max_length=1000)]
    ) -> None:
        """Draw the request as it will be read."""
        self.errors = {}
        self.request = _drawn(title.strip(), self.request["button"], self.request["most"])

    @handler()
    async def send_request(self, who: Who, form: RequestForm) -> rx.event.EventSpec | None:
        """Ask the customer for leave to write later."""
        title, most = form.title.strip(), self.request["most"]
        fault = words.NO_TITLE if not title else words.too_long(len(title) - most)
        self.errors = {"title": fault} if fault else {}
        if fault:
            return FOCUS_ON_FAULT
        await self._send(who, OutOptIn(form=self._form, title=title, payload=title))
        return None

    async def _send(self, who: Who, content: OutboundContent) -> None:
        """Hand it in under the dialog's key; close the dialog when it is stored."""
        self.problem = ""
        sent = _Sent(self._conversation, who.id, content, self._key, bool(self.asked))
        try:
            await database().run(_reply, sent)
        except replies.ColleagueAnswers as refusal:
            self.asked = words.asked(refusal.colleague)
        except Refused as refusal:
            self.problem = refusal.for_agent
        else:
            self.item = ""
            (await self.get_state(ThreadState))._sent()


@dataclass(frozen=True)
class _Sent:
    conversation: str
    agent_id: int
    content: OutboundContent
    key: str
    even_if_colleague: bool


def _drawn(title: str, button: str, most: int) -> RequestRow:
    left = most - len(title)
    count = words.too_long(-left) or words.left(left)
    return RequestRow(title=title, button=button, left=left, count=count, most=most)


def _short(degrees: float) -> str:
    """Six decimals are a hand's breadth."""
    return f"{degrees:.6f}".rstrip("0").rstrip(".")


def _reply(work: Work, sent: _Sent) -> replies.Reply:
    return replies.reply(
        work,
        conversation_id=conversation_behind(work, sent.conversation),
        agent_id=sent.agent_id,
        text="",
        beside=Beside(other=sent.content),
        client_key=sent.key,
        even_if_colleague=sent.even_if_colleague,
        now=clock.now(),
    )


def _account(work: Work, conversation: str) -> ChannelAccount:
    row = work.get_one(Conversation, conversation_behind(work, conversation))
    return work.get_one(ChannelAccount, row.account_id)
