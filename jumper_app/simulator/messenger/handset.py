"""A phone with Messenger."""

import secrets
from typing import Any

from jumper_app import clock
from jumper_app.errors import BadInput, NotFound
from jumper_app.simulator import samples
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.messenger import reading, webhooks
from jumper_app.simulator.messenger.config import Page
from jumper_app.simulator.messenger.desk import CHANNEL
from jumper_app.simulator.messenger.edges import UPLOAD_LIVES
from jumper_app.simulator.messenger.ids import Ids
from jumper_app.simulator.meta.webhooks import Json, encode
from jumper_app.simulator.rows import Delivery, Message
from jumper_app.simulator.screen import Said

LONGEST_TEXT = 20_000
"""What a Messenger client lets a person type."""
STICKER_ID = 56789012345678


class MessengerPhone(Handset):
    """One phone, talking to one page."""

    def __init__(self, key: str, page: Page, ground: Ground, ids: Ids) -> None:
        super().__init__(key, page.page_id, page.name, ground)
        self._ids = ids

    # --- what the customer sends; each returns the message's id

    def write(self, text: str, quotes: str = "") -> str:
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise BadInput("A message has between 1 and 20,000 characters.")
        return self._post("message", {"text": text}, quotes)

    def photo(
        self, content: bytes | None = None, mime: str = "image/jpeg", caption: str = ""
    ) -> str:
        return self._send_file("image", content or samples.photo(), mime, "photo.jpg", caption)

    def voice_note(self) -> str:
        """Record a second of silence."""
        return self._send_file("audio", samples.voice_note(), "audio/ogg", "audioclip.ogg")

    def sticker(self) -> str:
        """Send a sticker."""
        content, mime = samples.photo(), "image/jpeg"
        return self._send_file("sticker", content, mime, "sticker.jpg", sticker_id=STICKER_ID)

    def send(self, what: str) -> str:
        match what:
            case "photo":
                return self.photo()
            case "voice-note":
                return self.voice_note()
            case "sticker":
                return self.sticker()
            case _:
                raise NotFound("A phone with Messenger has no such sample.")

    def tap(self, message_id: str, choice_id: str) -> str:
        message = self._on_screen(message_id)
        choice = next((one for one in reading.choices(message) if one.id == choice_id), None)
        if choice is None:
            raise NotFound("There is no such button.")
        if reading.is_opt_in(message):
            return self._opt_in(message)
        if reading.is_quick_reply(message, choice):
            reply = {"text": choice.title, "quick_reply": {"payload": choice.id}}
            return self._post("message", reply)
        return self._post("postback", {"title": choice.title, "payload": choice.id})

    def react(self, message_id: str, emoji: str) -> str:
        self._on_screen(message_id)
        return self._post("reaction", {"message_id": message_id, "emoji": emoji})

    # --- for the network

    def _said(self, message: Message) -> Said:
        return reading.said(message, self._store)

    def _tell(self, messages: list[Message], state: Delivery) -> None:
        """Everything up to the last of these has arrived, or is read."""
        told = webhooks.read if state == "read" else webhooks.delivered
        self._deliver(told(messages, clock.now()), lane=f"{self.account}>{self.key}")

    def _send_file(
        self, kind: str, content: bytes, mime: str, name: str, caption: str = "", **more: Any
    ) -> str:
        media = self._store.add_media(self.account, mime, content, UPLOAD_LIVES, name)
        base = self._ground.config.graph_url.rstrip("/")
        payload = {"url": f"{base}/cdn/{media.id}/{name}", **more}
        said: Json = {"attachments": [{"type": kind, "payload": payload}]}
        return self._post("message", said | ({"text": caption} if caption else {}))

    def _post(self, kind: str, content: Json, quotes: str = "") -> str:
        now = clock.now()
        message = Message(
            id=self._ids.next(now),
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
        self._store.note_heard(self.key, self.account, now)
        self._deliver(webhooks.incoming(message), f"{self.account}<{self.key}", about=message.id)
        return message.id

    def _opt_in(self, message: Message) -> str:
        """Give leave: no message, and no window."""
        asked = message.content["attachment"]["payload"]
        token = secrets.token_urlsafe(24)
        told = webhooks.opted_in(self.key, self.account, clock.now(), asked, token)
        self._deliver(told, f"{self.account}<{self.key}")
        return message.id

    def _deliver(self, item: Json, lane: str, about: str = "") -> None:
        body = encode(webhooks.envelope(self.account, [item], clock.now()))
        self._ground.postman.post(CHANNEL, [body], lane, about=about)
