"""What one visitor's browser remembers: messages under their ids, and its place in the feed."""

from datetime import datetime
from typing import Any, Literal

from jumper_app.simulator.rows import Message
from jumper_app.simulator.store import Store

from .reading import kind_of

Told = Literal["delivered", "read"]


class Memory:
    """One browser at one chat."""

    def __init__(self, store: Store, key: str, account: str) -> None:
        self._store = store
        self._key = key
        self._account = account

    def is_online(self) -> bool:
        return self._store.phone(self._key).online

    def messages(self) -> list[Message]:
        return self._store.messages(self._key, self._account)

    def unsent(self) -> list[Message]:
        """What was written and not taken yet, the oldest first."""
        return [one for one in self.messages() if one.from_customer and one.state == "sent"]

    def has_begun(self) -> bool:
        """Has the app anything of this visitor?"""
        told = bool(self._store.phone(self._key).facts["begun"])
        return told or any(one.state != "sent" for one in self.messages())

    def place(self) -> dict[str, str]:
        """The header that says up to where this browser has heard."""
        place = self._store.setting(f"place {self._key}")
        return {"Last-Event-ID": place} if place else {}

    def go_to(self, place: str) -> None:
        self._store.remember(f"place {self._key}", place)

    def keep(self, bubble: dict[str, Any], media: str) -> None:
        """A message of the feed, once under its id; the visitor's own are here already."""
        if bubble["by"] == "you":
            self._store.remember(f"own {bubble['id']}", bubble["ref"] or bubble["id"])
        known = self._store.message(bubble["ref"] or bubble["id"])
        if known is None:
            self._store.add_message(self._as_message(bubble, media))
        elif media and not known.from_customer and "media" not in known.content:
            self._store.set_content(known.id, {**known.content, "media": media})

    def seen(self, public_id: str) -> None:
        """The business has read up to this message of the visitor's."""
        message = self._store.message(self._store.setting(f"own {public_id}"))
        if message and message.from_customer:
            self._store.read_up_to(message)

    def untold(self, bubbles: list[dict[str, Any]], state: Told) -> list[str]:
        """Those of the business's bubbles that the app does not know to have come so far."""
        reading = self._store.phone(self._key).reading == self._account
        if reading != (state == "read"):
            return []
        before = {"sent"} if state == "delivered" else {"sent", "delivered"}
        ids = [one["id"] for one in bubbles if one["by"] != "you" and one["state"] in before]
        for message_id in ids:
            self._store.set_state(message_id, state)
        return ids

    def _as_message(self, bubble: dict[str, Any], media: str) -> Message:
        mine = bubble["by"] == "you"
        return Message(
            id=bubble["ref"] or bubble["id"],
            phone=self._key,
            number=self._account,
            from_customer=mine,
            type=kind_of(bubble),
            content={**bubble, "media": media} if media else bubble,
            at=datetime.fromisoformat(bubble["at"]),
            state="read" if bubble["state"] == "read" else "delivered",
        )
