"""Passwords: what is accepted, and argon2id off the event loop."""

import asyncio
import functools
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from jumper_app.errors import BadInput

P = ParamSpec("P")
T = TypeVar("T")

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id, 19 MiB, 2 passes. Source: OWASP Password Storage Cheat Sheet, read 2026-11."""

MIN_LENGTH = 10
MAX_LENGTH = 200
"""Characters. Any character counts, none is demanded: NIST SP 800-63B, 5.1.1.2."""

AT_ONCE = 2
"""Hashes computed at the same time; the rest wait, so that a flood of sign-ins
costs 2 × 19 MiB and leaves the event loop alone."""


class WeakPassword(BadInput):
    """The new password is not accepted."""

    code = "weak_password"


def check_new(password: str) -> None:
    """Refuse a password that is too short or absurdly long. Raises WeakPassword."""
    if len(password) < MIN_LENGTH:
        raise WeakPassword(f"Please choose a password of at least {MIN_LENGTH} characters.")
    if len(password) > MAX_LENGTH:
        raise WeakPassword(f"Please choose a password of at most {MAX_LENGTH} characters.")


async def hashed(password: str) -> str:
    """The hash to store for a new password. Raises WeakPassword."""
    check_new(password)
    return await _in_turn(hash_now, password)


async def matches(stored: str | None, password: str) -> bool:
    """Is this the password? Takes as long for someone who has none (``stored`` is None)."""
    return await _in_turn(match_now, stored, password)


def hash_now(password: str) -> str:
    """Hash on this very thread: for tools and seeds that have no event loop."""
    return HASHER.hash(_plain(password))


def match_now(stored: str | None, password: str) -> bool:
    """Compare on this very thread; the same work whether or not there is a hash."""
    if len(password) > MAX_LENGTH:
        password, stored = "", None
    try:
        right = HASHER.verify(stored or _nobodys_hash(), _plain(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return right and stored is not None


def _plain(password: str) -> bytes:
    """One byte string for one password, however the keyboard composed its accents."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")


@functools.cache
def _nobodys_hash() -> str:
    return HASHER.hash("nobody has this password")


@functools.cache
def _pool() -> ThreadPoolExecutor:
    """Made at first use: the application is forked after it is imported."""
    return ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="password")


async def _in_turn(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool(), functools.partial(work, *args, **kwargs))
