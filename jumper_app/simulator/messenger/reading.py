"""Messenger's JSON of a message → what a screen shows."""

from typing import Any

from jumper_app.simulator import words
from jumper_app.simulator.rows import Message
from jumper_app.simulator.screen import Choice, Said
from jumper_app.simulator.store import Store

KINDS = {"image": "image", "video": "video", "audio": "audio", "file": "document"}
OPT_INS = frozenset({"notification_messages", "one_time_notif_req"})


def said(message: Message, store: Store) -> Said:
    """What a message says."""
    content: Any = message.content
    if message.type == "postback":
        return Said(kind="text", text=content["title"])
    attachment = _attachment(content)
    payload = attachment.get("payload", {})
    file = store.file(payload.get("attachment_id") or _in_store(payload.get("url", "")))
    kind = "sticker" if "sticker_id" in payload else KINDS.get(attachment.get("type", ""), "text")
    return Said(
        kind=kind,
        text=content.get("text", "") or _template_words(payload),
        media=file.id if file else "",
        mime=file.mime if file else "",
        choices=choices(message),
        title=file.filename if file and kind == "document" else "",
        detail=words.size(file.size) if file and kind == "document" else "",
    )


def choices(message: Message) -> tuple[Choice, ...]:
    """What can be tapped on a message from the page. A link is not: it leads elsewhere."""
    if message.from_customer:
        return ()
    content: Any = message.content
    replies = [Choice(one["payload"], one["title"]) for one in content.get("quick_replies", ())]
    payload = _attachment(content).get("payload", {})
    if payload.get("template_type") in OPT_INS:
        return (Choice(payload["payload"], words.ALLOW),)
    buttons = [*payload.get("buttons", ())]
    for element in payload.get("elements", ()):
        buttons += element.get("buttons", ())
    taps = [Choice(one["payload"], one["title"]) for one in buttons if one["type"] == "postback"]
    return (*replies, *taps)


def is_quick_reply(message: Message, choice: Choice) -> bool:
    """Is it one of those above the keyboard, that go as a message?"""
    replies = message.content.get("quick_replies", ())
    return any(one["payload"] == choice.id for one in replies)


def is_opt_in(message: Message) -> bool:
    """Does it ask for leave to write later?"""
    return _attachment(message.content).get("payload", {}).get("template_type") in OPT_INS


def line(content: Any) -> str:
    """A message in one line, for the ledger."""
    attachment = _attachment(content)
    if content.get("text"):
        return content["text"]
    kind = KINDS.get(attachment.get("type", ""), "")
    return words.KINDS.get(kind) or _template_words(attachment.get("payload", {}))


def _attachment(content: Any) -> dict[str, Any]:
    """The only attachment: a send has it alone, a webhook in a list."""
    listed = content.get("attachments", ())
    return content.get("attachment") or (listed[0] if listed else {})


def _in_store(address: str) -> str:
    """The id of the file behind an address of Meta's store."""
    _, _, place = address.partition("/cdn/")
    return place.partition("/")[0]


def _template_words(payload: dict[str, Any]) -> str:
    elements = payload.get("elements", ())
    parts = [payload.get("text", ""), payload.get("title", "")]
    parts += ["\n".join(filter(None, (one["title"], one.get("subtitle", "")))) for one in elements]
    links = [one["url"] for one in payload.get("buttons", ()) if one["type"] == "web_url"]
    return "\n".join(filter(None, (*parts, *links)))
