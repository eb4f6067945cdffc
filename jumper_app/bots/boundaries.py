"""The named places inside a step where a process could die. Nothing happens there by itself.

A test puts a ``watch`` in that ends the process at one of them: whatever the place, the
step was either committed whole or never happened.
"""

from collections.abc import Callable
from enum import StrEnum


class Boundary(StrEnum):
    """Every place, in the order in which a step comes past them."""

    LOCKED = "locked"
    """The conversation is locked; nothing is consumed."""
    CONSUMED = "consumed"
    """The customer's words are taken, or the timer's time has come."""
    STEPPED = "stepped"
    """The engine has said where the run goes; nothing is kept."""
    KEPT = "kept"
    """The run's new state is kept."""
    QUEUED = "queued"
    """The step's messages stand in the outbox."""
    TOLD = "told"
    """Everything is done but the commit."""


watch: Callable[[Boundary], None] | None = None


def reached(boundary: Boundary) -> None:
    """Come past a boundary."""
    if watch is not None:
        watch(boundary)
