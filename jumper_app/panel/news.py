"""What a watcher has heard and not shown yet, and when it may show it. Pure.

The first news after a quiet time goes out at once; what follows closely is shown
together, so that a busy hour costs each browser a few deltas a second.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from jumper_app.live import (
    AgentChanged,
    ConversationChanged,
    ConversationSeen,
    CustomerTyping,
    DraftChanged,
    LiveEvent,
    Mentioned,
    SettingsChanged,
    ShortcutsChanged,
    TemplatesChanged,
)

THREAD_EVERY_S = 0.05
"""The open conversation is told of news at most this often, in seconds."""

LIST_EVERY_S = 0.25
"""The list, the card and the band are told at most this often, in seconds."""


TYPING_EVERY_S = 0.3
"""What a customer types is told at most this often, in seconds."""

SETTLES_S = 0.12
"""How long the open conversation's row in the list waits after news of it, in seconds. The
browser says meanwhile that the message was seen, so that the row changes once, not twice."""


@dataclass(frozen=True)
class Batch:
    """What is to be read now.

    Attributes:
        afresh: Everything; the rest is empty then.
        messages: Messages of the open conversation.
        version: The newest version of the open conversation that was heard of.
        listed: Conversations whose rows in the list changed.
        around: What stands around the open conversation changed.
        own: Something of the agent's own changed: see ``own.Own``.
        templates: The provider told of templates.
        typing: What the open conversation's customer types; the rest is empty then.
        drafts: The agent's drafts in the open conversation changed.
    """

    afresh: bool = False
    messages: tuple[int, ...] = ()
    version: int = 0
    listed: tuple[int, ...] = ()
    around: bool = False
    own: bool = False
    templates: bool = False
    typing: CustomerTyping | None = None
    drafts: bool = False


@dataclass
class Pending:
    """News for one browser. Times are seconds of a clock that never goes back."""

    agent_id: int
    conversation_id: int
    """The open conversation; 0 for none."""
    _messages: set[int] = field(default_factory=set[int])
    _listed: set[int] = field(default_factory=set[int])
    _around: bool = False
    _own: bool = False
    _drafts: bool = False
    _templates: bool = False
    _afresh: bool = False
    _version: int = 0
    _typing: CustomerTyping | None = None
    _thread_due: float = 0.0
    _list_due: float = 0.0
    _typing_due: float = 0.0

    def hear(self, events: Iterable[LiveEvent], now: float, *, missed: bool = False) -> None:
        """Take note of news. ``missed``: there was more than could be kept."""
        self._afresh = self._afresh or missed
        for event in events:
            match event:
                case ConversationChanged():
                    self._hear_change(event, now)
                case ConversationSeen(conversation_id=seen, agent_id=self.agent_id):
                    self._listed.add(seen)
                case DraftChanged(agent_id=self.agent_id):
                    self._hear_draft(event)
                case AgentChanged() | SettingsChanged():
                    self._afresh = True
                case CustomerTyping(conversation_id=self.conversation_id):
                    self._typing = event
                case Mentioned(agent_id=self.agent_id):
                    self._own = True
                case ShortcutsChanged(agent_id=None | self.agent_id):
                    self._own = True
                case TemplatesChanged():
                    self._templates = True
                case _:
                    pass

    def _hear_change(self, event: ConversationChanged, now: float) -> None:
        self._listed.add(event.conversation_id)
        if event.conversation_id == self.conversation_id:
            self._messages.update(event.message_ids)
            self._version = max(self._version, event.version)
            self._list_due = max(self._list_due, now + (0 if self._around else SETTLES_S))
            self._around = True

    def _hear_draft(self, event: DraftChanged) -> None:
        if event.listed:
            self._listed.add(event.conversation_id)
        if event.conversation_id == self.conversation_id:
            self._drafts = True

    def wait(self, now: float) -> float | None:
        """For how long there is nothing to do unless something new comes; None: for ever."""
        if self._afresh:
            return 0.0
        due = [self._thread_due] if self._messages else []
        if self._has_more():
            due.append(self._list_due)
        if self._typing:
            due.append(self._typing_due)
        return max(0.0, min(due) - now) if due else None

    def take(self, now: float) -> Batch | None:
        """What is due. The open conversation goes first, by itself: somebody waits for it."""
        if self._afresh:
            return self._take_all(now)
        if self._messages and now >= self._thread_due:
            messages, self._messages = tuple(sorted(self._messages)), set()
            self._thread_due = now + THREAD_EVERY_S
            return Batch(messages=messages, version=self._version)
        if self._typing and now >= self._typing_due:
            typing, self._typing = self._typing, None
            self._typing_due = now + TYPING_EVERY_S
            return Batch(typing=typing)
        if self._has_more() and now >= self._list_due:
            batch = Batch(
                listed=tuple(sorted(self._listed)),
                around=self._around,
                own=self._own,
                drafts=self._drafts,
                templates=self._templates,
                version=self._version,
            )
            self._listed = set()
            self._around = self._own = self._drafts = self._templates = False
            self._list_due = now + LIST_EVERY_S
            return batch
        return None

    def _has_more(self) -> bool:
        """Is there news of anything but the open conversation's messages?"""
        small = self._around or self._own or self._drafts or self._templates
        return bool(self._listed) or small

    def _take_all(self, now: float) -> Batch:
        self._messages, self._listed = set(), set()
        self._around = self._own = self._drafts = self._templates = self._afresh = False
        self._typing = None
        self._thread_due, self._list_due = now + THREAD_EVERY_S, now + LIST_EVERY_S
        return Batch(afresh=True)
