"""Web chat: the small chat that a business puts on its own site. No provider stands between."""

from pathlib import Path

from jumper_app.channels.contract import Channel, Wording

from .door import WebChatDoor, explain
from .inbound import accounts_in, parse
from .limits import LIMITS, MENU, PACE, WINDOW
from .setup import FORM, OPTIONS, SETUP

WEBCHAT = Channel(
    key="webchat",
    wording=Wording(name="Web chat", window_closed="Web chat is always open.", nobody="Visitor"),
    window=WINDOW,
    limits=LIMITS,
    menu=MENU,
    pace=PACE,
    parse=parse,
    accounts_in=accounts_in,
    explain=explain,
    door=WebChatDoor,
    repeatable=True,
    reads_our_store=True,
    form=FORM,
    options=OPTIONS,
    setup=SETUP,
    icon=Path(__file__).with_name("icon.svg").read_text(),
)
