"""Sign-in sessions: a row for each browser, looked up again on every event."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, delete, func, or_, select, update

from jumper_app.db import Work
from jumper_app.errors import NotAllowed
from jumper_app.live import AgentChanged
from jumper_app.models import Agent, Role, SignInSession

from .tokens import digest, new_token

IDLE = timedelta(hours=12)
"""A browser that asks for nothing this long is signed out."""

ABSOLUTE = timedelta(days=7)
"""Nobody stays signed in longer than this without the password."""

TOUCH_EVERY = timedelta(minutes=1)
"""How old ``last_seen_at`` may grow before it is written again."""

BROWSER_LENGTH = 200


class SignedOut(NotAllowed):
    """There is no session behind this request, or none any more."""

    code = "signed_out"
    for_agent = "You are signed out. Please sign in again."


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind a request, as of the moment it was looked up."""

    id: int
    public_id: str
    name: str
    email: str
    role: Role
    session_id: int
    seen_at: datetime

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN

    def must_be(self, role: Role) -> None:
        """Raises NotAllowed unless this person has at least that role."""
        if role is Role.ADMIN and not self.is_admin:
            raise NotAllowed


def who(work: Work, token: str, now: datetime) -> Who | None:
    """The person a session cookie belongs to; None if it is unknown, old, or they are disabled.

    Args:
        token: The cookie's value.
        now: The machine's time (``clock.machine``), UTC.
    """
    if not token:
        return None
    row = work.exec(
        select(SignInSession, Agent)
        .join(Agent, col(Agent.id) == col(SignInSession.agent_id))
        .where(SignInSession.token_hash == digest(token), col(Agent.active).is_(True))
        .where(SignInSession.created_at > now - ABSOLUTE, SignInSession.last_seen_at > now - IDLE)
    ).first()
    return _person(*row) if row else None


def _person(session: SignInSession, agent: Agent) -> Who:
    assert agent.id is not None
    assert session.id is not None
    return Who(
        id=agent.id,
        public_id=agent.public_id,
        name=agent.name,
        email=agent.email,
        role=Role(agent.role),
        session_id=session.id,
        seen_at=session.last_seen_at,
    )


def sign_in(
    work: Work, *, agent_id: int, proven_hash: str | None, browser: str, now: datetime
) -> str:
    """Open a session and return the cookie's value, which is kept nowhere.

    Args:
        proven_hash: The password hash that was just proven. If the password was changed
            meanwhile, or the agent disabled, SignedOut is raised.
    """
    agent = work.get(Agent, agent_id)
    if agent is None or not agent.active or agent.password_hash != proven_hash:
        raise SignedOut
    token = new_token()
    work.add(
        SignInSession(
            token_hash=digest(token),
            agent_id=agent_id,
            created_at=now,
            last_seen_at=now,
            browser=browser[:BROWSER_LENGTH],
        )
    )
    return token


def is_due(person: Who, now: datetime) -> bool:
    """Is it time to write down that this browser was seen?"""
    return now - person.seen_at >= TOUCH_EVERY


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in, as its owner or an admin sees it.

    Attributes:
        name: Tells it from the owner's others; opens nothing.
        browser: Its User-Agent.
    """

    name: str
    browser: str
    created_at: datetime
    last_seen_at: datetime
    mine: bool


NAME_LENGTH = 16
"""Hex digits of the hash of a session's token: enough to tell a few sessions apart."""


def open_sessions(
    work: Work, agent_id: int, now: datetime, this: int | None = None
) -> list[OpenSession]:
    """Where somebody is signed in, the latest seen first. ``this``: the session that asks."""
    rows = work.exec(
        select(SignInSession)
        .where(SignInSession.agent_id == agent_id)
        .where(SignInSession.created_at > now - ABSOLUTE, SignInSession.last_seen_at > now - IDLE)
        .order_by(col(SignInSession.last_seen_at).desc(), col(SignInSession.id).desc())
    )
    return [
        OpenSession(
            name=row.token_hash[:NAME_LENGTH],
            browser=row.browser,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            mine=row.id == this,
        )
        for row in rows
    ]


def last_seen(work: Work) -> dict[int, datetime]:
    """When each agent who is signed in anywhere last did something."""
    rows = work.exec(
        select(col(SignInSession.agent_id), func.max(SignInSession.last_seen_at)).group_by(
            col(SignInSession.agent_id)
        )
    )
    return dict(rows.all())


def end(work: Work, agent_id: int, name: str) -> None:
    """End one session of an agent. Its open sockets are closed, wherever they are."""
    work.exec(
        delete(SignInSession).where(
            col(SignInSession.agent_id) == agent_id,
            func.substr(col(SignInSession.token_hash), 1, NAME_LENGTH) == name,
        )
    )
    work.tell(AgentChanged(agent_id))


def touch(work: Work, session_id: int, now: datetime) -> None:
    """Write down that a browser was seen."""
    work.exec(
        update(SignInSession)
        .where(col(SignInSession.id) == session_id, col(SignInSession.last_seen_at) < now)
        .values(last_seen_at=now)
    )


def sign_out(work: Work, token: str) -> None:
    """End one session. Panels that it has open hear of it."""
    row = work.exec(select(SignInSession).where(SignInSession.token_hash == digest(token))).first()
    if row is not None:
        work.delete(row)
        work.tell(AgentChanged(row.agent_id))


def sign_out_everywhere(work: Work, agent_id: int, but: int | None = None) -> None:
    """End all sessions of an agent, except the one with the id ``but``."""
    rows = delete(SignInSession).where(col(SignInSession.agent_id) == agent_id)
    work.exec(rows if but is None else rows.where(col(SignInSession.id) != but))
    work.tell(AgentChanged(agent_id))


def forget_expired(work: Work, now: datetime) -> None:
    """Delete the rows of sessions that have ended by themselves."""
    too_old = or_(
        col(SignInSession.created_at) <= now - ABSOLUTE,
        col(SignInSession.last_seen_at) <= now - IDLE,
    )
    gone = work.exec(delete(SignInSession).where(too_old).returning(col(SignInSession.agent_id)))
    work.tell(*(AgentChanged(agent_id) for agent_id in set(gone.scalars())))
