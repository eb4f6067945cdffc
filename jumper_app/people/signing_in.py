"""The way in: a password or a one-time link becomes a session."""

import functools
from datetime import datetime

from jumper_app import clock
from jumper_app.db import Database, Work
from jumper_app.errors import NotAllowed, TooManyRequests

from . import agents, links, passwords, sessions
from .sessions import Who
from .throttle import Throttle, rate

PER_ACCOUNT = rate("5 per 15 minutes")
"""Wrong passwords for one address from one place."""

PER_PLACE = rate("30 per 15 minutes")
"""Wrong passwords or links from one place, whoever they are for."""


class SignInRefused(NotAllowed):
    """Wrong password, no such person, disabled or not yet accepted: nobody learns which."""

    code = "sign_in_refused"
    for_agent = "The email address or the password is not right."


class SignInThrottled(TooManyRequests):
    """Too many wrong tries."""

    code = "sign_in_throttled"
    for_agent = "Too many tries. Please wait 15 minutes and try again."


@functools.cache
def throttle() -> Throttle:
    """This process's count of wrong tries; made at first use, not at import."""
    return Throttle()


async def with_password(
    database: Database, *, email: str, password: str, place: str, browser: str
) -> str:
    """Sign someone in and return the cookie's value.

    The same work is done for an unknown address as for a wrong password.

    Args:
        place: The network address the request came from.
        browser: Its User-Agent, for the list of one's sessions.

    Raises:
        SignInRefused: If there is no such person or the password is wrong.
        SignInThrottled: After too many wrong tries.
    """
    account = agents.fold(email)[:254]
    _count(account, place)
    agent_id, stored = await database.ask(_stored_hash, account)
    if not await passwords.matches(stored, password) or agent_id is None:
        raise SignInRefused
    token = await database.run(
        sessions.sign_in,
        agent_id=agent_id,
        proven_hash=stored,
        browser=browser,
        now=clock.machine(),
    )
    throttle().forget(PER_ACCOUNT, account, place)
    throttle().give_back(PER_PLACE, place)
    return token


def _count(account: str, place: str) -> None:
    """Count the try before it is looked at, so that many at once gain nothing."""
    try:
        throttle().take(PER_PLACE, place)
        throttle().take(PER_ACCOUNT, account, place)
    except TooManyRequests as error:
        raise SignInThrottled from error


def _stored_hash(work: Work, email: str) -> tuple[int | None, str | None]:
    agent = agents.by_email(work, email)
    return (agent.id, agent.password_hash) if agent and agent.active else (None, None)


async def look_at_link(database: Database, token: str, place: str) -> links.Welcome:
    """What a one-time link offers. Guessing at links is counted like wrong passwords."""
    try:
        throttle().take(PER_PLACE, place)
    except TooManyRequests as error:
        raise SignInThrottled from error
    seen = await database.ask(links.welcome, token, clock.machine())
    throttle().give_back(PER_PLACE, place)
    return seen


async def with_link(
    database: Database, token: str, *, email: str, name: str, password: str, browser: str
) -> str:
    """Use a one-time link up, set the password, and return the cookie's value."""
    password_hash = await passwords.hashed(password)
    return await database.run(_enter, token, email, name, password_hash, browser, clock.machine())


def _enter(
    work: Work,
    token: str,
    email: str,
    name: str,
    password_hash: str,
    browser: str,
    now: datetime,
) -> str:
    agent_id = agents.accept(
        work, token, email=email, name=name, password_hash=password_hash, now=now
    )
    return sessions.sign_in(
        work, agent_id=agent_id, proven_hash=password_hash, browser=browser, now=now
    )


async def change_password(database: Database, person: Who, current: str, new: str) -> None:
    """Change one's own password; every other session of that person ends.

    Raises:
        SignInRefused: If ``current`` is not the present password.
        SignInThrottled: After too many wrong tries.
        WeakPassword: If the new one is not accepted.
    """
    passwords.check_new(new)
    _count(person.email, f"session {person.session_id}")
    agent_id, stored = await database.ask(_stored_hash, person.email)
    if not await passwords.matches(stored, current) or agent_id is None or stored is None:
        raise SignInRefused("Your current password is not right.")
    await database.run(
        agents.set_password,
        agent_id=agent_id,
        proven_hash=stored,
        password_hash=await passwords.hashed(new),
        keep_session=person.session_id,
    )
    throttle().forget(PER_ACCOUNT, person.email, f"session {person.session_id}")
