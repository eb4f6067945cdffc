"""What opens the reply window: whatever the provider counts as the customer's own doing."""

from datetime import datetime

from jumper_app.models import Conversation

from .moving import Standing


def open_window(conversation: Conversation | Standing, at: datetime) -> None:
    """Move the reply window by the provider's time, never back.

    A window that the provider called closed opens again for what came after, or in the same
    second: providers know no smaller time, and a window that is taken for open is called
    closed once more, while one that is taken for closed would hold an answer back.
    """
    if conversation.last_heard_at is None or at > conversation.last_heard_at:
        conversation.last_heard_at = at
    shut = conversation.window_shut_at
    if shut is not None and at >= shut:
        conversation.window_shut_at = None
