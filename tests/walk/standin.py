"""The stand-in for Meta as a process of its own: one fresh app, in which nothing is set up."""

import os
from pathlib import Path

from starlette.applications import Starlette

from jumper_app.simulator.config import Config
from jumper_app.simulator.simulator import Simulator
from jumper_app.simulator.simulator import application as of
from jumper_app.simulator.store import Store
from jumper_app.simulator.whatsapp.config import Number, Numbers
from jumper_app.simulator.whatsapp.network import WhatsApp

PHONE_ID = "109871234567890"
WABA_ID = "102345678901234"
SHOWN_NUMBER = "+1 555-010-0199"
BUSINESS = "Bright Bikes"


def application() -> Starlette:
    """What the server serves; told by its environment."""
    number = Number(PHONE_ID, WABA_ID, SHOWN_NUMBER, os.environ["STANDIN_TOKEN"], BUSINESS)
    config = Config(
        app_url=os.environ["STANDIN_APP_URL"],
        app_secret=os.environ["STANDIN_APP_SECRET"],
        verify_token="",
        retry_delays_s=(0.2, 0.5, 1.0),
        app_name=BUSINESS,
        fresh=True,
    )
    store = Store(Path(os.environ["STANDIN_FILE"]))
    return of(Simulator(config, [lambda ground: WhatsApp(ground, Numbers((number,)))], store))
