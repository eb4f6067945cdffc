"""WhatsApp in the simulator: Meta's side of it, and its customers' phones."""

from jumper_app.simulator import words
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.network import Account, Room, Way

from .config import Number, Numbers
from .errors import KNOWN
from .library import TEMPLATES
from .network import WhatsApp

ACCOUNT = Account("106540352242922", "102290129340398", "+1 555 078 3881")


def _open(ground: Ground, token: str) -> WhatsApp:
    number = Number(
        phone_number_id=ACCOUNT.external_id,
        waba_id=ACCOUNT.parent_id,
        display_phone_number=ACCOUNT.address,
        token=token,
        verified_name=words.BUSINESS_NAME,
    )
    return WhatsApp(ground, Numbers((number,), TEMPLATES))


ROOM = Room(
    key="whatsapp",
    account=ACCOUNT,
    open=_open,
    ways=(
        Way("number", words.BY_NUMBER, "number"),
        Way("username", words.BY_USERNAME, "username"),
    ),
    samples=("photo", "place", "voice-note", "card"),
    codes={str(code): known.title for code, known in KNOWN.items()},
)
