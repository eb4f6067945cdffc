"""Where somebody is signed in: the rows."""

from datetime import datetime
from typing import TypedDict

from jumper_app.panel.figures import browser
from jumper_app.people.sessions import OpenSession


class SessionRow(TypedDict):
    """One browser that is signed in. Times are ISO."""

    name: str
    browser: str
    created_at: str
    seen_at: str
    mine: bool


def session_row(session: OpenSession) -> SessionRow:
    """A session as it is drawn; its name opens nothing."""
    return SessionRow(
        name=session.name,
        browser=browser(session.browser),
        created_at=iso(session.created_at),
        seen_at=iso(session.last_seen_at),
        mine=session.mine,
    )


def iso(at: datetime) -> str:
    """A time for the browser."""
    return at.isoformat()
