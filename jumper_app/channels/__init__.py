"""The outside world. One channel is one room; this is the list of them."""

from .contract import Channel
from .messenger import MESSENGER
from .webchat import WEBCHAT
from .whatsapp import WHATSAPP

CHANNELS: dict[str, Channel] = {
    "whatsapp": WHATSAPP,
    "messenger": MESSENGER,
    "webchat": WEBCHAT,
}
