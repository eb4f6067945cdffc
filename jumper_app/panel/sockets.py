"""Sockets outlive a session that ends elsewhere; here they are closed with it, at once.

Every event on a socket is let through by itself (``access``). But what a page has open
would stay on the screen, so its browser is sent to the sign-in page before the socket goes.
"""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

import reflex as rx
from reflex.app import EventNamespace
from reflex.event import Event
from reflex.state import StateUpdate

from jumper_app import clock
from jumper_app.db import Work, database
from jumper_app.live import AgentChanged, LiveEvent
from jumper_app.people import cookie, sessions
from jumper_app.people.hanging_up import hang_up
from jumper_app.settings import settings

from .access import to_sign_in

log = logging.getLogger(__name__)

LAST_WORDS_S = 0.2
"""How long a browser has to read its last words, in seconds. Its events count no more."""


async def close_with_their_sessions(panel: rx.App) -> None:
    """Close sockets of this process whose session has ended, as long as the server lives."""
    with database().hub.listening(_is_about_agents) as ear:
        while True:
            await ear.drain()
            try:
                await close_ended(panel)
            except Exception:
                log.exception("sockets could not be looked through; every event still is")


async def close_ended(panel: rx.App) -> int:
    """Look at every open socket once. Returns how many were closed."""
    namespace, server = panel.event_namespace, panel.sio
    if namespace is None or server is None:
        return 0
    found = {
        sid: session_of(server.get_environ(sid, namespace.namespace) or {})
        for sid in list(namespace.sid_to_token)
    }
    alive = await database().ask(_alive, set(found.values()))
    ended = [sid for sid, session in found.items() if session not in alive]
    await asyncio.gather(*(_close(namespace, server, sid) for sid in ended))
    return len(ended)


async def _close(namespace: EventNamespace, server: Any, sid: str) -> None:
    """Send the browser to the sign-in page, then hang up, whether it listens or not."""
    scope = server.get_environ(sid, namespace.namespace).get("asgi.scope", {})
    if token := namespace.sid_to_token.get(sid):
        leave = StateUpdate(events=Event.from_event_type(to_sign_in()))
        await namespace.emit_update(leave, token)
    await server.disconnect(sid, namespace.namespace)
    await asyncio.sleep(LAST_WORDS_S)
    hang_up(scope)


def session_of(environ: dict[str, str]) -> str:
    """The session cookie that a socket was opened with; empty if it had none."""
    return cookie.read(environ.get("HTTP_COOKIE", ""), cookie.name_for(settings().public_url))


def _alive(work: Work, tokens: Iterable[str]) -> set[str]:
    now = clock.machine()
    return {token for token in tokens if sessions.who(work, token, now) is not None}


def _is_about_agents(event: LiveEvent) -> bool:
    return isinstance(event, AgentChanged)
