"""A customer goes by other names from now on."""

from collections.abc import Iterator

from jumper_app.channels.contract import IdentityChange, Item, Parked, Person
from jumper_app.channels.loose import Object, digest, moment, obj, text

from .people import contact_named, identities_of, person
from .place import Place


def system(raw: Object, who: Person | None, place: Place) -> IdentityChange | Parked:
    """A ``system`` message: WhatsApp tells us something about a customer's account."""
    told = obj(raw.get("system"))
    kind = text(told.get("type"))
    if kind == "customer_identity_changed":
        before, after = who.identities if who else (), who
    elif kind in {"user_changed_number", "user_changed_user_id"}:
        previous = text(told.get("previous_user_id")) or text(raw.get("from_user_id"))
        before = identities_of(previous, text(raw.get("from")))
        after = newly_named(told, who)
    else:
        before, after = (), None
    if after is None:
        return place.parked(f"system.{kind or 'unknown'}", raw)
    return IdentityChange(
        account=place.account,
        external_id=text(raw.get("id")),
        at=moment(raw.get("timestamp"), place.received_at),
        before=before,
        after=after,
        text=text(told.get("body")),
    )


def newly_named(told: Object, who: Person | None) -> Person | None:
    """The person under the new names. ``new_wa_id`` is how older bodies spell it."""
    wa_id = text(told.get("wa_id")) or text(told.get("new_wa_id"))
    after = person({}, text(told.get("user_id")), wa_id)
    if after is None or who is None:
        return after
    return after.model_copy(update={"name": who.name, "username": who.username})


def user_id_update(raw: Object, place: Place) -> Iterator[Item]:
    """One element of ``user_id_update``. It has no id, so its content names it."""
    user_id, wa_id = obj(raw.get("user_id")), text(raw.get("wa_id"))
    current = text(user_id.get("current"))
    after = person(contact_named(place, current, wa_id), current, wa_id) if current else None
    if after is None:
        yield place.parked("user_id_update.incomplete", raw)
        return
    yield IdentityChange(
        account=place.account,
        external_id=f"user_id_update:{digest(raw)}",
        at=moment(raw.get("timestamp"), place.received_at),
        before=identities_of(text(user_id.get("previous")), wa_id),
        after=after,
        text=text(raw.get("detail")),
    )
