"""Facebook Messenger, through Meta's Messenger Platform."""

from pathlib import Path

from jumper_app.channels.contract import Channel, Wording

from .door import MessengerDoor
from .errors import explain
from .inbound import accounts_in, parse
from .limits import LIMITS, MENU, PACE, REACTIONS, WINDOW
from .setup import FORM, OPTIONS, SETUP
from .standing import news

MESSENGER = Channel(
    key="messenger",
    wording=Wording(
        name="Messenger",
        window_closed="Facebook allows replies for 7 days after the customer's last message.",
        people_only=(
            "Facebook allows automated messages for 24 hours after the customer's last message."
        ),
        closed_early="Facebook allows replies for 24 hours after the customer's last message.",
        no_opt_ins=(
            "Switched off for this page: Meta has ended it outside Australia, Europe, Japan, "
            "South Korea and the United Kingdom. An admin can switch it on in the channel's "
            "settings."
        ),
        unshown="Messages sent from Facebook's inbox are not shown.",
        nobody="Messenger user",
    ),
    window=WINDOW,
    limits=LIMITS,
    menu=MENU,
    pace=PACE,
    parse=parse,
    accounts_in=accounts_in,
    explain=explain,
    door=MessengerDoor,
    reactions=tuple(REACTIONS),
    profiles=True,
    form=FORM,
    options=OPTIONS,
    setup=SETUP,
    icon=Path(__file__).with_name("icon.svg").read_text(),
    news=news,
)
