"""What the open conversation's customer is typing. Nothing of it is ever stored."""

import reflex as rx

from jumper_app.live import CustomerTyping
from jumper_app.panel.thread.text import clean

LONGEST = 500
"""Characters of what is typed that are shown: its end, where the typing is."""


class TypingState(rx.State):
    """What one browser shows of it."""

    active: bool = False
    text: str = ""
    """What stands in the customer's field; empty where the business may not see it."""
    beat: int = 0
    """Grows with all that is heard, so that the line lives on."""

    def _hear(self, event: CustomerTyping) -> None:
        self.active = event.active
        self.text = clean(event.text[-LONGEST:]) if event.active else ""
        self.beat += 1

    def _stop(self) -> None:
        if self.active:
            self.active, self.text = False, ""
