"""The one way a handler is let through: who, role, rate, arguments.

Every public method of a State can be called by anyone who opens a websocket, with any
payload. So no State has one that is not decorated with ``handler``.
"""

import functools
import inspect
import json
import logging
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import reflex as rx
from limits import RateLimitItem
from pydantic import BaseModel
from reflex.event import EventSpec
from reflex.state import BaseState
from reflex_base.event.context import EventContext

from jumper_app import clock
from jumper_app.db import Work, database
from jumper_app.errors import JumperError, Refused
from jumper_app.models import Role
from jumper_app.people import cookie, sessions, throttle
from jumper_app.people.sessions import SignedOut, Who
from jumper_app.people.throttle import Throttle
from jumper_app.settings import settings

from . import arguments

log = logging.getLogger(__name__)

MARK = "__let_through__"
"""The attribute that shows that a function went through ``handler``."""

OFTEN = "120/minute"
"""The rate of a handler that names none, for each session."""


@dataclass(frozen=True)
class Rule:
    """What has to hold before a handler runs."""

    name: str
    role: Role
    rate: RateLimitItem
    arguments: type[BaseModel]


def handler(
    *, role: Role = Role.AGENT, rate: str = OFTEN, **options: Any
) -> Callable[[Callable[..., Any]], Any]:
    """Make ``async def verb(self, who: Who, …)`` callable by browsers that may call it.

    The browser hands in everything but ``self`` and ``who``. Errors of our family become
    a toast; what nobody expected is logged without its values.

    Args:
        role: AGENT lets agents and admins in, ADMIN admins only.
        rate: How often one session may call it, like ``60/minute``.
        options: For ``rx.event``: ``background``, ``supersedes``, ``throttle`` and so on.
    """

    def decorate(method: Callable[..., Any]) -> Any:
        rule = Rule(method.__qualname__, role, throttle.rate(rate), arguments.model_for(method))
        guarded = _guarded_stream if inspect.isasyncgenfunction(method) else _guarded_call
        return rx.event(_as_seen(guarded(method, rule), method, rule), **options)  # type: ignore[call-overload]

    return decorate


def _guarded_call(method: Callable[..., Any], rule: Rule) -> Callable[..., Any]:
    if not inspect.iscoroutinefunction(method):
        raise TypeError(f"{rule.name} must be async: it would hold up everyone else")

    @functools.wraps(method)
    async def guarded(self: BaseState, /, *args: Any, **kwargs: Any) -> Any:
        try:
            person, given = await let_through(self, rule, args, kwargs)
            return await method(self, person, **given)
        except Exception as error:  # noqa: BLE001 (the last door: whatever it is, it is answered)
            return _answer_to(error, rule)

    return guarded


def _guarded_stream(method: Callable[..., Any], rule: Rule) -> Callable[..., Any]:
    @functools.wraps(method)
    async def guarded(self: BaseState, /, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        try:
            person, given = await let_through(self, rule, args, kwargs)
            async with aclosing(method(self, person, **given)) as events:
                async for event in events:
                    yield event
        except Exception as error:  # noqa: BLE001 (as above)
            yield _answer_to(error, rule)

    return guarded


def _as_seen(guarded: Callable[..., Any], method: Callable[..., Any], rule: Rule) -> Any:
    """Show Reflex the arguments without ``who``, and without types.

    Given types, Reflex would convert values before they are checked, and log the value
    whenever that fails.
    """
    own, _who, *rest = inspect.signature(method).parameters.values()
    seen = [each.replace(annotation=inspect.Parameter.empty) for each in (own, *rest)]
    guarded.__signature__ = inspect.Signature(seen)  # type: ignore[attr-defined]
    guarded.__annotations__ = {}
    setattr(guarded, MARK, rule)
    return guarded


async def let_through(
    state: BaseState, rule: Rule, positional: tuple[Any, ...], named: dict[str, Any]
) -> tuple[Who, dict[str, Any]]:
    """The person and the checked arguments, or the error that says why not."""
    person = await signed_in(state)
    person.must_be(rule.role)
    _throttle().take(rule.rate, str(person.session_id), rule.name)
    return person, arguments.read(rule.arguments, positional, named)


async def signed_in(state: BaseState) -> Who:
    """The person behind the present event, read from the database now. Raises SignedOut.

    Watchers that run for long ask again whenever ``AgentChanged`` names their agent.
    """
    now = clock.machine()
    person = await database().ask(sessions.who, session_token(state), now)
    if person is None:
        raise SignedOut
    if sessions.is_due(person, now):
        await database().run(sessions.touch, person.session_id, now)
    return person


def still_signed_in(work: Work, token: str) -> Who:
    """The person behind a session, for watchers that ask again. Raises SignedOut."""
    person = sessions.who(work, token, clock.machine())
    if person is None:
        raise SignedOut
    return person


def session_token(state: BaseState) -> str:
    """The session cookie of the socket that sent the present event; empty if it had none."""
    headers = EventContext.get().router_data.get("headers")
    sent = state.router.headers.cookie if headers is None else headers.get("cookie", "")
    return cookie.read(sent, cookie.name_for(settings().public_url))


def _answer_to(error: Exception, rule: Rule) -> Any:
    if isinstance(error, SignedOut):
        return [say(error.for_agent), to_sign_in()]
    if isinstance(error, Refused):
        log.info("%s refused: %s", rule.name, error.code)
        return say(error.for_agent)
    return report(error, rule.name)


def report(error: Exception, where: str) -> EventSpec:
    """Log an unexpected error, and say so kindly."""
    log_unexpected(error, where)
    return say(error.for_agent if isinstance(error, JumperError) else JumperError.for_agent)


def log_unexpected(error: Exception, where: str) -> None:
    """Log an error by its type and place, never by its values."""
    steps = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s failed: %s\n%s", where, type(error).__name__, steps)


def say(text: str, kind: str = "error") -> EventSpec:
    """Tell the person at the browser what just happened.

    Args:
        kind: ``error``, ``success`` or ``info``.
    """
    script = f"refs['__toast']?.[{json.dumps(kind)}]({json.dumps(text)}, {{testId: \"toast\"}})"
    return rx.run_script(script)


def to_sign_in() -> EventSpec:
    """Leave for the sign-in page, which is no page of Reflex, and come back afterwards."""
    here = "encodeURIComponent(window.location.pathname + window.location.search)"
    return rx.run_script(f"window.location.assign('/login?next=' + {here})")


@functools.cache
def _throttle() -> Throttle:
    """This process's rates; made at first use, not at import."""
    return Throttle()
