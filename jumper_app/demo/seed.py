"""Filling an empty workspace by the product's own verbs, so that the demo cannot lie."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select

from jumper_app.bots.library import WELCOME
from jumper_app.bots.shelf import publish, stock
from jumper_app.channels.contract import Credentials, OptionValue
from jumper_app.conversations.accounts import connect, find, keep_secrets
from jumper_app.db import Work
from jumper_app.live import SettingsChanged
from jumper_app.models import Agent, ChannelAccount, Flow, Mark, ReadDue, Role
from jumper_app.people.agents import by_email

from .codes import keep_codes
from .page_stories import PAGE_STORIES
from .shortcuts import keep_shortcuts
from .stories import STORIES
from .telling import Telling
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
    stock(work, now)
    keep_codes(work, now)
    flow = publish(work, WELCOME, now)
    accounts = {key: _connect(work, demo, key, flow, now) for key in demo.accounts}
    keep_templates(work, now)
    for story in ALL_STORIES:
        Telling(work, accounts[story.channel], agents, story, now).tell()
    keep_shortcuts(work, agents["admin"], agents["ana"], now)
    work.exec(delete(ReadDue))
    work.add(Mark(name=SEEDED, value=now.isoformat()))
    work.tell(SettingsChanged())


def renew(work: Work, demo: Demo, now: datetime) -> None:
    """Make the sign-ins and secrets of a workspace that was seeded those of ``demo``."""
    for email, _, _ in SIGN_INS:
        agent = by_email(work, email)
        if agent is not None and agent.demo:
            agent.password_hash = demo.password_hash
    for channel, (told, _) in demo.accounts.items():
        account = find(work, channel, told.external_id)
        if account is not None and account.demo and not account.removed_at:
            keep_secrets(account, told, now)


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
