"""``/settings/agents``: the state behind it."""

from datetime import datetime
from typing import Annotated, Literal, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.conversations import takeover
from jumper_app.db import Work, database
from jumper_app.errors import NotFound, Refused
from jumper_app.models import Role
from jumper_app.panel.access import handler
from jumper_app.panel.arguments import Form
from jumper_app.panel.pieces import initials_of, tone_of
from jumper_app.people import agents, sessions
from jumper_app.people.agents import Colleague
from jumper_app.people.sessions import OpenSession, Who
from jumper_app.settings import settings

from . import words
from .session_rows import SessionRow, iso, session_row

Line = Annotated[str, Field(max_length=400)]


class InviteForm(Form):
    """Whom to invite, and as what."""

    name: Line
    email: Line
    role: Literal["agent", "admin"]


class AgentRow(TypedDict):
    """One person, as an admin sees them. ``seen_at``: ISO time, empty when signed in nowhere."""

    id: str
    name: str
    email: str
    role: str
    role_name: str
    initials: str
    tone: str
    active: bool
    invited: bool
    me: bool
    seen_at: str


NOBODY = AgentRow(
    id="", name="", email="", role="", role_name="", initials="", tone="gray", active=False,
    invited=False, me=False, seen_at="",
)  # fmt: skip


class AgentsState(rx.State):
    """Who works here, and the one-time link that was just made."""

    loaded: bool = False
    agents: rx.Field[list[AgentRow]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    link: str = ""
    link_title: str = ""
    invited: int = 0
    """Grows with every invitation, so that the form starts empty again."""
    chosen: AgentRow = NOBODY
    """Whose sessions are shown, or who is about to be disabled."""
    asked: str = ""
    """What is asked about them: ``sessions``, ``disable`` or nothing."""
    sessions: rx.Field[list[SessionRow]] = rx.field(default_factory=list)

    @handler(role=Role.ADMIN)
    async def load(self, who: Who) -> None:
        """Show everyone; forget a link that was shown before."""
        self.link, self.link_title, self.errors = "", "", {}
        await self._show(who)

    @handler(role=Role.ADMIN, rate="30/minute")
    async def invite(self, who: Who, form: InviteForm) -> None:
        """Make an invitation and show its link."""
        self.link, self.errors = "", {}
        try:
            token = await database().run(
                agents.invite,
                email=form.email,
                role=Role(form.role),
                by=who,
                now=clock.machine(),
                name=form.name.strip(),
            )
        except Refused as refusal:
            self.errors = {"email": refusal.for_agent}
            return
        self._show_link(token, form.name.strip() or form.email)
        self.invited += 1
        await self._show(who)

    @handler(role=Role.ADMIN, rate="30/minute")
    async def make_reset_link(self, who: Who, agent: str) -> None:
        """Make a link with which someone chooses a new password."""
        person = self._named(agent)
        token = await database().run(_reset_link, public_id=agent, by=who)
        self._show_link(token, person["name"])

    @handler(role=Role.ADMIN, rate="30/minute")
    async def invite_again(self, who: Who, agent: str) -> None:
        """Make a new link for someone who has not come in yet; the old one ends."""
        person = self._named(agent)
        token = await database().run(
            agents.invite,
            email=person["email"],
            role=Role(person["role"]),
            by=who,
            now=clock.machine(),
        )
        self._show_link(token, person["name"])

    @handler(role=Role.ADMIN)
    async def change_role(self, who: Who, agent: str, role: Role) -> None:
        """Make someone an admin or an agent."""
        await database().run(_change_role, public_id=agent, role=role, by=who)
        await self._show(who)

    @handler(role=Role.ADMIN)
    async def ask_to_disable(self, who: Who, agent: str) -> None:
        """Say what disabling does, and ask."""
        self.chosen, self.asked = self._named(agent), "disable"

    @handler(role=Role.ADMIN)
    async def disable(self, who: Who, agent: str) -> None:
        """Shut someone out; what they answered goes to Requested."""
        self.asked = ""
        await database().run(_disable, public_id=agent, by=who)
        await self._show(who)

    @handler(role=Role.ADMIN)
    async def show_sessions(self, who: Who, agent: str) -> None:
        """Show where someone is signed in."""
        self.chosen, self.asked = self._named(agent), "sessions"
        await self._show_sessions(who)

    @handler(role=Role.ADMIN)
    async def end_session(self, who: Who, name: str) -> None:
        """Sign someone out of one browser."""
        await database().run(_end_session, public_id=self.chosen["id"], name=name)
        await self._show_sessions(who)
        await self._show(who)

    @handler(role=Role.ADMIN)
    async def end_all_sessions(self, who: Who) -> None:
        """Sign someone out everywhere."""
        await database().run(_end_all_sessions, public_id=self.chosen["id"])
        await self._show_sessions(who)
        await self._show(who)

    @handler(role=Role.ADMIN)
    async def close(self, who: Who) -> None:
        """Close what was asked or shown."""
        self.asked = ""

    @handler(role=Role.ADMIN)
    async def enable(self, who: Who, agent: str) -> None:
        """Let someone in again."""
        await database().run(_enable, public_id=agent, by=who)
        await self._show(who)

    @handler(role=Role.ADMIN)
    async def forget_link(self, who: Who) -> None:
        """Take the link off the screen."""
        self.link, self.link_title = "", ""

    async def _show(self, who: Who) -> None:
        people, seen = await database().ask(_everyone)
        self.agents = [_row(one, who, seen) for one in people]
        self.loaded = True

    async def _show_sessions(self, who: Who) -> None:
        found = await database().ask(_sessions, self.chosen["id"], who)
        self.sessions = [session_row(one) for one in found]

    def _show_link(self, token: str, name: str) -> None:
        self.link = f"{settings().public_url}/setup/{token}"
        self.link_title = words.link_for(name)

    def _named(self, public_id: str) -> AgentRow:
        for row in self.agents:
            if row["id"] == public_id:
                return row
        raise NotFound


def _row(person: Colleague, who: Who, seen: dict[int, datetime]) -> AgentRow:
    return AgentRow(
        id=person.public_id,
        name=person.name,
        email=person.email,
        role=person.role,
        role_name=words.ROLES[person.role],
        initials=initials_of(person.name),
        tone=tone_of(person.public_id),
        active=person.active,
        invited=person.invited,
        me=person.id == who.id,
        seen_at=iso(seen[person.id]) if person.id in seen else "",
    )


def _everyone(work: Work) -> tuple[list[Colleague], dict[int, datetime]]:
    return agents.colleagues(work), sessions.last_seen(work)


def _sessions(work: Work, public_id: str, who: Who) -> list[OpenSession]:
    agent_id = _id_of(work, public_id)
    return sessions.open_sessions(work, agent_id, clock.machine(), this=who.session_id)


def _end_session(work: Work, public_id: str, name: str) -> None:
    sessions.end(work, _id_of(work, public_id), name)


def _end_all_sessions(work: Work, public_id: str) -> None:
    sessions.sign_out_everywhere(work, _id_of(work, public_id))


def _id_of(work: Work, public_id: str) -> int:
    for person in agents.colleagues(work):
        if person.public_id == public_id:
            return person.id
    raise NotFound


def _reset_link(work: Work, public_id: str, by: Who) -> str:
    return agents.reset_link(work, agent_id=_id_of(work, public_id), by=by, now=clock.machine())


def _change_role(work: Work, public_id: str, role: Role, by: Who) -> None:
    agents.change_role(work, agent_id=_id_of(work, public_id), role=role, by=by)


def _disable(work: Work, public_id: str, by: Who) -> None:
    agent_id = _id_of(work, public_id)
    takeover.release_all(work, of_agent_id=agent_id, agent_id=by.id, now=clock.now())
    agents.disable(work, agent_id=agent_id, by=by)


def _enable(work: Work, public_id: str, by: Who) -> None:
    agents.enable(work, agent_id=_id_of(work, public_id), by=by)
