"""WhatsApp, through Meta's Cloud API."""

from pathlib import Path

from jumper_app.channels.contract import Channel, Wording

from .door import WhatsAppDoor
from .errors import explain
from .inbound import accounts_in, parse
from .limits import LIMITS, MENU, PACE, REACTIONS, WINDOW
from .news import news
from .people import dial
from .setup import FORM, OPTIONS, SETUP
from .template_rules import RULES

WHATSAPP = Channel(
    key="whatsapp",
    wording=Wording(
        name="WhatsApp",
        window_closed=("WhatsApp allows replies for 24 hours from the customer's last message."),
        unshown="Messages sent from the phone's app are not shown.",
    ),
    window=WINDOW,
    limits=LIMITS,
    menu=MENU,
    pace=PACE,
    parse=parse,
    accounts_in=accounts_in,
    explain=explain,
    door=WhatsAppDoor,
    quotes=True,
    reactions=REACTIONS,
    form=FORM,
    options=OPTIONS,
    setup=SETUP,
    icon=Path(__file__).with_name("icon.svg").read_text(),
    news=news,
    dial=dial,
    templates=RULES,
)
