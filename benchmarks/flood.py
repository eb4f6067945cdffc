"""An honest visitor of the web chat while two hundred others flood it.

The honest ones write a line, wait for the bot's answer and write the next; what is timed is
from their line to the acknowledgement, and to the answer on their open stream.
"""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from benchmarks.visitors import KEY
from jumper_app.bots.library import WELCOME
from jumper_app.bots.shelf import publish
from jumper_app.channels.contract import Credentials
from jumper_app.channels.webchat import WEBCHAT
from jumper_app.conversations.accounts import connect
from jumper_app.db import Database, Work
from jumper_app.settings import settings
from jumper_app.start.database import migrate
from tests import make, server
from tests.ports import free_port

FLOODERS = 200
LASTS_S = 15.0
"""How long they flood, once everyone is in."""

SERVICE = "jumper_app.service:application"


def measure() -> list[Figure]:
    """The same honest visitors without a flood and with one."""
    alone, flooded = _visited(0), _visited(FLOODERS)
    return [
        Figure("bot's answer to a web visitor, nobody floods, p95", alone["answer_p95_ms"], "ms"),
        Figure("the same while 200 flood, p50", flooded["answer_p50_ms"], "ms"),
        Figure("the same, p95", flooded["answer_p95_ms"], "ms"),
        Figure("the same, the longest", flooded["answer_max_ms"], "ms", "≤ 1,000 ms"),
        Figure("time to the acknowledgement meanwhile, the longest", flooded["ack_max_ms"], "ms"),
        Figure("answers that were timed", flooded["answers"], ""),
        Figure("flooders' messages that were let in", flooded["let_in"], "/s"),
        Figure("flooders' messages that were refused (429)", flooded["refused"], "/s"),
        Figure("messages answered with anything else", flooded["other"], "", "0"),
    ]


def _visited(flooders: int) -> dict[str, float]:
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        options = ["--interface", "asgi", "--factory", "--log-level", "warning"]
        command = [sys.executable, "-m", "granian", *options, "--port", str(port), SERVICE]
        with server.running(
            folder, command=command, port=port, environment=_environment(folder, port)
        ):
            return _visitors(port, flooders)


def _environment(folder: Path, port: int) -> dict[str, str]:
    url = f"sqlite:///{folder / 'jumper.db'}"
    migrate(url)
    with closing(Database(url)) as database, database.transaction() as work:
        _open_chat(work)
    return {
        "JUMPER_DATABASE_URL": url,
        "JUMPER_SECRET_KEY": settings().secret_key.get_secret_value(),
        "JUMPER_DEMO": "0",
        "JUMPER_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "JUMPER_TRUSTED_PROXIES": "127.0.0.1",
    }


def _open_chat(work: Work) -> None:
    flow = publish(work, WELCOME, make.NOON)
    connect(
        work,
        channel=WEBCHAT.key,
        credentials=Credentials(external_id=KEY),
        name="Shop",
        address="",
        now=make.NOON,
        flow_id=flow.id,
    )


def _visitors(port: int, flooders: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.visitors", "--port", str(port)]
    command += ["--flooders", str(flooders), "--seconds", str(LASTS_S)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)
