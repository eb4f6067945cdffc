"""The stand-in's face: the routes of the Graph API that the app calls."""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.simulator import media_rules, misfortune
from jumper_app.simulator.config import Config, Number
from jumper_app.simulator.desk import Desk
from jumper_app.simulator.faults import Fault, Faults, On
from jumper_app.simulator.graph_errors import GraphError
from jumper_app.simulator.rows import Media
from jumper_app.simulator.store import Store

ROOT = "/simulator/graph"
MAX_JSON_BYTES = 1024 * 1024
NUMBER_FIELDS = "verified_name,code_verification_status,display_phone_number,quality_rating,id"
"""What Graph returns when nobody asks for fields."""

Act = Callable[[Fault | None], Awaitable[Response]]


class Graph:
    """The endpoints. Every one checks the token and may be struck by a scripted fault."""

    def __init__(self, config: Config, store: Store, faults: Faults, desk: Desk) -> None:
        self.config = config
        self.store = store
        self.faults = faults
        self.desk = desk

    def routes(self) -> list[Route]:
        """The routes, most special first."""
        base = ROOT + "/{version}/{node}"
        return [
            Route(ROOT + "/lookaside/attachments", self.file, methods=["GET"]),
            Route(base + "/messages", self.messages, methods=["POST"]),
            Route(base + "/media", self.upload, methods=["POST"]),
            Route(base, self.node, methods=["GET"]),
            Route(ROOT + "/{path:path}", self.unknown, methods=["GET", "POST", "DELETE", "PUT"]),
        ]

    async def messages(self, request: Request) -> Response:
        """``POST /{phone-number-id}/messages``: a send, or a read mark."""
        try:
            number = self._number(request)
            body = await self._json(request)
        except GraphError as error:
            return misfortune.refusal(error)
        if body.get("status") == "read":
            return await self._struck(request, "read", number, body, self._reading(number, body))
        return await self._struck(request, "send", number, body, self._sending(number, body))

    async def upload(self, request: Request) -> Response:
        """``POST /{phone-number-id}/media``, multipart."""
        try:
            number = self._number(request)
            self._check_length(request, media_rules.MAX_UPLOAD_BYTES)
        except GraphError as error:
            return misfortune.refusal(error)
        async with request.form() as form:
            act = self._uploading(number, dict(form))
            return await self._struck(request, "upload", number, {}, act)

    async def node(self, request: Request) -> Response:
        """``GET /{id}``: a phone number or a file."""
        node = request.path_params["node"]
        try:
            tokens = self._known_tokens(request)
            media = self.store.media(node)
            number = self.config.number(media.number if media else node)
            if number is None or number.token not in tokens:
                raise _no_such(node)
        except GraphError as error:
            return misfortune.refusal(error)
        if media is not None:
            return await self._struck(
                request, "media", number, {}, _gives(self._about(request, media))
            )
        return await self._struck(request, "number", number, {}, self._naming(request, number))

    async def file(self, request: Request) -> Response:
        """The bytes behind a media URL; it lives five minutes and still wants the token."""
        try:
            tokens = self._known_tokens(request)
        except GraphError as error:
            return misfortune.refusal(error)
        media = self.store.media(request.query_params.get("mid", ""))
        number = self.config.number(media.number) if media else None
        if media is None or number is None or number.token not in tokens:
            return Response(status_code=404)
        if not self._still_good(request, media):
            return Response(status_code=404)
        answer = Response(media.content, media_type=media.mime)
        return await self._struck(request, "file", number, {}, _gives(answer))

    async def unknown(self, request: Request) -> Response:
        """Everything that this stand-in does not have."""
        try:
            self._known_tokens(request)
        except GraphError as error:
            return misfortune.refusal(error)
        return misfortune.refusal(_no_such(request.path_params["path"].split("/")[-1]))

    def media_url(self, base: str, media: Media) -> str:
        """The address of a file, good for five minutes from now."""
        until = int((clock.now() + media_rules.URL_LIVES).timestamp())
        query = f"mid={media.id}&ext={until}&hash={self._seal(media.id, str(until))}"
        return f"{base}/lookaside/attachments?{query}"

    async def _struck(
        self, request: Request, on: On, number: Number, body: dict[str, Any], act: Act
    ) -> Response:
        """Act, with the misfortune that the script holds for this request."""
        reference = str(body.get("biz_opaque_callback_data", ""))
        fault = self.faults.take(on, number.phone_number_id, reference)
        try:
            instead = await misfortune.before(fault) if fault else None
            if fault is not None and instead is not None:
                self._enter_refused(on, number, body, 0, fault)
                return instead
            answer = await act(fault)
        except GraphError as error:
            if fault is not None and fault.kind == "error":
                self._enter_refused(on, number, body, error.code, fault)
            return misfortune.refusal(error)
        if fault is None:
            return answer
        return await misfortune.after(fault, request, answer, self.config.hang_limit_s)

    def _enter_refused(
        self, on: On, number: Number, body: dict[str, Any], code: int, fault: Fault
    ) -> None:
        if on == "send":
            self.desk.refuse(number, body, code, fault)

    def _sending(self, number: Number, body: dict[str, Any]) -> Act:
        async def act(fault: Fault | None) -> Response:
            return JSONResponse(await self.desk.send(number, body, fault))

        return act

    def _reading(self, number: Number, body: dict[str, Any]) -> Act:
        async def act(_: Fault | None) -> Response:
            self.desk.mark_read(number, body)
            return JSONResponse({"success": True})

        return act

    def _uploading(self, number: Number, form: dict[str, Any]) -> Act:
        async def act(_: Fault | None) -> Response:
            if form.get("messaging_product") != "whatsapp":
                raise GraphError(100, "The parameter messaging_product is required.")
            file = form.get("file")
            if file is None or isinstance(file, str):
                raise GraphError(100, "The parameter file is required.")
            mime = (file.content_type or "application/octet-stream").partition(";")[0].strip()
            if mime not in media_rules.UPLOADS:
                raise GraphError(100, f"Param file must be of a supported type, not '{mime}'.")
            lives = media_rules.UPLOAD_LIVES
            content = await file.read()
            name = file.filename or ""
            media = self.store.add_media(number.phone_number_id, mime, content, lives, name)
            return JSONResponse({"id": media.id})

        return act

    def _naming(self, request: Request, number: Number) -> Act:
        async def act(_: Fault | None) -> Response:
            known = {
                "verified_name": number.verified_name,
                "code_verification_status": "VERIFIED",
                "display_phone_number": number.display_phone_number,
                "quality_rating": "GREEN",
                "platform_type": "CLOUD_API",
                "throughput": {"level": "STANDARD"},
                "name_status": "APPROVED",
                "status": "CONNECTED",
                "id": number.phone_number_id,
            }
            fields = request.query_params.get("fields", NUMBER_FIELDS).split(",")
            for name in fields:
                if name not in known:
                    raise GraphError(100, message=f"Tried accessing nonexisting field ({name})")
            return JSONResponse({name: known[name] for name in [*fields, "id"]})

        return act

    def _about(self, request: Request, media: Media) -> Response:
        about = {
            "messaging_product": "whatsapp",
            "url": self.media_url(str(request.base_url).rstrip("/") + ROOT, media),
            "mime_type": media.mime,
            "sha256": media.sha256.hex(),
            "file_size": str(len(media.content)),
            "id": media.id,
        }
        return JSONResponse(about)

    def _number(self, request: Request) -> Number:
        """The number in the path, which the token must own."""
        tokens = self._known_tokens(request)
        node = request.path_params["node"]
        number = self.config.number(node)
        if number is None or number.token not in tokens:
            raise _no_such(node)
        return number

    def _known_tokens(self, request: Request) -> set[str]:
        """The bearer token, if it is one of ours. Raises error 190."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        known = [
            number.token
            for number in self.config.numbers
            if hmac.compare_digest(number.token.encode(), given.encode())
        ]
        if scheme.lower() != "bearer" or not known:
            raise GraphError(190, message="Invalid OAuth access token - Cannot parse access token")
        return set(known)

    async def _json(self, request: Request) -> dict[str, Any]:
        self._check_length(request, MAX_JSON_BYTES)
        try:
            body = json.loads(await request.body())
        except ValueError:
            raise GraphError(100, "The body is not JSON.") from None
        if not isinstance(body, dict):
            raise GraphError(100, "The body is not an object.")
        return body

    def _check_length(self, request: Request, longest: int) -> None:
        length = request.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > longest + MAX_JSON_BYTES:
            raise GraphError(100, "The request is too large.")

    def _still_good(self, request: Request, media: Media) -> bool:
        until = request.query_params.get("ext", "")
        seal = request.query_params.get("hash", "")
        if not hmac.compare_digest(seal.encode(), self._seal(media.id, until).encode()):
            return False
        return int(until) > clock.now().timestamp()

    def _seal(self, media_id: str, until: str) -> str:
        key = self.config.app_secret.encode()
        return hmac.new(key, f"{media_id}.{until}".encode(), hashlib.sha256).hexdigest()[:32]


def _gives(answer: Response) -> Act:
    async def act(_: Fault | None) -> Response:
        return answer

    return act


def _no_such(node: str) -> GraphError:
    sentence = (
        f"Unsupported request. Object with ID '{node}' does not exist, cannot be loaded due to"
        " missing permissions, or does not support this operation"
    )
    return GraphError(100, message=sentence)
