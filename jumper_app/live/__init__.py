"""How news travels from a commit to every open screen."""

from .events import (
    AgentChanged,
    ConversationChanged,
    ConversationSeen,
    LiveEvent,
    SettingsChanged,
    ShortcutsChanged,
    WorkWaiting,
)
from .hub import Hub, Listener

__all__ = [
    "AgentChanged",
    "ConversationChanged",
    "ConversationSeen",
    "Hub",
    "Listener",
    "LiveEvent",
    "SettingsChanged",
    "ShortcutsChanged",
    "WorkWaiting",
]
