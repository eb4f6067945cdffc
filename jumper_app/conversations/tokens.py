"""What gives its holder a power: known by the name it goes by, wherever it stands.

Providers send shapes that we do not know yet. They are kept to be understood some day, without
what would let a reader of our database write in somebody's name.
"""

import json
import re
from typing import Any, cast

LEFT_OUT = "(left out)"

ELSEWHERE = "(sealed elsewhere)"
"""Stands for a token that is needed, and sealed in a row of its own."""

NAME = r"(?:token|secret|password|authorization|cookie|api_?key)s?"
NAMED = re.compile(rf"(?i){NAME}$")
"""The end of such a name: ``access_token``, ``pageAccessToken``; not ``token_expires_at``."""

IN_BYTES = re.compile(rb"(?i)" + NAME.encode() + rb'"\s*:|\\u00[4-7]')
"""Where it is worth a closer look: such a name, or one that is written in escapes."""


SPOKEN_OF = (b"token", b"secret", b"password", b"authorization", b"cookie", b"apikey", b"api_key")
ESCAPED = b"\\u00"
"""What ``IN_BYTES`` cannot be found without. A hundred times as quick to look for, and nearly
every delivery has none of it."""


def without_tokens(value: Any) -> Any:
    """The same JSON with every such value left out, whatever shape it has."""
    whole = [value]
    waiting: list[tuple[Any, Any, bool]] = [(whole, 0, False)]
    while waiting:
        holder, key, is_named = waiting.pop()
        found: Any = holder[key]
        if isinstance(found, dict):
            copy: Any = dict(cast("dict[str, Any]", found))
            holder[key] = copy
            waiting += [(copy, each, is_named or _is_named(each)) for each in copy]
        elif isinstance(found, list | tuple):
            holder[key] = copy = list(cast("list[Any]", found))
            waiting += [(copy, index, is_named) for index in range(len(copy))]
        elif is_named and found not in (None, ELSEWHERE):
            holder[key] = LEFT_OUT
    return whole[0]


def _is_named(key: Any) -> bool:
    return isinstance(key, str) and NAMED.search(key) is not None


def body_without_tokens(body: bytes) -> bytes:
    """The bytes of a delivery without such values; the very same bytes where there are none."""
    if not _may_hold_one(body):
        return body
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return b""
    kept = without_tokens(told)
    return body if kept == told else json.dumps(kept, ensure_ascii=False).encode()


def _may_hold_one(body: bytes) -> bool:
    spoken = body.lower()
    if ESCAPED not in spoken and not any(word in spoken for word in SPOKEN_OF):
        return False
    return IN_BYTES.search(body) is not None
