"""WhatsApp as its customers and the app see it."""

import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import phonenumbers
from starlette.routing import Route

from jumper_app.channels.contract import Identity, IdentityKind
from jumper_app.errors import NotFound
from jumper_app.simulator import words
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.network import Newcomer, Said, nothing
from jumper_app.simulator.rows import Phone, Request
from jumper_app.simulator.whatsapp.config import CHANNEL, Numbers
from jumper_app.simulator.whatsapp.desk import Desk
from jumper_app.simulator.whatsapp.edges import Edges
from jumper_app.simulator.whatsapp.handset import WhatsAppPhone
from jumper_app.simulator.whatsapp.known import Known, known
from jumper_app.simulator.whatsapp.templates import Templates
from jumper_app.simulator.whatsapp.wamid import Ids

NUMBER = re.compile(r"[1-9]\d{6,14}")
"""Digits of a number with its country code. Source: ITU-T E.164."""
USERNAME = re.compile(r"[A-Za-z0-9._]{3,30}")
SOMEWHERE = "US"
"""The country in the BSUID of somebody whose number says nothing."""


class WhatsApp:
    """Implements ``network.Network`` for some business numbers."""

    key = CHANNEL

    def __init__(self, ground: Ground, numbers: Numbers) -> None:
        self._ground = ground
        self._numbers = numbers
        self._ids = Ids()
        self.templates = Templates(ground, numbers)
        self.desk = Desk(ground, numbers, self.templates, self._ids)
        self._edges = Edges(ground, numbers, self.desk, self.templates)

    def routes(self) -> list[Route]:
        return self._edges.routes()

    def owner(self) -> Edges:
        return self._edges

    def phone(self, key: str, account: str = "") -> WhatsAppPhone:
        number = self._numbers.number(account or self._numbers.numbers[0].phone_number_id)
        if number is None:
            raise NotFound("There is no such business number.")
        return WhatsAppPhone(key, number, self.templates, self._ground, self._edges, self._ids)

    def running(self) -> AbstractAsyncContextManager[None]:
        return nothing()

    # --- people

    def meet(self, name: str, who: Known) -> Phone:
        """A phone with these names; one that exists keeps its state."""
        return self._ground.store.add_phone(who.key, self.key, name, who.facts())

    def problem(self, newcomer: Newcomer) -> str:
        others = [known(phone) for phone in self._ground.store.phones() if phone.channel == CHANNEL]
        if newcomer.way == "number":
            if not NUMBER.fullmatch(_digits(newcomer)):
                return words.NEEDS_NUMBER
            taken = any(one.wa_id == _digits(newcomer) for one in others)
            return words.TAKEN_NUMBER if taken else ""
        if not USERNAME.fullmatch(_username(newcomer)):
            return words.NEEDS_USERNAME
        taken = any(one.username.removeprefix("@") == _username(newcomer) for one in others)
        return words.TAKEN_USERNAME if taken else ""

    def add(self, newcomer: Newcomer) -> Phone:
        bsuid = f"{_country(newcomer)}.{10**16 + secrets.randbelow(9 * 10**16)}"
        if newcomer.way == "username":
            who = Known(bsuid=bsuid, username=_username(newcomer), hides_number=True)
        else:
            who = Known(wa_id=_digits(newcomer), bsuid=bsuid)
        return self.meet(newcomer.name, who)

    def acquaint(self, name: str, identities: Sequence[Identity], username: str = "") -> Phone:
        names = {one.kind: one.value for one in identities}
        wa_id = names.get(IdentityKind.WA_ID, "")
        bsuid = names.get(IdentityKind.BSUID, "")
        return self.meet(name, Known(wa_id, bsuid, username, hides_number=not wa_id))

    def text(self, words: str) -> dict[str, Any]:
        return {"body": words}

    def about(self, phone: Phone) -> str:
        who = known(phone)
        if who.shows_number:
            return _international(who.wa_id)
        username = who.username.removeprefix("@")
        return f"@{username} · {words.NUMBER_HIDDEN}" if username else words.NUMBER_HIDDEN

    # --- the ledger

    def said(self, line: Request) -> Said:
        to = str(line.body.get("to") or line.body.get("recipient") or "").removeprefix("+")
        kind = str(line.body.get("type", "text"))
        content = line.body.get(kind)
        inner = content.get("body") or content.get("name") if isinstance(content, dict) else None
        text = inner.get("text") if isinstance(inner, dict) else inner
        found = next((phone.name for phone in self._called(to)), to)
        return Said(found, text if isinstance(text, str) else words.KINDS.get(kind, kind))

    def _called(self, name: str) -> Iterator[Phone]:
        for phone in self._ground.store.phones():
            if phone.channel == CHANNEL and name in {known(phone).wa_id, known(phone).bsuid}:
                yield phone


def _international(digits: str) -> str:
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return f"+{digits}"
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _digits(newcomer: Newcomer) -> str:
    return re.sub(r"[\s()+./-]", "", newcomer.told)


def _username(newcomer: Newcomer) -> str:
    return newcomer.told.strip().removeprefix("@")


def _country(newcomer: Newcomer) -> str:
    """The country that a BSUID begins with."""
    if newcomer.way == "username":
        return SOMEWHERE
    try:
        number = phonenumbers.parse(f"+{_digits(newcomer)}")
    except phonenumbers.NumberParseException:
        return SOMEWHERE
    region = phonenumbers.region_code_for_number(number)
    return region if region and region.isalpha() else SOMEWHERE
