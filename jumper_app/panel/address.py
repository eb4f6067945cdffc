"""What the address of a page says: which conversation is open, and which message is meant."""

from urllib.parse import parse_qs

LONGEST_ID = 64
"""Characters of an id that are looked at."""


def chosen_in(path: str) -> str:
    """The conversation's public id in an address, or empty."""
    parts = [part for part in path.split("/") if part]
    return parts[1] if len(parts) == 2 and parts[0] == "c" else ""


def linked_in(query: str) -> str:
    """The message that an address names: ``/c/<conversation>?m=<message>``. Empty if none."""
    return parse_qs(query).get("m", [""])[0][:LONGEST_ID]
