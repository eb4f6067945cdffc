"""Reads that many watchers of one process want at the same moment are made once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

KEPT = 64
"""Answers that are remembered; a change is asked for by everyone within milliseconds."""


class Shared:
    """Remembers the last answers by a key that names their version."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """The answer to ``key``, read by whoever asks first; others wait for it."""
        with self._lock:
            if key not in self._answers:
                self._answers[key] = read()
                if len(self._answers) > KEPT:
                    self._answers.popitem(last=False)
            return self._answers[key]
