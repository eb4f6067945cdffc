"""The way to Messenger: Graph calls for messages, files, sender actions and profiles."""

from collections.abc import Mapping

import httpx

from jumper_app.channels.contract import (
    Credentials,
    Download,
    Identity,
    MediaRef,
    Outbound,
    OutMedia,
    OutReaction,
    Profile,
    Report,
    Sent,
    Sink,
    Upload,
)
from jumper_app.channels.loose import Object, text
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.failures import Unanswered
from jumper_app.errors import SendFailed

from .checking import check
from .errors import CODES, of_tagged
from .media import check_upload, download, hand_over
from .outbound import CALLED, action_body, body_of, is_tagged, reaction_body
from .profile import profile
from .setup import SUBSCRIBED_FIELDS


class MessengerDoor:
    """Implements ``contract.Door``. Never tries again by itself, never logs."""

    def __init__(
        self,
        graph_url: str,
        graph_version: str,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._graph = Graph(graph_url, graph_version, CODES, transport)

    async def send(
        self, credentials: Credentials, message: Outbound, uploads: Mapping[str, Upload]
    ) -> Sent:
        """Send once. A file is uploaded first; its failure never leaves a doubt."""
        body_of(message, dict.fromkeys(message.content.files, "checked before the upload"))
        body = body_of(message, await self._media_ids(credentials, message, uploads))
        try:
            return sent(await self._post(credentials, body, delivers=True))
        except SendFailed as refusal:
            if not is_tagged(message):
                raise
            raise of_tagged(refusal) from refusal

    async def mark_read(
        self,
        credentials: Credentials,
        recipient: tuple[Identity, ...],
        external_id: str,  # noqa: ARG002 - Messenger marks the whole thread
        *,
        typing: bool,
    ) -> None:
        """Show the customer that all is read, and typing if asked."""
        for action in ("mark_seen", "typing_on")[: 1 + typing]:
            await self._post(credentials, action_body(recipient, action), delivers=False)

    async def react(self, credentials: Credentials, reaction: OutReaction) -> None:
        """React to a customer's message."""
        await self._post(credentials, reaction_body(reaction), delivers=False)

    async def download(
        self, credentials: Credentials, media: MediaRef, into: Sink, limit: int
    ) -> Download:
        """Write a customer's file of at most ``limit`` bytes."""
        return await download(self._graph, credentials, media, into, limit)

    async def profile(self, credentials: Credentials, names: tuple[Identity, ...]) -> Profile:
        """Name and picture of a customer."""
        return await profile(self._graph, credentials, names)

    async def check(self, credentials: Credentials, *, callback: str) -> Report:
        """Who customers see, and what is missing."""
        return await check(self._graph, credentials, callback)

    async def subscribe(self, credentials: Credentials) -> None:
        """Have the page's webhooks posted to the token's app."""
        await self._graph.call(
            credentials,
            *("POST", credentials.external_id, "subscribed_apps"),
            delivers=False,
            params={"subscribed_fields": ",".join(SUBSCRIBED_FIELDS)},
        )

    async def aclose(self) -> None:
        """Close the pooled connections."""
        await self._graph.aclose()

    async def _media_ids(
        self, credentials: Credentials, message: Outbound, uploads: Mapping[str, Upload]
    ) -> dict[str, str]:
        """Meta's id of the file that travels along. A picture on a card stays behind."""
        said = message.content
        if not isinstance(said, OutMedia):
            return {}
        upload = check_upload(said.kind, uploads.get(said.attachment))
        found = await hand_over(self._graph, credentials, CALLED[said.kind], upload)
        return {said.attachment: found}

    async def _post(self, credentials: Credentials, body: Object, *, delivers: bool) -> Object:
        """Post to the one address that takes messages and sender actions alike."""
        page = credentials.external_id
        return await self._graph.call(
            credentials, "POST", page, "messages", delivers=delivers, json=body
        )


def sent(told: Object) -> Sent:
    """What Meta's answer says. Without an id nobody knows whether it was taken."""
    external_id = text(told.get("message_id"))
    if not external_id:
        raise Unanswered(detail="The answer has no message id.")
    return Sent(external_id=external_id)
