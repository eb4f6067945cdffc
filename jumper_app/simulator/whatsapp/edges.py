"""What WhatsApp answers under its ids: sends, read marks, uploads, files, numbers."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.simulator.faults import Fault
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.meta import misfortune
from jumper_app.simulator.meta.errors import GraphError, bad_token, no_such
from jumper_app.simulator.meta.graph import ROOT, Call, Edge, bearer, same, struck
from jumper_app.simulator.rows import Media
from jumper_app.simulator.whatsapp import media_rules
from jumper_app.simulator.whatsapp.account import Account, about_number
from jumper_app.simulator.whatsapp.config import Number, Numbers
from jumper_app.simulator.whatsapp.desk import Desk
from jumper_app.simulator.whatsapp.errors import WhatsAppError
from jumper_app.simulator.whatsapp.templates import Templates

NUMBER_FIELDS = "verified_name,code_verification_status,display_phone_number,quality_rating,id"
"""What Graph returns when nobody asks for fields."""


class Edges:
    """Implements ``meta.graph.Owner`` for phone numbers and their media."""

    def __init__(self, ground: Ground, numbers: Numbers, desk: Desk, templates: Templates) -> None:
        self._ground = ground
        self._numbers = numbers
        self._desk = desk
        self._templates = templates
        self._account = Account(ground, numbers)

    def routes(self) -> list[Route]:
        """Where files are fetched: an address of its own, outside the Graph's scheme."""
        return [Route(ROOT + "/lookaside/attachments", self._file, methods=["GET"])]

    # --- as an owner of ids

    def knows(self, token: str) -> bool:
        return any(same(number.token, token) for number in self._numbers.numbers)

    def account_of(self, node: str) -> str:
        media = self._ground.store.media(node)
        number = self._numbers.number(media.number if media else node)
        number = number or self._numbers.first_of(node)
        return number.phone_number_id if number else ""

    def token_of(self, account: str) -> str:
        return self._number(account).token

    def edge(self, method: str, node: str, name: str, body: Mapping[str, Any]) -> Edge | None:
        if self._numbers.first_of(node) is not None:
            return self._edge_of_account(method, name)
        match method, name:
            case "POST", "messages" if body.get("status") == "read":
                return Edge("read", self._read)
            case "POST", "messages":
                return Edge("send", self._send)
            case "POST", "media":
                return Edge("upload", self._upload)
            case "GET", "":
                is_number = self._numbers.number(node) is not None
                return Edge("number", self._name) if is_number else Edge("media", self._about)
            case _:
                return None

    def _edge_of_account(self, method: str, name: str) -> Edge | None:
        if (method, name) == ("GET", "message_templates"):
            return Edge("templates", self._list_templates)
        return self._account.edge(method, name)

    def reference_in(self, body: Mapping[str, Any]) -> str:
        return str(body.get("biz_opaque_callback_data", ""))

    def refusal(self, fault: Fault) -> GraphError:
        return WhatsAppError(fault.code, http=fault.http)

    def refused(self, call: Call, code: int) -> None:
        self._desk.refuse(self._number(call.account), call.body, code, call.fault)

    # --- what is answered

    async def _send(self, call: Call) -> Any:
        return await self._desk.send(self._number(call.account), call.body, call.fault)

    async def _read(self, call: Call) -> Any:
        self._desk.mark_read(self._number(call.account), call.body)
        return {"success": True}

    async def _upload(self, call: Call) -> Any:
        """``POST /{phone-number-id}/media``, multipart."""
        if call.body.get("messaging_product") != "whatsapp":
            raise WhatsAppError(100, "The parameter messaging_product is required.")
        file = call.body.get("file")
        if file is None or isinstance(file, str):
            raise WhatsAppError(100, "The parameter file is required.")
        mime = (file.content_type or "application/octet-stream").partition(";")[0].strip()
        if mime not in media_rules.UPLOADS:
            raise WhatsAppError(100, f"Param file must be of a supported type, not '{mime}'.")
        content, name = await file.read(), file.filename or ""
        media = self._ground.store.add_media(
            call.account, mime, content, media_rules.UPLOAD_LIVES, name
        )
        return {"id": media.id}

    async def _list_templates(self, call: Call) -> Any:
        """``GET /{waba-id}/message_templates``."""
        return self._templates.page(
            call.request.query_params, str(call.request.url.replace(query=""))
        )

    async def _name(self, call: Call) -> Any:
        """``GET /{phone-number-id}``."""
        known = about_number(self._number(call.account))
        fields = call.request.query_params.get("fields", NUMBER_FIELDS).split(",")
        for name in fields:
            if name not in known:
                raise WhatsAppError(100, f"Tried accessing nonexisting field ({name})")
        return {name: known[name] for name in [*fields, "id"]}

    async def _about(self, call: Call) -> Any:
        """``GET /{media-id}``."""
        media = self._ground.store.media(call.node)
        if media is None:
            raise no_such(call.node)
        return {
            "messaging_product": "whatsapp",
            "url": self.media_url(str(call.request.base_url).rstrip("/") + ROOT, media),
            "mime_type": media.mime,
            "sha256": media.sha256.hex(),
            "file_size": str(len(media.content)),
            "id": media.id,
        }

    async def _file(self, request: Request) -> Response:
        """The bytes behind a media URL; it lives five minutes and still wants the token."""
        if not self.knows(bearer(request)):
            return misfortune.refusal(bad_token())
        media = self._ground.store.media(request.query_params.get("mid", ""))
        number = self._numbers.number(media.number) if media else None
        is_mine = number is not None and same(number.token, bearer(request))
        if media is None or not is_mine or not self._still_good(request, media):
            return Response(status_code=404)

        async def give(_: Call) -> Response:
            return Response(media.content, media_type=media.mime)

        call = Call(request, media.id, media.number)
        return await struck(self._ground, self, Edge("file", give), call)

    def media_url(self, base: str, media: Media) -> str:
        """The address of a file, good for five minutes from now."""
        until = int((clock.now() + media_rules.URL_LIVES).timestamp())
        query = f"mid={media.id}&ext={until}&hash={self._seal(media.id, str(until))}"
        return f"{base}/lookaside/attachments?{query}"

    def _still_good(self, request: Request, media: Media) -> bool:
        until = request.query_params.get("ext", "")
        seal = request.query_params.get("hash", "")
        if not hmac.compare_digest(seal.encode(), self._seal(media.id, until).encode()):
            return False
        return int(until) > clock.now().timestamp()

    def _seal(self, media_id: str, until: str) -> str:
        key = self._ground.config.app_secret.encode()
        return hmac.new(key, f"{media_id}.{until}".encode(), hashlib.sha256).hexdigest()[:32]

    def _number(self, account: str) -> Number:
        number = self._numbers.number(account)
        if number is None:
            raise WhatsAppError(100)
        return number
