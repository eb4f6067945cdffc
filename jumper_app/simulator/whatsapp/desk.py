"""Takes the sends of businesses: checks them, keeps them, tells the app what became of them."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from jumper_app import clock
from jumper_app.simulator.faults import Fault
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.meta.webhooks import encode
from jumper_app.simulator.rows import Message, Phone, Request
from jumper_app.simulator.whatsapp import media_rules, rules, webhooks
from jumper_app.simulator.whatsapp.config import CHANNEL, Number, Numbers
from jumper_app.simulator.whatsapp.errors import WhatsAppError
from jumper_app.simulator.whatsapp.filled import parameters
from jumper_app.simulator.whatsapp.known import dialled, known
from jumper_app.simulator.whatsapp.templates import Templates
from jumper_app.simulator.whatsapp.wamid import Ids

TYPING_LASTS = timedelta(seconds=25)


class Desk:
    """Where ``/messages`` leads to."""

    def __init__(self, ground: Ground, numbers: Numbers, templates: Templates, ids: Ids) -> None:
        self.numbers = numbers
        self.templates = templates
        self.ids = ids
        self.store = ground.store
        self.postman = ground.postman

    async def send(
        self, number: Number, body: dict[str, Any], fault: Fault | None
    ) -> dict[str, Any]:
        """Accept a message and answer as Meta does. Raises WhatsAppError when it refuses."""
        try:
            written, digits, bsuid = self._checked(number, body)
        except WhatsAppError as refused:
            self._enter(number, body, "", refused.code, fault)
            raise
        phone = self._reach(digits, bsuid)
        message = self._kept(number, body, phone, digits or bsuid)
        error = self._why_undeliverable(number, body, phone, fault)
        self._enter(number, body, message.id, error.code if error else 0, fault)
        told = self._tell(number, phone, message, error)
        if told is not None and fault is not None and fault.kind == "webhook_first":
            await told
        contact = {"input": written} | _names(phone, digits, bsuid)
        answer = {"messaging_product": "whatsapp", "contacts": [contact]}
        return answer | {"messages": [{"id": message.id}]}

    def mark_read(self, number: Number, body: dict[str, Any]) -> None:
        """Blue ticks on the customer's phone, and typing if asked. Raises WhatsAppError."""
        if body.get("messaging_product") != "whatsapp":
            raise WhatsAppError(100, "The parameter messaging_product is required.")
        message = self.store.message(rules.need(body, "message_id", str))
        if message is None or not message.from_customer or message.number != number.phone_number_id:
            raise WhatsAppError(131009, "Message ID is invalid.")
        self.store.read_up_to(message)
        if "typing_indicator" in body:
            if rules.need(body, "typing_indicator", dict).get("type") != "text":
                raise WhatsAppError(131009, "typing_indicator type must be text.")
            self.store.set_typing(message.phone, clock.now() + TYPING_LASTS)

    def refuse(self, number: Number, body: dict[str, Any], code: int, fault: Fault | None) -> None:
        """Enter a send that was turned away by the script."""
        self._enter(number, body, "", code, fault)

    def _checked(self, number: Number, body: dict[str, Any]) -> tuple[str, str, str]:
        rules.check_message(body, self.templates)
        written, digits, bsuid = rules.recipient(body, number.country_code)
        if digits == number.digits:
            raise WhatsAppError(131021)
        if bsuid and self._category(body) == "authentication":
            raise WhatsAppError(131062)
        self._check_reaction(body)
        late = self._is_late(number, body, self._reach(digits, bsuid))
        if late and self.numbers.late_answer == "http":
            raise WhatsAppError(131047)
        pair = f"{number.phone_number_id}>{digits or bsuid}"
        self._draw(number.phone_number_id, rules.NUMBER_BURST, rules.NUMBER_EVERY, 130429)
        self._draw(pair, rules.PAIR_BURST, rules.PAIR_EVERY, 131056)
        return written, digits, bsuid

    def _reach(self, digits: str, bsuid: str) -> Phone | None:
        """The phone behind a dialled number or a BSUID."""
        if not digits:
            return self.store.reach(CHANNEL, bsuid=bsuid)
        found = (self.store.reach(CHANNEL, wa_id=one) for one in dialled(digits))
        return next((phone for phone in found if phone), None)

    def _check_reaction(self, body: dict[str, Any]) -> None:
        if body.get("type") != "reaction":
            return
        if self.store.message(body["reaction"]["message_id"]) is None:
            raise WhatsAppError(131009, "Reaction target is unknown.")

    def _draw(self, key: str, burst: int, every: timedelta, code: int) -> None:
        now = clock.now()
        query = "select tokens, at from bucket where key=?"
        row = self.store.sql.execute(query, (key,)).fetchone()
        tokens, at = (row["tokens"], row["at"]) if row else (burst, now.timestamp())
        left = rules.draw(tokens, datetime.fromtimestamp(at, UTC), now, burst, every)
        if left is None:
            raise WhatsAppError(code)
        values = (key, left, now.timestamp())
        self.store.sql.execute("insert or replace into bucket values (?,?,?)", values)

    def _is_late(self, number: Number, body: dict[str, Any], phone: Phone | None) -> bool:
        """Outside the customer service window, and no template."""
        if body.get("type") == "template" or phone is None:
            return False
        heard = self.store.last_heard(phone.key, number.phone_number_id)
        return not rules.window_is_open(heard, clock.now())

    def _kept(
        self, number: Number, body: dict[str, Any], phone: Phone | None, recipient: str
    ) -> Message:
        kind = body.get("type", "text")
        now = clock.now()
        message = Message(
            id=self.ids.next("".join(filter(str.isdigit, recipient)), now),
            phone=phone.key if phone else recipient,
            number=number.phone_number_id,
            from_customer=False,
            type=kind,
            content=body[kind],
            at=now,
            state="accepted",
            quotes=body.get("context", {}).get("message_id", ""),
            reference=body.get("biz_opaque_callback_data", ""),
            category=self._category(body),
        )
        self.store.add_message(message)
        return message

    def _category(self, body: dict[str, Any]) -> str:
        if body.get("type") != "template":
            return "service"
        template = body["template"]
        known = self.templates.find(template["name"], template["language"]["code"])
        return known.category.lower() if known else "utility"

    def _why_undeliverable(
        self, number: Number, body: dict[str, Any], phone: Phone | None, fault: Fault | None
    ) -> WhatsAppError | None:
        """What Meta finds out only after it has accepted the message."""
        if fault is not None and fault.kind == "failed_status":
            return WhatsAppError(fault.code)
        if phone is None:
            return WhatsAppError(131026)
        if self._is_late(number, body, phone):
            return WhatsAppError(131047)
        found = (self._why_no_file(number, *one) for one in _files(body))
        return next((reason for reason in found if reason), None)

    def _why_no_file(self, number: Number, kind: str, file: dict[str, Any]) -> WhatsAppError | None:
        media = self.store.media(file.get("id", ""))
        if "link" in file:
            return WhatsAppError(131053, "The stand-in opens no links; upload the file.")
        if media is None or media.number != number.phone_number_id:
            return WhatsAppError(131053, "There is no media with this id.")
        reason = media_rules.why_not(kind, media.mime, media.content)
        return WhatsAppError(131053, reason) if reason else None

    def _tell(
        self, number: Number, phone: Phone | None, message: Message, error: WhatsAppError | None
    ) -> "asyncio.Task[None] | None":
        """Post the statuses that follow at once: failed, or sent and what the phone adds."""
        if error is not None:
            states = ["failed"]
            self.store.set_failed(message.id, error.code)
        else:
            states = self._states(phone, message)
            self.store.set_state(message.id, states[-1])
        now = clock.now()
        changes = [webhooks.status(number, phone, message, state, now, error) for state in states]
        bodies = [encode(webhooks.envelope(number.waba_id, [one])) for one in changes]
        if phone is not None and error is None:
            self.store.set_typing(phone.key, None)
        return self.postman.post(CHANNEL, bodies, lane=message.id)

    @staticmethod
    def _states(phone: Phone | None, message: Message) -> list[Any]:
        if phone is None or message.type == "reaction" or not phone.online:
            return ["sent"]
        return ["sent", "delivered"] + ["read"] * (phone.reading == message.number)

    def _enter(
        self, number: Number, body: dict[str, Any], message: str, code: int, fault: Fault | None
    ) -> None:
        request = Request(
            at=clock.now(),
            channel=CHANNEL,
            number=number.phone_number_id,
            reference=str(body.get("biz_opaque_callback_data", "")),
            message=message,
            accepted=bool(message),
            code=code,
            fault=fault.kind if fault else "",
            body=body,
        )
        self.store.enter(request)


def _names(phone: Phone | None, digits: str, bsuid: str) -> dict[str, str]:
    """What the answer tells of the recipient: the id that was reached, not what was dialled."""
    if not digits:
        return {"user_id": bsuid}
    return {"wa_id": (known(phone).wa_id if phone else "") or digits}


def _files(body: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The files that a send names, each with the kind that it goes as."""
    kind = body.get("type", "")
    if kind in media_rules.KINDS:
        yield kind, body[kind]
    elif kind == "template":
        for one in parameters(body[kind], "header"):
            if one["type"] in media_rules.KINDS:
                yield one["type"], one[one["type"]]
