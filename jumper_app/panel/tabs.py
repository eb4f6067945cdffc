"""A tab's state belongs to the session that filled it.

Reflex keys state by a token that the browser chooses and keeps while people sign out
and others sign in. So before each event the tab is compared with the session cookie of
the socket: another session finds an empty tab, and nobody at all finds nothing.
"""

import functools
import logging

import reflex as rx
from reflex.event import Event
from reflex.state import BaseState, StateUpdate
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext

from jumper_app.errors import JumperError, TooManyRequests
from jumper_app.people import throttle
from jumper_app.people.sessions import SignedOut
from jumper_app.people.throttle import Throttle
from jumper_app.people.tokens import digest

from .access import MARK, report, say, session_token, signed_in, to_sign_in

log = logging.getLogger(__name__)

FRONTEND_ERRORS_PER_TAB = throttle.rate("5/minute")
FRONTEND_ERRORS = throttle.rate("30/minute")
"""Errors of browsers that are written down: from one tab, and from all of them."""

FRAMEWORK_EVENTS = throttle.rate("600/minute")
"""Events of Reflex's own (a page load is two or three) that one session may send."""

FRONTEND_ERROR_LENGTH = 500


class TabOwner(rx.State):
    """Which session filled this tab. Holds a digest, and never leaves the server."""

    _session: str = ""


class OneTabOneSession(rx.Middleware):
    """Empties a tab that changed hands, and lets nobody into Reflex's own handlers.

    Handlers of ours are let through by ``access.handler``.
    """

    async def preprocess(
        self,
        app: rx.App,
        state: BaseState,
        event: Event,
    ) -> StateUpdate | None:
        """Return None to go on with the event, or what to answer in its place."""
        await _hand_over(state)
        registered = RegistrationContext.get().event_handlers[event.name]
        if hasattr(registered.handler.fn, MARK):
            return None
        try:
            person = await signed_in(state)
            _throttle().take(FRAMEWORK_EVENTS, str(person.session_id))
        except SignedOut:
            return StateUpdate(events=Event.from_event_type(to_sign_in()))
        except TooManyRequests as refusal:
            return StateUpdate(events=Event.from_event_type(say(refusal.for_agent)))
        return None


async def _hand_over(state: BaseState) -> None:
    token = session_token(state)
    session = digest(token) if token else ""
    owner = await state.get_state(TabOwner)
    if owner._session and owner._session != session:
        state._get_root_state().reset()
        owner = await state.get_state(TabOwner)
    owner._session = session


def on_frontend_error(exception: Exception) -> None:
    """Write down an error that a browser reports: one short line, and not too many.

    Give it to ``rx.App(frontend_exception_handler=…)``.
    """
    try:
        _throttle().take(FRONTEND_ERRORS_PER_TAB, EventContext.get().token)
        _throttle().take(FRONTEND_ERRORS)
    except TooManyRequests:
        return
    log.warning("a browser reports: %s", " ".join(str(exception).split())[:FRONTEND_ERROR_LENGTH])


def on_backend_error(exception: Exception) -> rx.event.EventSpec | None:
    """Log what escaped from a handler of Reflex's own, without its values.

    Give it to ``rx.App(backend_exception_handler=…)``.
    """
    if isinstance(exception, JumperError):
        return say(exception.for_agent)
    return report(exception, "an event")


@functools.cache
def _throttle() -> Throttle:
    """This process's counts; made at first use, not at import."""
    return Throttle()
