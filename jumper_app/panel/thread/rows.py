"""What is drawn of one message. Pure: a line of history in, a row out.

A row leaves out what it has nothing to say about, so that a short message is a few
hundred bytes on the wire. Times are ISO in UTC; the browser words them.
"""

from datetime import datetime
from typing import Any, NotRequired, TypedDict

from jumper_app.conversations.history import Line
from jumper_app.conversations.spoken_of import OURSELVES
from jumper_app.models import Delivery, Message, MessageKind
from jumper_app.panel import words
from jumper_app.panel.pieces.faces import initials_of

from .contents import SAY_IT_THEMSELVES, Contents, contents_of
from .text import Piece, clean, pieces, safe_web_address, with_names

QUOTE_LENGTH = 120
"""Characters of a quoted message that are shown above its answer."""


class QuoteRow(TypedDict):
    """The message that this one answers."""

    id: str
    kind: str
    text: str


class AdvertRow(TypedDict):
    """The advertisement through which the customer came."""

    headline: str
    href: str


class Tick(TypedDict):
    """How far a message of ours has come, as in its row."""

    delivery: str
    after: dict[str, int]


class ContactRow(TypedDict):
    """The customer, as the thread and its header show them. ``zone``: an IANA name or empty."""

    name: str
    initials: str
    picture: str
    tone: str
    zone: str
    channel: str
    channel_name: str
    address: str
    unshown: str
    """What of the conversation is not shown; empty when everything is."""
    quotes: bool
    """Can a message be quoted to them?"""
    reactions: list[str]
    """The emoji that their messages can be reacted to with; none: they cannot."""


class Divider(TypedDict):
    """The line above what is unread: the message it stands above, and its words."""

    id: str
    words: str


class MessageRow(Contents):
    """Exactly what is drawn of one message."""

    id: str
    kind: str
    at: str
    author: NotRequired[str]
    """The agent's name, the flow's name; left out for the customer."""
    initials: NotRequired[str]
    tone: NotRequired[str]
    """The agent's face."""
    key: NotRequired[str]
    """The sending browser's own key, by which it knows its words again."""
    pieces: NotRequired[list[Piece]]
    quote: NotRequired[QuoteRow]
    advert: NotRequired[AdvertRow]
    reactions: NotRequired[str]
    reacted: NotRequired[str]
    """Our own emoji among them."""
    unreacted: NotRequired[str]
    """Why the last one of ours did not arrive."""
    revoked: NotRequired[bool]
    edited: NotRequired[bool]
    forwarded: NotRequired[bool]
    elsewhere: NotRequired[bool]
    delivery: NotRequired[str]
    held: NotRequired[str]
    """Until when its author can take it back."""
    by: NotRequired[str]
    """Its author's public id, of what is held."""
    after: NotRequired[dict[str, int]]
    """When it was sent, delivered, read: whole seconds after ``at``, by state."""
    failure: NotRequired[str]
    head: NotRequired[str]
    """Of a status line: what happened, drawn strong."""
    rest: NotRequired[str]
    icon: NotRequired[str]
    follows: NotRequired[bool]
    """Comes from the same person within minutes. This and the next three are said by the
    browser, which knows the reader's zone."""
    shared: NotRequired[bool]
    """The next one follows, and shows the small profile icon for both."""
    day: NotRequired[bool]
    """The first of its day: a day line stands above it."""
    divide: NotRequired[str]
    """The words of the line above what is unread."""


def draw(line: Line, tone: str = "", by: str = "") -> MessageRow:
    """Turn a line of history into what is drawn of it.

    Args:
        line: The message with its author's name, its files and what it quotes.
        tone: The colour of the author's face, if an agent wrote it.
        by: That agent's public id.
    """
    message = line.message
    row = MessageRow(id=message.public_id, kind=message.kind, at=message.at.isoformat())
    if message.kind == MessageKind.STATUS:
        _draw_status(row, message.content or {})
        return row
    _draw_speaker(row, line, tone)
    if message.revoked_at is not None:
        row["revoked"] = True
        return row
    _draw_marks(row, message)
    if message.held_until is not None and message.delivery == Delivery.QUEUED:
        row["held"], row["by"] = message.held_until.isoformat(), by
    if (message.content or {}).get("type") not in SAY_IT_THEMSELVES and message.text:
        row["pieces"] = with_names(pieces(message.text), _named(message))
    row.update(contents_of(line))  # type: ignore[typeddict-item]
    if line.quoted is not None:
        row["quote"] = _quote(line.quoted)
    return row


def _named(message: Message) -> list[str]:
    """How a note names colleagues; nobody else's words can."""
    is_note = message.kind == MessageKind.NOTE
    return (message.content or {}).get("mentions", []) if is_note else []


def _quote(message: Message) -> QuoteRow:
    shown = clean(message.text)[:QUOTE_LENGTH]
    return QuoteRow(id=message.public_id, kind=message.kind, text=shown or words.A_FILE)


def _draw_status(row: MessageRow, event: dict[str, Any]) -> None:
    head, rest = words.status_line(event)
    row["head"], row["icon"] = clean(head), _STATUS_ICONS.get(str(event.get("event")), "info")
    if rest:
        row["rest"] = clean(rest)


_STATUS_ICONS = {
    "bot_triggered": "bot",
    "bot_paused": "bot",
    "bot_resumed": "bot",
    "bot_resumed_itself": "bot",
    "bot_completed": "bot",
    "bot_failed": "warning",
    "agent_requested": "hand",
    "handed_over": "hand",
    "assigned": "person",
    "unassigned": "person",
    "begun": "person",
    "resolved": "check",
    "reopened": "reopen",
    "window_refused": "warning",
    "answered_outside": "bot",
    "human_agent_off": "warning",
}


def _draw_speaker(row: MessageRow, line: Line, tone: str) -> None:
    message = line.message
    if message.kind == MessageKind.BOT:
        row["author"] = clean(message.bot)
    elif message.kind != MessageKind.CUSTOMER:
        row["author"] = clean(line.author)
        row["initials"], row["tone"] = initials_of(line.author), tone or "gray"
        if message.client_key:
            row["key"] = message.client_key.rpartition(":")[2]
    if message.delivery:
        row["delivery"] = message.delivery
    if message.delivery_times:
        row["after"] = _after(message.at, message.delivery_times)
    if message.failure:
        row["failure"] = clean(message.failure)


def _after(at: datetime, times: dict[str, str]) -> dict[str, int]:
    """Whole seconds from ``at`` to each state; a provider's clock may be behind ours."""
    gone = {state: datetime.fromisoformat(then) - at for state, then in times.items()}
    return {state: max(0, int(one.total_seconds())) for state, one in gone.items()}


def _draw_reactions(row: MessageRow, given: list[dict[str, str]]) -> None:
    shown = [clean(str(one.get("emoji", ""))) for one in given]
    row["reactions"] = " ".join(filter(None, shown))
    ours = next((one for one in given if one.get("person") == OURSELVES), {})
    if ours.get("emoji"):
        row["reacted"] = ours["emoji"]
    if ours.get("failure"):
        row["unreacted"] = clean(ours["failure"])


def _draw_marks(row: MessageRow, message: Message) -> None:
    if message.edited_at is not None:
        row["edited"] = True
    if message.elsewhere:
        row["elsewhere"] = True
    if message.reactions:
        _draw_reactions(row, message.reactions)
    content = message.content or {}
    if content.get("forwarded"):
        row["forwarded"] = True
    if advert := content.get("advert"):
        row["advert"] = AdvertRow(
            headline=clean(advert.get("headline") or advert.get("body") or ""),
            href=safe_web_address(advert.get("url", "")),
        )
