"""The versions of a flow's JSON, and how an older one becomes the present one.

Runs stay on the version they began with, so every schema that was ever stored is read for ever.
"""

from collections.abc import Callable
from typing import Any, Literal

SCHEMA: Literal[2] = 2
"""What flows are written in now."""


def brought_up_to_date(data: Any) -> Any:
    """The same flow in the present schema; what is no flow at all is left to the checks."""
    if not isinstance(data, dict):
        return data
    flow: dict[str, Any] = {**data}
    while (version := flow.get("schema", SCHEMA)) in NEXT:
        flow = NEXT[version](flow)
    return flow


def _to_2(data: dict[str, Any]) -> dict[str, Any]:
    """Flows of schema 1 said in their own words that they are automated."""
    return {"announcement": "", **data, "schema": 2}


NEXT: dict[Any, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _to_2}
