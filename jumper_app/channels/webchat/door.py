"""The way to a visitor. There is none to walk: a visitor reads what we have stored.

A message counts as sent in the commit that says so; from then on the visitor's feed shows
it. So a send cannot get lost on the way, and nothing here opens a connection.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from jumper_app.channels.contract import (
    MIB,
    Credentials,
    Download,
    Finding,
    Identity,
    MediaRef,
    Outbound,
    OutReaction,
    Profile,
    Report,
    Sent,
    Sink,
    Upload,
    Verdict,
)
from jumper_app.errors import SendFailed

from . import tray


class FileGone(SendFailed):
    """A visitor's file is not where it was put."""

    code = "file_gone"
    for_agent = "The visitor's file did not arrive whole."
    to_do = "Please ask the visitor to send it again."


class WebChatDoor:
    """Implements ``contract.Door``."""

    def __init__(self, graph_url: str = "", graph_version: str = "") -> None:
        """The arguments are those of channels that call a provider."""

    async def send(
        self,
        credentials: Credentials,  # noqa: ARG002
        message: Outbound,
        uploads: Mapping[str, Upload],  # noqa: ARG002 (a visitor fetches them from our store)
    ) -> Sent:
        """Give it to the visitor's feed: nothing is left to do but to write it down."""
        return Sent(external_id=message.reference)

    async def mark_read(
        self,
        credentials: Credentials,
        recipient: tuple[Identity, ...],
        external_id: str,
        *,
        typing: bool,
    ) -> None:
        """Nobody to call: the visitor's stream hears of it as every screen does."""

    async def react(self, credentials: Credentials, reaction: OutReaction) -> None:
        """The channel has no reactions."""

    async def download(
        self,
        credentials: Credentials,  # noqa: ARG002
        media: MediaRef,
        into: Sink,
        limit: int,
    ) -> Download:
        """Take a visitor's file out of the tray."""
        path = tray.path_at(media.provider_id)
        if path is None or path.stat().st_size > limit:
            raise FileGone
        await asyncio.to_thread(_copy, path, into)
        return Download(filename=media.filename or "file", mime=media.mime)

    async def profile(
        self,
        credentials: Credentials,  # noqa: ARG002
        names: tuple[Identity, ...],  # noqa: ARG002
    ) -> Profile:
        """Nothing: a visitor says who they are, or does not."""
        return Profile()

    async def check(self, credentials: Credentials, *, callback: str) -> Report:  # noqa: ARG002
        """It is our own; there is nothing that could be wrong outside."""
        good = Finding(title="Web chat", verdict=Verdict.GOOD, text="It is served from here.")
        return Report(findings=(good,))

    async def subscribe(self, credentials: Credentials) -> None:
        """Nobody posts webhooks."""

    async def aclose(self) -> None:
        """Nothing is open."""


def _copy(path: Path, into: Sink) -> None:
    with path.open("rb") as file:
        while part := file.read(MIB):
            into.write(part)


def explain(code: str, detail: str = "") -> SendFailed:
    """No provider, so no codes; whatever it was, the message was not sent."""
    return SendFailed(provider_code=code, detail=detail)
