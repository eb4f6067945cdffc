"""What Meta documents about requests to ``/messages``, as pure functions.

The numbers stand here a second time, apart from the app's own: a stand-in that asked
the app for its limits could never find the app wrong.
Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, read 2026-11-22.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from jumper_app.simulator.whatsapp import enclosure_rules, template_rules
from jumper_app.simulator.whatsapp.checks import Body, distinct, need, only, text
from jumper_app.simulator.whatsapp.errors import WhatsAppError
from jumper_app.simulator.whatsapp.templates import Templates

MAX_TEXT = 4096
MAX_REFERENCE = 512
MAX_BUTTONS, MAX_BUTTON_TITLE, MAX_BUTTON_ID, MAX_BUTTON_BODY = 3, 20, 256, 1024
MAX_SECTIONS, MAX_ROWS, MAX_LIST_BUTTON, MAX_LIST_BODY = 10, 10, 20, 4096
MAX_ROW_ID, MAX_ROW_TITLE, MAX_ROW_DESCRIPTION, MAX_SECTION_TITLE = 200, 24, 72, 24
MAX_FOOTER = MAX_HEADER = 60

SERVICE_WINDOW = timedelta(hours=24)
"""Counted from the customer's last message to this number."""
PAIR_BURST, PAIR_EVERY = 45, timedelta(seconds=6)
"""Messages to one customer: so many at once, then one in this time."""
NUMBER_BURST, NUMBER_EVERY = 80, timedelta(seconds=1) / 80
"""Messages of one number per second."""

BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def check_message(body: Body, templates: Templates) -> None:
    """Raise the WhatsAppError with which Meta refuses this send; return for a good one."""
    check_envelope(body)
    kind = body.get("type", "text")
    if kind == "template":
        template_rules.check(need(body, kind, dict), templates)
    elif kind in CHECKS:
        CHECKS[kind](need(body, kind, list if kind == "contacts" else dict))
    else:
        raise WhatsAppError(131051, f"Unsupported message type '{kind}'.")


def check_envelope(body: Body) -> None:
    """What every send needs around its content."""
    if body.get("messaging_product") != "whatsapp":
        raise WhatsAppError(100, "The parameter messaging_product is required.")
    if body.get("recipient_type", "individual") != "individual":
        raise WhatsAppError(131009, "recipient_type must be individual.")
    text(body, "biz_opaque_callback_data", MAX_REFERENCE, missing=True)
    if "context" in body:
        context = need(body, "context", dict)
        only(context, {"message_id"}, "context")
        need(context, "message_id", str)


def recipient(body: Body, country_code: str) -> tuple[str, str, str]:
    """(input, dialled digits, BSUID) of a send; ``to`` wins over ``recipient``.

    Without a plus sign the business number's own country code is prepended.
    """
    if body.get("to"):
        written = need(body, "to", str)
        digits = re.sub(r"[\s()\-.]", "", written).removeprefix("+")
        if not re.fullmatch(r"\d{5,20}", digits):
            raise WhatsAppError(131009, "Parameter 'to' is not a phone number.")
        return written, digits if written.lstrip().startswith("+") else country_code + digits, ""
    if body.get("recipient"):
        bsuid = need(body, "recipient", str)
        if not BSUID.fullmatch(bsuid):
            raise WhatsAppError(131009, "Parameter 'recipient' is not a business-scoped user ID.")
        return bsuid, "", bsuid
    raise WhatsAppError(100, "The parameter to is required.")


def check_text(content: Body) -> None:
    only(content, {"body", "preview_url"}, "text")
    text(content, "body", MAX_TEXT)
    if not isinstance(content.get("preview_url", False), bool):
        raise WhatsAppError(100, "Param text['preview_url'] must be a boolean.")


def check_reaction(content: Body) -> None:
    only(content, {"message_id", "emoji"}, "reaction")
    need(content, "message_id", str)
    if not isinstance(content.get("emoji"), str):
        raise WhatsAppError(131008, "Parameter 'reaction.emoji' is missing.")


def check_interactive(content: Body) -> None:
    only(content, {"type", "header", "body", "footer", "action"}, "interactive")
    kinds = {"button": (check_buttons, MAX_BUTTON_BODY), "list": (check_list, MAX_LIST_BODY)}
    if content.get("type") not in kinds:
        raise WhatsAppError(131009, "Interactive type must be one of button, list.")
    check, longest = kinds[content["type"]]
    text(need(content, "body", dict), "text", longest)
    if "footer" in content:
        text(need(content, "footer", dict), "text", MAX_FOOTER)
    if "header" in content:
        check_header(need(content, "header", dict))
    check(need(content, "action", dict))


def check_header(header: Body) -> None:
    if header.get("type") != "text":
        raise WhatsAppError(131009, "Header type must be text.")
    text(header, "text", MAX_HEADER)


def check_buttons(action: Body) -> None:
    buttons = need(action, "buttons", list)
    if not 1 <= len(buttons) <= MAX_BUTTONS:
        raise WhatsAppError(
            131009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"
        )
    replies = [need(button, "reply", dict) for button in buttons if button.get("type") == "reply"]
    if len(replies) != len(buttons):
        raise WhatsAppError(131009, "Button type must be reply.")
    for reply in replies:
        text(reply, "id", MAX_BUTTON_ID)
        text(reply, "title", MAX_BUTTON_TITLE)
    distinct([reply["id"] for reply in replies], "button id")
    distinct([reply["title"] for reply in replies], "button title")


def check_list(action: Body) -> None:
    text(action, "button", MAX_LIST_BUTTON)
    sections = need(action, "sections", list)
    if not 1 <= len(sections) <= MAX_SECTIONS:
        raise WhatsAppError(131009, "Invalid sections count. Min allowed: 1, Max allowed: 10")
    for section in sections:
        text(section, "title", MAX_SECTION_TITLE, missing=len(sections) == 1)
    rows = [row for section in sections for row in need(section, "rows", list)]
    if not 1 <= len(rows) <= MAX_ROWS:
        raise WhatsAppError(131009, "Total row count exceed max allowed count: 10")
    for row in rows:
        text(row, "id", MAX_ROW_ID)
        text(row, "title", MAX_ROW_TITLE)
        text(row, "description", MAX_ROW_DESCRIPTION, missing=True)
    distinct([row["id"] for row in rows], "row id")


CHECKS: dict[str, Callable[[Any], None]] = {
    "text": check_text,
    "image": enclosure_rules.media("image", caption=True),
    "video": enclosure_rules.media("video", caption=True),
    "audio": enclosure_rules.media("audio", caption=False),
    "document": enclosure_rules.media("document", caption=True, named=True),
    "sticker": enclosure_rules.media("sticker", caption=False),
    "location": enclosure_rules.location,
    "contacts": enclosure_rules.contacts,
    "reaction": check_reaction,
    "interactive": check_interactive,
}


def window_is_open(last_heard: datetime | None, now: datetime) -> bool:
    """May anything but a template be sent now?"""
    return last_heard is not None and now - last_heard < SERVICE_WINDOW


def draw(
    tokens: float, since: datetime, now: datetime, burst: int, every: timedelta
) -> float | None:
    """Take one token of a bucket that held ``tokens`` at ``since``: what is left, None if empty."""
    held = min(float(burst), tokens + (now - since) / every)
    return held - 1 if held >= 1 else None
