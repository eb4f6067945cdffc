"""People by name, for tests that need somebody to sign in."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from jumper_app import clock
from jumper_app.db import Database, Work, use
from jumper_app.models import Agent, OneTimeLink, Role, SignInSession
from jumper_app.people import passwords, sessions
from jumper_app.people.sessions import Who

PASSWORD = "correct horse battery"


class Machine:
    """A clock that only moves when a test says so."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def wait(self, **amount: float) -> None:
        self.time += timedelta(**amount)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database that is this process's one for a while."""
    database = Database(url)
    use(database)
    try:
        yield database
    finally:
        use(None)
        database.close()


@functools.cache
def stored_password() -> str:
    return passwords.hash_now(PASSWORD)


def hire(
    database: Database, name: str = "Ana", role: Role = Role.AGENT, *, active: bool = True
) -> int:
    """Somebody with the password ``PASSWORD`` and the address ``name@example.com``."""
    return database.write(_hire, name, role, active)


def _hire(work: Work, name: str, role: Role, active: bool) -> int:
    agent = Agent(
        email=f"{name.lower()}@example.com",
        name=name,
        role=role,
        active=active,
        password_hash=stored_password(),
        created_at=clock.machine(),
    )
    work.add(agent)
    work.flush()
    assert agent.id is not None
    return agent.id


def badge(database: Database, agent_id: int, now: datetime | None = None) -> str:
    """The session cookie of somebody who has just signed in."""
    return database.write(
        sessions.sign_in,
        agent_id=agent_id,
        proven_hash=stored_password(),
        browser="Test",
        now=now or clock.machine(),
    )


def seen(database: Database, token: str) -> Who | None:
    """Whom a cookie belongs to now."""
    return database.look(sessions.who, token, clock.machine())


def person(database: Database, agent_id: int) -> Who:
    """Somebody, signed in."""
    found = seen(database, badge(database, agent_id))
    assert found is not None
    return found


def stored(database: Database) -> str:
    """Everything that is kept of sessions and links, as text."""

    def read(work: Work) -> str:
        rows = [*work.exec(select(SignInSession)), *work.exec(select(OneTimeLink))]
        return " ".join(str(row.model_dump()) for row in rows)

    return database.look(read)
