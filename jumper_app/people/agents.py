"""The agents themselves: invited, accepted, renamed, promoted, disabled."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.errors import BadInput, NotAllowed, NotFound, Refused
from jumper_app.live import AgentChanged
from jumper_app.models import Agent, LinkPurpose, OneTimeLink, Role

from . import links, sessions
from .sessions import Who

EMAIL = re.compile(r"[^\s@<>\"',;:\\()\[\]]{1,64}@[^\s@<>\"',;:\\()\[\]]{1,185}\.[^\s@.]{2,63}")
"""Good enough to catch a slip; whether the address exists is shown by the link arriving."""

NAME_LENGTH = 80


class LastAdmin(Refused):
    """Without this admin nobody could let anyone in any more."""

    code = "last_admin"
    for_agent = "This is the only admin. Make someone else an admin first."


class AlreadyHere(Refused):
    """The address belongs to someone who signs in already."""

    code = "already_here"
    for_agent = "Someone with this address is here already."


@dataclass(frozen=True, slots=True)
class Colleague:
    """What everyone may know of an agent."""

    id: int
    public_id: str
    name: str
    email: str
    role: Role
    active: bool
    invited: bool
    """True while the invitation has not been accepted."""


def colleagues(work: Work) -> list[Colleague]:
    """Everyone who is or was here, by name."""
    return [_colleague(agent) for agent in work.exec(select(Agent).order_by(col(Agent.name)))]


def _colleague(agent: Agent) -> Colleague:
    assert agent.id is not None
    return Colleague(
        id=agent.id,
        public_id=agent.public_id,
        name=agent.name,
        email=agent.email,
        role=Role(agent.role),
        active=agent.active,
        invited=agent.password_hash is None,
    )


def by_email(work: Work, email: str) -> Agent | None:
    """The agent with an address, however it is capitalised."""
    return work.exec(select(Agent).where(Agent.email == fold(email))).first()


def anyone(work: Work) -> bool:
    """Is there an agent who can sign in?"""
    return bool(_admins(work))


def first_admin_link(work: Work, now: datetime) -> str | None:
    """A link for whoever started an installation that nobody can enter yet; else None."""
    return None if anyone(work) else links.make(work, LinkPurpose.FIRST_ADMIN, now=now)


def admin_link(work: Work, email: str, now: datetime) -> str:
    """A link with which the owner of an address becomes an admin: for the operator's console."""
    address = checked_email(email)
    agent = by_email(work, address)
    return links.make(
        work,
        LinkPurpose.FIRST_ADMIN,
        email=address,
        role=Role.ADMIN,
        agent_id=agent.id if agent else None,
        now=now,
    )


def invite(work: Work, *, email: str, role: Role, by: Who, now: datetime, name: str = "") -> str:
    """Invite someone; returns the link's token. Inviting again replaces the link."""
    by.must_be(Role.ADMIN)
    address = checked_email(email)
    agent = by_email(work, address)
    if agent is not None and agent.password_hash is not None:
        raise AlreadyHere
    if agent is None:
        agent = _added(work, address, name or address.partition("@")[0], role, now)
    agent.role, agent.active = role, True
    work.tell(AgentChanged(_id(agent)))
    return links.make(
        work, LinkPurpose.INVITE, role=role, agent_id=agent.id, invited_by=by.id, now=now
    )


def reset_link(work: Work, *, agent_id: int, by: Who, now: datetime) -> str:
    """A link with which an agent chooses a new password; returns its token."""
    by.must_be(Role.ADMIN)
    agent = _agent(work, agent_id)
    if not agent.active or agent.password_hash is None:
        raise NotAllowed("Only someone who signs in here can get a new password.")
    return links.make(work, LinkPurpose.RESET, agent_id=agent_id, invited_by=by.id, now=now)


def accept(
    work: Work, token: str, *, email: str, name: str, password_hash: str, now: datetime
) -> int:
    """Use a link up: the agent has a name and a password now. Returns the agent's id.

    Args:
        email: Asked for by the very first link only; otherwise the link knows it.
        name: Ignored by a password reset.
    """
    link = links.use(work, token, now)
    agent = _guest(work, link, email, name, now)
    if link.purpose != LinkPurpose.RESET:
        agent.name, agent.role, agent.active = checked_name(name), link.role, True
    agent.password_hash = password_hash
    links.withdraw_all(work, _id(agent))
    sessions.sign_out_everywhere(work, _id(agent))
    return _id(agent)


def _guest(work: Work, link: OneTimeLink, email: str, name: str, now: datetime) -> Agent:
    """Whom a link lets in."""
    if link.agent_id is not None:
        agent = _agent(work, link.agent_id)
        if not agent.active and link.purpose != LinkPurpose.FIRST_ADMIN:
            raise links.LinkIsOver
        return agent
    if not link.email and anyone(work):
        raise links.LinkIsOver
    link.role = Role.ADMIN
    address = checked_email(link.email or email)
    return by_email(work, address) or _added(work, address, checked_name(name), Role.ADMIN, now)


def rename(work: Work, *, agent_id: int, name: str, by: Who) -> None:
    """Change the name colleagues and customers read. One's own, or as an admin."""
    if by.id != agent_id:
        by.must_be(Role.ADMIN)
    _agent(work, agent_id).name = checked_name(name)
    work.tell(AgentChanged(agent_id))


def change_role(work: Work, *, agent_id: int, role: Role, by: Who) -> None:
    """Make someone an admin or an agent. Open panels follow at once."""
    by.must_be(Role.ADMIN)
    agent = _agent(work, agent_id)
    if role is not Role.ADMIN:
        _keep_an_admin(work, agent_id)
    agent.role = role
    work.tell(AgentChanged(agent_id))


def disable(work: Work, *, agent_id: int, by: Who) -> None:
    """Shut someone out: their sessions and links end, what they wrote stays."""
    by.must_be(Role.ADMIN)
    agent = _agent(work, agent_id)
    _keep_an_admin(work, agent_id)
    agent.active = False
    links.withdraw_all(work, agent_id)
    sessions.sign_out_everywhere(work, agent_id)


def enable(work: Work, *, agent_id: int, by: Who) -> None:
    """Let someone in again, with the password they had."""
    by.must_be(Role.ADMIN)
    _agent(work, agent_id).active = True
    work.tell(AgentChanged(agent_id))


def set_password(
    work: Work, *, agent_id: int, proven_hash: str, password_hash: str, keep_session: int
) -> None:
    """Store a new password and end every other session of that agent.

    Args:
        proven_hash: The hash of the current password, just proven.
        keep_session: The session in which the change is made.
    """
    agent = _agent(work, agent_id)
    if agent.password_hash != proven_hash:
        raise NotAllowed("The password was changed in the meantime.")
    agent.password_hash = password_hash
    sessions.sign_out_everywhere(work, agent_id, but=keep_session)


def fold(email: str) -> str:
    """The one spelling of an address under which it is kept."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def checked_email(email: str) -> str:
    """A folded address that looks like one. Raises BadInput."""
    address = fold(email)
    if len(address) > 254 or not EMAIL.fullmatch(address):
        raise BadInput("Please enter an email address, like name@example.com.")
    return address


def checked_name(name: str) -> str:
    """A name that can be shown. Raises BadInput."""
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or len(shown) > NAME_LENGTH or any(_is_hidden(sign) for sign in shown):
        raise BadInput(f"Please enter a name of at most {NAME_LENGTH} characters.")
    return shown


def _is_hidden(sign: str) -> bool:
    """Control and direction signs could make a name look like another one."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") and sign not in "\u200c\u200d"


def _agent(work: Work, agent_id: int) -> Agent:
    agent = work.get(Agent, agent_id)
    if agent is None:
        raise NotFound
    return agent


def _added(work: Work, email: str, name: str, role: Role, now: datetime) -> Agent:
    agent = Agent(email=email, name=name[:NAME_LENGTH], role=role, created_at=now)
    work.add(agent)
    work.flush()
    return agent


def _id(agent: Agent) -> int:
    assert agent.id is not None
    return agent.id


def _keep_an_admin(work: Work, leaving: int) -> None:
    """Raises LastAdmin if nobody but ``leaving`` could administer. Locks the admins' rows."""
    admins = _admins(work)
    if admins == [leaving]:
        raise LastAdmin


def _admins(work: Work) -> list[int]:
    """The ids of the admins who can sign in, locked until the transaction ends."""
    rows = work.exec(
        select(Agent)
        .where(Agent.role == Role.ADMIN, col(Agent.active).is_(True))
        .where(col(Agent.password_hash).is_not(None))
        .order_by(col(Agent.id))
        .with_for_update()
    )
    return [_id(agent) for agent in rows]
