"""A phone in somebody's hand: what a customer does, and what the screen shows."""

from typing import Any

from jumper_app import clock
from jumper_app.errors import BadInput, NotFound
from jumper_app.simulator import media_rules, samples, screen, webhooks
from jumper_app.simulator.config import Config, Number
from jumper_app.simulator.graph import Graph
from jumper_app.simulator.postman import Postman
from jumper_app.simulator.rows import Message, Phone
from jumper_app.simulator.screen import Bubble
from jumper_app.simulator.store import Store

LONGEST_TEXT = 65_536
"""What a WhatsApp client lets a person type."""


class Handset:
    """One phone, talking to one business number."""

    def __init__(
        self, key: str, number: Number, config: Config, store: Store, postman: Postman, graph: Graph
    ) -> None:
        self.key = key
        self.number = number
        self._config = config
        self._store = store
        self._postman = postman
        self._graph = graph
        self.about()

    def about(self) -> Phone:
        """The phone as it is now. Raises NotFound."""
        return self._store.phone(self.key)

    # --- what the customer sends; each returns the message's id

    def write(self, text: str, quotes: str = "") -> str:
        """Type and send."""
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise BadInput("A message has between 1 and 65,536 characters.")
        return self._send("text", {"body": text}, quotes)

    def photo(
        self, content: bytes | None = None, mime: str = "image/jpeg", caption: str = ""
    ) -> str:
        """Send a picture; without ``content`` a small one of a beach."""
        more = {"caption": caption} if caption else {}
        return self._send_file("image", content or samples.photo(), mime, **more)

    def voice_note(self, content: bytes | None = None) -> str:
        """Send a voice note (Ogg Opus); without ``content`` one second of silence."""
        mime = "audio/ogg; codecs=opus"
        return self._send_file("audio", content or samples.voice_note(), mime, voice=True)

    def place(self, latitude: float, longitude: float, name: str = "", address: str = "") -> str:
        """Send a location."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise BadInput("That is not a place on the earth.")
        content: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
        more = {"name": name, "address": address}
        return self._send("location", content | {key: word for key, word in more.items() if word})

    def card(self, name: str, phone: str) -> str:
        """Send a contact card."""
        first, _, last = name.partition(" ")
        names = {"first_name": first, "formatted_name": name} | (
            {"last_name": last} if last else {}
        )
        return self._send(
            "contacts", [{"name": names, "phones": [{"phone": phone, "type": "CELL"}]}]
        )

    def tap(self, message_id: str, choice_id: str) -> str:
        """Tap a button or a list row of a message from the business."""
        message = self._on_screen(message_id)
        choice = next((one for one in screen.choices(message) if one.id == choice_id), None)
        if choice is None:
            raise NotFound("There is no such button.")
        kind = "list_reply" if message.content["type"] == "list" else "button_reply"
        reply = {"id": choice.id, "title": choice.title}
        if choice.description:
            reply["description"] = choice.description
        return self._send("interactive", {"type": kind, kind: reply}, message_id)

    def react(self, message_id: str, emoji: str) -> str:
        """React to a message; an empty emoji takes the reaction back."""
        self._on_screen(message_id)
        return self._send("reaction", {"message_id": message_id, "emoji": emoji})

    # --- what the customer does

    def open(self) -> None:
        """Look at the chat: everything in it is read, and so is what comes until closing."""
        self.go_online()
        self._store.set_reading(self.key, self.number.phone_number_id)
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
        messages = self._store.messages(self.key, self.number.phone_number_id)
        return screen.bubbles(messages, self._config, self._store)

    def unread(self) -> int:
        """How many messages arrived that the customer has not looked at."""
        messages = self._store.messages(self.key, self.number.phone_number_id)
        return sum(not one.from_customer and one.state == "delivered" for one in messages)

    def sees_typing(self) -> bool:
        """Is the business shown as typing now?"""
        until = self.about().typing_until
        return until is not None and until > clock.now()

    def _on_screen(self, message_id: str) -> Message:
        message = self._store.message(message_id)
        if message is None or message.phone != self.key or not screen.has_arrived(message):
            raise NotFound("This message is not on the phone.")
        return message

    def _send_file(self, kind: str, content: bytes, mime: str, **more: str | bool) -> str:
        number = self.number.phone_number_id
        media = self._store.add_media(number, mime, content, media_rules.INBOUND_LIVES)
        base = self._config.graph_url
        url = self._graph.media_url(base.rstrip("/"), media) if base else ""
        return self._send(kind, webhooks.media_content(media, url, **more))

    def _send(self, kind: str, content: Any, quotes: str = "") -> str:
        phone = self.about()
        now = clock.now()
        message = Message(
            id=self._store.ids.next("".join(filter(str.isdigit, self.key)), now),
            phone=self.key,
            number=self.number.phone_number_id,
            from_customer=True,
            type=kind,
            content=content,
            at=now,
            state="sent",
            quotes=quotes,
        )
        self._store.add_message(message)
        if kind != "reaction":
            self._store.note_heard(self.key, message.number, now)
        change = webhooks.incoming(self.number, phone, message)
        body = webhooks.encode(webhooks.envelope(self.number.waba_id, [change]))
        self._postman.post([body], lane=f"{message.number}<{self.key}", about=message.id)
        return message.id

    def _advance(self, before: set[str], state: Any) -> None:
        """Move what the business sent to ``state`` and tell it in one delivery."""
        phone = self.about()
        number = self.number.phone_number_id
        due = [
            one
            for one in self._store.messages(self.key, number)
            if not one.from_customer and one.state in before and one.type != "reaction"
        ]
        changes = [webhooks.status(self.number, phone, one, state, clock.now()) for one in due]
        for message in due:
            self._store.set_state(message.id, state)
        if changes:
            body = webhooks.encode(webhooks.envelope(self.number.waba_id, changes))
            self._postman.post([body], lane=f"{number}>{self.key}")
