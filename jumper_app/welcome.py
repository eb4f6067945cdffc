"""What the terminal says once the server serves."""

from contextlib import closing

from . import clock
from .db import Database
from .demo.seed import SIGN_INS
from .people import agents
from .settings import Settings


def lines(settings: Settings) -> list[str]:
    """What the operator should know now: sign-ins, or the link for the first admin."""
    if settings.demo:
        return _demo_lines(settings)
    with closing(_opened(settings)) as database:
        token = database.write(agents.first_admin_link, clock.machine())
    if token is None:
        return []
    return [
        "Nobody can sign in yet. This link makes the first admin, once:",
        _link(settings, token),
    ]


def admin_link(settings: Settings, email: str) -> str:
    """A one-time link with which the owner of an address becomes an admin."""
    with closing(_opened(settings)) as database:
        return _link(settings, database.write(agents.admin_link, email, clock.machine()))


def _demo_lines(settings: Settings) -> list[str]:
    password = settings.demo_password.get_secret_value()
    people = [f"{email:<20} {role}" for email, _, role in SIGN_INS]
    return [
        "This is a demo workspace. Sign in as one of",
        *(f"  {one}" for one in people),
        f"with the password {password}",
        f"and be a customer at {settings.public_url}/simulator",
    ]


def _link(settings: Settings, token: str) -> str:
    return f"{settings.public_url}/setup/{token}"


def _opened(settings: Settings) -> Database:
    return Database(settings.database_url)
