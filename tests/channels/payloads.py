"""Bodies of Meta's webhooks: our own, one file for each case, and those of a shared folder."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
OURS = PROJECT / "tests" / "payloads"
SHARED = PROJECT.parent / "shared" / "meta"
"""Real bodies of other projects and Meta's own OpenAPI file; a lone checkout has none."""
WHY_SKIPPED = "the folder of real payloads, ../shared/meta, is absent"
RECEIVED = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SAID = datetime.fromtimestamp(1793450000, UTC)
"""The provider's time in our payload files."""


def ours(name: str, channel: str = "whatsapp") -> Any:
    """The payload file of the case ``name``."""
    return json.loads((OURS / channel / f"{name}.json").read_text())


def all_ours(channel: str = "whatsapp") -> Mapping[str, Any]:
    """Every payload file of ours, by its case."""
    cases = sorted(path.stem for path in (OURS / channel).glob("*.json"))
    return {case: ours(case, channel) for case in cases}


def shared(channel: str = "whatsapp") -> Mapping[str, Any]:
    """The real bodies by the names of their files, whole; empty when they are absent."""
    folder = SHARED / "payloads" / channel
    found = {path.name: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
    return {name: WRAPS.get(channel, as_it_is)(body) for name, body in found.items()}


def as_it_is(body: Any) -> Any:
    """A body that has its envelope."""
    return body


def of_a_page(body: Any) -> Any:
    """A body of Messenger's; a single element gets the envelope that its source left out."""
    if "object" in body:
        return body
    page = body["recipient"]["id"]
    return {"object": "page", "entry": [{"id": page, "time": 1668656253000, "messaging": [body]}]}


WRAPS = {"messenger": of_a_page}
