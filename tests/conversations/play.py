"""A play: one customer, two agents, a bot, and every verb there is, in any order."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from jumper_app.bots.runs import answer_next, pass_back
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    ContactCard,
    Identity,
    IdentityKind,
    MediaKind,
    OutContacts,
    OutLocation,
    OutOptIn,
    Person,
)
from jumper_app.channels.meta.failures import NotReached, Unanswered
from jumper_app.conversations import standing
from jumper_app.conversations.attachments import path_of, store_upload
from jumper_app.conversations.attachments.uploads import Prepared
from jumper_app.conversations.drafts import save
from jumper_app.conversations.inbound import receive_all
from jumper_app.conversations.log import stored
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.overdue import declare_unknown
from jumper_app.conversations.reactions import react
from jumper_app.conversations.replies import reply, retry, settle_unknown
from jumper_app.conversations.saying import Beside, Enclosed
from jumper_app.conversations.takeover import assign, pause_bot, reopen, resolve
from jumper_app.conversations.templates.filling import Values
from jumper_app.conversations.templates.sending import Filled, send_template
from jumper_app.conversations.templates.starting import Beginning, begin
from jumper_app.db import Work
from jumper_app.errors import BadInput, JumperError
from jumper_app.models import (
    ContactIdentity,
    Conversation,
    Message,
    MessageKind,
    Owner,
    Template,
    new_public_id,
)
from tests import make
from tests.conversations.staging import NOTE, Late, Refusing, Stage, complaint
from tests.house import delivered

FILES: dict[MediaKind, tuple[str, ...]] = {
    "image": ("image/png", "image/jpeg"),
    "video": ("video/mp4",),
    "audio": ("audio/ogg",),
    "document": ("application/pdf", "text/plain"),
    "sticker": ("image/webp",),
}
"""By what an agent would call it: the types that are tried."""

VERBS = (
    *("hears", "hears", "hears", "hears", "hears", "bot", "bot", "bot", "bot", "a_day", "a_week"),
    *("words", "words", "picture", "film", "sound", "file", "sticker", "several"),
    *("location", "contact", "opt_in", "quote", "template", "template", "beginning"),
    *("reaction", "reaction", "again", "again", "settled", "note", "mention", "note_draft"),
    *("pause", "back", "back", "back", "assign", "unassign", "resolve", "reopen"),
    *(
        "channel_pauses",
        "channel_resumes",
        "channel_resumes",
        "leave",
        "leave",
        "leave",
        "leave",
        "leave",
        "leave",
    ),
    *("accept", "accept", "accept", "refuse", "refuse_as_late", "say_nothing"),
    *("be_unreachable", "own_up"),
)
"""What a play is made of; what people do more often stands here more often."""


class Play:
    """One conversation and everything that can be done to it. Each public method is a verb."""

    def __init__(self, stage: Stage, channel: str, dice: random.Random) -> None:
        self.stage, self.db, self.channel, self.dice = stage, stage.db, channel, dice
        self.account = stage.accounts[channel]
        self.person = _person(channel, next(stage.numbers))
        self.agent = stage.agents[0]
        self.played: list[str] = []
        self.stopped: set[str] = set()
        """The bot's messages that a takeover came before: none of these may reach anybody."""
        self.takeovers = 0
        self.key, self.epoch = 0, 0
        self.do("hears")

    def do(self, verb: str) -> None:
        """Play one verb. What is refused in words changes nothing, and is no fault."""
        self.played.append(verb)
        self.agent = self.dice.choice(self.stage.agents)
        self.stage.now += timedelta(seconds=self.dice.randrange(1, 90))
        before = len(self.stage.adapter.reached)
        try:
            getattr(self, verb)()
        except JumperError:
            self._look(verb, before)
            return
        self.stage.did[f"{verb} {self.channel}"] += 1
        self._look(verb, before)

    def _look(self, verb: str, before: int) -> None:
        """Hold what just reached the adapter against what may; see whether the bot was stopped."""
        for thing in self.stage.adapter.reached[before:]:
            wrong = self.db.look(complaint, thing, self.stopped)
            assert not wrong, f"{wrong}: {thing.told} after {self.played}"
        if self.key and verb not in {"leave", "accept", "hears"}:
            self.db.look(self._heed)

    def _heed(self, work: Work) -> None:
        row = work.get_one(Conversation, self.key)
        by_person = self.played[-1] not in {"bot", "back"}
        if row.epoch != self.epoch and row.owner != Owner.BOT and by_person:
            self.takeovers += 1
            said = select(Message.public_id).where(
                col(Message.conversation_id) == self.key, col(Message.kind) == MessageKind.BOT
            )
            self.stopped |= set(work.exec(said))
        self.epoch = row.epoch

    # --- The customer, the bot and the time

    def hears(self) -> None:
        said = make.inbound(
            self.dice.choice(["Hello", "2", "agent", "My order", "canary-customer words"]),
            account=self.account.external_id,
            sender=self.person,
            sent_at=self.stage.now,
            external_id=f"in.{next(self.stage.numbers)}",
        )
        item = delivered(said, now=self.stage.now, channel=self.channel)
        self.db.write(receive_all, [item])
        if not self.key:
            self.key = self.db.look(_conversation_of, self.person)
        self.epoch = self.db.look(lambda work: work.get_one(Conversation, self.key).epoch)

    def bot(self) -> None:
        self.db.write(answer_next, now=self.stage.now)

    def a_day(self) -> None:
        self.stage.now += timedelta(hours=24)

    def a_week(self) -> None:
        self.stage.now += timedelta(days=7)

    # --- What agents send

    def words(self) -> None:
        self._reply("canary-reply")

    def picture(self) -> None:
        self._enclose("image")

    def film(self) -> None:
        self._enclose("video")

    def sound(self) -> None:
        self._enclose("audio")

    def file(self) -> None:
        self._enclose("document")

    def sticker(self) -> None:
        self._enclose("sticker")

    def several(self) -> None:
        self._enclose("image", "video", "document")

    def location(self) -> None:
        self._reply("", other=OutLocation(latitude=55.7, longitude=13.2, name="Shop"))

    def contact(self) -> None:
        card = ContactCard(name="Priya Nair", phones=("+919876543210",))
        self._reply("", other=OutContacts(cards=(card,)))

    def opt_in(self) -> None:
        self._reply("", other=OutOptIn(title="Offers", payload="offers"))

    def quote(self) -> None:
        self._reply("canary-reply", quotes=self._any_of(*MessageKind))

    def template(self) -> None:
        self.db.write(
            send_template,
            conversation_id=self.key,
            agent_id=self.agent,
            filled=self._filled(),
            client_key=new_public_id(),
            now=self.stage.now,
            even_if_colleague=self.dice.random() < 0.5,
        )

    def beginning(self) -> None:
        number = f"+4915112{next(self.stage.numbers):06}"
        whom = Beginning(self.account.public_id, number, "Maya", consented=True)
        begun = self.db.write(
            begin,
            beginning=whom,
            agent_id=self.agent,
            filled=self._filled(),
            client_key=new_public_id(),
            now=self.stage.now,
        )
        found = select(Conversation.id).where(col(Conversation.public_id) == begun.conversation)
        self.key = self.db.look(lambda work: work.exec(found).one()) or 0
        self.person = make.person(number[1:])

    def reaction(self) -> None:
        emoji = self.dice.choice([*CHANNELS[self.channel].reactions, ""])
        about = self._any_of(*MessageKind) if self.dice.random() < 0.3 else self._any_of("customer")
        self._by_agent(react, message=about, emoji=emoji)

    def again(self) -> None:
        self._of_message(retry)

    def settled(self) -> None:
        self._of_message(settle_unknown, arrived=self.dice.random() < 0.5)

    # --- What agents say to each other, and who answers

    def note(self) -> None:
        self._by_agent(add_note, text=f"{NOTE} of {self.agent}", client_key=new_public_id())

    def mention(self) -> None:
        self._by_agent(add_note, text=f"@Ben {NOTE} look", client_key=new_public_id())

    def note_draft(self) -> None:
        self.db.write(
            save,
            conversation_id=self.key,
            agent_id=self.agent,
            mode="note",
            text=f"{NOTE} half written",
            revision=next(self.stage.numbers),
            key=new_public_id(),
        )

    def pause(self) -> None:
        self._by_agent(pause_bot)

    def back(self) -> None:
        self._by_agent(pass_back)

    def assign(self) -> None:
        self._by_agent(assign, to_agent_id=self.dice.choice(self.stage.agents))

    def unassign(self) -> None:
        self._by_agent(assign, to_agent_id=None)

    def resolve(self) -> None:
        self._by_agent(resolve)

    def reopen(self) -> None:
        self._by_agent(reopen)

    def channel_pauses(self) -> None:
        self.db.write(standing.pause, self.account.public_id)

    def channel_resumes(self) -> None:
        self.db.write(standing.resume, self.account.public_id)

    # --- The way out

    def leave(self) -> None:
        self.stage.leave()

    def accept(self) -> None:
        self.stage.answer(lambda new: new)

    def refuse(self) -> None:
        self.stage.answer(lambda _: Refusing())

    def refuse_as_late(self) -> None:
        self.stage.answer(lambda _: Late())

    def say_nothing(self) -> None:
        self.stage.answer(lambda _: Unanswered())

    def be_unreachable(self) -> None:
        self.stage.answer(lambda _: NotReached())

    def own_up(self) -> None:
        self.stage.now += timedelta(minutes=2)
        self.db.write(declare_unknown, now=self.stage.now)

    def end(self) -> None:
        """Let everything leave that still may, and look at each thing."""
        self.do("channel_resumes")
        quiet = 0
        while quiet < 2:
            before = len(self.stage.adapter.reached)
            self.do("leave")
            self.do("accept")
            self.stage.now += timedelta(minutes=6)
            quiet = quiet + 1 if len(self.stage.adapter.reached) == before else 0

    # --- How

    def _enclose(self, *kinds: MediaKind) -> None:
        files = [Enclosed(self._uploaded(kind), self.dice.choice(["", "Look"])) for kind in kinds]
        self._reply(self.dice.choice(["", "canary-reply"]), files=files)

    def _uploaded(self, kind: MediaKind) -> str:
        mime = self.dice.choice(FILES[kind])
        name = new_public_id()
        path = path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        file = Prepared(name, 1, "0" * 64, kind, mime, f"{kind}.bin")
        self.db.write(store_upload, file, agent_id=self.agent, now=self.stage.now)
        return name

    def _reply(self, text: str, **beside: Any) -> None:
        self._by_agent(
            reply,
            text=text,
            client_key=new_public_id(),
            beside=Beside(**beside),
            even_if_colleague=self.dice.random() < 0.5,
        )

    def _filled(self) -> Filled:
        rows = self.db.look(lambda work: work.exec(select(Template.public_id)).all())
        return Filled(rows[0], Values({"body:1": "Maya"}))

    def _any_of(self, *kinds: str) -> str:
        said = select(Message.public_id).where(
            col(Message.conversation_id) == self.key, col(Message.kind).in_(kinds)
        )
        found = self.db.look(lambda work: work.exec(said).all())
        if not found:
            raise BadInput("There is none.")
        return self.dice.choice(found)

    def _of_message(self, verb: Callable[..., Any], **more: Any) -> None:
        """On any message of this thread, of whatever kind and state."""
        said = select(Message.id).where(col(Message.conversation_id) == self.key)
        ids = self.db.look(lambda work: work.exec(said).all())
        wanted = {"again": "failed", "settled": "unknown"}[self.played[-1]]
        fitting = self.db.look(
            lambda work: work.exec(said.where(col(Message.delivery) == wanted)).all()
        )
        chosen = self.dice.choice(fitting or ids)
        self.db.write(verb, message_id=chosen, agent_id=self.agent, now=self.stage.now, **more)

    def _by_agent(self, verb: Callable[..., Any], **more: Any) -> None:
        self.db.write(
            verb, conversation_id=self.key, agent_id=self.agent, now=self.stage.now, **more
        )


def _person(channel: str, number: int) -> Person:
    if channel == "whatsapp":
        return make.person(f"1650555{number:06}")
    kinds = {"messenger": IdentityKind.PSID, "webchat": IdentityKind.VISITOR}
    named = Identity(kind=kinds[channel], value=f"customer-{number}")
    return Person(identities=(named,), name="Maya")


def _conversation_of(work: Work, person: Person) -> int:
    found = (
        select(Conversation.id)
        .join(ContactIdentity, col(ContactIdentity.contact_id) == col(Conversation.contact_id))
        .where(col(ContactIdentity.value) == person.identities[0].value)
    )
    return stored(work.exec(found).one())
