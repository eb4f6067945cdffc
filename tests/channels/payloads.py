"""Bodies of Meta's webhooks: our own, one file for each case, and those of a shared folder."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
OURS = PROJECT / "tests" / "payloads" / "whatsapp"
SHARED = PROJECT.parent / "shared" / "meta"
"""Real bodies of other projects and Meta's own OpenAPI file; a lone checkout has none."""
WHY_SKIPPED = "the folder of real payloads, ../shared/meta, is absent"
RECEIVED = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SAID = datetime.fromtimestamp(1793450000, UTC)
"""The provider's time in our payload files."""


def ours(name: str) -> Any:
    """The payload file of the case ``name``."""
    return json.loads((OURS / f"{name}.json").read_text())


def all_ours() -> Mapping[str, Any]:
    """Every payload file of ours, by its case."""
    return {path.stem: ours(path.stem) for path in sorted(OURS.glob("*.json"))}


def shared() -> Mapping[str, Any]:
    """The real bodies by the names of their files; empty when they are absent."""
    folder = SHARED / "payloads" / "whatsapp"
    return {path.name: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
