"""Rows that the page draws: exactly what is on the screen, nothing more."""

import re
from typing import TypedDict

import phonenumbers

from jumper_app.panel.pieces import initials_of, tone_of
from jumper_app.simulator import words
from jumper_app.simulator.phones import Handset
from jumper_app.simulator.rows import Phone, Request
from jumper_app.simulator.screen import Bubble
from jumper_app.simulator.simulator import Simulator

MOST_BUBBLES = 80
"""Messages that a phone shows."""
PREVIEW_LENGTH = 80


class ContactRow(TypedDict):
    """One customer in the list."""

    key: str
    name: str
    about: str
    initials: str
    tone: str
    held: str
    unread: int


class ChoiceRow(TypedDict):
    """A button or a list row."""

    id: str
    title: str
    description: str


class BubbleRow(TypedDict):
    """One message. ``before``: when the message above was written; empty for the first."""

    id: str
    mine: bool
    kind: str
    text: str
    at: str
    before: str
    state: str
    src: str
    map: str
    initials: str
    quote: str
    quote_by: str
    reactions: str
    my_reaction: str
    choices: list[ChoiceRow]


class ScreenRow(TypedDict):
    """One phone. ``key`` is empty where no phone lies; ``last`` changes with each arrival."""

    key: str
    name: str
    about: str
    initials: str
    tone: str
    held: str
    unread: int
    typing: bool
    business: str
    last: str
    last_mine: bool
    quote_id: str
    quote: str
    bubbles: list[BubbleRow]


class SendRow(TypedDict):
    """One line of the ledger."""

    at: str
    to: str
    text: str
    verdict: str
    tone: str
    fault: str


NO_PHONE = ScreenRow(
    key="", name="", about="", initials="", tone="gray", held="pocket", unread=0, typing=False,
    business="", last="", last_mine=False, quote_id="", quote="", bubbles=[],
)  # fmt: skip


def contacts(simulator: Simulator, search: str) -> list[ContactRow]:
    """The customers whose name, number or username contains the words."""
    unread = simulator.store.unread()
    found = (phone for phone in simulator.store.phones() if _matches(phone, search))
    return [_contact(phone, unread.get(phone.key, 0)) for phone in found]


def screen(phone: Handset, quote_id: str) -> ScreenRow:
    """What one phone shows now. ``quote_id``: the message that is being answered."""
    about = phone.about()
    said = phone.bubbles()
    texts = {one.id: one for one in said}
    bubbles = said[-MOST_BUBBLES:]
    quoted = texts.get(quote_id)
    return ScreenRow(
        key=phone.key,
        name=about.name,
        about=_about(about),
        initials=initials_of(about.name),
        tone=tone_of(phone.key),
        held=_held(about),
        unread=phone.unread(),
        typing=phone.sees_typing(),
        business=phone.number.verified_name,
        last=bubbles[-1].id if bubbles else "",
        last_mine=bool(bubbles) and bubbles[-1].mine,
        quote_id=quoted.id if quoted else "",
        quote=_words(quoted) if quoted else "",
        bubbles=[
            _bubble(one, above, texts.get(one.quotes), phone.number.verified_name)
            for above, one in zip([None, *bubbles], bubbles, strict=False)
        ],
    )


def sends(simulator: Simulator, count: int) -> list[SendRow]:
    """The newest sends of the business, the newest first."""
    names = {name: phone.name for phone in simulator.store.phones() for name in _names(phone)}
    return [_send(line, names) for line in simulator.store.last_requests(count)]


def _matches(phone: Phone, search: str) -> bool:
    wanted = search.strip().casefold()
    dialled = re.sub(r"[\s()+-]", "", wanted)
    named = wanted in f"{phone.name} {_about(phone)}".casefold()
    return named or (dialled.isdigit() and phone.shows_number and dialled in phone.wa_id)


def _contact(phone: Phone, unread: int) -> ContactRow:
    return ContactRow(
        key=phone.key,
        name=phone.name,
        about=_about(phone),
        initials=initials_of(phone.name),
        tone=tone_of(phone.key),
        held=_held(phone),
        unread=unread,
    )


def _about(phone: Phone) -> str:
    if phone.shows_number:
        return _number(phone.wa_id)
    username = phone.username.removeprefix("@")
    return f"@{username} · {words.NUMBER_HIDDEN}" if username else words.NUMBER_HIDDEN


def _number(digits: str) -> str:
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return f"+{digits}"
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _held(phone: Phone) -> str:
    if not phone.online:
        return "offline"
    return "open" if phone.reading else "pocket"


def _bubble(one: Bubble, above: Bubble | None, quoted: Bubble | None, business: str) -> BubbleRow:
    return BubbleRow(
        id=one.id,
        mine=one.mine,
        kind=one.type,
        text=one.text if one.text or one.type in words.KINDS else one.type,
        at=one.at.isoformat(),
        before=above.at.isoformat() if above else "",
        state=one.state if one.mine else "",
        src=f"/simulator/api/media/{one.media}" if one.media else "",
        map=_map(one.latitude, one.longitude),
        initials=initials_of(one.text) if one.type == "contacts" else "",
        quote=_words(quoted) if quoted else "",
        quote_by="" if quoted is None else words.YOU if quoted.mine else business,
        reactions="".join(dict.fromkeys(one.reactions)),
        my_reaction=one.my_reaction,
        choices=[ChoiceRow(id=c.id, title=c.title, description=c.description) for c in one.choices],
    )


def _map(latitude: float | None, longitude: float | None) -> str:
    """Where a place can be looked at; opened only when somebody clicks it."""
    if latitude is None or longitude is None:
        return ""
    return f"https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}"


def _words(bubble: Bubble) -> str:
    """A message in one line."""
    return (bubble.text or words.KINDS.get(bubble.type, bubble.type))[:PREVIEW_LENGTH]


def _names(phone: Phone) -> list[str]:
    return [name for name in (phone.wa_id, phone.bsuid) if name]


def _send(line: Request, names: dict[str, str]) -> SendRow:
    to = str(line.body.get("to") or line.body.get("recipient") or "").removeprefix("+")
    verdict, tone = words.ACCEPTED, "green"
    if not line.accepted:
        verdict, tone = words.refused(line.code), "red"
    elif line.code:
        verdict, tone = words.failed_later(line.code), "amber"
    return SendRow(
        at=line.at.isoformat(),
        to=names.get(to, to),
        text=_said(line),
        verdict=verdict,
        tone=tone,
        fault=line.fault.replace("_", " "),
    )


def _said(line: Request) -> str:
    """A send in one line: its text, or its kind."""
    kind = str(line.body.get("type", "text"))
    content = line.body.get(kind)
    inner = content.get("body") if isinstance(content, dict) else None
    text = inner.get("text") if isinstance(inner, dict) else inner
    return (text if isinstance(text, str) else words.KINDS.get(kind, kind))[:PREVIEW_LENGTH]
