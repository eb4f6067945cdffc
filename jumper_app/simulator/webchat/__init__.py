"""Web chat in the simulator: the business's own website, and browsers that visit it.

Nothing plays a provider here, because there is none: these visitors talk to the real widget's
addresses over HTTP, like any stranger.
"""

from collections.abc import Mapping, Sequence

from jumper_app.channels.contract import OptionValue
from jumper_app.simulator import words
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.network import Account, Room, Way

from .network import WebChat


def _options(origins: Sequence[str]) -> Mapping[str, OptionValue]:
    return {"sites": "\n".join(origins), "ask_name": True, "live_typing": True}


ACCOUNT = Account("demo", options=_options)


def _open(ground: Ground, _token: str) -> WebChat:
    return WebChat(ground, ACCOUNT.external_id)


ROOM = Room(
    key="webchat",
    account=ACCOUNT,
    open=_open,
    ways=(Way("browser", words.BY_BROWSER),),
    samples=("photo", "document"),
    feeds=True,
)
