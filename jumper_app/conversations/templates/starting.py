"""The first word is ours: a number, the customer's consent, an approved template."""

from dataclasses import dataclass
from datetime import datetime

import phonenumbers
from sqlmodel import col, select

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Person
from jumper_app.conversations.contacts import conversation_known, conversation_with
from jumper_app.conversations.log import add_status, agent_actor, changed, record, stored
from jumper_app.conversations.takeover import hand_to
from jumper_app.db import Work
from jumper_app.errors import BadInput, NotFound
from jumper_app.models import Agent, ChannelAccount, Contact, Conversation, Message

from .offers import rules_of
from .sending import Filled, made, send_template

NO_NUMBER = "This is not a phone number. Write it with its country code: +49 151 12345678."
NO_NAME = "Please write down the customer's name."
NO_CONSENT = "WhatsApp asks for the customer's consent before the first message."
LONGEST_NAME = 200


@dataclass(frozen=True)
class Beginning:
    """Whom an agent wants to write to. ``account``: the public id of ours to write from."""

    account: str
    number: str
    name: str
    consented: bool


@dataclass(frozen=True)
class Begun:
    """Where the conversation is. ``existed``: there was one, and nothing was sent."""

    conversation: str
    existed: bool


@dataclass(frozen=True)
class Looked:
    """Whose number it is. ``conversation``: its public id, empty for somebody new.

    ``number``: in E.164.
    """

    conversation: str
    number: str


def find_existing(work: Work, beginning: Beginning) -> Looked:
    """Look for a conversation with this number. Raises BadInput when it is none."""
    account = _account(work, beginning.account)
    number = number_of(beginning.number, account)
    found = conversation_known(work, account, _person(account, number, ""))
    return Looked(found.public_id if found else "", number)


def begin(
    work: Work,
    *,
    beginning: Beginning,
    agent_id: int,
    filled: Filled,
    client_key: str,
    now: datetime,
) -> Begun:
    """Begin a conversation with a template, and keep that the customer consented.

    Somebody whom we know already gets nothing: their conversation is named instead.

    Raises:
        BadInput: It is no number, a name or the consent is missing.
        SendRefused: The template may not be sent, or values are missing.
    """
    account = _account(work, beginning.account)
    number = number_of(beginning.number, account)
    if before := _sent_before(work, agent_id, client_key):
        return Begun(before.public_id, existed=False)
    existing = conversation_known(work, account, _person(account, number, ""))
    if existing is not None:
        return Begun(existing.public_id, existed=True)
    _check(beginning)
    made(work, account, filled)
    conversation = _open(work, account, number, beginning, agent_id, now)
    send_template(
        work,
        conversation_id=stored(conversation.id),
        agent_id=agent_id,
        filled=filled,
        client_key=client_key,
        now=now,
    )
    return Begun(conversation.public_id, existed=False)


def number_of(written: str, account: ChannelAccount) -> str:
    """A number as people write it, in E.164; without a country code it is from ours.

    Raises BadInput when it is none.
    """
    try:
        parsed = phonenumbers.parse(written, _country_of(account))
    except phonenumbers.NumberParseException:
        raise BadInput(NO_NUMBER) from None
    if not phonenumbers.is_possible_number(parsed):
        raise BadInput(NO_NUMBER)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _country_of(account: ChannelAccount) -> str | None:
    try:
        own = phonenumbers.parse(account.address)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.region_code_for_country_code(own.country_code or 0)


def _account(work: Work, public_id: str) -> ChannelAccount:
    account = work.exec(
        select(ChannelAccount).where(col(ChannelAccount.public_id) == public_id)
    ).first()
    if account is None or not account.active:
        raise NotFound("This channel no longer exists.")
    rules_of(account.channel)
    return account


def _person(account: ChannelAccount, number: str, name: str) -> Person:
    """By all names that the number may have."""
    names = CHANNELS[account.channel].dial(number)
    return Person(identities=names, name=name, phone=number)


def _sent_before(work: Work, agent_id: int, client_key: str) -> Conversation | None:
    key = f"{agent_id}:{client_key}"
    message = work.exec(select(Message).where(col(Message.client_key) == key)).first()
    return work.get(Conversation, message.conversation_id) if message else None


def _check(beginning: Beginning) -> None:
    if not beginning.name.strip():
        raise BadInput(NO_NAME)
    if not beginning.consented:
        raise BadInput(NO_CONSENT)


def _open(
    work: Work,
    account: ChannelAccount,
    number: str,
    beginning: Beginning,
    agent_id: int,
    now: datetime,
) -> Conversation:
    """A new contact and their conversation, which is the agent's from the beginning."""
    name = beginning.name.strip()[:LONGEST_NAME]
    person = _person(account, number, name)
    dialled = person.model_copy(update={"identities": person.identities[:1]})
    conversation = conversation_with(work, account, dialled, now, now)
    work.get_one(Contact, conversation.contact_id).consent_at = now
    hand_to(conversation, agent_id)
    agent = work.get_one(Agent, agent_id)
    actor = agent_actor(agent_id)
    record(work, conversation, "consent_noted", actor=actor, now=now)
    line = add_status(work, conversation, "begun", actor=actor, now=now, by=agent.name)
    changed(work, conversation, line)
    return conversation
