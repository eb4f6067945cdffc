"""How news travels from a commit to every open screen."""

from .events import (
    AgentChanged,
    ConversationChanged,
    ConversationSeen,
    LiveEvent,
    SettingsChanged,
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
    "WorkWaiting",
]
