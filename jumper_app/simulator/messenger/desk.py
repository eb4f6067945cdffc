"""Takes what pages send: checks it, keeps it, tells the app what became of it."""

from datetime import timedelta
from typing import Any

from jumper_app import clock
from jumper_app.simulator.faults import Fault
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.messenger import reading, rules, webhooks
from jumper_app.simulator.messenger.config import Page, Pages
from jumper_app.simulator.messenger.errors import MessengerError
from jumper_app.simulator.messenger.ids import Ids
from jumper_app.simulator.meta.webhooks import Json, encode
from jumper_app.simulator.rows import Message, Phone, Request

CHANNEL = "messenger"
TYPING_LASTS = timedelta(seconds=20)


class Desk:
    """Where ``/{page-id}/messages`` leads to."""

    def __init__(self, ground: Ground, pages: Pages, ids: Ids) -> None:
        self.pages = pages
        self.app_id = ground.config.app_id
        self.store = ground.store
        self.postman = ground.postman
        self.ids = ids

    async def send(self, page: Page, body: Json, fault: Fault | None) -> Json:
        """Accept a message and answer as Meta does. Raises MessengerError when it refuses."""
        try:
            phone = self._checked(page, body, fault)
        except MessengerError as refused:
            self._enter(page, body, "", refused.code, fault)
            raise
        message = self._kept(page, body, phone)
        self._enter(page, body, message.id, 0, fault)
        told = self._tell(page, phone, message)
        if told is not None and fault is not None and fault.kind == "webhook_first":
            await told
        return {"recipient_id": phone.key, "message_id": message.id}

    def act(self, page: Page, body: Json) -> Json:
        """A sender action: seen, typing, a reaction. Raises MessengerError."""
        rules.check_action(body)
        phone = self._phone(rules.recipient(body))
        match body["sender_action"]:
            case "mark_seen":
                self._seen(page, phone)
            case "typing_on":
                self.store.set_typing(phone.key, clock.now() + TYPING_LASTS)
            case "typing_off":
                self.store.set_typing(phone.key, None)
            case _:
                self._react(page, phone, body["payload"])
        return {"recipient_id": phone.key}

    def refuse(self, page: Page, body: Json, code: int, fault: Fault | None) -> None:
        """Enter a send that was turned away by the script."""
        self._enter(page, body, "", code, fault)

    def _checked(self, page: Page, body: Json, fault: Fault | None) -> Phone:
        rules.check_send(body)
        phone = self._phone(rules.recipient(body))
        heard = self.store.last_heard(phone.key, page.page_id)
        rules.check_window(body, heard, clock.now(), human_agent=self.pages.human_agent)
        payload = body["message"].get("attachment", {}).get("payload", {})
        if "attachment_id" in payload:
            self._check_file(page, payload["attachment_id"])
        if fault is not None and fault.kind == "failed_status":
            raise MessengerError(fault.code, subcode=fault.subcode)
        return phone

    def _check_file(self, page: Page, attachment_id: Any) -> None:
        media = self.store.media(str(attachment_id))
        if media is None or media.number != page.page_id:
            raise MessengerError(100, "Invalid attachment_id")

    def _phone(self, psid: str) -> Phone:
        phone = self.store.reach(CHANNEL, psid=psid)
        if phone is None:
            raise MessengerError(100, subcode=2018001)
        return phone

    def _kept(self, page: Page, body: Json, phone: Phone) -> Message:
        said = dict(body["message"])
        now = clock.now()
        message = Message(
            id=self.ids.next(now),
            phone=phone.key,
            number=page.page_id,
            from_customer=False,
            type="message",
            reference=said.pop("metadata", ""),
            quotes=said.pop("reply_to", {}).get("mid", ""),
            content=said,
            at=now,
            state="sent",
        )
        self.store.add_message(message)
        self.store.set_typing(phone.key, None)
        return message

    def _tell(self, page: Page, phone: Phone, message: Message):
        """The echo, and how far the message comes at once: on the phone, and before its eyes."""
        items = [webhooks.echo(self._as_told(message), self.app_id)]
        now = clock.now()
        if phone.online:
            self.store.set_state(message.id, "delivered")
            items.append(webhooks.delivered([message], now))
        if phone.online and phone.reading == page.page_id:
            self.store.set_state(message.id, "read")
            items.append(webhooks.read([message], now))
        bodies = [encode(webhooks.envelope(page.page_id, [one], now)) for one in items]
        return self.postman.post(CHANNEL, bodies, lane=f"{page.page_id}>{phone.key}")

    @staticmethod
    def _as_told(message: Message) -> Message:
        """An echo has its attachment in a list, as every webhook has."""
        content = dict(message.content)
        if "attachment" in content:
            content["attachments"] = [content.pop("attachment")]
        return Message(**{**vars(message), "content": content})

    def _seen(self, page: Page, phone: Phone) -> None:
        theirs = [one for one in self.store.messages(phone.key, page.page_id) if one.from_customer]
        if theirs:
            self.store.read_up_to(theirs[-1])

    def _react(self, page: Page, phone: Phone, payload: Json) -> None:
        about = self.store.message(payload["message_id"])
        if about is None or about.phone != phone.key:
            raise MessengerError(100, "No such message")
        now = clock.now()
        emoji = webhooks.EMOJI.get(payload.get("reaction", ""), "")
        self.store.add_message(
            Message(
                id=self.ids.next(now),
                phone=phone.key,
                number=page.page_id,
                from_customer=False,
                type="reaction",
                content={"message_id": about.id, "emoji": emoji},
                at=now,
                state="sent",
            )
        )

    def _enter(self, page: Page, body: Json, message: str, code: int, fault: Fault | None) -> None:
        said = body.get("message")
        self.store.enter(
            Request(
                at=clock.now(),
                channel=CHANNEL,
                number=page.page_id,
                reference=str(said.get("metadata", "")) if isinstance(said, dict) else "",
                message=message,
                accepted=bool(message),
                code=code,
                fault=fault.kind if fault else "",
                body=body,
            )
        )


def words_of(body: Json) -> str:
    """A send in one line."""
    said = body.get("message")
    return reading.line(said) if isinstance(said, dict) else ""
