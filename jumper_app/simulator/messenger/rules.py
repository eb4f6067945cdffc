"""What Meta documents about requests to ``/{page-id}/messages``, as pure functions.

The numbers stand here a second time, apart from the app's own: a stand-in that asked the
app for its limits could never find the app wrong.
Sources: Messenger Platform > Send messages, Quick replies, Templates, Sender actions,
read 2026-11-22.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from jumper_app.simulator.messenger.checks import Body, count, need, only, text
from jumper_app.simulator.messenger.errors import MessengerError

MAX_TEXT = 2000
MAX_METADATA = 1000
MAX_QUICK_REPLIES, MAX_QUICK_TITLE, MAX_PAYLOAD = 13, 20, 1000
MAX_BUTTONS, MAX_BUTTON_TITLE, MAX_BUTTON_TEXT = 3, 20, 640
MAX_ELEMENTS, MAX_ELEMENT_TEXT = 10, 80
MAX_OPT_IN_TITLE = 65

FREE_FOR = timedelta(hours=24)
PEOPLE_FOR = timedelta(days=7)
"""Counted from the customer's last message, tap or reaction."""

FILES = {"image", "audio", "video", "file"}
ACTIONS = {"mark_seen", "typing_on", "typing_off", "react", "unreact"}
REACTIONS = {"smile", "angry", "sad", "wow", "love", "like", "dislike"}
REMOVED_TAGS = {"CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"}


def check_send(body: Body) -> None:
    """Raise the MessengerError with which Meta refuses this send; return for a good one."""
    only(body, {"recipient", "messaging_type", "tag", "message", "persona_id"}, "body")
    recipient(body)
    check_purpose(body)
    message = need(body, "message", dict)
    only(message, {"text", "attachment", "quick_replies", "metadata", "reply_to"}, "message")
    text(message, "metadata", MAX_METADATA, missing=True)
    if ("text" in message) == ("attachment" in message):
        raise MessengerError(100, subcode=2018034)
    if "text" in message:
        text(message, "text", MAX_TEXT)
    else:
        check_attachment(need(message, "attachment", dict))
    if "quick_replies" in message:
        check_quick_replies(need(message, "quick_replies", list))


def check_purpose(body: Body) -> None:
    """Why the message is sent."""
    purpose, tag = need(body, "messaging_type", str), body.get("tag")
    if purpose not in {"RESPONSE", "UPDATE", "MESSAGE_TAG"}:
        raise MessengerError(100, "Param messaging_type must be RESPONSE, UPDATE or MESSAGE_TAG")
    if (purpose == "MESSAGE_TAG") != (tag is not None):
        raise MessengerError(100, "Param tag goes with the messaging_type MESSAGE_TAG only")
    if tag in REMOVED_TAGS:
        raise MessengerError(100, subcode=1893061)
    if tag not in {None, "HUMAN_AGENT"}:
        raise MessengerError(100, "Param tag must be a valid message tag")


def recipient(body: Body) -> str:
    """The page-scoped id that it goes to."""
    whom = need(body, "recipient", dict)
    only(whom, {"id"}, "recipient")
    return need(whom, "id", str)


def check_quick_replies(replies: list[Body]) -> None:
    count(replies, MAX_QUICK_REPLIES, "quick_replies")
    for reply in replies:
        only(reply, {"content_type", "title", "payload", "image_url"}, "quick_replies")
        if reply.get("content_type") != "text":
            raise MessengerError(100, "content_type must be text here")
        text(reply, "title", MAX_QUICK_TITLE)
        text(reply, "payload", MAX_PAYLOAD)


def check_attachment(attachment: Body) -> None:
    only(attachment, {"type", "payload"}, "attachment")
    payload = need(attachment, "payload", dict)
    kind = attachment.get("type")
    if kind in FILES:
        check_file(payload)
    elif kind == "template" and payload.get("template_type") in TEMPLATES:
        TEMPLATES[payload["template_type"]](payload)
    else:
        raise MessengerError(100, "Unknown attachment type")


def check_file(payload: Body) -> None:
    only(payload, {"attachment_id", "url", "is_reusable"}, "payload")
    if ("attachment_id" in payload) == ("url" in payload):
        raise MessengerError(100, "Exactly one of attachment_id and url must be given")


def check_button_template(payload: Body) -> None:
    only(payload, {"template_type", "text", "buttons"}, "payload")
    text(payload, "text", MAX_BUTTON_TEXT)
    check_buttons(need(payload, "buttons", list))


def check_generic_template(payload: Body) -> None:
    only(payload, {"template_type", "elements", "image_aspect_ratio"}, "payload")
    elements = need(payload, "elements", list)
    count(elements, MAX_ELEMENTS, "elements")
    for element in elements:
        only(element, {"title", "subtitle", "image_url", "default_action", "buttons"}, "elements")
        text(element, "title", MAX_ELEMENT_TEXT)
        text(element, "subtitle", MAX_ELEMENT_TEXT, missing=True)
        if len(element) == 1:
            raise MessengerError(100, "An element needs more than a title")
        if "buttons" in element:
            check_buttons(need(element, "buttons", list))


def check_opt_in(payload: Body) -> None:
    allowed = {"template_type", "title", "payload", "image_url", "notification_messages_timezone"}
    only(payload, allowed, "payload")
    text(payload, "title", MAX_OPT_IN_TITLE)
    text(payload, "payload", MAX_PAYLOAD)


def check_one_time(payload: Body) -> None:
    only(payload, {"template_type", "title", "payload"}, "payload")
    text(payload, "title", MAX_OPT_IN_TITLE)
    text(payload, "payload", MAX_PAYLOAD)


TEMPLATES: dict[str, Callable[[Body], None]] = {
    "button": check_button_template,
    "generic": check_generic_template,
    "notification_messages": check_opt_in,
    "one_time_notif_req": check_one_time,
}


def check_buttons(buttons: list[Body]) -> None:
    count(buttons, MAX_BUTTONS, "buttons")
    for button in buttons:
        text(button, "title", MAX_BUTTON_TITLE)
        if button.get("type") == "postback":
            only(button, {"type", "title", "payload"}, "buttons")
            text(button, "payload", MAX_PAYLOAD)
        elif button.get("type") == "web_url":
            only(button, {"type", "title", "url"}, "buttons")
            if not need(button, "url", str).startswith(("https://", "http://")):
                raise MessengerError(100, "Param url must be a valid address")
        else:
            raise MessengerError(100, "Button type must be postback or web_url here")


def check_action(body: Body) -> None:
    """Raise the MessengerError with which Meta refuses this sender action."""
    only(body, {"recipient", "sender_action", "payload"}, "body")
    recipient(body)
    action = need(body, "sender_action", str)
    if action not in ACTIONS:
        raise MessengerError(100, "Unknown sender_action")
    if action in {"react", "unreact"}:
        payload = need(body, "payload", dict)
        need(payload, "message_id", str)
        if action == "react" and payload.get("reaction") not in REACTIONS:
            raise MessengerError(100, "Unknown reaction")


def check_window(
    body: Body, last_heard: datetime | None, now: datetime, *, human_agent: bool
) -> None:
    """Raise the error of a message that comes too late for its purpose."""
    age = now - last_heard if last_heard is not None else None
    tagged = body.get("tag") == "HUMAN_AGENT"
    longest = PEOPLE_FOR if tagged and human_agent else FREE_FOR
    if age is None or age >= longest or (tagged and not human_agent):
        raise MessengerError(10, subcode=2018278)
