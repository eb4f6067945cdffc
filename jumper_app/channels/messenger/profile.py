"""Who a customer is. Source: Messenger Platform > Identity > User profile, read 2026-11-22."""

from jumper_app.channels.contract import Credentials, Identity, IdentityKind, MediaRef, Profile
from jumper_app.channels.loose import Object, text
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.failures import BadRequest

FIELDS = "first_name,last_name,profile_pic"
"""What every app may ask that may ask at all; locale and timezone need leave of their own."""
LONGEST_NAME = 200


async def profile(graph: Graph, credentials: Credentials, names: tuple[Identity, ...]) -> Profile:
    """Name and picture, as far as Meta tells them."""
    psid = next((one.value for one in names if one.kind == IdentityKind.PSID), "")
    if not psid:
        raise BadRequest(detail="The customer has no page-scoped id.")
    told = await graph.call(credentials, *("GET", psid), delivers=False, params={"fields": FIELDS})
    return read(told)


def read(told: Object) -> Profile:
    """What an answer says. Any part of it may be missing."""
    parts = (text(told.get("first_name")), text(told.get("last_name")))
    picture = text(told.get("profile_pic"))
    return Profile(
        name=" ".join(filter(None, parts))[:LONGEST_NAME],
        picture=MediaRef(url=picture) if picture else None,
    )
