"""The way to WhatsApp: Graph calls for messages, pictures, read marks and files."""

import asyncio
from collections.abc import Mapping

import httpx

from jumper_app.channels.contract import (
    Credentials,
    Download,
    Identity,
    KnownTemplate,
    MediaRef,
    Outbound,
    OutboundContent,
    OutMedia,
    OutReaction,
    OutTemplate,
    Profile,
    Report,
    Sent,
    Sink,
    Upload,
)
from jumper_app.channels.loose import Object, listed, obj, text
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.failures import Unanswered
from jumper_app.channels.meta.files import uploaded_id

from .checking import check
from .enclosures import check_upload
from .errors import CODES
from .media import download
from .outbound import body_of, reaction_body, read_body
from .people import identities_of
from .template_list import templates


class WhatsAppDoor:
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
        """Send once. Files are uploaded first; their failure never leaves a doubt."""
        content = message.content
        body_of(message, dict.fromkeys(content.files, "checked before the upload"))
        checked = {
            each.attachment: check_upload(each, uploads.get(each.attachment))
            for each in files_in(content)
        }
        media_ids = {name: await self._upload(credentials, one) for name, one in checked.items()}
        filename = next((one.filename for one in checked.values()), "")
        body = body_of(message, media_ids, filename)
        return sent(await self._post_message(credentials, body, delivers=True))

    async def mark_read(
        self,
        credentials: Credentials,
        recipient: tuple[Identity, ...],  # noqa: ARG002 - the message says whose it is
        external_id: str,
        *,
        typing: bool,
    ) -> None:
        """Show the customer that all up to this message is read, and typing if asked."""
        body = read_body(external_id, typing=typing)
        await self._post_message(credentials, body, delivers=False)

    async def react(self, credentials: Credentials, reaction: OutReaction) -> None:
        """React to a customer's message; Meta takes it as a message of its own."""
        sent(await self._post_message(credentials, reaction_body(reaction), delivers=True))

    async def download(
        self, credentials: Credentials, media: MediaRef, into: Sink, limit: int
    ) -> Download:
        """Write a customer's file of at most ``limit`` bytes."""
        return await download(self._graph, credentials, media, into, limit)

    async def templates(self, credentials: Credentials) -> list[KnownTemplate]:
        """All templates of the number's business account."""
        return await templates(self._graph, credentials)

    async def profile(
        self,
        credentials: Credentials,  # noqa: ARG002
        names: tuple[Identity, ...],  # noqa: ARG002
    ) -> Profile:
        """Nothing: WhatsApp tells the name with every message."""
        return Profile()

    async def check(self, credentials: Credentials, *, callback: str) -> Report:
        """Who customers see, and what is missing."""
        return await check(self._graph, credentials, callback)

    async def subscribe(self, credentials: Credentials) -> None:
        """Have the webhooks of the number's business account posted to the token's app."""
        waba = credentials.parent_id
        await self._graph.call(credentials, "POST", waba, "subscribed_apps", delivers=False)

    async def aclose(self) -> None:
        """Close the pooled connections."""
        await self._graph.aclose()

    async def _post_message(
        self, credentials: Credentials, body: Object, *, delivers: bool
    ) -> Object:
        """Post to the one address that takes messages and read marks alike."""
        account = credentials.external_id
        return await self._graph.call(
            credentials, "POST", account, "messages", delivers=delivers, json=body
        )

    async def _upload(self, credentials: Credentials, upload: Upload) -> str:
        """Hand a file to Meta, from the disk and piece by piece; its id there."""
        with await asyncio.to_thread(upload.path.open, "rb") as file:
            told = await self._graph.call(
                credentials,
                "POST",
                credentials.external_id,
                "media",
                delivers=False,
                data={"messaging_product": "whatsapp", "type": upload.mime},
                files={"file": (upload.filename, file, upload.mime)},
            )
        return uploaded_id(told)


def files_in(content: OutboundContent) -> tuple[OutMedia, ...]:
    """The files of a content, each with the kind that its limits hang on."""
    match content:
        case OutMedia():
            return (content,)
        case OutTemplate(header_media=OutMedia() as header):
            return (header,)
        case _:
            return tuple(OutMedia(kind="image", attachment=name) for name in content.files)


def sent(told: Object) -> Sent:
    """What Meta's answer says. Without an id nobody knows whether it was taken."""
    first = obj(next(iter(listed(told.get("messages"))), None))
    external_id = text(first.get("id"))
    if not external_id:
        raise Unanswered(detail="The answer has no message id.")
    contact = obj(next(iter(listed(told.get("contacts"))), None))
    user_id, wa_id = text(contact.get("user_id")), text(contact.get("wa_id"))
    return Sent(external_id=external_id, identities=identities_of(user_id, wa_id))
