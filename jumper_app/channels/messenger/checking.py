"""What *Test connection* asks about a page.

Sources: Graph API > Page; Messenger Platform > Webhooks > Subscribe; read 2026-11-22.
"""

from jumper_app.channels.contract import Credentials, Finding, Report
from jumper_app.channels.loose import Object, listed, obj, text
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.checking import (
    REFUSED,
    Token,
    bad,
    good,
    look_at_token,
    look_at_webhook,
    refused,
    warning,
)

from .inbound import OBJECT
from .setup import FIELDS, OPTIONAL_FIELDS, SETUP

PAGE, SUBSCRIBED = "Page", "Page's webhooks"


async def check(graph: Graph, credentials: Credentials, callback: str) -> Report:
    """Look at token, page, its subscription and the app's webhook, in the order of the form."""
    token = await look_at_token(graph, credentials, SETUP)
    if any(each.blocks for each in token.findings):
        return Report(findings=token.findings)
    page, about = await look_at_page(graph, credentials)
    posted = await look_at_subscription(graph, credentials, token)
    webhook = await look_at_webhook(graph, credentials, token, SETUP, OBJECT, callback)
    picture = obj(obj(about.get("picture")).get("data"))
    return Report(
        name=text(about.get("name"), 120),
        address=text(about.get("link"), 64),
        picture=text(picture.get("url")),
        token_expires_at=token.expires_at,
        findings=(*token.findings, page, *posted, *webhook),
    )


async def look_at_page(graph: Graph, credentials: Credentials) -> tuple[Finding, Object]:
    """Is it there, and is it the token's?"""
    try:
        about = await graph.call(
            credentials,
            *("GET", credentials.external_id),
            delivers=False,
            params={"fields": "name,link,picture"},
        )
    except REFUSED as refusal:
        advice = "Copy the page ID again, and make the token for this very page."
        return refused(PAGE, refusal, advice), {}
    name = text(about.get("name"))
    return good(PAGE, f"{name} is connected." if name else "It is connected."), about


async def look_at_subscription(
    graph: Graph, credentials: Credentials, token: Token
) -> tuple[Finding, ...]:
    """Does Meta post this page's webhooks to our app, and which?"""
    try:
        told = await graph.call(
            credentials, *("GET", credentials.external_id, "subscribed_apps"), delivers=False
        )
    except REFUSED as refusal:
        advice = "Give the token the permission pages_manage_metadata, then test again."
        return (refused(SUBSCRIBED, refusal, advice),)
    apps = [obj(each) for each in listed(told.get("data"))]
    mine = [each for each in apps if not token.app_id or text(each.get("id")) == token.app_id]
    if not mine:
        words = "Meta does not send this page's webhooks to the app yet."
        return (bad(SUBSCRIBED, words, can_subscribe=True),)
    return (subscribed(mine[0]),)


def subscribed(app: Object) -> Finding:
    """What of the page is posted."""
    told = listed(app.get("subscribed_fields"))
    names = {text(obj(each).get("name")) or text(each) for each in told}
    lacking = [each for each in FIELDS if each not in names]
    if lacking:
        words = f"Meta does not send {' and '.join(lacking)} of this page to the app."
        return bad(SUBSCRIBED, words, can_subscribe=True)
    missed = [f"{name} ({what})" for name, what in OPTIONAL_FIELDS if name not in names]
    if missed:
        return warning(SUBSCRIBED, f"Messages arrive. Not subscribed: {', '.join(missed)}.")
    return good(SUBSCRIBED, "Meta sends them to the app.")
