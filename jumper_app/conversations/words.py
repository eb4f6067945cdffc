"""Sentences that stand under messages which have not left. Why they have not says the error."""

from datetime import timedelta

MINUTE = timedelta(minutes=1)


def tried_again(why: str, wait: timedelta) -> str:
    """Under a message that is scheduled again. ``wait``: until then."""
    if wait <= MINUTE:
        return f"{why} We try again by ourselves in a moment."
    minutes = -(-wait // MINUTE)
    return f"{why} We try again by ourselves within {minutes} minutes."


def waits_for_a_person(why: str) -> str:
    """Under a message that was refused because of its account."""
    return f"{why} This message waits and leaves by itself once that is done."


def account_waits(why: str) -> str:
    """Above the composer while the account is stopped."""
    return f"{why} What you write waits here and leaves by itself once that is done."
