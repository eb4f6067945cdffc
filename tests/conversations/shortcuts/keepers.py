"""People who keep shortcuts, and what they do with them."""

from datetime import datetime
from typing import Any

from jumper_app.conversations.shortcuts import keeping, reading
from jumper_app.conversations.shortcuts.keeping import Edit
from jumper_app.conversations.shortcuts.rules import checked
from jumper_app.db import Database
from jumper_app.models import Role
from jumper_app.people.sessions import Who
from tests import make
from tests.make import NOON


def someone(db: Database, name: str = "Ana", role: Role = Role.AGENT) -> Who:
    """A new agent, or admin, as a request of theirs shows them."""
    agent = db.write(make.agent, name, role)
    assert agent.id is not None
    return make.who(agent.id, role)


def edit(
    code: str = "hello", body: str = "Hello!", *, title: str = "", shared: bool = False
) -> Edit:
    return Edit(checked(code, title, body), shared)


def keep(db: Database, by: Who, *what: str, now: datetime = NOON, **over: Any) -> str:
    """Keep a new shortcut; returns its public id."""
    return db.write(keeping.create, edit=edit(*what, **over), by=by, now=now).public_id


def offered(db: Database, who: Who) -> dict[str, str]:
    """What an agent's composer offers: text by code."""
    return {one.code: one.body for one in db.look(reading.offered, who)}
