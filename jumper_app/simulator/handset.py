"""A phone in somebody's hand: what a customer does, and what the screen shows."""

from collections.abc import Iterable

from jumper_app import clock
from jumper_app.errors import NotFound
from jumper_app.simulator import screen
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.rows import Delivery, Message, Phone
from jumper_app.simulator.screen import Bubble, Said


class Handset:
    """One phone, talking to one account of the business. Each channel has its own kind.

    Attributes:
        account: Id of the account; ``business``: the name under which the customer sees it.
    """

    def __init__(self, key: str, account: str, business: str, ground: Ground) -> None:
        self.key = key
        self.account = account
        self.business = business
        self._ground = ground
        self._store = ground.store
        self.about()

    def about(self) -> Phone:
        """The phone as it is now. Raises NotFound."""
        return self._store.phone(self.key)

    # --- what the customer sends; each returns the message's id

    def write(self, text: str, quotes: str = "") -> str:
        """Type and send."""
        raise NotImplementedError

    def send(self, what: str) -> str:
        """Send one of the samples that lie ready. Raises NotFound for another one."""
        raise NotImplementedError

    def photo(
        self, content: bytes | None = None, mime: str = "image/jpeg", caption: str = ""
    ) -> str:
        """Send a picture; without ``content`` a small one of a beach."""
        raise NotImplementedError

    def tap(self, message_id: str, choice_id: str) -> str:
        """Tap a button or a list row of a message from the business."""
        raise NotImplementedError

    def react(self, message_id: str, emoji: str) -> str:
        """React to a message; an empty emoji takes the reaction back."""
        raise NotImplementedError

    # --- what the customer does

    def open(self) -> None:
        """Look at the chat: everything in it is read, and so is what comes until closing."""
        self.go_online()
        self._store.set_reading(self.key, self.account)
        self._advance({"sent", "delivered"}, "read")

    def close(self) -> None:
        """Look away."""
        self._store.set_reading(self.key, "")

    def go_online(self) -> None:
        """Find the network again: what waited arrives now."""
        self._store.set_online(self.key, online=True)
        self._advance({"sent"}, "delivered")

    def go_offline(self) -> None:
        """Lose the network: what is sent to this phone has to wait."""
        self._store.set_online(self.key, online=False)
        self.close()

    # --- what the screen shows

    def bubbles(self) -> list[Bubble]:
        """The chat, oldest first; what has not arrived is not in it."""
        return screen.bubbles(self._messages(), self._said)

    def unread(self) -> int:
        """How many messages arrived that the customer has not looked at."""
        return sum(not one.from_customer and one.state == "delivered" for one in self._messages())

    def sees_typing(self) -> bool:
        """Is the business shown as typing now?"""
        until = self.about().typing_until
        return until is not None and until > clock.now()

    # --- for the channels

    def _said(self, message: Message) -> Said:
        """What a message says, read from the channel's own JSON."""
        raise NotImplementedError

    def _tell(self, messages: list[Message], state: Delivery) -> None:
        """Tell the app how far messages of the business have come."""
        raise NotImplementedError

    def _messages(self) -> list[Message]:
        return self._store.messages(self.key, self.account)

    def _on_screen(self, message_id: str) -> Message:
        message = self._store.message(message_id)
        if message is None or message.phone != self.key or not screen.has_arrived(message):
            raise NotFound("This message is not on the phone.")
        return message

    def _advance(self, before: Iterable[Delivery], state: Delivery) -> None:
        """Move what the business sent to ``state``, and tell."""
        due = [
            one
            for one in self._messages()
            if not one.from_customer and one.state in before and one.type != "reaction"
        ]
        for message in due:
            self._store.set_state(message.id, state)
        if due:
            self._tell(due, state)
