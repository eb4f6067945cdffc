"""One message as a visitor sees it: a model of its own, filled field by field.

Nothing of the panel's rows comes here. Of an agent there is the name, if the business shows
it, and nothing else.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

from sqlmodel import col, select

from jumper_app.channels.webchat.posts import written_id
from jumper_app.db import Work
from jumper_app.models import Agent, Attachment, Message, MessageKind

from .chat import Chat

By = Literal["you", "agent", "bot"]
SPEAKERS: dict[str, By] = {
    MessageKind.CUSTOMER: "you",
    MessageKind.AGENT: "agent",
    MessageKind.BOT: "bot",
}


class FileRow(TypedDict):
    """A file of a bubble. ``ready``: its bytes can be fetched."""

    id: str
    kind: str
    name: str
    size: int
    width: int
    height: int
    ready: bool


class ChoiceRow(TypedDict):
    """A button under words of the business."""

    id: str
    title: str


class CardRow(TypedDict):
    """A product or a page. ``picture``: id of one of the bubble's files, empty for none."""

    title: str
    subtitle: str
    picture: str
    link: str
    link_title: str
    choices: list[ChoiceRow]


class PlaceRow(TypedDict):
    """A place on the earth, degrees in WGS 84."""

    latitude: float
    longitude: float
    name: str
    address: str


class Bubble(TypedDict):
    """One message.

    ``ref`` is the browser's own id of a message of theirs; ``state`` is how far one of ours
    has come: ``sent``, ``delivered`` or ``read``.
    """

    id: str
    by: By
    name: str
    text: str
    at: str
    ref: str
    state: str
    files: list[FileRow]
    choices: list[ChoiceRow]
    cards: list[CardRow]
    place: PlaceRow | None


def drawn(work: Work, chat: Chat, rows: Sequence[Message]) -> list[Bubble]:
    """These messages, which a visitor may see, as they see them."""
    known = names(work, chat, {row.agent_id for row in rows if row.agent_id})
    files = _files(work, rows)
    return [_bubble(row, known, files.get(row.id or 0, [])) for row in rows]


def names(work: Work, chat: Chat, agent_ids: set[int]) -> dict[int, str]:
    """The agents' names; of nobody where the business keeps them back."""
    if not agent_ids or not chat.show_agent:
        return {}
    found = work.exec(select(col(Agent.id), col(Agent.name)).where(col(Agent.id).in_(agent_ids)))
    return {key or 0: name for key, name in found}


def _bubble(row: Message, known: Mapping[int, str], files: list[FileRow]) -> Bubble:
    by = SPEAKERS[row.kind]
    ours: Mapping[str, Any] = {} if by == "you" else row.content or {}
    return Bubble(
        id=row.public_id,
        by=by,
        name=known.get(row.agent_id or 0, "") if by == "agent" else "",
        text="" if ours.get("type") in {"cards", "location"} else row.text,
        at=row.at.isoformat(),
        ref=written_id(row.external_id or "") if by == "you" else "",
        state="" if by == "you" else row.delivery,
        files=files,
        choices=_choices(ours),
        cards=[_card(one) for one in ours.get("cards") or () if ours.get("type") == "cards"],
        place=_place(ours),
    )


def _choices(content: Mapping[str, Any]) -> list[ChoiceRow]:
    told = content.get("choices") or ()
    return [ChoiceRow(id=str(one["id"]), title=str(one["title"])) for one in told]


def _card(card: Mapping[str, Any]) -> CardRow:
    return CardRow(
        title=str(card["title"]),
        subtitle=str(card.get("subtitle", "")),
        picture=str(card.get("picture", "")),
        link=str(card.get("link", "")),
        link_title=str(card.get("link_title", "")),
        choices=_choices(card),
    )


def _place(content: Mapping[str, Any]) -> PlaceRow | None:
    if content.get("type") != "location":
        return None
    return PlaceRow(
        latitude=float(content["latitude"]),
        longitude=float(content["longitude"]),
        name=str(content.get("name", "")),
        address=str(content.get("address", "")),
    )


def _files(work: Work, rows: Sequence[Message]) -> dict[int, list[FileRow]]:
    found: dict[int, list[FileRow]] = {}
    asked = select(Attachment).where(col(Attachment.message_id).in_([row.id for row in rows]))
    for one in work.exec(asked.order_by(col(Attachment.id))):
        found.setdefault(one.message_id or 0, []).append(_file(one))
    return found


def _file(row: Attachment) -> FileRow:
    family = row.mime.partition("/")[0]
    return FileRow(
        id=row.public_id,
        kind=family if family in {"image", "video", "audio"} else "document",
        name=row.filename,
        size=row.size,
        width=row.width,
        height=row.height,
        ready=row.state == "ready",
    )
