"""How news travels from a commit to every open screen."""

from .events import (
    AgentChanged,
    AgentTyping,
    ConversationChanged,
    ConversationSeen,
    CustomerTyping,
    DraftChanged,
    LiveEvent,
    Mentioned,
    ReadByUs,
    SettingsChanged,
    ShortcutsChanged,
    TemplatesChanged,
    TemplatesWanted,
    VisitorArrived,
    WorkWaiting,
)
from .hub import Hub, Listener

__all__ = [
    "AgentChanged",
    "AgentTyping",
    "ConversationChanged",
    "ConversationSeen",
    "CustomerTyping",
    "DraftChanged",
    "Hub",
    "Listener",
    "LiveEvent",
    "Mentioned",
    "ReadByUs",
    "SettingsChanged",
    "ShortcutsChanged",
    "TemplatesChanged",
    "TemplatesWanted",
    "VisitorArrived",
    "WorkWaiting",
]
