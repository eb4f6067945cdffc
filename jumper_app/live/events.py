"""What can happen to an open screen. Frozen, ids only: each reader re-reads what it may see."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """A conversation or one of its messages changed.

    Attributes:
        conversation_id: Which one.
        version: Its version after the change.
        message_ids: The messages that are new or drawn otherwise now.
        listed: Its row in the list (or a tab's count) changed as well.
    """

    conversation_id: int
    version: int
    message_ids: tuple[int, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class ConversationSeen:
    """An agent's own unread count changed."""

    conversation_id: int
    agent_id: int


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """An agent's own draft changed. ``listed``: there is one now, or none any more."""

    conversation_id: int
    agent_id: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An agent was named in a note, or has looked at where they were."""

    agent_id: int


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """An agent's role, name or right to be here changed."""

    agent_id: int


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Channels or flows changed."""


@dataclass(frozen=True, slots=True)
class ShortcutsChanged:
    """Message shortcuts changed. ``agent_id``: whose own; None for everyone's."""

    agent_id: int | None


@dataclass(frozen=True, slots=True)
class WorkWaiting:
    """Something was stored that the background should look at: outbox, bot, media."""


@dataclass(frozen=True, slots=True)
class CustomerTyping:
    """A customer is typing. The one event with words: they are shown and never stored.

    Attributes:
        text: What stands in their field, where the business may see it; else empty.
        active: False when they stopped, or sent it.
    """

    conversation_id: int
    text: str
    active: bool


@dataclass(frozen=True, slots=True)
class AgentTyping:
    """The agent who answers is typing a reply."""

    conversation_id: int
    agent_id: int


@dataclass(frozen=True, slots=True)
class ReadByUs:
    """The customer may know now that everything up to here was read.

    Attributes:
        typing: An answer is being written.
    """

    conversation_id: int
    typing: bool


@dataclass(frozen=True, slots=True)
class VisitorArrived:
    """A browser opened its stream; the one it had before is over.

    Attributes:
        browser: The browser's name at its chat.
        stream: The new stream.
    """

    conversation_id: int
    browser: str
    stream: str


@dataclass(frozen=True, slots=True)
class TemplatesWanted:
    """Somebody asks for the templates of a business: the background fetches them."""


@dataclass(frozen=True, slots=True)
class TemplatesChanged:
    """Templates were fetched, or could not be."""


LiveEvent = (
    ConversationChanged
    | ConversationSeen
    | DraftChanged
    | AgentChanged
    | Mentioned
    | SettingsChanged
    | ShortcutsChanged
    | WorkWaiting
    | CustomerTyping
    | AgentTyping
    | ReadByUs
    | VisitorArrived
    | TemplatesWanted
    | TemplatesChanged
)
