"""What was said in our name elsewhere, and what was said before we were here.

Sources: WhatsApp > Webhooks > Reference > smb_message_echoes, history, standby,
read 2026-11-22.
"""

from collections.abc import Iterator
from dataclasses import replace

from jumper_app.channels.contract import Echo, Item, Person
from jumper_app.channels.loose import Object, listed, moment, obj, text

from .content import content_of
from .messages import amendment, message, quoted
from .people import recipient
from .place import LONGEST_ID, Place
from .statuses import LONGEST_REFERENCE


def echo(raw: Object, place: Place) -> Iterator[Item]:
    """One element of ``message_echoes``: by the owner's phone, or by another app.

    Another app's holds its whole send request one level deeper, in ``message``.
    """
    sent: Object = {**obj(raw.get("message")), **raw} if "type" not in raw else raw
    external_id = text(sent.get("id"))
    whom = recipient(sent, place)
    if not external_id or len(external_id) > LONGEST_ID:
        yield place.parked("message_echoes.without_id", raw)
    elif whom is None:
        yield place.parked("message_echoes.without_recipient", raw)
    elif amends := amendment(sent, whom, place, by_us=True):
        yield amends
    else:
        yield said_by_us(sent, whom, place)


def said_by_us(sent: Object, whom: Person, place: Place) -> Echo:
    """A message to ``whom`` that becomes a row of its own."""
    reference = text(sent.get("biz_opaque_callback_data"))
    return Echo(
        account=place.account,
        external_id=text(sent.get("id")),
        recipient=whom,
        sent_at=moment(sent.get("timestamp"), place.received_at),
        content=content_of(sent),
        quotes=quoted(sent) or text(obj(sent.get("context")).get("message_id"), LONGEST_ID),
        our_reference=reference if len(reference) <= LONGEST_REFERENCE else "",
        historical=place.historical,
    )


def chunk(raw: Object, place: Place) -> Iterator[Item]:
    """One element of ``history``: what it says about itself, then all its messages."""
    about: Object = {key: value for key, value in raw.items() if key != "threads"}
    yield place.news("history", about)
    for thread in listed(raw.get("threads")):
        for each in listed(obj(thread).get("messages")):
            yield from past(obj(each), replace(place, historical=True), obj(thread))


def past(raw: Object, place: Place, thread: Object) -> Iterator[Item]:
    """One old message, ours or the customer's; the thread's id is the customer's number."""
    whom = text(thread.get("id"))
    by_our_number = bool(place.our_number) and text(raw.get("from")) == place.our_number
    if by_our_number or "to" in raw or "to_user_id" in raw:
        yield from echo({"to": whom, **raw}, place)
    else:
        yield from message({"from": whom, **raw}, place)
