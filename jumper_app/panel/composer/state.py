"""What the server keeps of the composer: drafts, and what became of each send."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.conversations import drafts, holds, notes, replies, saying
from jumper_app.conversations.attachments import MOST_AT_ONCE
from jumper_app.conversations.customer import Card
from jumper_app.conversations.typing import tell_typing
from jumper_app.db import Work, database
from jumper_app.errors import Refused
from jumper_app.models import Owner
from jumper_app.panel import words
from jumper_app.panel.access import handler, say
from jumper_app.panel.arguments import Form
from jumper_app.panel.put import put
from jumper_app.panel.thread.reading import Opened, conversation_behind
from jumper_app.panel.thread.state import ThreadState
from jumper_app.people.preferences import preferences
from jumper_app.people.sessions import Who

from .enclosing import NO_FILES, FilesRow, MenuRow, files_row, menu_rows

KEY_LENGTH = 64
Mode = Literal["reply", "note"]
Written = Annotated[str, Field(max_length=drafts.DRAFT_LENGTH)]
"""What an agent types; the channel's own limit is checked with a sentence of its own."""


class FileForm(Form):
    """A file that goes with a reply, in the place that it has among them."""

    attachment: Annotated[str, Field(max_length=32)]
    caption: Written = ""


class BesideForm(Form):
    """What goes with the words of a reply. ``quote``: the message that it answers, if any."""

    files: Annotated[list[FileForm], Field(max_length=MOST_AT_ONCE)]
    quote: Annotated[str, Field(max_length=32)]


class DraftRow(TypedDict):
    """A draft as the server holds it."""

    text: str
    revision: int
    key: str


class BoxRow(TypedDict):
    """What the composer opens with. One value, so that no draft meets another conversation."""

    conversation: str
    agent: str
    reply: DraftRow
    note: DraftRow


class LimitsRow(TypedDict):
    """What the channel takes. Lengths in characters."""

    text: int
    note: int
    files: FilesRow
    menu: list[MenuRow]


class WordsRow(TypedDict):
    """Sentences that depend on the channel or the customer."""

    channel: str
    closed: str
    peopleOnly: str
    placeholder: str


class AnswerRow(TypedDict):
    """What became of a send.

    ``stored``, ``refused``, ``ask`` (a colleague answers), ``elsewhere`` (another window
    has sent the same draft in other words), or ``undone`` (its author has taken it back).
    """

    key: str
    result: str
    words: str
    colleague: str


class SavedRow(TypedDict):
    """What stands on the server after a draft was handed in: that draft, if it was kept."""

    conversation: str
    mode: str
    revision: int
    kept: bool


RESULTS = {drafts.SentElsewhere.code: "elsewhere", holds.TakenBackBefore.code: "undone"}
"""What a composer does about a refusal, if not to give the words back."""

EMPTY = DraftRow(text="", revision=0, key="")


class ComposerState(rx.State):
    """One browser's composer. The text itself lives in the browser until it is sent."""

    box: BoxRow = BoxRow(conversation="", agent="", reply=EMPTY, note=EMPTY)
    limits: LimitsRow = LimitsRow(text=0, note=0, files=NO_FILES, menu=[])
    wording: WordsRow = WordsRow(channel="", closed="", peopleOnly="", placeholder="")
    answer: AnswerRow = AnswerRow(key="", result="", words="", colleague="")
    saved: SavedRow = SavedRow(conversation="", mode="", revision=0, kept=False)
    colleague: str = ""
    """The name of the colleague who answers; empty if nobody else does."""
    waits: str = ""
    """Why what is written now leaves later; empty: it leaves at once."""

    @handler()
    async def send(
        self,
        who: Who,
        conversation: str,
        mode: Mode,
        text: Written,
        key: Annotated[str, Field(min_length=16, max_length=KEY_LENGTH)],
        beside: BesideForm,
        anyway: bool,
    ) -> rx.event.EventSpec | None:
        """Store a reply or a note. The thread hears of it as everyone else does."""
        self.answer = AnswerRow(key=key, result="refused", words="", colleague="")
        try:
            if mode == "note":
                await database().run(_note, conversation, who.id, text, key)
                done = None
            else:
                sent = _Reply(conversation, who.id, text, key, _beside(beside), anyway)
                done = await database().run(_reply, sent)
        except replies.ColleagueAnswers as asked:
            self.answer = AnswerRow(key=key, result="ask", words="", colleague=asked.colleague)
            return None
        except Refused as refusal:
            result = RESULTS.get(refusal.code, "refused")
            self.answer = AnswerRow(key=key, result=result, words=refusal.for_agent, colleague="")
            return None
        self.answer = AnswerRow(key=key, result="stored", words="", colleague="")
        before = self.box["note" if mode == "note" else "reply"]["revision"]
        self._hold(conversation, mode, DraftRow(text="", revision=before + 1, key=""))
        (await self.get_state(ThreadState))._sent()
        if done and done.on_the_way:
            return say(words.on_the_way(done.on_the_way), "info")
        return None

    @handler(rate="240/minute")
    async def keep(
        self,
        who: Who,
        conversation: str,
        mode: Mode,
        text: Written,
        revision: int,
        key: Annotated[str, Field(max_length=drafts.KEY_LENGTH)],
    ) -> None:
        """Keep a draft. Whichever revision is the highest stands."""
        draft = DraftRow(text=text, revision=revision, key=key)
        came = await database().run(_keep, conversation, who.id, mode, draft)
        self.saved = SavedRow(
            conversation=conversation, mode=mode, revision=came.revision, kept=came.kept
        )
        if came.kept:
            self._hold(conversation, mode, draft)

    def _hold(self, conversation: str, mode: Mode, draft: DraftRow) -> None:
        """Remember the draft as it is now: a reload begins with what the state holds."""
        if conversation == self.box["conversation"]:
            box = self.box.copy()
            box["note" if mode == "note" else "reply"] = draft
            put(self, box=BoxRow(**box))

    def _redraft(self, conversation: str, found: dict[str, drafts.Saved]) -> None:
        """Show what another window of this agent has written or sent since."""
        for mode in drafts.MODES:
            if found[mode].revision > self.box[mode]["revision"]:
                self._hold(conversation, mode, _draft(found[mode]))

    def _open(self, who: Who, opened: Opened) -> None:
        """Begin with a conversation's drafts and its channel's limits."""
        card = opened.card
        box = BoxRow(
            conversation=card.conversation_public_id,
            agent=who.public_id,
            reply=_draft(opened.drafts["reply"]),
            note=_draft(opened.drafts["note"]),
        )
        wording = WordsRow(
            channel=card.channel_name,
            closed=card.window_closed,
            peopleOnly=card.people_only,
            placeholder=words.write_to(card.name.split()[0] if card.name.strip() else ""),
        )
        put(self, box=box, limits=_limits(card), wording=wording)

    def _show(self, who: Who, card: Card) -> None:
        """Say whether a colleague answers, and whether the channel sends at all."""
        other = (
            card.answering.owner == Owner.AGENT and card.answering.agent_public_id != who.public_id
        )
        put(self, colleague=card.answering.agent_name if other else "", waits=card.waits)

    def _close(self) -> None:
        self.box = BoxRow(conversation="", agent=self.box["agent"], reply=EMPTY, note=EMPTY)


def _draft(saved: drafts.Saved) -> DraftRow:
    return DraftRow(text=saved.text, revision=saved.revision, key=saved.key)


def _limits(card: Card) -> LimitsRow:
    channel = CHANNELS[card.channel]
    return LimitsRow(
        text=channel.limits.text,
        note=notes.NOTE_LENGTH,
        files=files_row(channel),
        menu=menu_rows(channel, card.not_here),
    )


def _beside(given: BesideForm) -> saying.Beside:
    files = [saying.Enclosed(one.attachment, one.caption) for one in given.files]
    return saying.Beside(files, quotes=given.quote)


@dataclass(frozen=True)
class _Reply:
    conversation: str
    agent_id: int
    text: str
    key: str
    beside: saying.Beside
    anyway: bool


def _reply(work: Work, sent: _Reply) -> replies.Reply:
    return replies.reply(
        work,
        conversation_id=conversation_behind(work, sent.conversation),
        agent_id=sent.agent_id,
        text=sent.text,
        beside=replace(sent.beside, hold=preferences(work, sent.agent_id).hold),
        client_key=sent.key,
        even_if_colleague=sent.anyway,
        now=clock.now(),
    )


def _note(work: Work, conversation: str, agent_id: int, text: str, key: str) -> int:
    return notes.add_note(
        work,
        conversation_id=conversation_behind(work, conversation),
        agent_id=agent_id,
        text=text,
        client_key=key,
        now=clock.now(),
    )


def _keep(work: Work, conversation: str, agent_id: int, mode: str, draft: DraftRow) -> drafts.Kept:
    conversation_id = conversation_behind(work, conversation)
    if mode == "reply" and draft["text"].strip():
        tell_typing(work, conversation_id=conversation_id, agent_id=agent_id)
    return drafts.save(
        work,
        conversation_id=conversation_id,
        agent_id=agent_id,
        mode=mode,
        **draft,
    )
