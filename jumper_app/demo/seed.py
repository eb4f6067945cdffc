"""Filling an empty workspace by the product's own verbs, so that the demo cannot lie."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, delete, select

from jumper_app.bots.library import WELCOME
from jumper_app.bots.runs import answer_next
from jumper_app.bots.shelf import publish
from jumper_app.channels.contract import (
    Credentials,
    Inbound,
    OptionValue,
    Receipt,
    ReceiptState,
    Sent,
    Text,
)
from jumper_app.conversations.accounts import connect
from jumper_app.conversations.delivery import accepted, claim
from jumper_app.conversations.messages import receive
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.receipts import take_receipt
from jumper_app.conversations.replies import reply
from jumper_app.conversations.seen import mark_seen
from jumper_app.conversations.takeover import resolve
from jumper_app.db import Work
from jumper_app.live import SettingsChanged
from jumper_app.models import Agent, ChannelAccount, Conversation, Flow, Mark, ReadDue, Role
from jumper_app.people.agents import by_email

from .page_stories import PAGE_STORIES
from .people import person
from .shortcuts import keep_shortcuts
from .stories import STORIES, Line, Story
from .templates import keep_templates
from .web_stories import WEB_STORIES

ALL_STORIES = (*STORIES, *PAGE_STORIES, *WEB_STORIES)

SEEDED = "demo"
"""The mark of a database that was filled here."""

SIGN_INS = (
    ("admin@example.com", "Robin Vega", Role.ADMIN),
    ("ana@example.com", "Ana Novak", Role.AGENT),
    ("ben@example.com", "Ben Osei", Role.AGENT),
)


@dataclass(frozen=True)
class Demo:
    """What the demo's channels and people are made with.

    Attributes:
        accounts: By channel: its secrets, and the address that customers see.
        options: By channel, what is set of its options.
    """

    business: str
    accounts: Mapping[str, tuple[Credentials, str]]
    password_hash: str
    options: Mapping[str, Mapping[str, OptionValue]]


def is_empty(work: Work) -> bool:
    """Has nobody used this database yet?"""
    return work.exec(select(Agent.id)).first() is None


def was_seeded(work: Work) -> bool:
    """Was this database filled here?"""
    return work.exec(select(Mark).where(col(Mark.name) == SEEDED)).first() is not None


def seed(work: Work, demo: Demo, now: datetime) -> None:
    """Fill a workspace that holds no conversations. The caller's transaction makes it whole."""
    agents = {name: _add_agent(work, demo, *sign_in, now) for name, sign_in in _people()}
    flow = publish(work, WELCOME, now)
    accounts = {key: _connect(work, demo, key, flow, now) for key in demo.accounts}
    keep_templates(work, now)
    for story in ALL_STORIES:
        _tell(work, accounts[story.channel], agents, story, now)
    keep_shortcuts(work, agents["admin"], agents["ana"], now)
    work.exec(delete(ReadDue))
    work.add(Mark(name=SEEDED, value=now.isoformat()))
    work.tell(SettingsChanged())


def _people() -> Iterator[tuple[str, tuple[str, str, Role]]]:
    for sign_in in SIGN_INS:
        yield sign_in[0].partition("@")[0], sign_in


def _add_agent(work: Work, demo: Demo, email: str, name: str, role: Role, now: datetime) -> Agent:
    agent = by_email(work, email) or Agent(email=email, name=name, role=role, created_at=now)
    agent.password_hash, agent.demo = demo.password_hash, True
    work.add(agent)
    work.flush()
    return agent


def _connect(work: Work, demo: Demo, channel: str, flow: Flow, now: datetime) -> ChannelAccount:
    credentials, address = demo.accounts[channel]
    account = connect(
        work,
        channel=channel,
        credentials=credentials,
        name=demo.business,
        address=address,
        now=now,
        flow_id=flow.id,
        demo=True,
    )
    account.options = dict(demo.options.get(channel, {})) or None
    return account


def _tell(
    work: Work, account: ChannelAccount, agents: dict[str, Agent], story: Story, now: datetime
) -> None:
    conversation: Conversation | None = None
    for number, line in enumerate(story.lines):
        at = now - timedelta(minutes=line.ago_min)
        if line.who == "customer":
            receive(work, account, _inbound(account, story, line, number, at), at)
        elif conversation is not None:
            _answer(work, agents, conversation, line, at)
        _arrive(work, account, at)
        conversation = work.exec(
            select(Conversation).order_by(col(Conversation.id).desc()).limit(1)
        ).one()
    if conversation is not None and story.seen:
        ana = agents["ana"]
        mark_seen(work, conversation_id=conversation.id or 0, agent_id=ana.id or 0)


def _inbound(
    account: ChannelAccount, story: Story, line: Line, number: int, at: datetime
) -> Inbound:
    return Inbound(
        account=account.external_id,
        external_id=f"demo.{story.key}.{number:03}",
        sender=person(story),
        sent_at=at.replace(microsecond=0),
        content=Text(text=line.text),
    )


def _answer(
    work: Work, agents: dict[str, Agent], conversation: Conversation, line: Line, at: datetime
) -> None:
    verb, _, name = line.who.rpartition(":")
    if line.who == "bot":
        _let_the_bot_answer(work, at)
        return
    keys: dict[str, Any] = {
        "conversation_id": conversation.id or 0,
        "agent_id": agents[name].id or 0,
        "now": at,
    }
    said: dict[str, Any] = {
        "text": line.text,
        "client_key": f"demo:{conversation.id}:{line.ago_min}",
    }
    match verb:
        case "note":
            add_note(work, **keys, **said)
        case "resolve":
            resolve(work, **keys)
        case _:
            reply(work, **keys, **said)
            _let_the_bot_answer(work, at)


def _let_the_bot_answer(work: Work, at: datetime) -> None:
    """Empty the bot's queue; where a person answers by now, it only forgets."""
    while answer_next(work, now=at):
        work.flush()


def _arrive(work: Work, account: ChannelAccount, at: datetime) -> None:
    """What was said has long been sent, delivered and read."""
    while claims := claim(work, worker="seed", now=at, limit=50):
        for one in claims:
            external_id = f"demo.out.{one.message_id:06}"
            accepted(work, one, Sent(external_id=external_id), at)
            for state, after in _receipts():
                receipt = Receipt(
                    account=account.external_id, external_id=external_id, state=state, at=at + after
                )
                take_receipt(work, account, receipt, at)


def _receipts() -> tuple[tuple[ReceiptState, timedelta], ...]:
    return (
        (ReceiptState.SENT, timedelta(seconds=1)),
        (ReceiptState.DELIVERED, timedelta(seconds=2)),
        (ReceiptState.READ, timedelta(seconds=20)),
    )
