"""Messenger in the simulator: Meta's side of it, and its customers' phones."""

from jumper_app.channels.contract import OPT_INS
from jumper_app.simulator import words
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.network import Account, Room, Way

from .config import Page, Pages
from .errors import KNOWN
from .network import Messenger

ACCOUNT = Account(
    "112233445566778",
    address="m.me/112233445566778",
    options=lambda _: {OPT_INS: True},  # the stand-in has ended nothing
)


def _open(ground: Ground, token: str) -> Messenger:
    page = Page(ACCOUNT.external_id, words.BUSINESS_NAME, token)
    return Messenger(ground, Pages((page,)))


ROOM = Room(
    key="messenger",
    account=ACCOUNT,
    open=_open,
    ways=(Way("name", words.BY_NAME),),
    samples=("photo", "voice-note", "sticker"),
    codes={code: known.title for code, known in KNOWN.items()},
)
