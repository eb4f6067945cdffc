"""JSON controls for tests and for the page: phones, faults, webhooks, the ledger, the clock."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app import clock
from jumper_app.errors import BadInput, JumperError, NotFound
from jumper_app.simulator import orders
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.whatsapp.happening import change, templates_of

if TYPE_CHECKING:
    from jumper_app.simulator.simulator import Simulator

ROOT = "/simulator/api"
MAX_JSON_BYTES = 64 * 1024
Asked = TypeVar("Asked")
SAFE_MIMES = {"image/jpeg", "image/png", "image/webp", "audio/ogg", "video/mp4"}
"""What a browser may be shown as it is; everything else is a download."""


class Controls:
    """The routes under ``/simulator/api`` and ``/simulator/clock``."""

    def __init__(self, simulator: "Simulator") -> None:
        self.simulator = simulator
        self.store = simulator.store

    def routes(self) -> list[Route]:
        """All of them."""
        return [
            Route("/simulator/clock", _answering(self.clock), methods=["POST"]),
            Route(ROOT + "/phones", _answering(self.phones), methods=["GET"]),
            Route(ROOT + "/phones", _answering(self.add_phone), methods=["POST"]),
            Route(ROOT + "/phones/{key}", _answering(self.chat), methods=["GET"]),
            Route(ROOT + "/phones/{key}/{verb}", _answering(self.act), methods=["POST"]),
            Route(ROOT + "/faults", _answering(self.faults), methods=["GET", "DELETE"]),
            Route(ROOT + "/faults", _answering(self.add_fault), methods=["POST"]),
            Route(ROOT + "/templates", _answering(self.templates), methods=["GET"]),
            Route(ROOT + "/templates", _answering(self.change_template), methods=["POST"]),
            Route(ROOT + "/webhooks", _answering(self.webhooks), methods=["GET"]),
            Route(ROOT + "/webhooks/{verb}", _answering(self.webhook), methods=["POST"]),
            Route(ROOT + "/ledger", _answering(self.ledger), methods=["GET"]),
            Route(ROOT + "/media/{id}", self.media, methods=["GET"]),
        ]

    async def clock(self, request: Request) -> Any:
        """Move the one demo clock that app and stand-in read."""
        order = await _order(request, orders.Clock)
        self.simulator.advance_clock(timedelta(seconds=order.advance_s))
        return {"now": clock.now(), "advanced_s": clock.advanced().total_seconds()}

    async def phones(self, _: Request) -> Any:
        """All phones."""
        return [asdict(phone) for phone in self.store.phones()]

    async def add_phone(self, request: Request) -> Any:
        """A new customer."""
        order = await _order(request, orders.NewPhone)
        network, newcomer = self.simulator.network(order.channel), order.newcomer()
        if problem := network.problem(newcomer):
            raise BadInput(problem)
        return asdict(network.add(newcomer))

    async def chat(self, request: Request) -> Any:
        """What a phone shows."""
        account = request.query_params.get("account", "")
        phone = self.simulator.phone(request.path_params["key"], account)
        return {
            "phone": asdict(phone.about()),
            "bubbles": [asdict(bubble) for bubble in phone.bubbles()],
            "unread": phone.unread(),
            "typing": phone.sees_typing(),
        }

    async def act(self, request: Request) -> Any:
        """Something that a customer does; ``account`` in the query names another account."""
        kind = orders.PHONE.get(request.path_params["verb"])
        if kind is None:
            raise NotFound("A phone cannot do that.")
        order = await _order(request, kind)
        phone: Handset = self.simulator.phone(
            request.path_params["key"], request.query_params.get("account", "")
        )
        return {"id": order.obey(phone)}

    async def faults(self, request: Request) -> Any:
        """The script; DELETE clears it."""
        if request.method == "DELETE":
            self.simulator.faults.clear()
        left = self.simulator.faults.left()
        return [{**asdict(fault), "count": count} for fault, count in left]

    async def add_fault(self, request: Request) -> Any:
        """Let something go wrong."""
        order = await _order(request, orders.NewFault)
        self.simulator.faults.add(order.fault(), order.count)
        return {"added": True}

    async def templates(self, _: Request) -> Any:
        """All templates, as they are now."""
        return [asdict(one) for one in templates_of(self.simulator).all()]

    async def change_template(self, request: Request) -> Any:
        """Let something happen to a template, and tell the app."""
        order = await _order(request, orders.TemplateChange)
        change(self.simulator, order.name, order.language, order.change())
        return {"changed": True}

    async def webhooks(self, _: Request) -> Any:
        """How many webhooks are where."""
        return self.simulator.postman.counts()

    async def webhook(self, request: Request) -> Any:
        """``repeat``, ``hold``, ``release`` or ``settled``."""
        postman = self.simulator.postman
        match request.path_params["verb"]:
            case "repeat":
                order = await _order(request, orders.Repeat)
                return {"repeated": postman.repeat(order.back)}
            case "hold":
                postman.holding = True
                return {"holding": True}
            case "release":
                order = await _order(request, orders.Release)
                return {"released": postman.release(shuffle=order.shuffle, batch=order.batch)}
            case "settled":
                await postman.settled()
                return postman.counts()
            case _:
                raise NotFound("There is no such order for webhooks.")

    async def ledger(self, request: Request) -> Any:
        """Every send that came; of one ``reference`` if asked."""
        lines = self.store.requests(request.query_params.get("reference"))
        return [asdict(line) for line in lines]

    async def media(self, request: Request) -> Response:
        """A file for the page's bubbles."""
        media = self.store.media(request.path_params["id"])
        if media is None:
            return Response(status_code=404)
        mime = media.mime.partition(";")[0]
        safe = mime in SAFE_MIMES
        headers = {"X-Content-Type-Options": "nosniff"}
        headers |= {} if safe else {"Content-Disposition": "attachment"}
        return Response(media.content, 200, headers, mime if safe else "application/octet-stream")


def _answering(
    act: Callable[[Request], Awaitable[Any]],
) -> Callable[[Request], Awaitable[Response]]:
    """Turn an answer into JSON, and our own refusals into 404 and 422."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(to_jsonable_python(await act(request)))
        except NotFound as missing:
            return JSONResponse({"error": missing.for_agent}, 404)
        except JumperError as refused:
            return JSONResponse({"error": refused.for_agent}, 422)
        except ValidationError as wrong:
            return JSONResponse(
                {
                    "error": wrong.errors(
                        include_url=False, include_input=False, include_context=False
                    )
                },
                422,
            )

    return endpoint


async def _order(request: Request, kind: type[Asked]) -> Asked:
    """The body as an order of that kind; none at all counts as an empty one."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_JSON_BYTES:
            break
    return TypeAdapter(kind).validate_json(body[: MAX_JSON_BYTES + 1] or b"{}")
