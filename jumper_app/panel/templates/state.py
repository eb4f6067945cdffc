"""What the server does for the picker: send, ask the provider anew, say that there is news."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

import reflex as rx
from pydantic import Field
from sqlmodel import Session

from jumper_app import clock
from jumper_app.channels.contract import OutLocation
from jumper_app.conversations import replies
from jumper_app.conversations.templates.filling import Values, ValuesRefused
from jumper_app.conversations.templates.sending import Filled, send_template
from jumper_app.conversations.templates.shelf import ask_again
from jumper_app.db import Work, database
from jumper_app.errors import Refused
from jumper_app.models import ChannelAccount, Conversation
from jumper_app.panel import words
from jumper_app.panel.access import handler, say
from jumper_app.panel.arguments import Form
from jumper_app.panel.thread.reading import conversation_behind
from jumper_app.panel.thread.state import ThreadState
from jumper_app.people.sessions import Who

MOST_GAPS = 100
"""More than any template has."""

Key = Annotated[str, Field(min_length=16, max_length=64)]


class TextForm(Form):
    """What stands in one gap."""

    key: Annotated[str, Field(max_length=120)]
    text: Annotated[str, Field(max_length=33000)]


class PlaceForm(Form):
    """The place above a template; degrees."""

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    name: Annotated[str, Field(max_length=1000)]
    address: Annotated[str, Field(max_length=1000)]


class AnswerRow(TypedDict):
    """What became of a send: ``stored``, ``refused`` or ``ask`` (a colleague answers).

    ``problems``: by the gap's key, what is wrong with its value.
    """

    key: str
    result: str
    words: str
    colleague: str
    problems: dict[str, str]


def _answer(key: str, result: str, **more: str) -> AnswerRow:
    told = {"words": "", "colleague": "", **more}
    return AnswerRow(key=key, result=result, problems={}, **told)  # type: ignore[typeddict-item]


class TemplateState(rx.State):
    """One browser's picker. What is filled in lives in the browser until it is sent."""

    version: int = 0
    answer: AnswerRow = _answer("", "")

    @handler()
    async def send(
        self,
        who: Who,
        conversation: str,
        template: str,
        texts: Annotated[list[TextForm], Field(max_length=MOST_GAPS)],
        file: str,
        place: PlaceForm | None,
        key: Key,
        anyway: bool,
    ) -> rx.event.EventSpec | None:
        """Send a template. The thread hears of it as everyone else does."""
        values = Values({one.key: one.text for one in texts}, file, _place(place))
        sent = _Sent(conversation, who.id, Filled(template, values), key, anyway)
        try:
            done = await database().run(_send, sent)
        except replies.ColleagueAnswers as asked:
            self.answer = _answer(key, "ask", colleague=asked.colleague)
            return None
        except Refused as refusal:
            self.answer = _answer(key, "refused", words=refusal.for_agent)
            if isinstance(refusal, ValuesRefused):
                self.answer["problems"] = refusal.problems
            return None
        self.answer = _answer(key, "stored")
        (await self.get_state(ThreadState))._sent()
        return say(words.on_the_way(done.on_the_way), "info") if done.on_the_way else None

    @handler(rate="10/minute")
    async def refresh(self, who: Who, conversation: str) -> None:
        """Ask the provider for its templates now."""
        await database().run(_ask_again, conversation)

    def _hear(self) -> None:
        """Templates were fetched: the picker reads them again."""
        self.version += 1


def _place(place: PlaceForm | None) -> OutLocation | None:
    return OutLocation.model_validate(place.model_dump()) if place else None


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


def _ask_again(work: Work, public_id: str) -> None:
    account = _account_of(work, conversation_behind(work, public_id))
    ask_again(work, account.channel, account.parent_id, clock.now())


def _account_of(work: Session, conversation_id: int) -> ChannelAccount:
    conversation = work.get_one(Conversation, conversation_id)
    return work.get_one(ChannelAccount, conversation.account_id)
