"""``/settings/channels``: the state behind the list."""

import reflex as rx

from jumper_app.conversations import accounts
from jumper_app.db import database
from jumper_app.models import Role
from jumper_app.panel.access import handler
from jumper_app.panel.put import put
from jumper_app.people.sessions import Who

from .rows import AccountRow, KindRow, account_row, kinds


class ChannelsState(rx.State):
    """What is connected, and what could be."""

    loaded: bool = False
    accounts: rx.Field[list[AccountRow]] = rx.field(default_factory=list)
    removed: rx.Field[list[AccountRow]] = rx.field(default_factory=list)
    kinds: rx.Field[list[KindRow]] = rx.field(default_factory=list)

    @handler(role=Role.ADMIN)
    async def load(self, who: Who) -> None:
        """Show what is connected and what could be."""
        found = await database().ask(accounts.accounts)
        put(
            self,
            accounts=[account_row(one) for one in found if one.active],
            removed=[account_row(one) for one in found if not one.active],
            kinds=kinds(),
            loaded=True,
        )
