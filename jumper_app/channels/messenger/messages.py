"""What people say: messages, echoes, taps, and what becomes of a message later.

Sources: Messenger Platform > Webhooks > messages, message_echoes, messaging_postbacks,
messaging_referrals, message_reactions, message_edits, read 2026-11-22.
"""

from collections.abc import Iterator

from jumper_app.channels.contract import (
    Advert,
    Amendment,
    Arrival,
    Echo,
    Inbound,
    Item,
    Person,
    Text,
)
from jumper_app.channels.loose import Object, digest, obj, text, whole

from .content import content_of
from .place import LONGEST_ID, Place

LONGEST_EMOJI = 64
LONGEST_REFERENCE = 64
"""Characters; our own references have 32, so a longer one is somebody else's."""
HEART = "❤"
EMOJI = {
    "smile": "😆",
    "angry": "😠",
    "sad": "😢",
    "wow": "😮",
    "love": HEART,
    "like": "👍",
    "dislike": "👎",
}
"""What a reaction shows whose emoji is not told."""


def message(raw: Object, who: Person, place: Place) -> Iterator[Item]:
    """A message of the customer's, an echo of ours, or that one was withdrawn."""
    said = obj(raw.get("message"))
    mid = text(said.get("mid"))
    if not mid or len(mid) > LONGEST_ID:
        yield place.parked("message.without_id", raw)
    elif said.get("is_deleted") is True:
        yield withdrawn(raw, mid, who, place)
    elif said.get("is_echo") is True:
        yield echo(raw, said, who, place)
    else:
        yield inbound(raw, said, who, place)


def inbound(raw: Object, said: Object, who: Person, place: Place) -> Inbound:
    """What the customer wrote."""
    return Inbound(
        account=place.account,
        external_id=text(said.get("mid")),
        sender=who,
        sent_at=place.when(raw),
        content=content_of(said),
        quotes=quoted(said),
        advert=advert(obj(said.get("referral")) or obj(raw.get("referral"))),
        answered_elsewhere=place.elsewhere,
    )


def echo(raw: Object, said: Object, who: Person, place: Place) -> Echo:
    """What was sent in the page's name: by us, or from Facebook's inbox, or by another app."""
    reference = text(said.get("metadata"))
    return Echo(
        account=place.account,
        external_id=text(said.get("mid")),
        recipient=who,
        sent_at=place.when(raw),
        content=content_of(said),
        quotes=quoted(said),
        our_reference=reference if len(reference) <= LONGEST_REFERENCE else "",
    )


def withdrawn(raw: Object, mid: str, who: Person, place: Place) -> Amendment:
    """Somebody took a message back."""
    by_us = place.by_page(raw) or obj(raw.get("message")).get("is_echo") is True
    return Amendment(
        account=place.account,
        external_id=f"deleted:{digest(raw)}",
        about=mid,
        person=who,
        by_us=by_us,
        kind="revoke",
        sent_at=place.when(raw),
    )


def quoted(said: Object) -> str:
    """The id of the message that this one answers. It may be unknown to us."""
    quote = text(obj(said.get("reply_to")).get("mid"))
    return quote if len(quote) <= LONGEST_ID else ""


def edit(raw: Object, who: Person, place: Place) -> Iterator[Item]:
    """Somebody changed the words of a message; of several changes the last one counts."""
    told = obj(raw.get("message_edit"))
    mid, words = text(told.get("mid")), text(told.get("text"))
    if not mid or len(mid) > LONGEST_ID or not words:
        yield place.parked("message_edit.incomplete", raw)
        return
    yield Amendment(
        account=place.account,
        external_id=f"edit:{whole(told.get('num_edit')) or 0:06}:{digest(raw)}",
        about=mid,
        person=who,
        by_us=place.by_page(raw),
        kind="edit",
        sent_at=place.when(raw),
        content=Text(text=words),
    )


def reaction(raw: Object, who: Person, place: Place) -> Iterator[Item]:
    """A reaction, or that it was taken back. The customer's opens the reply window."""
    told = obj(raw.get("reaction"))
    mid = text(told.get("mid"))
    if not mid or len(mid) > LONGEST_ID:
        yield place.parked("reaction.without_message", raw)
        return
    taken_back = told.get("action") == "unreact"
    emoji = text(told.get("emoji"), LONGEST_EMOJI) or EMOJI.get(text(told.get("reaction")), "")
    by_us = place.by_page(raw)
    yield Amendment(
        account=place.account,
        external_id=f"reaction:{digest(raw)}",
        about=mid,
        person=who,
        by_us=by_us,
        kind="reaction",
        sent_at=place.when(raw),
        emoji="" if taken_back else emoji or HEART,
        opens_window=not taken_back and not by_us,
    )


def postback(raw: Object, who: Person, place: Place) -> Iterator[Item]:
    """A tap on a button. On standby Meta keeps the payload back."""
    told = obj(raw.get("postback"))
    title, payload = text(told.get("title")), text(told.get("payload"))
    mid = text(told.get("mid"))
    yield Inbound(
        account=place.account,
        external_id=mid if 0 < len(mid) <= LONGEST_ID else f"postback:{digest(raw)}",
        sender=who,
        sent_at=place.when(raw),
        content=Text(text=title or payload or "…", payload=payload, from_button=True),
        advert=advert(obj(told.get("referral"))),
        answered_elsewhere=place.elsewhere,
    )


def referral(raw: Object, who: Person, place: Place) -> Iterator[Item]:
    """The customer followed a link or an advertisement into a thread that exists."""
    yield Arrival(
        account=place.account,
        external_id=f"referral:{digest(raw)}",
        person=who,
        at=place.when(raw),
        advert=advert(obj(raw.get("referral"))),
        answered_elsewhere=place.elsewhere,
    )


def advert(told: Object) -> Advert | None:
    """What led the customer here; None when nothing did."""
    if not told:
        return None
    context = obj(told.get("ads_context_data"))
    return Advert(
        source_id=text(told.get("ad_id")),
        url=text(told.get("referer_uri")),
        headline=text(context.get("ad_title")),
        body=text(told.get("source")),
        ref=text(told.get("ref")),
    )
