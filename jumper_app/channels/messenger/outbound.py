"""Our messages → the bodies of Graph requests. Pure.

Source: Messenger Platform > Send messages, Quick replies, Templates, read 2026-11-22.
"""

from collections.abc import Mapping

from jumper_app.channels.contract import (
    Identity,
    IdentityKind,
    MediaKind,
    Outbound,
    OutboundContent,
    OutCards,
    OutContacts,
    OutLocation,
    OutMedia,
    OutOptIn,
    OutReaction,
    OutTemplate,
    OutText,
    Permission,
)
from jumper_app.channels.loose import Object
from jumper_app.channels.meta.failures import BadRequest

from .limits import REACTIONS
from .products import cards
from .requests import opt_in
from .tapping import plain, spoken

CALLED: dict[MediaKind, str] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "document": "file",
}
"""How Meta calls our kinds of files."""


def body_of(message: Outbound, media_ids: Mapping[str, str]) -> Object:
    """The whole request. ``media_ids``: Meta's ids of the files, by ours."""
    said = content(message.content, media_ids)
    return {
        "recipient": recipient(message.recipient),
        **purpose(message),
        "message": {**said, "metadata": message.reference},
    }


def is_tagged(message: Outbound) -> bool:
    """Does it go out as a human agent's, after the 24 hours in which anything may?"""
    return message.permission == Permission.HUMAN_ONLY and message.speaker == "agent"


def purpose(message: Outbound) -> Object:
    """An answer within 24 hours; later only a person's own words, and marked as such."""
    if is_tagged(message):
        return {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    return {"messaging_type": "RESPONSE"}


def content(said: OutboundContent, media_ids: Mapping[str, str]) -> Object:
    """What the customer sees."""
    match said:
        case OutText():
            return spoken(said)
        case OutMedia():
            return file(said, media_ids)
        case OutLocation():
            return words(said.name, said.address, map_of(said))
        case OutContacts():
            return words(*(line for card in said.cards for line in (card.name, *card.phones)))
        case OutCards():
            return cards(said)
        case OutOptIn():
            return opt_in(said)
        case OutTemplate():
            raise BadRequest(detail="Messenger has no approved templates.")


def file(said: OutMedia, media_ids: Mapping[str, str]) -> Object:
    """A file that has been uploaded; words need a message of their own."""
    if said.caption:
        raise BadRequest(detail="Text and a file cannot share one message.")
    if said.kind not in CALLED:
        raise BadRequest(detail=f"Messenger takes no {said.kind}.")
    payload: Object = {"attachment_id": media_ids[said.attachment]}
    return {"attachment": {"type": CALLED[said.kind], "payload": payload}}


def words(*lines: str) -> Object:
    """What Messenger has no form for, in words."""
    return plain("\n".join(filter(None, lines)))


def map_of(place: OutLocation) -> str:
    """A link that shows a place."""
    at = f"mlat={place.latitude:.6f}&mlon={place.longitude:.6f}"
    return f"https://www.openstreetmap.org/?{at}"


def recipient(names: tuple[Identity, ...]) -> Object:
    """Whom it goes to."""
    psid = next((one.value for one in names if one.kind == IdentityKind.PSID), "")
    if not psid:
        raise BadRequest(detail="The customer has no page-scoped id.")
    return {"id": psid}


def action_body(names: tuple[Identity, ...], action: str) -> Object:
    """A sender action: ``mark_seen``, ``typing_on``, ``typing_off``."""
    return {"recipient": recipient(names), "sender_action": action}


def reaction_body(reaction: OutReaction) -> Object:
    """An emoji on a customer's message, or none any more."""
    payload: Object = {"message_id": reaction.about}
    if reaction.emoji:
        payload["reaction"] = REACTIONS.get(reaction.emoji, reaction.emoji)
    action = "react" if reaction.emoji else "unreact"
    return {**action_body(reaction.recipient, action), "payload": payload}
