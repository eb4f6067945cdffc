"""The web as its visitors see it."""

import secrets
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.routing import Route

from jumper_app.channels.contract import Identity
from jumper_app.simulator import words
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.network import Newcomer, Said
from jumper_app.simulator.rows import Phone, Request

from .browsers import Browsers
from .handset import WebPhone
from .known import identity_of, new_secret, secret_of
from .site import Site

CHANNEL = "webchat"


class WebChat:
    """Implements ``network.Network`` for one chat of the business."""

    key = CHANNEL

    def __init__(self, ground: Ground, account: str) -> None:
        self._ground = ground
        self._account = account
        self._browsers = Browsers(ground, CHANNEL, account)
        self._site = Site(account, ground.config.app_secret)

    def routes(self) -> list[Route]:
        return self._site.routes()

    def owner(self) -> None:
        return None

    def phone(self, key: str, account: str = "") -> WebPhone:
        return WebPhone(key, account or self._account, self._ground, self._browsers)

    def running(self) -> AbstractAsyncContextManager[None]:
        return self._browsers.running()

    # --- people

    def problem(self, newcomer: Newcomer) -> str:
        return ""

    def add(self, newcomer: Newcomer) -> Phone:
        return self._meet(newcomer.name, new_secret(), begun=False)

    def acquaint(self, name: str, identities: Sequence[Identity], username: str = "") -> Phone:
        secret = secret_of(name)
        begun = identity_of(secret) in identities
        return self._meet(name, secret if begun else new_secret(), begun=begun)

    def _meet(self, name: str, secret: str, *, begun: bool) -> Phone:
        key, facts = f"web-{secrets.token_hex(6)}", {"secret": secret, "begun": begun}
        return self._ground.store.add_phone(key, CHANNEL, name, facts)

    def text(self, words: str) -> dict[str, Any]:
        return {"text": words}

    def about(self, phone: Phone) -> str:
        return words.ON_THE_SITE

    def said(self, line: Request) -> Said:
        return Said(line.number, str(line.body))
