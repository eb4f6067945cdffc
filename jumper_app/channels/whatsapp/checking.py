"""What *Test connection* asks about a WhatsApp number.

Sources: WhatsApp > Business phone numbers; WhatsApp > Webhooks > Subscriptions (both also in
Meta's OpenAPI file v23.0); read 2026-11-22.
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
from .setup import SETUP

NUMBER_FIELDS = "display_phone_number,verified_name,quality_rating,status,name_status"
NUMBER, ACCOUNT, QUALITY = "Phone number", "Business account", "Quality"
SUBSCRIBED = "Account's webhooks"


async def check(graph: Graph, credentials: Credentials, callback: str) -> Report:
    """Look at token, number, business account and webhook, in the order of the form."""
    token = await look_at_token(graph, credentials, SETUP)
    if any(each.blocks for each in token.findings):
        return Report(findings=token.findings)
    number, about = await look_at_number(graph, credentials)
    account = await look_at_account(graph, credentials, token)
    webhook = await look_at_webhook(graph, credentials, token, SETUP, OBJECT, callback)
    return Report(
        name=text(about.get("verified_name"), 120),
        address=text(about.get("display_phone_number"), 64),
        quality=text(about.get("quality_rating"), 20),
        token_expires_at=token.expires_at,
        findings=(*token.findings, *number, *account, *webhook),
    )


async def look_at_number(
    graph: Graph, credentials: Credentials
) -> tuple[tuple[Finding, ...], Object]:
    """Is it there, and what does Meta think of it?"""
    try:
        about = await graph.call(
            credentials,
            *("GET", credentials.external_id),
            delivers=False,
            params={"fields": NUMBER_FIELDS},
        )
    except REFUSED as refusal:
        advice = "Copy the phone number ID again; it is not the number itself."
        return (refused(NUMBER, refusal, advice),), {}
    return (standing(about), *quality(about)), about


def standing(about: Object) -> Finding:
    """Can the number be used?"""
    shown = " · ".join(
        filter(None, (text(about.get("verified_name")), text(about.get("display_phone_number"))))
    )
    status = text(about.get("status"))
    if status in {"", "CONNECTED"}:
        return good(NUMBER, f"{shown} is connected." if shown else "It is connected.")
    return bad(
        NUMBER,
        f"{shown}: its status at Meta is {status.lower().replace('_', ' ')}. Register or verify "
        "the number in WhatsApp Manager, then test again.",
    )


def quality(about: Object) -> tuple[Finding, ...]:
    """How customers rate the number; nothing while nobody has."""
    rating = text(about.get("quality_rating"))
    if rating == "GREEN":
        return (good(QUALITY, "Customers rate this number well."),)
    if rating in {"YELLOW", "RED"}:
        degree = "low" if rating == "RED" else "middling"
        words = f"Meta rates it {degree}: customers block or report its messages. Send less."
        return (warning(QUALITY, words),)
    return ()


async def look_at_account(
    graph: Graph, credentials: Credentials, token: Token
) -> tuple[Finding, ...]:
    """Does the number belong to this account, and does Meta post the account's news to us?"""
    waba = credentials.parent_id
    try:
        numbers = await graph.call(
            credentials, "GET", waba, "phone_numbers", delivers=False, params={"fields": "id"}
        )
        apps = await graph.call(credentials, "GET", waba, "subscribed_apps", delivers=False)
    except REFUSED as refusal:
        advice = "Copy the WhatsApp Business Account ID again, and let the token's user manage it."
        return (refused(ACCOUNT, refusal, advice),)
    ids = [text(obj(each).get("id")) for each in listed(numbers.get("data"))]
    if credentials.external_id not in ids and not obj(numbers.get("paging")).get("next"):
        words = "The phone number ID is of another business account. Copy both IDs again."
        return (bad(ACCOUNT, words, blocks=True),)
    return (good(ACCOUNT, "The number belongs to it."), posted(apps, token))


def posted(apps: Object, token: Token) -> Finding:
    """Is the token's app among those that hear of this account?"""
    ids = [
        text(obj(obj(each).get("whatsapp_business_api_data")).get("id"))
        for each in listed(apps.get("data"))
    ]
    if token.app_id in ids or (ids and not token.app_id):
        return good(SUBSCRIBED, "Meta sends them to the app.")
    words = "Meta does not send this account's webhooks to the app yet."
    return bad(SUBSCRIBED, words, can_subscribe=True)
