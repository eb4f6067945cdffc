"""What our payload files are expected to mean, said briefly."""

from typing import Any

from jumper_app.channels.contract import (
    Amendment,
    Content,
    Echo,
    Identity,
    IdentityKind,
    Inbound,
    MediaRef,
    Person,
    Receipt,
    ReceiptState,
    Text,
)
from tests.channels.payloads import SAID

ACCOUNT = "106540352242922"
WABA = "102290129340398"
MIA_ID = Identity(kind=IdentityKind.BSUID, value="SE.4401827365510923")
MIA_NUMBER = Identity(kind=IdentityKind.WA_ID, value="46701740605")
MIA = Person(identities=(MIA_ID, MIA_NUMBER), name="Mia Lind", phone="+46701740605")
NAMELESS = MIA.model_copy(update={"name": ""})


def inbound(external_id: str, content: Content | str, **changes: Any) -> Inbound:
    """Mia's message, a text if ``content`` is one."""
    told: dict[str, Any] = {
        "account": ACCOUNT,
        "external_id": external_id,
        "sender": MIA,
        "sent_at": SAID,
        "content": Text(text=content) if isinstance(content, str) else content,
    }
    return Inbound(**(told | changes))


def echo(external_id: str, content: Content | str, **changes: Any) -> Echo:
    """A message to Mia by another tool."""
    told: dict[str, Any] = {
        "account": ACCOUNT,
        "external_id": external_id,
        "recipient": MIA,
        "sent_at": SAID,
        "content": Text(text=content) if isinstance(content, str) else content,
    }
    return Echo(**(told | changes))


def amendment(external_id: str, kind: str, about: str, **changes: Any) -> Amendment:
    """What Mia says about an earlier message."""
    told: dict[str, Any] = {
        "account": ACCOUNT,
        "external_id": external_id,
        "kind": kind,
        "about": about,
        "person": MIA,
        "sent_at": SAID,
    }
    return Amendment(**(told | changes))


def receipt(state: ReceiptState, **changes: Any) -> Receipt:
    """News of our message ``wamid.ours`` to Mia."""
    told: dict[str, Any] = {
        "account": ACCOUNT,
        "external_id": "wamid.ours",
        "state": state,
        "at": SAID,
        "recipient": (MIA_ID, MIA_NUMBER),
    }
    return Receipt(**(told | changes))


def file(number: int, mime: str, **more: str) -> MediaRef:
    """A file by the last three digits of its id."""
    return MediaRef(provider_id=f"881200100200{number}", mime=mime, **more)
