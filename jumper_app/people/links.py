"""One-time links: first admin, invitation, password reset."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, delete, select, update

from jumper_app.db import Work
from jumper_app.errors import NotFound
from jumper_app.models import Agent, LinkPurpose, OneTimeLink, Role

from .tokens import digest, new_token

VALID_FOR = {
    LinkPurpose.FIRST_ADMIN: timedelta(hours=24),
    LinkPurpose.INVITE: timedelta(hours=72),
    LinkPurpose.RESET: timedelta(hours=1),
}


class LinkIsOver(NotFound):
    """The link was used, is too old, or never was."""

    code = "link_is_over"
    for_agent = "This link does not work any more. Ask an admin for a new one."


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the page behind a link says before anything is used up."""

    purpose: LinkPurpose
    email: str
    name: str
    role: Role
    invited_by: str


def make(
    work: Work,
    purpose: LinkPurpose,
    *,
    now: datetime,
    email: str = "",
    role: Role = Role.AGENT,
    agent_id: int | None = None,
    invited_by: int | None = None,
) -> str:
    """Make a link and return its token. Older links for the same person and purpose end."""
    withdraw(work, purpose, email=email, agent_id=agent_id)
    token = new_token()
    work.add(
        OneTimeLink(
            token_hash=digest(token),
            purpose=purpose,
            email=email,
            role=role,
            agent_id=agent_id,
            invited_by=invited_by,
            created_at=now,
            expires_at=now + VALID_FOR[purpose],
        )
    )
    return token


def withdraw(
    work: Work, purpose: LinkPurpose, *, email: str = "", agent_id: int | None = None
) -> None:
    """End the links of one purpose that were not used yet."""
    work.exec(
        delete(OneTimeLink)
        .where(col(OneTimeLink.purpose) == purpose, col(OneTimeLink.used_at).is_(None))
        .where(col(OneTimeLink.email) == email, col(OneTimeLink.agent_id) == agent_id)
    )


def withdraw_all(work: Work, agent_id: int) -> None:
    """End every unused link of an agent."""
    work.exec(
        delete(OneTimeLink).where(
            col(OneTimeLink.agent_id) == agent_id, col(OneTimeLink.used_at).is_(None)
        )
    )


def open_link(work: Work, token: str, now: datetime) -> OneTimeLink:
    """The link behind a token, still unused. Raises LinkIsOver."""
    link = work.exec(
        select(OneTimeLink)
        .where(OneTimeLink.token_hash == digest(token), col(OneTimeLink.used_at).is_(None))
        .where(OneTimeLink.expires_at > now)
    ).first()
    if link is None:
        raise LinkIsOver
    return link


def welcome(work: Work, token: str, now: datetime) -> Welcome:
    """What to show the holder of a link; uses nothing up. Raises LinkIsOver."""
    link = open_link(work, token, now)
    agent = work.get(Agent, link.agent_id) if link.agent_id else None
    host = work.get(Agent, link.invited_by) if link.invited_by else None
    return Welcome(
        purpose=LinkPurpose(link.purpose),
        email=agent.email if agent else link.email,
        name=agent.name if agent else "",
        role=Role(link.role),
        invited_by=host.name if host else "",
    )


def use(work: Work, token: str, now: datetime) -> OneTimeLink:
    """Use a link up. Of two who try at once one gets LinkIsOver."""
    link = open_link(work, token, now)
    taken = work.exec(
        update(OneTimeLink)
        .where(col(OneTimeLink.id) == link.id, col(OneTimeLink.used_at).is_(None))
        .values(used_at=now)
    )
    if taken.rowcount != 1:
        raise LinkIsOver
    return link
