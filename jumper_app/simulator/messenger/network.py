"""Messenger as its customers and the app see it."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.routing import Route

from jumper_app.channels.contract import Identity, IdentityKind
from jumper_app.errors import NotFound
from jumper_app.simulator import words
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.messenger.config import Pages
from jumper_app.simulator.messenger.desk import CHANNEL, Desk, words_of
from jumper_app.simulator.messenger.edges import Edges
from jumper_app.simulator.messenger.handset import MessengerPhone
from jumper_app.simulator.messenger.ids import Ids, new_psid
from jumper_app.simulator.network import Newcomer, Said, nothing
from jumper_app.simulator.rows import Phone, Request


class Messenger:
    """Implements ``network.Network`` for some pages."""

    key = CHANNEL

    def __init__(self, ground: Ground, pages: Pages) -> None:
        self._ground = ground
        self._pages = pages
        self._ids = Ids()
        self._edges = Edges(ground, pages, Desk(ground, pages, self._ids))

    def routes(self) -> list[Route]:
        return self._edges.routes()

    def owner(self) -> Edges:
        return self._edges

    def phone(self, key: str, account: str = "") -> MessengerPhone:
        page = self._pages.page(account or self._pages.pages[0].page_id)
        if page is None:
            raise NotFound("There is no such page.")
        return MessengerPhone(key, page, self._ground, self._ids)

    def running(self) -> AbstractAsyncContextManager[None]:
        return nothing()

    # --- people

    def meet(self, name: str, psid: str) -> Phone:
        """A phone of that person; one that exists keeps its state."""
        return self._ground.store.add_phone(psid, self.key, name, {"psid": psid})

    def problem(self, newcomer: Newcomer) -> str:
        return ""

    def add(self, newcomer: Newcomer) -> Phone:
        return self.meet(newcomer.name, new_psid())

    def acquaint(self, name: str, identities: Sequence[Identity], username: str = "") -> Phone:
        psid = next((one.value for one in identities if one.kind == IdentityKind.PSID), "")
        return self.meet(name, psid or new_psid())

    def text(self, words: str) -> dict[str, Any]:
        return {"text": words}

    def about(self, phone: Phone) -> str:
        return words.ON_MESSENGER

    # --- the ledger

    def said(self, line: Request) -> Said:
        whom = line.body.get("recipient")
        psid = str(whom.get("id", "")) if isinstance(whom, dict) else ""
        phone = self._ground.store.reach(CHANNEL, psid=psid)
        return Said(phone.name if phone else psid, words_of(line.body))
