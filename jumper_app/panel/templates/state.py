"""What the server does for the picker: send, begin, ask the provider anew, say what is new."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

import reflex as rx

from jumper_app import clock
from jumper_app.conversations import replies
from jumper_app.conversations.standing import account_called
from jumper_app.conversations.templates import starting
from jumper_app.conversations.templates.filling import ValuesRefused
from jumper_app.conversations.templates.sending import Filled, send_template
from jumper_app.conversations.templates.shelf import ask_again
from jumper_app.conversations.templates.starting import Beginning
from jumper_app.db import Work, database
from jumper_app.errors import Refused
from jumper_app.models import ChannelAccount, Conversation
from jumper_app.panel import words
from jumper_app.panel.access import handler, say
from jumper_app.panel.thread.reading import conversation_behind
from jumper_app.panel.thread.state import ThreadState
from jumper_app.people.sessions import Who

from .forms import BeginningForm, FilledForm, Key
from .words import KNOWN_ALREADY


class AnswerRow(TypedDict):
    """What became of a send: ``stored``, ``refused`` or ``ask`` (a colleague answers).

    ``problems``: by the gap's key, what is wrong with its value.
    """

    key: str
    result: str
    words: str
    colleague: str
    problems: dict[str, str]


class LookedRow(TypedDict):
    """Whose number it is: ``new``, ``known``, or ``refused`` because it is none."""

    key: str
    result: str
    words: str
    number: str


class TemplateState(rx.State):
    """One browser's picker. What is filled in lives in the browser until it is sent."""

    version: int = 0
    """Grows when templates were fetched: the picker reads them again."""
    answer: AnswerRow = AnswerRow(key="", result="", words="", colleague="", problems={})
    looked: LookedRow = LookedRow(key="", result="", words="", number="")

    @handler()
    async def send(
        self,
        who: Who,
        conversation: str,
        filled: FilledForm,
        key: Key,
        anyway: bool,
    ) -> rx.event.EventSpec | None:
        """Send a template. The thread hears of it as everyone else does."""
        sent = _Sent(conversation, who.id, filled.filled(), key, anyway)
        done = await self._try(key, _send, sent)
        if done is None:
            return None
        (await self.get_state(ThreadState))._sent()
        return say(words.on_the_way(done.on_the_way), "info") if done.on_the_way else None

    @handler(rate="30/minute")
    async def begin(
        self, who: Who, beginning: BeginningForm, filled: FilledForm, key: Key
    ) -> list[rx.event.EventSpec] | None:
        """Write to somebody first, and open the conversation; or open the one that there is."""
        given = (beginning.beginning(), who.id, filled.filled(), key)
        done = await self._try(key, _begin, *given)
        return _there(done.conversation, known=done.existed) if done else None

    @handler(rate="60/minute")
    async def look_up(
        self, who: Who, account: str, number: str, key: Key
    ) -> list[rx.event.EventSpec] | None:
        """Say whose number it is; a customer's conversation opens."""
        beginning = Beginning(account, number, "", consented=False)
        try:
            found = await database().ask(starting.find_existing, beginning)
        except Refused as refusal:
            self.looked = LookedRow(key=key, result="refused", words=refusal.for_agent, number="")
            return None
        result = "known" if found.conversation else "new"
        self.looked = LookedRow(key=key, result=result, words="", number=found.number)
        return _there(found.conversation, known=True) if found.conversation else None

    @handler(rate="10/minute")
    async def refresh(self, who: Who, conversation: str, account: str) -> None:
        """Ask the provider for its templates now."""
        await database().run(_ask_again, conversation, account)

    async def _try(self, key: str, verb: Callable[..., Any], *given: Any) -> Any:
        """Do it, and say what became of it; None when it was not done."""
        told = AnswerRow(key=key, result="refused", words="", colleague="", problems={})
        done = None
        try:
            done = await database().run(verb, *given)
            told["result"] = "stored"
        except replies.ColleagueAnswers as asked:
            told["result"], told["colleague"] = "ask", asked.colleague
        except ValuesRefused as refusal:
            told["words"], told["problems"] = refusal.for_agent, refusal.problems
        except Refused as refusal:
            told["words"] = refusal.for_agent
        self.answer = told
        return done

    def _hear(self) -> None:
        """Templates were fetched."""
        self.version += 1


def _there(conversation: str, *, known: bool) -> list[rx.event.EventSpec]:
    """Open a conversation, and say so if it was there before."""
    go = rx.redirect(f"/c/{conversation}")
    return [go, say(KNOWN_ALREADY, "info")] if known else [go]


@dataclass(frozen=True)
class _Sent:
    conversation: str
    agent_id: int
    filled: Filled
    key: str
    anyway: bool


def _send(work: Work, sent: _Sent) -> replies.Reply:
    return send_template(
        work,
        conversation_id=conversation_behind(work, sent.conversation),
        agent_id=sent.agent_id,
        filled=sent.filled,
        client_key=sent.key,
        now=clock.now(),
        even_if_colleague=sent.anyway,
    )


def _begin(
    work: Work, beginning: Beginning, agent_id: int, sent: Filled, key: str
) -> starting.Begun:
    return starting.begin(
        work,
        beginning=beginning,
        agent_id=agent_id,
        filled=sent,
        client_key=key,
        now=clock.now(),
    )


def _ask_again(work: Work, conversation: str, account: str) -> None:
    row = _account(work, conversation, account)
    ask_again(work, row.channel, row.parent_id, clock.now())


def _account(work: Work, conversation: str, account: str) -> ChannelAccount:
    if not conversation:
        return account_called(work, account, to_change=False)
    found = work.get_one(Conversation, conversation_behind(work, conversation))
    return work.get_one(ChannelAccount, found.account_id)
