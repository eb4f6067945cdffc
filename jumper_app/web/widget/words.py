"""The widget's sentences, in the languages of visitors.

What the business itself says, its greeting for instance, comes from its options.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language and its sentences by name. ``tag``: as in HTML's ``lang``."""

    tag: str
    words: dict[str, str]
    direction: str = "ltr"


ENGLISH = Language(
    "en",
    {
        "open": "Open chat",
        "close": "Close chat",
        "unread_one": "1 new message",
        "unread_many": "{n} new messages",
        "log": "Conversation",
        "you": "You",
        "write": "Write a message",
        "send": "Send",
        "attach": "Add a picture or file",
        "earlier": "Show earlier messages",
        "sent": "Sent",
        "seen": "Seen",
        "waiting": "Waiting for the line",
        "failed": "Not sent",
        "again": "Try again",
        "typing": "{name} is typing",
        "typing_unnamed": "Somebody is typing",
        "answers": "{name} answers",
        "bot_answers": "Answered automatically",
        "nobody_answers": "We will answer here",
        "offline": "You are offline. What you write is sent as soon as the line is back.",
        "connecting": "Connecting…",
        "name": "Your name",
        "email": "Your e-mail address",
        "begin": "Begin",
        "ask": "So that we can answer you",
        "preview": "We can see what you type before you send it.",
        "today": "Today",
        "yesterday": "Yesterday",
        "too_long": "{n} characters too long",
        "too_fast": "That was very fast. It will be sent in a moment.",
        "too_many_today": "That is all we can take from you today. Please come back tomorrow.",
        "too_many_newcomers": "Too many new conversations from your network. Please try later.",
        "too_many_streams": "The chat is open too often in your network. Please close another one.",
        "no_chat": "This chat is not open.",
        "unreadable": "This could not be sent.",
        "no_script": "This chat needs JavaScript.",
        "file": "File",
        "place": "Place",
        "too_many_files": "That is enough for an hour. Please send further files later.",
        "file_too_large": "A file may have at most 10 MB.",
        "file_kind": "Pictures, films, sounds, PDF, text and office files are taken.",
        "no_room": "There is no room for files just now.",
        "download": "Download {name}",
        "file_coming": "Still loading",
    },
)

LANGUAGES = {one.tag: one for one in (ENGLISH,)}


def chosen(told: str) -> Language:
    """The first that we speak of a header like ``de-AT, de;q=0.9, en;q=0.5``; else English."""
    for part in told[:200].lower().split(","):
        tag = part.partition(";")[0].strip().partition("-")[0]
        if tag in LANGUAGES:
            return LANGUAGES[tag]
    return ENGLISH
