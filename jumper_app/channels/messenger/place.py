"""Where an item of a delivery stands: whose page it is, when it came, who it is about."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from jumper_app.channels.contract import AccountChange, Identity, IdentityKind, Parked, Person
from jumper_app.channels.loose import Object, obj, text, told_ms

LONGEST_ID = 300
"""Characters of a message id that are kept; Meta's have fewer than 200."""
LONGEST_ACCOUNT = 64
"""Characters of a page's id; Meta's have fewer than 20."""
LONGEST_KIND = 80
"""Characters of the name of something parked."""


@dataclass(frozen=True)
class Place:
    """The surroundings of one item.

    Attributes:
        account: The page's id.
        entry_at: When the entry was written; stands in for items without a time.
        elsewhere: Another app holds the thread (standby).
    """

    account: str
    received_at: datetime
    entry_at: datetime
    elsewhere: bool = False

    def parked(self, kind: str, raw: JsonValue) -> Parked:
        """Keep ``raw``, named for a person."""
        return Parked(account=self.account, kind=kind[:LONGEST_KIND], raw=raw)

    def news(self, kind: str, raw: Object) -> AccountChange:
        """Something about our own side."""
        return AccountChange(
            account=self.account, kind=kind[:LONGEST_KIND], at=self.when(raw), raw=raw
        )

    def when(self, raw: Object) -> datetime:
        """The provider's time of an item, in milliseconds on the wire."""
        return told_ms(raw.get("timestamp"), self.received_at) or self.entry_at

    def by_page(self, raw: Object) -> bool:
        """Did our own side do it?"""
        return text(obj(raw.get("sender")).get("id")) == self.account

    def customer(self, raw: Object) -> Person | None:
        """Whom an item is about: its sender, or its recipient where the page sent it."""
        echoed = obj(raw.get("message")).get("is_echo") is True
        side = "recipient" if echoed or self.by_page(raw) else "sender"
        return person(text(obj(raw.get(side)).get("id")))


def person(psid: str) -> Person | None:
    """A person by their page-scoped id; None without one."""
    if not psid or len(psid) > LONGEST_ID:
        return None
    return Person(identities=(Identity(kind=IdentityKind.PSID, value=psid),))
