"""What Messenger answers under its ids: messages, uploads, pages, profiles, subscriptions."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from jumper_app.channels.messenger.setup import SUBSCRIBED_FIELDS
from jumper_app.simulator import samples
from jumper_app.simulator.faults import Fault
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.messenger.config import Page, Pages
from jumper_app.simulator.messenger.desk import CHANNEL, Desk
from jumper_app.simulator.messenger.errors import MessengerError
from jumper_app.simulator.meta.errors import GraphError
from jumper_app.simulator.meta.graph import ROOT, Call, Edge, same

MAX_FILE_BYTES = 25 * 1024 * 1024
"""Source: Messenger Platform > Saving assets, read 2026-11-22."""
UPLOAD_LIVES = timedelta(days=90)
FILE_TYPES = {"image": "image/", "video": "video/", "audio": "audio/", "file": ""}
"""What an attachment's type begins with."""
FIELDS_OF = "subscribed fields of "
"""What the stand-in's memory calls the fields of a page."""
PROFILE_FIELDS = {"first_name", "last_name", "profile_pic", "name", "id"}


class Edges:
    """Implements ``meta.graph.Owner`` for pages and their customers."""

    def __init__(self, ground: Ground, pages: Pages, desk: Desk) -> None:
        self._ground = ground
        self._pages = pages
        self._desk = desk

    def routes(self) -> list[Route]:
        """Where files lie: Meta's own store, open to whoever knows an address."""
        return [Route(ROOT + "/cdn/{id}/{name}", self._file, methods=["GET"])]

    # --- as an owner of ids

    def knows(self, token: str) -> bool:
        return any(same(page.token, token) for page in self._pages.pages)

    def account_of(self, node: str) -> str:
        """A page's own id, or that of a customer of the first page."""
        if self._pages.page(node):
            return node
        known = self._ground.store.reach(CHANNEL, psid=node)
        return self._pages.pages[0].page_id if known else ""

    def token_of(self, account: str) -> str:
        return self._page(account).token

    def edge(self, method: str, node: str, name: str, body: Mapping[str, Any]) -> Edge | None:
        if self._pages.page(node) is None:
            return Edge("profile", self._profile) if (method, name) == ("GET", "") else None
        if (method, name) == ("POST", "messages") and "sender_action" in body:
            return Edge("read", self._act)
        edges = {
            ("POST", "messages"): Edge("send", self._send),
            ("POST", "message_attachments"): Edge("upload", self._upload),
            ("POST", "subscribed_apps"): Edge("number", self._subscribe),
            ("GET", "subscribed_apps"): Edge("number", self._subscriptions),
            ("GET", ""): Edge("number", self._name),
        }
        return edges.get((method, name))

    def reference_in(self, body: Mapping[str, Any]) -> str:
        said = body.get("message")
        return str(said.get("metadata", "")) if isinstance(said, dict) else ""

    def refusal(self, fault: Fault) -> GraphError:
        return MessengerError(fault.code, subcode=fault.subcode, http=fault.http)

    def refused(self, call: Call, code: int) -> None:
        self._desk.refuse(self._page(call.account), call.body, code, call.fault)

    # --- what is answered

    async def _send(self, call: Call) -> Any:
        return await self._desk.send(self._page(call.account), call.body, call.fault)

    async def _act(self, call: Call) -> Any:
        return self._desk.act(self._page(call.account), call.body)

    async def _upload(self, call: Call) -> Any:
        """``POST /{page-id}/message_attachments``, multipart."""
        kind = _kind_of(call.body.get("message"))
        file = call.body.get("filedata")
        if file is None or isinstance(file, str):
            raise MessengerError(100, "Param filedata is required")
        mime = (file.content_type or "").partition(";")[0].strip()
        content = await file.read()
        if not mime.startswith(FILE_TYPES[kind]) or len(content) > MAX_FILE_BYTES:
            raise MessengerError(100, "Upload attachment failure")
        media = self._ground.store.add_media(
            call.account, mime, content, UPLOAD_LIVES, file.filename or ""
        )
        return {"attachment_id": media.id}

    async def _name(self, call: Call) -> Any:
        """``GET /{page-id}``."""
        page = self._page(call.account)
        picture = {"data": {"url": self.cdn(call, "page"), "is_silhouette": False}}
        known = {"id": page.page_id, "name": page.name, "link": page.link, "picture": picture}
        return _chosen(call, known, "name,id")

    async def _profile(self, call: Call) -> Any:
        """``GET /{psid}``, where Meta has granted it."""
        if not self._pages.profiles:
            raise MessengerError(
                100,
                "Object does not exist, cannot be loaded due to missing"
                " permission or reviewable feature",
                subcode=33,
            )
        phone = self._ground.store.phone(call.node)
        first, _, last = phone.name.partition(" ")
        known = {
            "id": call.node,
            "name": phone.name,
            "first_name": first,
            "last_name": last,
            "profile_pic": self.cdn(call, "face"),
        }
        return _chosen(call, known, "first_name,last_name,id")

    async def _subscribe(self, call: Call) -> Any:
        """``POST /{page-id}/subscribed_apps``."""
        fields = call.request.query_params.get("subscribed_fields", "")
        if not fields:
            raise MessengerError(100, "Param subscribed_fields is required")
        self._ground.store.remember(FIELDS_OF + call.account, fields)
        self._ground.store.remember(f"subscribed {CHANNEL}", "yes")
        return {"success": True}

    async def _subscriptions(self, call: Call) -> Any:
        """``GET /{page-id}/subscribed_apps``."""
        config = self._ground.config
        if not self._ground.store.is_subscribed(CHANNEL, config):
            return {"data": []}
        told = self._ground.store.setting(FIELDS_OF + call.account)
        fields = told.split(",") if told else list(SUBSCRIBED_FIELDS)
        app = {"id": config.app_id, "name": config.app_name, "subscribed_fields": fields}
        return {"data": [app]}

    async def _file(self, request: Request) -> Response:
        """A file of Meta's store."""
        wanted = request.path_params["id"]
        if wanted == "face":
            return Response(samples.photo(), media_type="image/jpeg")
        media = self._ground.store.media(wanted)
        if media is None:
            return Response(status_code=404)
        return Response(media.content, media_type=media.mime)

    @staticmethod
    def cdn(call: Call, wanted: str) -> str:
        """The address of a picture in Meta's store."""
        return f"{str(call.request.base_url).rstrip('/')}{ROOT}/cdn/{wanted}/picture.jpg"

    def _page(self, account: str) -> Page:
        page = self._pages.page(account)
        if page is None:
            raise MessengerError(100)
        return page


def _kind_of(message: Any) -> str:
    """The kind of attachment that an upload announces."""
    try:
        told = json.loads(message)["attachment"]["type"] if isinstance(message, str) else ""
    except (ValueError, KeyError, TypeError):
        told = ""
    if told not in FILE_TYPES:
        raise MessengerError(100, "Param message must hold an attachment with a type")
    return told


def _chosen(call: Call, known: dict[str, Any], usual: str) -> dict[str, Any]:
    """The fields that were asked for."""
    fields = call.request.query_params.get("fields", usual).split(",")
    for name in fields:
        if name not in known:
            raise MessengerError(100, f"Tried accessing nonexisting field ({name})")
    return {name: known[name] for name in [*fields, "id"]}
