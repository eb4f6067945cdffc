"""Rows that the page draws: exactly what is on the screen, nothing more."""

import re
from collections.abc import Iterable
from typing import TypedDict

from jumper_app.panel.pieces import initials_of, tone_of
from jumper_app.simulator import words
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.network import room_of
from jumper_app.simulator.rows import Phone, Request
from jumper_app.simulator.screen import Bubble, Choice
from jumper_app.simulator.simulator import Simulator

MOST_BUBBLES = 80
"""Messages that a phone shows."""
PREVIEW_LENGTH = 80


class ContactRow(TypedDict):
    """One customer in the list."""

    key: str
    channel: str
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
    title: str
    detail: str
    header: str
    footer: str
    inside: str
    """What is drawn above the words: the message's own kind, or what stands above a template."""
    links: list[ChoiceRow]
    src: str
    map: str
    initials: str
    quote: str
    quote_by: str
    reactions: str
    my_reaction: str
    choices: list[ChoiceRow]


class ScreenRow(TypedDict):
    """One phone. ``key`` is empty where no phone lies; ``last`` changes with each arrival.

    ``samples``: what lies ready to be sent.
    """

    key: str
    channel: str
    samples: list[str]
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
    channel: str
    to: str
    text: str
    verdict: str
    tone: str
    fault: str


NO_PHONE = ScreenRow(
    key="", channel="", samples=[], name="", about="", initials="", tone="gray", held="pocket",
    unread=0, typing=False, business="", last="", last_mine=False, quote_id="", quote="",
    bubbles=[],
)  # fmt: skip


def contacts(simulator: Simulator, search: str) -> list[ContactRow]:
    """The customers whose name, number or username contains the words."""
    unread = simulator.store.unread()
    rows = (_contact(simulator, one, unread.get(one.key, 0)) for one in simulator.store.phones())
    return [row for row in rows if _matches(row, search)]


def screen(simulator: Simulator, phone: Handset, quote_id: str) -> ScreenRow:
    """What one phone shows now. ``quote_id``: the message that is being answered."""
    about = phone.about()
    said = phone.bubbles()
    last = said[-1] if said else None
    quoted = next((one for one in said if one.id == quote_id), None)
    return ScreenRow(
        key=phone.key,
        channel=about.channel,
        samples=_samples(about.channel),
        name=about.name,
        about=simulator.network(about.channel).about(about),
        initials=initials_of(about.name),
        tone=tone_of(phone.key),
        held=_held(about),
        unread=phone.unread(),
        typing=phone.sees_typing(),
        business=phone.business,
        last=last.id if last else "",
        last_mine=last is not None and last.mine,
        quote_id=quoted.id if quoted else "",
        quote=_words(quoted) if quoted else "",
        bubbles=_bubbles(said, phone.business),
    )


def _bubbles(said: list[Bubble], business: str) -> list[BubbleRow]:
    """The end of the chat."""
    by_id = {one.id: one for one in said}
    shown = said[-MOST_BUBBLES:]
    return [
        _bubble(one, above, by_id.get(one.quotes), business)
        for above, one in zip([None, *shown], shown, strict=False)
    ]


def sends(simulator: Simulator, count: int) -> list[SendRow]:
    """The newest sends of the business, the newest first."""
    return [_send(simulator, line) for line in simulator.store.last_requests(count)]


def _matches(row: ContactRow, search: str) -> bool:
    wanted = search.strip().casefold()
    dialled = _dialled(wanted)
    if wanted in f"{row['name']} {row['about']}".casefold():
        return True
    return dialled.isdigit() and dialled in _dialled(row["about"])


def _dialled(number: str) -> str:
    return re.sub(r"[\s()+-]", "", number)


def _contact(simulator: Simulator, phone: Phone, unread: int) -> ContactRow:
    return ContactRow(
        key=phone.key,
        channel=phone.channel,
        name=phone.name,
        about=simulator.network(phone.channel).about(phone),
        initials=initials_of(phone.name),
        tone=tone_of(phone.key),
        held=_held(phone),
        unread=unread,
    )


def _samples(channel: str) -> list[str]:
    room = room_of(channel)
    return list(room.samples) if room else []


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
        title=one.title,
        detail=one.detail,
        header=one.header,
        footer=one.footer,
        inside=one.above or one.type,
        links=_choices(one.links),
        src=f"/simulator/api/media/{one.media}" if one.media else "",
        map=_map(one.latitude, one.longitude),
        initials=initials_of(one.title) if one.type == "contacts" else "",
        quote=_words(quoted) if quoted else "",
        quote_by="" if quoted is None else words.YOU if quoted.mine else business,
        reactions="".join(dict.fromkeys(one.reactions)),
        my_reaction=one.my_reaction,
        choices=_choices(one.choices),
    )


def _choices(choices: Iterable[Choice]) -> list[ChoiceRow]:
    return [ChoiceRow(id=one.id, title=one.title, description=one.description) for one in choices]


def _map(latitude: float | None, longitude: float | None) -> str:
    """Where a place can be looked at; opened only when somebody clicks it."""
    if latitude is None or longitude is None:
        return ""
    return f"https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}"


def _words(bubble: Bubble) -> str:
    """A message in one line."""
    return (bubble.text or words.KINDS.get(bubble.type, bubble.type))[:PREVIEW_LENGTH]


def _send(simulator: Simulator, line: Request) -> SendRow:
    said = simulator.network(line.channel).said(line)
    verdict, tone = words.ACCEPTED, "green"
    if not line.accepted:
        verdict, tone = words.refused(line.code), "red"
    elif line.code:
        verdict, tone = words.failed_later(line.code), "amber"
    return SendRow(
        at=line.at.isoformat(),
        channel=line.channel,
        to=said.to,
        text=said.text[:PREVIEW_LENGTH],
        verdict=verdict,
        tone=tone,
        fault=line.fault.replace("_", " "),
    )
