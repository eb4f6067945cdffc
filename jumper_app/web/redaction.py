"""Keeps secrets and what people wrote out of every log line.

Reflex logs whole events when something about them is odd: arguments, cookie and all.
"""

import logging
import re
import traceback
from typing import Any

from sqlalchemy.exc import DBAPIError

LEFT_OUT = "[left out]"

SECRETS = (
    "set-cookie|cookie|x-hub-signature-256|authorization|access_token|hub.verify_token|"
    "verify_token|appsecret_proof|app_secret|client_secret|password|secret|token"
)
"""Names whose values never reach a log, in any notation: header, query, JSON, Python."""

NAMED = re.compile(
    rf"""(?ix) (["']? (?<![a-z]) (?:{SECRETS.replace(".", "[.]")}) ["']? \s* [:=] \s*)
         (?: "[^"]*" | '[^']*' | b'[^']*' | (?:bearer|basic)\s+[^\s,;&"'}}]+ | [^\s,;&"'}})\]]+ )"""
)

EVENTS = re.compile(
    r"(?s)(payload=|exception=|Event data: ?|event data: |must be a dictionary, but received |"
    r"with value )(.+)"
)
"""Where Reflex begins to quote what a browser sent, and asyncio what an error says; nothing
after it can be trusted."""

CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
"""Signs that could fake a line of their own or speak to a terminal."""


def redacted(text: str) -> str:
    """The text without secrets and without what a browser sent."""
    return NAMED.sub(rf"\1{LEFT_OUT}", EVENTS.sub(rf"\1{LEFT_OUT}", text))


def install() -> None:
    """Redact every record of this process from now on. Call it once, before anything logs."""
    logging.setLogRecordFactory(RedactedRecord)


class RedactedRecord(logging.LogRecord):
    """A log record that never holds what must not be read.

    The message becomes one line. Of an error its type and its places are kept; its message
    only where it cannot quote what somebody wrote (``said_by``), and redacted like any other.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            text = super().getMessage()
        except (TypeError, ValueError):
            text = str(self.msg)
        self.msg, self.args = CONTROL.sub(_visible, redacted(text)), ()
        if self.exc_info and self.exc_info[1] is not None:
            self.exc_text = redacted(told_of(self.exc_info[1]))
            self.exc_info = None


def told_of(error: BaseException) -> str:
    """An error and those that led to it, the first one first: places, type, what it says."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(
        f"{''.join(traceback.format_tb(each.__traceback__))}{type(each).__name__}{said_by(each)}"
        for each in reversed(chain)
    )


def said_by(error: BaseException) -> str:
    """What an error says, after a colon; nothing where it quotes a value or a key.

    Models, numbers and lookups quote what they were given; Postgres quotes the whole row
    after its first sentence.
    """
    if isinstance(error, ValueError | LookupError):
        return ""
    if isinstance(error, DBAPIError):
        return said_by(error.orig) if error.orig else ""
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    return f": {primary or error}"


def _visible(sign: re.Match[str]) -> str:
    return "\\n" if sign[0] == "\n" else f"\\x{ord(sign[0]):02x}"
