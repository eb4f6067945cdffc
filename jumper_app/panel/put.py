"""Setting state vars without sending what the browser has already."""

from typing import Any

from reflex.state import BaseState


def put(state: BaseState, **values: Any) -> None:
    """Set the vars that differ; one that is set is sent, whether it changed or not."""
    for name, value in values.items():
        if getattr(state, name) != value:
            setattr(state, name, value)
