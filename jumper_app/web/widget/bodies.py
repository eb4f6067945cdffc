"""What a visitor's browser may send, and how it is read: counted, timed, strict."""

import asyncio
from typing import TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect, Request

from jumper_app.channels.contract import KIB
from jumper_app.channels.webchat.limits import MAX_TEXT
from jumper_app.channels.webchat.posts import LANGUAGE, LONGEST_EMAIL, LONGEST_NAME, TIMEZONE

from .errors import Unreadable

MAX_BODY_BYTES = 64 * KIB
"""Four times the longest message in the widest script, and room for the rest."""

BODY_DEADLINE_S = 10.0
"""Seconds in which a body must have come whole."""

MOST_SEEN = 100
"""Messages that one body may speak of; the widget asks for 30 at a time."""


class Strict(BaseModel):
    """A body with exactly these members."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Message(Strict):
    """A message that the visitor sent. ``id`` is made once and kept until it is stored."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")
    text: str = Field(default="", max_length=MAX_TEXT)
    choice: str = Field(default="", max_length=200)
    file: str = Field(default="", max_length=100)
    """The place in the tray that an upload was answered with."""
    name: str = Field(default="", max_length=LONGEST_NAME)
    email: str = Field(default="", max_length=LONGEST_EMAIL)
    language: str = Field(default="", pattern=LANGUAGE)
    timezone: str = Field(default="", pattern=TIMEZONE)


class Seen(Strict):
    """Messages that reached the browser, and those that were looked at, by their public ids."""

    delivered: list[str] = Field(default=[], max_length=MOST_SEEN)
    read: list[str] = Field(default=[], max_length=MOST_SEEN)


class Typing(Strict):
    """The visitor types, or stopped. ``text`` is what stands in the field."""

    active: bool
    text: str = Field(default="", max_length=MAX_TEXT)


T = TypeVar("T", bound=Strict)


async def read(request: Request, kind: type[T]) -> T:
    """The body as what it must be. Raises Unreadable."""
    try:
        async with asyncio.timeout(BODY_DEADLINE_S):
            raw = await _counted(request)
        return kind.model_validate(orjson.loads(raw))
    except (ValidationError, ValueError, RecursionError, TimeoutError, ClientDisconnect) as error:
        raise Unreadable from error


async def _counted(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise Unreadable
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > MAX_BODY_BYTES:
            raise Unreadable
    return bytes(chunks)
