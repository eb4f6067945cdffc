"""How a shortcut is filled in, written a second time: sign by sign, without a pattern."""

from collections.abc import Mapping

NAME, FALLBACK, RESULT = 80, 200, 20_000
"""The longest name, fallback and result, in characters."""


def filled(body: str, values: Mapping[str, str]) -> tuple[str, int]:
    """The text that comes out, and where the caret stands in it (-1: nowhere named)."""
    text, caret, at = "", -1, 0
    while at < len(body):
        end, name, fallback = _placeholder(body, at)
        if not end:
            text += body[at]
            at += 1
            continue
        at = end
        if name == "cursor":
            caret = caret if caret >= 0 else len(text)
        elif values.get(name):
            text += values[name]
        elif fallback is None:
            text += "{{" + name + "}}"
        else:
            text += fallback
    text = text[:RESULT]
    return text, min(caret, len(text))


def _placeholder(body: str, at: int) -> tuple[int, str, str | None]:
    """Where a ``{{…}}`` that begins at ``at`` ends, and what it holds; 0 if none does."""
    if not body.startswith("{{", at):
        return 0, "", None
    here = at + 2
    name, here = _until(body, here, "{}|\n")
    if not 1 <= len(name) <= NAME:
        return 0, "", None
    fallback = None
    if body.startswith("|", here):
        fallback, here = _until(body, here + 1, "{}\n")
        if len(fallback) > FALLBACK:
            return 0, "", None
    if not body.startswith("}}", here):
        return 0, "", None
    return here + 2, name.strip(), None if fallback is None else fallback.strip()


def _until(body: str, at: int, signs: str) -> tuple[str, int]:
    end = at
    while end < len(body) and body[end] not in signs:
        end += 1
    return body[at:end], end
