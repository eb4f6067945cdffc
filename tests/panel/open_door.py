"""The app with its handshake guard off: every websocket gets as far as the handlers."""

import functools
from typing import Any

from jumper_app.web import guard

guard.rules_from = functools.partial(guard.rules_from, check_handshake=False)


def application() -> Any:
    """What the server serves."""
    from jumper_app.jumper_app import app

    return app()
