"""A phone with WhatsApp."""

from typing import Any

from jumper_app import clock
from jumper_app.errors import BadInput, NotFound
from jumper_app.simulator import samples, words
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.meta.webhooks import encode
from jumper_app.simulator.rows import Delivery, Message
from jumper_app.simulator.screen import Said
from jumper_app.simulator.whatsapp import media_rules, reading, webhooks
from jumper_app.simulator.whatsapp.config import CHANNEL, Number
from jumper_app.simulator.whatsapp.edges import Edges
from jumper_app.simulator.whatsapp.templates import Templates
from jumper_app.simulator.whatsapp.wamid import Ids

LONGEST_TEXT = 65_536
"""What a WhatsApp client lets a person type."""


class WhatsAppPhone(Handset):
    """One phone, talking to one business number."""

    def __init__(
        self,
        key: str,
        number: Number,
        templates: Templates,
        ground: Ground,
        edges: Edges,
        ids: Ids,
    ) -> None:
        super().__init__(key, number.phone_number_id, number.verified_name, ground)
        self.number = number
        self._templates = templates
        self._edges = edges
        self._ids = ids

    # --- what the customer sends; each returns the message's id

    def write(self, text: str, quotes: str = "") -> str:
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise BadInput("A message has between 1 and 65,536 characters.")
        return self._post("text", {"body": text}, quotes)

    def photo(
        self, content: bytes | None = None, mime: str = "image/jpeg", caption: str = ""
    ) -> str:
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
        return self._post("location", content | {key: word for key, word in more.items() if word})

    def card(self, name: str, phone: str) -> str:
        """Send a contact card."""
        first, _, last = name.partition(" ")
        names = {"first_name": first, "formatted_name": name} | (
            {"last_name": last} if last else {}
        )
        return self._post(
            "contacts", [{"name": names, "phones": [{"phone": phone, "type": "CELL"}]}]
        )

    def tap(self, message_id: str, choice_id: str) -> str:
        message = self._on_screen(message_id)
        offered = reading.choices(message, self._templates)
        choice = next((one for one in offered if one.id == choice_id), None)
        if choice is None:
            raise NotFound("There is no such button.")
        if message.type == "template":
            tapped = {"payload": choice.id, "text": choice.title}
            return self._post("button", tapped, message_id)
        kind = "list_reply" if message.content["type"] == "list" else "button_reply"
        reply = {"id": choice.id, "title": choice.title}
        if choice.description:
            reply["description"] = choice.description
        return self._post("interactive", {"type": kind, kind: reply}, message_id)

    def react(self, message_id: str, emoji: str) -> str:
        self._on_screen(message_id)
        return self._post("reaction", {"message_id": message_id, "emoji": emoji})

    def send(self, what: str) -> str:
        match what:
            case "photo":
                return self.photo()
            case "place":
                return self.place(*words.SAMPLE_PLACE)
            case "voice-note":
                return self.voice_note()
            case "card":
                return self.card(*words.SAMPLE_CARD)
            case _:
                raise NotFound("A phone with WhatsApp has no such sample.")

    def _send_file(self, kind: str, content: bytes, mime: str, **more: str | bool) -> str:
        media = self._store.add_media(self.account, mime, content, media_rules.INBOUND_LIVES)
        base = self._ground.config.graph_url
        url = self._edges.media_url(base.rstrip("/"), media) if base else ""
        return self._post(kind, webhooks.media_content(media, url, **more))

    def _post(self, kind: str, content: Any, quotes: str = "") -> str:
        phone = self.about()
        now = clock.now()
        message = Message(
            id=self._ids.next("".join(filter(str.isdigit, self.key)), now),
            phone=self.key,
            number=self.account,
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
        body = encode(webhooks.envelope(self.number.waba_id, [change]))
        lane = f"{message.number}<{self.key}"
        self._ground.postman.post(CHANNEL, [body], lane, about=message.id)
        return message.id

    def _said(self, message: Message) -> Said:
        return reading.said(message, self._templates, self._store)

    def _tell(self, messages: list[Message], state: Delivery) -> None:
        """All in one delivery, as Meta does."""
        phone, now = self.about(), clock.now()
        changes = [webhooks.status(self.number, phone, one, state, now) for one in messages]
        body = encode(webhooks.envelope(self.number.waba_id, changes))
        self._ground.postman.post(CHANNEL, [body], lane=f"{self.account}>{self.key}")
