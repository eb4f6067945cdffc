"""Test data by name. Every maker takes what matters to the sentence and invents the rest."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from pydantic import SecretStr

from jumper_app.bots.library import WELCOME
from jumper_app.bots.shelf import publish
from jumper_app.channels.contract import (
    Advert,
    Amendment,
    Arrival,
    Call,
    ControlChange,
    Credentials,
    Echo,
    Identity,
    IdentityChange,
    IdentityKind,
    Inbound,
    OptIn,
    Person,
    Receipt,
    ReceiptState,
    Text,
    Watermark,
)
from jumper_app.conversations.accounts import connect
from jumper_app.conversations.inbound import Delivery
from jumper_app.db import Work
from jumper_app.models import Agent, ChannelAccount, Role
from jumper_app.people.sessions import Who

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PHONE_NUMBER_ID = "106540352242922"
WABA = "102290129340398"
PAGE_ID = "112233445566778"
APP_SECRET = "app-secret-of-the-tests"
VERIFY_TOKEN = "verify-token-of-the-tests"

_numbers = count(1)


def later(**amount: float) -> datetime:
    """Some time after noon: ``later(minutes=5)``."""
    return NOON + timedelta(**amount)


def credentials(external_id: str = PHONE_NUMBER_ID, **over: Any) -> Credentials:
    fields: dict[str, Any] = {
        "external_id": external_id,
        "parent_id": WABA,
        "token": SecretStr("token-of-the-tests"),
        "app_secrets": (SecretStr(APP_SECRET),),
        "verify_token": SecretStr(VERIFY_TOKEN),
    }
    return Credentials(**{**fields, **over})


def account(
    work: Work,
    *,
    channel: str = "whatsapp",
    bot: bool = False,
    options: dict[str, Any] | None = None,
    **over: Any,
) -> ChannelAccount:
    """A connected WhatsApp number or Messenger page; with the welcome flow if ``bot``."""
    flow = publish(work, WELCOME, NOON) if bot else None
    row = connect(
        work,
        channel=channel,
        credentials=credentials(**over),
        name="Shop",
        address="+15550783881",
        now=NOON,
        flow_id=flow.id if flow else None,
    )
    row.options = options
    return row


def page(work: Work, **over: Any) -> ChannelAccount:
    """A connected Messenger page."""
    ids: dict[str, Any] = {"external_id": PAGE_ID, "parent_id": ""}
    return account(work, channel="messenger", **(ids | over))


def agent(work: Work, name: str = "Ana", role: Role = Role.AGENT) -> Agent:
    row = Agent(
        email=f"{name.lower()}{next(_numbers)}@example.com", name=name, role=role, created_at=NOON
    )
    work.add(row)
    work.flush()
    return row


def person(wa_id: str = "16505551234", *, bsuid: str = "", name: str = "Maya Ramirez") -> Person:
    known = [Identity(kind=IdentityKind.BSUID, value=bsuid)] if bsuid else []
    known += [Identity(kind=IdentityKind.WA_ID, value=wa_id)] if wa_id else []
    return Person(identities=tuple(known), name=name, phone=f"+{wa_id}" if wa_id else "")


def fan(psid: str = "6201188743190022", *, name: str = "") -> Person:
    """A customer on Messenger, who is known by a page-scoped id."""
    return Person(identities=(Identity(kind=IdentityKind.PSID, value=psid),), name=name)


def visitor(name: str) -> Person:
    """Somebody at a web chat, who is known by their browser."""
    return Person(identities=(Identity(kind=IdentityKind.VISITOR, value=name),))


def inbound(text: str = "Hello", **over: Any) -> Inbound:
    fields: dict[str, Any] = {
        "account": PHONE_NUMBER_ID,
        "external_id": f"wamid.test{next(_numbers):06}",
        "sender": person(),
        "sent_at": NOON,
        "content": Text(text=text),
    }
    return Inbound(**{**fields, **over})


def receipt(external_id: str, state: ReceiptState, **over: Any) -> Receipt:
    fields: dict[str, Any] = {
        "account": PHONE_NUMBER_ID,
        "external_id": external_id,
        "state": state,
        "at": NOON,
    }
    return Receipt(**{**fields, **over})


def echo(text: str = "From another tool", **over: Any) -> Echo:
    fields: dict[str, Any] = {
        "account": PHONE_NUMBER_ID,
        "external_id": f"wamid.echo{next(_numbers):06}",
        "recipient": person(),
        "sent_at": NOON,
        "content": Text(text=text),
    }
    return Echo(**{**fields, **over})


def amendment(kind: str, about: str, **over: Any) -> Amendment:
    """What the customer says about a message: ``reaction``, ``edit`` or ``revoke``."""
    fields: dict[str, Any] = {
        "account": PHONE_NUMBER_ID,
        "external_id": f"wamid.about{next(_numbers):06}",
        "about": about,
        "person": person(),
        "kind": kind,
        "sent_at": later(minutes=1),
    }
    return Amendment(**{**fields, **over})


def watermark(state: ReceiptState, up_to: datetime, **over: Any) -> Watermark:
    """Delivered or read up to a moment, on Messenger."""
    fields: dict[str, Any] = {"account": PAGE_ID, "person": fan(), "state": state, "up_to": up_to}
    return Watermark(**{**fields, **over})


def arrival(**over: Any) -> Arrival:
    """The customer followed a link, on Messenger."""
    fields: dict[str, Any] = {
        "account": PAGE_ID,
        "external_id": f"referral:{next(_numbers):06}",
        "person": fan(),
        "at": later(minutes=1),
        "advert": Advert(ref="flyer"),
    }
    return Arrival(**{**fields, **over})


def opt_in(state: str = "accepted", **over: Any) -> OptIn:
    """The customer lets us write later, on Messenger."""
    fields: dict[str, Any] = {
        "account": PAGE_ID,
        "external_id": f"optin:{next(_numbers):06}",
        "person": fan(),
        "at": later(minutes=1),
        "kind": "recurring",
        "state": state,
        "title": "Offers",
    }
    return OptIn(**{**fields, **over})


def control(kind: str, **over: Any) -> ControlChange:
    """Another app takes or gives a customer, on Messenger."""
    fields: dict[str, Any] = {
        "account": PAGE_ID,
        "external_id": f"control:{next(_numbers):06}",
        "person": fan(),
        "at": later(minutes=1),
        "kind": kind,
        "other": "Facebook's inbox",
    }
    return ControlChange(**{**fields, **over})


def call(state: str, **over: Any) -> Call:
    """News of one telephone call, on WhatsApp."""
    fields: dict[str, Any] = {
        "account": PHONE_NUMBER_ID,
        "external_id": "wacid.1",
        "person": person(),
        "at": later(minutes=1),
        "by_customer": True,
        "state": state,
    }
    return Call(**{**fields, **over})


def identity_change(before: Person, after: Person, **over: Any) -> IdentityChange:
    fields: dict[str, Any] = {
        "account": PHONE_NUMBER_ID,
        "external_id": f"wamid.change{next(_numbers):06}",
        "at": later(minutes=1),
        "before": before.identities,
        "after": after,
    }
    return IdentityChange(**{**fields, **over})


def delivery(parsed: Any, body: bytes | None = None, received_at: datetime = NOON) -> Delivery:
    """A signed delivery of a parsed body."""
    import orjson

    return Delivery(
        channel="whatsapp",
        body=body or orjson.dumps(parsed),
        parsed=parsed,
        may_speak_for=frozenset({PHONE_NUMBER_ID, WABA}),
        received_at=received_at,
    )


def who(agent_id: int, role: Role = Role.AGENT) -> Who:
    """The person behind a request of this agent."""
    return Who(
        id=agent_id,
        public_id=f"agent {agent_id}",
        name="Ana",
        role=role,
        email="ana@example.com",
        session_id=1,
        seen_at=NOON,
    )
