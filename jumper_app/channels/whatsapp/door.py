"""The way to WhatsApp: Graph calls for messages, pictures, read marks and files."""

import httpx

from jumper_app.channels.contract import (
    Credentials,
    MediaRef,
    Outbound,
    OutImage,
    OutText,
    Report,
    Sent,
    Upload,
)
from jumper_app.channels.loose import Object, listed, obj, text
from jumper_app.channels.meta import Graph
from jumper_app.channels.meta.failures import MediaRefused, Unanswered

from .checking import check
from .errors import CODES
from .limits import IMAGE_TYPES, MAX_IMAGE_BYTES
from .media import download, uploaded_id
from .outbound import image_body, read_body, text_body
from .people import identities_of


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
        self, credentials: Credentials, message: Outbound, upload: Upload | None
    ) -> Sent:
        """Send once. A picture is uploaded first; its failure never leaves a doubt."""
        match message.content:
            case OutText() as content:
                body = text_body(message, content)
            case OutImage() as content:
                image_body(message, content, media_id="checked before the upload")
                media_id = await self._upload(credentials, upload)
                body = image_body(message, content, media_id)
        return sent(await self._post_message(credentials, body, delivers=True))

    async def mark_read(self, credentials: Credentials, external_id: str, *, typing: bool) -> None:
        """Show the customer that all up to this message is read, and typing if asked."""
        body = read_body(external_id, typing=typing)
        await self._post_message(credentials, body, delivers=False)

    async def download(self, credentials: Credentials, media: MediaRef, limit: int) -> Upload:
        """Fetch a customer's file of at most ``limit`` bytes."""
        return await download(self._graph, credentials, media, limit)

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

    async def _upload(self, credentials: Credentials, upload: Upload | None) -> str:
        """Hand a picture to Meta; its id there."""
        if upload is None or upload.mime not in IMAGE_TYPES:
            raise MediaRefused("WhatsApp takes pictures as JPEG or PNG.")
        if len(upload.content) > MAX_IMAGE_BYTES:
            raise MediaRefused("WhatsApp takes pictures of at most 5 MB.")
        told = await self._graph.call(
            credentials,
            "POST",
            credentials.external_id,
            "media",
            delivers=False,
            data={"messaging_product": "whatsapp", "type": upload.mime},
            files={"file": (upload.filename, upload.content, upload.mime)},
        )
        return uploaded_id(told)


def sent(told: Object) -> Sent:
    """What Meta's answer says. Without an id nobody knows whether it was taken."""
    first = obj(next(iter(listed(told.get("messages"))), None))
    external_id = text(first.get("id"))
    if not external_id:
        raise Unanswered(detail="The answer has no message id.")
    contact = obj(next(iter(listed(told.get("contacts"))), None))
    user_id, wa_id = text(contact.get("user_id")), text(contact.get("wa_id"))
    return Sent(external_id=external_id, identities=identities_of(user_id, wa_id))
