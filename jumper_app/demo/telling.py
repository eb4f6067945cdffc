"""Telling one story by the verbs that customers, bots and agents use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from jumper_app.bots.runs import answer_next
from jumper_app.channels.contract import (
    Amendment,
    Download,
    Inbound,
    Receipt,
    ReceiptState,
    Sent,
    Text,
)
from jumper_app.conversations.amendments import amend
from jumper_app.conversations.attachments import fetched, keep_fetched, landing, next_fetches
from jumper_app.conversations.delivery import accepted, claim
from jumper_app.conversations.messages import receive
from jumper_app.conversations.notes import add_note
from jumper_app.conversations.receipts import take_receipt
from jumper_app.conversations.replies import reply
from jumper_app.conversations.seen import mark_seen
from jumper_app.conversations.takeover import resolve
from jumper_app.db import Work
from jumper_app.models import Agent, ChannelAccount, Conversation, Message

from . import files
from .people import person
from .script import lines_of
from .stories import Line, Spoken, Story

ARRIVES = (
    (ReceiptState.DELIVERED, timedelta(seconds=2)),
    (ReceiptState.READ, timedelta(seconds=20)),
)
"""How long after it was handed in a message of ours gets so far."""

VERBS = {"reacts": "reaction", "edits": "edit", "deletes": "revoke"}


@dataclass
class Telling:
    """One story on its way into the workspace."""

    work: Work
    account: ChannelAccount
    agents: dict[str, Agent]
    story: Story
    now: datetime
    _told: int = field(default=0, init=False)

    def tell(self) -> None:
        """Tell it from its first line to its last."""
        for line in self._lines():
            at = self.now - timedelta(minutes=line.ago_min)
            if line.who == "customer":
                self._hear(line, at)
            else:
                self._answer(line, at)
                self._arrive(at)
            self._told += 1
        if self.story.seen:
            key, ana = self._conversation_id(), self.agents["ana"].id or 0
            mark_seen(self.work, conversation_id=key, agent_id=ana)

    def _lines(self) -> Iterable[Line]:
        return lines_of(self.story.script, self.now) if self.story.script else self.story.lines

    def _hear(self, line: Line, at: datetime) -> None:
        if line.spoken is not None:
            self._amend(line, line.spoken, at)
            return
        said = Inbound(
            account=self.account.external_id,
            external_id=self._next_id(),
            sender=person(self.story),
            sent_at=at.replace(microsecond=0),
            content=line.content or Text(text=line.text),
            quotes=self._said_before(line.quotes) if line.quotes else "",
            forwarded=line.forwarded,
            advert=line.advert,
        )
        receive(self.work, self.account, said, at)
        self._fetch(at)

    def _amend(self, line: Line, spoken: Spoken, at: datetime) -> None:
        about = Amendment(
            account=self.account.external_id,
            external_id=self._next_id(),
            about=self._said_before(spoken.back),
            person=person(self.story),
            kind=VERBS[spoken.verb],  # pyright: ignore[reportArgumentType]
            sent_at=at.replace(microsecond=0),
            emoji=spoken.emoji,
            content=Text(text=line.text) if line.text else None,
        )
        amend(self.work, self.account, about, at)

    def _next_id(self) -> str:
        return f"demo.{self.story.key}.{self._told:03}"

    def _said_before(self, back: int) -> str:
        """The provider's id of the message so many before."""
        found = self.work.exec(
            select(Message.external_id)
            .where(
                Message.conversation_id == self._conversation_id(),
                col(Message.external_id).is_not(None),
            )
            .order_by(col(Message.at).desc(), col(Message.id).desc())
            .offset(back - 1)
            .limit(1)
        ).one()
        return found or ""

    def _conversation_id(self) -> int:
        newest = select(Conversation.id).order_by(col(Conversation.id).desc()).limit(1)
        return self.work.exec(newest).one() or 0

    def _fetch(self, at: datetime) -> None:
        """Put the file on the shelf that a real channel would have been asked for."""
        for fetch in next_fetches(self.work, now=at, limit=1):
            file = _file(fetch.media.provider_id)
            told = Download(filename=file.name, mime=file.mime)
            with landing() as came, landing() as anew:
                came.write(file.content)
                fetched(self.work, fetch, keep_fetched(fetch, told, came, anew))

    def _answer(self, line: Line, at: datetime) -> None:
        verb, _, name = line.who.rpartition(":")
        if line.who == "bot":
            self._let_the_bot_answer(at)
            return
        key = self._conversation_id()
        agent: dict[str, Any] = {
            "conversation_id": key,
            "agent_id": self.agents[name].id or 0,
            "now": at,
        }
        said: dict[str, Any] = {"text": line.text, "client_key": f"demo:{key}:{self._told}"}
        match verb:
            case "note":
                add_note(self.work, **agent, **said)
            case "resolve":
                resolve(self.work, **agent)
            case _:
                reply(self.work, **agent, **said, even_if_colleague=True)
                self._let_the_bot_answer(at)

    def _let_the_bot_answer(self, at: datetime) -> None:
        """Empty the bot's queue; where a person answers by now, it only forgets."""
        while answer_next(self.work, now=at):
            self.work.flush()

    def _arrive(self, at: datetime) -> None:
        """What was said has long been sent, delivered and read."""
        while claims := claim(self.work, worker="seed", now=at, limit=50):
            for one in claims:
                external_id = f"demo.out.{one.message_id:06}"
                accepted(self.work, one, Sent(external_id=external_id), at)
                for state, after in ARRIVES:
                    receipt = Receipt(
                        account=self.account.external_id,
                        external_id=external_id,
                        state=state,
                        at=at + after,
                    )
                    take_receipt(self.work, self.account, receipt, at)


def _file(name: str) -> files.File:
    """What ``script.py`` calls a file by: its kind, and what more there is to say."""
    kind, _, told = name.partition(" ")
    match kind:
        case "photo":
            return files.photo(told)
        case "pdf":
            title, _, pages = told.rpartition(" ")
            return files.document(title, int(pages))
        case "voice":
            return files.voice()
        case "film":
            return files.moving()
        case _:
            return files.sticker()
