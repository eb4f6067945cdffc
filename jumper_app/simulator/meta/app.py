"""The Meta app itself, as its dashboard shows it: its tokens, and where its webhooks go.

Shapes: Graph API > Debug token; Graph API > Application > Subscriptions; read 2026-11-22.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app.channels import CHANNELS
from jumper_app.simulator.config import Config
from jumper_app.simulator.meta import misfortune
from jumper_app.simulator.meta.errors import GraphError, bad_token, no_such
from jumper_app.simulator.meta.graph import ROOT, Owner, bearer, same
from jumper_app.simulator.store import Store

HANDSHAKE_CHALLENGE = "1158201444"
OBJECTS = {"whatsapp_business_account": "whatsapp", "page": "messenger"}
"""What webhooks are about, as Meta calls it, and our channel for it."""


class App:
    """One Meta app. Unless ``config.fresh``, its webhooks are all set up already.

    Args:
        owners: By their channels; whoever knows a token says what it is for.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        owners: Mapping[str, Owner],
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._config = config
        self._store = store
        self._owners = owners
        self._transport = transport

    def routes(self) -> list[Route]:
        """The routes, to stand before those of a node."""
        edge = ROOT + "/{version}/{node}/subscriptions"
        return [
            Route(ROOT + "/{version}/debug_token", _graph(self._debug_token), methods=["GET"]),
            Route(edge, _graph(self._subscriptions), methods=["GET"]),
            Route(edge, _graph(self._subscribe), methods=["POST"]),
        ]

    def callback(self, channel: str, field: str = "messages") -> str:
        """Where this news of a channel goes; empty: nowhere. Not every channel is Meta's."""
        object_ = next((each for each, key in OBJECTS.items() if key == channel), None)
        if object_ is None:
            return self._config.webhook_url(channel)
        there = self._subscription(object_)
        if field not in there["fields"] or not self._store.is_subscribed(channel, self._config):
            return ""
        is_own = bool(self._store.setting(f"subscription {object_}"))
        return there["callback_url"] if is_own else self._config.webhook_url(channel)

    async def _debug_token(self, request: Request) -> Any:
        """``GET /debug_token?input_token=…``: what a token is for."""
        if not any(owner.knows(bearer(request)) for owner in self._owners.values()):
            raise bad_token()
        asked = request.query_params.get("input_token", "")
        channel = next((key for key, owner in self._owners.items() if owner.knows(asked)), None)
        if channel is None:
            complaint = {"code": 190, "message": "Invalid OAuth access token."}
            return {"data": {"error": complaint, "is_valid": False, "scopes": []}}
        about = {
            "app_id": self._config.app_id,
            "type": "SYSTEM_USER",
            "application": self._config.app_name,
            "data_access_expires_at": 0,
            "expires_at": 0,
            "is_valid": True,
            "scopes": [*CHANNELS[channel].setup.permissions],
        }
        return {"data": about}

    async def _subscriptions(self, request: Request) -> Any:
        """``GET /{app-id}/subscriptions``, in the app's own name."""
        self._must_be_the_app(request)
        found = [(object_, self._subscription(object_)) for object_ in OBJECTS]
        return {
            "data": [
                {
                    "object": object_,
                    "callback_url": there["callback_url"],
                    "active": True,
                    "fields": [{"name": name, "version": "v26.0"} for name in there["fields"]],
                }
                for object_, there in found
                if there["callback_url"]
            ]
        }

    async def _subscribe(self, request: Request) -> Any:
        """``POST /{app-id}/subscriptions``: what *Verify and save* does in the dashboard."""
        self._must_be_the_app(request)
        async with request.form() as form:
            told = {name: value for name, value in form.items() if isinstance(value, str)}
        if told.get("object") not in OBJECTS or not told.get("callback_url"):
            raise GraphError(100, "The parameters object and callback_url are required.")
        if not await self.shakes_hands(told["callback_url"], told.get("verify_token", "")):
            raise GraphError(2200, "Callback verification failed: HTTP Status Code = 403")
        fields = [name for name in told.get("fields", "").split(",") if name]
        kept = {"callback_url": told["callback_url"], "fields": fields}
        self._store.remember(f"subscription {told['object']}", json.dumps(kept))
        return {"success": True}

    async def shakes_hands(self, url: str, verify_token: str) -> bool:
        """Does whoever listens there answer Meta's verification request as they must?"""
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": HANDSHAKE_CHALLENGE,
            "hub.verify_token": verify_token,
        }
        async with httpx.AsyncClient(transport=self._transport, trust_env=False) as client:
            answer = await client.get(url, params=query)
        return answer.status_code == 200 and answer.text == HANDSHAKE_CHALLENGE

    def _subscription(self, object_: str) -> dict[str, Any]:
        if kept := self._store.setting(f"subscription {object_}"):
            return json.loads(kept)
        channel = CHANNELS.get(OBJECTS[object_])
        if self._config.fresh or channel is None:
            return {"callback_url": "", "fields": []}
        setup = channel.setup
        fields = [*setup.fields, *(name for name, _ in setup.optional_fields)]
        told = f"{self._config.public_url or self._config.app_url}/webhooks/{channel.key}"
        return {"callback_url": told, "fields": fields}

    def _must_be_the_app(self, request: Request) -> None:
        if request.path_params["node"] != self._config.app_id:
            raise no_such(request.path_params["node"])
        if not same(f"{self._config.app_id}|{self._config.app_secret}", bearer(request)):
            message = "Error validating application. Cannot get application info"
            raise GraphError(190, message, http=401)


def _graph(act: Callable[[Request], Any]) -> Callable[[Request], Any]:
    """Turn an answer into JSON, and a refusal into Graph's error."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await act(request))
        except GraphError as error:
            return misfortune.refusal(error)

    return endpoint
