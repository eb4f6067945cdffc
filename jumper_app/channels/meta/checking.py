"""What *Test connection* asks Meta about a token, and about where webhooks go.

Sources: Graph API > Debug token; Graph API > Application > Subscriptions; read 2026-11-22.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from jumper_app import clock
from jumper_app.channels.contract import Credentials, Finding, Setup, Verdict
from jumper_app.channels.loose import Object, listed, obj, text, whole
from jumper_app.errors import SendFailed

from .failures import BadRequest, OwnerMustAct
from .graph import Graph

REFUSED = (BadRequest, OwnerMustAct)
"""Meta answered and said no. Whatever else fails says nothing about the account."""

SOON = timedelta(days=14)
"""A token that ends earlier than this is worth a warning."""

TOKEN, PERMISSIONS = "Access token", "Permissions"
SECRET, WEBHOOK, FIELDS = "App secret", "Callback address", "Webhook fields"


@dataclass(frozen=True)
class Token:
    """What Meta tells about an access token.

    Attributes:
        app_id: The app that it was made for; empty when not told.
        expires_at: None: never, or not told.
    """

    app_id: str
    app_name: str
    expires_at: datetime | None
    findings: tuple[Finding, ...]


def good(title: str, words: str) -> Finding:
    return Finding(title=title, verdict=Verdict.GOOD, text=words)


def bad(title: str, words: str, *, blocks: bool = False, can_subscribe: bool = False) -> Finding:
    verdict = Verdict.BAD
    return Finding(
        title=title, verdict=verdict, text=words, blocks=blocks, can_subscribe=can_subscribe
    )


def warning(title: str, words: str) -> Finding:
    return Finding(title=title, verdict=Verdict.WARNING, text=words)


def unknown(title: str, words: str) -> Finding:
    return Finding(title=title, verdict=Verdict.UNKNOWN, text=words)


async def look_at_token(graph: Graph, credentials: Credentials, setup: Setup) -> Token:
    """Ask Meta about the token, with the token itself."""
    asked = {"input_token": credentials.token.get_secret_value()}
    try:
        told = await graph.call(credentials, "GET", "debug_token", delivers=False, params=asked)
    except OwnerMustAct as refused:
        return Token("", "", None, (bad(TOKEN, not_accepted(refused.detail), blocks=True),))
    except BadRequest:
        words = "Meta does not tell about this token, so its permissions could not be checked."
        return Token("", "", None, (unknown(PERMISSIONS, words),))
    about = obj(told.get("data"))
    if about.get("is_valid") is False:
        complaint = text(obj(about.get("error")).get("message"))
        return Token("", "", None, (bad(TOKEN, not_accepted(complaint), blocks=True),))
    expires_at = end_of(about)
    findings = (lifetime(expires_at, clock.now()), permissions(about, setup.permissions))
    name = text(about.get("application"))
    return Token(text(about.get("app_id")), name, expires_at, findings)


def not_accepted(complaint: str) -> str:
    """A token that is none, or none any more."""
    said = f"Meta does not accept it: {complaint.rstrip('.')}." if complaint else ""
    return f"{said or 'Meta does not accept it.'} Make a new token and save it here."


def end_of(about: Object) -> datetime | None:
    """When the token or its access to data ends, whichever comes first; None: never."""
    ends = (whole(about.get(name)) for name in ("expires_at", "data_access_expires_at"))
    earliest = min((each for each in ends if each), default=None)
    try:
        return datetime.fromtimestamp(earliest, UTC) if earliest else None
    except (ValueError, OverflowError, OSError):
        return None


def lifetime(expires_at: datetime | None, now: datetime) -> Finding:
    """How long the token is good for."""
    if expires_at is None:
        return good(TOKEN, "It is valid and does not expire.")
    when = f"{expires_at:%-d %B %Y, %H:%M} UTC"
    if expires_at <= now:
        return bad(TOKEN, f"It expired on {when}. Make a new token and save it here.", blocks=True)
    if expires_at - now < SOON:
        words = f"It expires on {when}. Save a system user's permanent token here before then."
        return warning(TOKEN, words)
    return good(TOKEN, f"It is valid until {when}.")


def permissions(about: Object, needed: Sequence[str]) -> Finding:
    """Whether the token may do what we do."""
    granted = {text(each) for each in listed(about.get("scopes"))}
    lacking = [each for each in needed if each not in granted]
    if not lacking:
        return good(PERMISSIONS, f"The token has {' and '.join(needed)}.")
    return bad(
        PERMISSIONS,
        f"The token lacks {' and '.join(lacking)}. Grant this to the system user in Meta's "
        "Business settings, make a new token and save it here.",
    )


async def look_at_webhook(
    graph: Graph, credentials: Credentials, token: Token, setup: Setup, object_: str, callback: str
) -> tuple[Finding, ...]:
    """Ask Meta, in the app's own name, where it posts and what.

    Args:
        object_: What the webhooks are about, as Meta calls it, for instance ``page``.
        callback: Our address that it should post to.
    """
    if not token.app_id or not credentials.app_secrets:
        words = "Meta does not tell which app the token belongs to, so this could not be checked."
        return (unknown(WEBHOOK, words),)
    try:
        told = await graph.call(
            in_the_apps_name(credentials, token.app_id),
            *("GET", token.app_id, "subscriptions"),
            delivers=False,
        )
    except REFUSED:
        return (bad(SECRET, wrong_secret(token), blocks=True),)
    found = [obj(each) for each in listed(told.get("data"))]
    mine = next((each for each in found if text(each.get("object")) == object_), Object())
    owner = f"the app “{token.app_name}”" if token.app_name else "the token's app"
    return (good(SECRET, f"It belongs to {owner}."), *subscription(mine, setup, callback))


def in_the_apps_name(credentials: Credentials, app_id: str) -> Credentials:
    """The same account, speaking as the app itself."""
    secret = credentials.app_secrets[0].get_secret_value()
    return credentials.model_copy(update={"token": SecretStr(f"{app_id}|{secret}")})


def wrong_secret(token: Token) -> str:
    """The app secret is another app's, or mistyped."""
    named = f" “{token.app_name}”" if token.app_name else ""
    return (
        f"It is not the secret of the app{named} that the token was made for. Copy it again "
        "from App settings › Basic."
    )


def subscription(mine: Object, setup: Setup, callback: str) -> tuple[Finding, ...]:
    """Where Meta posts, and which fields."""
    posts_to = text(mine.get("callback_url"))
    if not posts_to or mine.get("active") is False:
        words = "Meta has no callback address yet. Paste the one shown here, with the verify token."
        return (bad(WEBHOOK, words),)
    if posts_to.rstrip("/") != callback.rstrip("/"):
        words = f"Meta posts to {posts_to[:200]}. Paste {callback} there instead."
        return (bad(WEBHOOK, words),)
    return (good(WEBHOOK, "Meta posts to this workspace."), fields(mine, setup))


def fields(mine: Object, setup: Setup) -> Finding:
    """Which fields are subscribed; each is an object with a name, or its bare name."""
    told = listed(mine.get("fields"))
    subscribed = {text(obj(each).get("name")) or text(each) for each in told}
    lacking = [each for each in setup.fields if each not in subscribed]
    if lacking:
        return bad(FIELDS, f"Subscribe to {', '.join(lacking)}: without it nothing arrives here.")
    missed = [f"{name} ({what})" for name, what in setup.optional_fields if name not in subscribed]
    if missed:
        words = f"Messages arrive. Not subscribed, so you will not see: {', '.join(missed)}."
        return warning(FIELDS, words)
    return good(FIELDS, "Everything is subscribed.")


def refused(title: str, refusal: SendFailed, advice: str) -> Finding:
    """Meta refused what the admin wrote down."""
    said = f"Meta says: {refusal.detail.rstrip('.')}. " if refusal.detail else ""
    return bad(title, f"{said}{advice}", blocks=True)
