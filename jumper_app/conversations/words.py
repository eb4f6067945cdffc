"""Sentences that stand under messages which have not left. Why they have not says the error."""

from datetime import timedelta

MINUTE = timedelta(minutes=1)


def tried_again(why: str, wait: timedelta) -> str:
    """Under a message that is scheduled again. ``wait``: until then."""
    if wait <= MINUTE:
        return f"{why} We try again by ourselves in a moment."
    minutes = -(-wait // MINUTE)
    return f"{why} We try again by ourselves within {minutes} minutes."
