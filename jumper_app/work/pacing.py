"""How fast one recipient may be written to. Pure but for its own memory; time is an argument."""

from datetime import datetime, timedelta

from jumper_app.channels.contract import Pace


class Pacing:
    """A token bucket per conversation: a burst at once, then one every few seconds."""

    def __init__(self, pace: Pace) -> None:
        self._every = timedelta(seconds=pace.every_s)
        self._depth = self._every * (pace.burst - 1)
        self._paid_until: dict[int, datetime] = {}

    def take(self, conversation_id: int, now: datetime) -> None:
        """Count one message to this recipient."""
        paid = max(self._paid_until.get(conversation_id, now), now)
        self._paid_until[conversation_id] = paid + self._every

    def waiting(self, now: datetime) -> frozenset[int]:
        """The conversations that must wait at ``now``; forgets those that owe nothing."""
        self._paid_until = {key: paid for key, paid in self._paid_until.items() if paid > now}
        return frozenset(key for key, paid in self._paid_until.items() if paid - now > self._depth)
