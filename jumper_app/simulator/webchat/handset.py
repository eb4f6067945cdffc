"""A visitor's browser on the business's website, as a phone on the table."""

import secrets
from typing import Any

from jumper_app import clock
from jumper_app.channels.webchat.limits import MAX_TEXT
from jumper_app.errors import BadInput, NotFound
from jumper_app.simulator import samples, words
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.rows import Delivery, Message
from jumper_app.simulator.screen import Said

from .browsers import FILE_LIVES, Browsers
from .reading import choices, said


class WebPhone(Handset):
    """One visitor at one chat. What it sends is brought by ``Browsers``, in order."""

    def __init__(self, key: str, account: str, ground: Ground, browsers: Browsers) -> None:
        super().__init__(key, account, words.BUSINESS_NAME, ground)
        self._browsers = browsers

    def write(self, text: str, quotes: str = "") -> str:
        if not text.strip() or len(text) > MAX_TEXT:
            raise BadInput(f"A message has between 1 and {MAX_TEXT} characters.")
        return self._keep("text", {"text": text})

    def photo(
        self, content: bytes | None = None, mime: str = "image/jpeg", caption: str = ""
    ) -> str:
        media = self._store.add_media(
            self.account, mime, content or samples.photo(), FILE_LIVES, "photo.jpg"
        )
        return self._keep("image", {"text": caption, "media": media.id})

    def send(self, what: str) -> str:
        match what:
            case "photo":
                return self.photo()
            case "document":
                content, name = words.SAMPLE_TEXT.encode(), words.SAMPLE_FILE
                media = self._store.add_media(self.account, "text/plain", content, FILE_LIVES, name)
                return self._keep("document", {"text": "", "media": media.id, "title": name})
            case _:
                raise NotFound("A visitor of the website has no such sample.")

    def tap(self, message_id: str, choice_id: str) -> str:
        offered = choices(self._on_screen(message_id))
        choice = next((one for one in offered if one.id == choice_id), None)
        if choice is None:
            raise NotFound("There is no such button.")
        return self._keep("text", {"text": choice.title, "choice": choice.id})

    def react(self, message_id: str, emoji: str) -> str:
        raise BadInput("A visitor of the website cannot react to messages.")

    def _keep(self, kind: str, content: dict[str, Any]) -> str:
        now = clock.now()
        message = Message(
            id=secrets.token_hex(12),
            phone=self.key,
            number=self.account,
            from_customer=True,
            type=kind,
            content=content,
            at=now,
            state="sent",
        )
        self._store.add_message(message)
        self._store.note_heard(self.key, self.account, now)
        return message.id

    def _said(self, message: Message) -> Said:
        return said(message, self._store)

    def _tell(self, messages: list[Message], state: Delivery) -> None:
        self._browsers.tell(self.key, [one.id for one in messages], state)
