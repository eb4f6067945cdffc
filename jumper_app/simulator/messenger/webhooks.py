"""Webhook bodies in Messenger's own shape. Times are milliseconds.

Source: Messenger Platform > Webhooks > Webhook events, read 2026-11-22.
"""

from collections.abc import Iterable
from datetime import datetime

from jumper_app.simulator.meta.webhooks import Json
from jumper_app.simulator.rows import Message

NAMES = {"❤️": "love", "❤": "love", "😆": "smile", "😂": "smile", "😮": "wow", "😢": "sad"}
NAMES |= {"😠": "angry", "👍": "like", "👎": "dislike"}
EMOJI = {"love": "❤️", "smile": "😆", "wow": "😮", "sad": "😢", "angry": "😠"}
EMOJI |= {"like": "👍", "dislike": "👎"}
"""What Meta calls a reaction, and what it looks like."""


def milliseconds(at: datetime) -> int:
    """Unix milliseconds."""
    return int(at.timestamp() * 1000)


def envelope(page_id: str, items: Iterable[Json], at: datetime, key: str = "messaging") -> Json:
    """One delivery for one page."""
    entry = {"id": page_id, "time": milliseconds(at), key: list(items)}
    return {"object": "page", "entry": [entry]}


def from_customer(told: Message, /, **said: object) -> Json:
    """An element that a customer caused."""
    return {
        "sender": {"id": told.phone},
        "recipient": {"id": told.number},
        "timestamp": milliseconds(told.at),
        **said,
    }


def incoming(message: Message) -> Json:
    """What the customer wrote, tapped or felt."""
    content = message.content
    match message.type:
        case "postback":
            return from_customer(message, postback={"mid": message.id, **content})
        case "reaction":
            return from_customer(message, reaction=reaction(message))
        case _:
            said = {"mid": message.id, **content}
            if message.quotes:
                said["reply_to"] = {"mid": message.quotes}
            return from_customer(message, message=said)


def reaction(message: Message) -> Json:
    """An emoji given to a message, or taken back."""
    emoji, about = message.content["emoji"], message.content["message_id"]
    if not emoji:
        return {"mid": about, "action": "unreact"}
    name = NAMES.get(emoji, "other")
    return {"mid": about, "action": "react", "emoji": emoji, "reaction": name}


def echo(message: Message, app_id: str) -> Json:
    """A message of the page's comes back to the app."""
    said = {"mid": message.id, "is_echo": True, "app_id": int(app_id), **message.content}
    if message.reference:
        said["metadata"] = message.reference
    return {
        "sender": {"id": message.number},
        "recipient": {"id": message.phone},
        "timestamp": milliseconds(message.at),
        "message": said,
    }


def delivered(messages: list[Message], at: datetime) -> Json:
    """Messages of the page's are on the phone, and so are all before."""
    mids = [one.id for one in messages]
    last = messages[-1]
    return from_page(last, at, delivery={"mids": mids, "watermark": milliseconds(last.at)})


def read(messages: list[Message], at: datetime) -> Json:
    """The customer has read everything up to the last of these."""
    last = messages[-1]
    return from_page(last, at, read={"watermark": milliseconds(last.at)})


def from_page(last: Message, at: datetime, **news: Json) -> Json:
    """News of messages of the page's, told in the customer's name."""
    return {
        "sender": {"id": last.phone},
        "recipient": {"id": last.number},
        "timestamp": milliseconds(at),
        **news,
    }


def opted_in(phone: str, page_id: str, at: datetime, asked: Json, token: str) -> Json:
    """The customer lets the page write later, as often as they were asked for."""
    once = asked["template_type"] == "one_time_notif_req"
    given: Json = {
        "type": "one_time_notif_req",
        "payload": asked["payload"],
        "one_time_notif_token": token,
    }
    again: Json = {
        "type": "notification_messages",
        "title": asked["title"],
        "payload": asked["payload"],
        "notification_messages_token": token,
        "user_token_status": "NOT_REFRESHED",
    }
    return {
        "sender": {"id": phone},
        "recipient": {"id": page_id},
        "timestamp": milliseconds(at),
        "optin": given if once else again,
    }
