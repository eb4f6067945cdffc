"""The face of the Graph API: tokens, bodies and scripted faults, whichever channel is asked.

Each channel's stand-in is an ``Owner`` of some ids. A request is led to the owner of the
id in its path, under the edge that the path names.
"""

import hmac
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jumper_app.simulator.faults import Fault, On
from jumper_app.simulator.ground import Ground
from jumper_app.simulator.meta import misfortune
from jumper_app.simulator.meta.errors import GraphError, bad_token, no_such

ROOT = "/simulator/graph"
MAX_JSON_BYTES = 1024 * 1024
MAX_UPLOAD_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Call:
    """One request to an edge of a node.

    Attributes:
        body: The JSON, or the fields of a form.
        account: Id of the business's account that speaks.
        fault: The misfortune that strikes it.
    """

    request: Request
    node: str
    account: str
    body: dict[str, Any] = field(default_factory=dict[str, Any])
    fault: Fault | None = None


@dataclass(frozen=True)
class Edge:
    """What an owner does under a name. ``on``: which faults may strike it."""

    on: On
    act: Callable[[Call], Awaitable[Any]]
    """Gives the JSON of the answer, or a whole ``Response``. Raises GraphError."""


class Owner(Protocol):
    """Who answers for some ids of the Graph API."""

    def knows(self, token: str) -> bool:
        """Does this token open any account here?"""
        ...

    def account_of(self, node: str) -> str:
        """Id of the account that a node belongs to; empty when there is no such node."""
        ...

    def token_of(self, account: str) -> str:
        """The token that opens this account."""
        ...

    def edge(self, method: str, node: str, name: str, body: Mapping[str, Any]) -> Edge | None:
        """What is done under this name (empty: the node itself); None if nothing is."""
        ...

    def reference_in(self, body: Mapping[str, Any]) -> str:
        """The app's own reference in a send; empty for none."""
        ...

    def refusal(self, fault: Fault) -> GraphError:
        """The error of a scripted fault, as this channel words it."""
        ...

    def refused(self, call: Call, code: int) -> None:
        """A send was turned away by the script: the ledger wants to know."""
        ...


class Graph:
    """The endpoints. Every one checks the token and may be struck by a scripted fault."""

    def __init__(self, ground: Ground, owners: Iterable[Owner]) -> None:
        self._ground = ground
        self._owners = list(owners)

    def routes(self) -> list[Route]:
        """The routes, most special first."""
        base = ROOT + "/{version}/{node}"
        methods = ["GET", "POST", "DELETE", "PUT"]
        return [
            Route(base, self.answer, methods=methods),
            Route(base + "/{edge}", self.answer, methods=methods),
            Route(ROOT + "/{path:path}", self.unknown, methods=methods),
        ]

    async def answer(self, request: Request) -> Response:
        """Lead the request to whoever owns the node."""
        node = request.path_params["node"]
        try:
            owner, account = self._owner(request, node)
            body = await _body(request)
            edge = owner.edge(request.method, node, request.path_params.get("edge", ""), body)
            if edge is None:
                raise no_such(node)
            return await struck(self._ground, owner, edge, Call(request, node, account, body))
        except GraphError as error:
            return misfortune.refusal(error)
        finally:
            await request.close()

    async def unknown(self, request: Request) -> Response:
        """Everything that this stand-in does not have."""
        node = request.path_params["path"].split("/")[-1]
        return misfortune.refusal(no_such(node) if self._is_known(request) else bad_token())

    def _is_known(self, request: Request) -> bool:
        """Is the bearer token one that anybody knows?"""
        return any(owner.knows(bearer(request)) for owner in self._owners)

    def _owner(self, request: Request, node: str) -> tuple[Owner, str]:
        """Who answers for the node, if the token may see it. Raises GraphError."""
        if not self._is_known(request):
            raise bad_token()
        for owner in self._owners:
            account = owner.account_of(node)
            if account and same(owner.token_of(account), bearer(request)):
                return owner, account
        raise no_such(node)


async def struck(ground: Ground, owner: Owner, edge: Edge, call: Call) -> Response:
    """Act, with the misfortune that the script holds for this request. Raises GraphError."""
    fault = ground.faults.take(edge.on, call.account, owner.reference_in(call.body))
    call = replace(call, fault=fault)
    instead = await _instead(owner, edge, call)
    if instead is not None:
        return instead
    answer = _response(await edge.act(call))
    if fault is None:
        return answer
    return await misfortune.after(fault, call.request, answer, ground.config.hang_limit_s)


async def _instead(owner: Owner, edge: Edge, call: Call) -> Response | None:
    """What a fault answers instead of acting. Raises the GraphError that it scripts."""
    fault = call.fault
    if fault is None:
        return None
    error = owner.refusal(fault) if fault.kind == "error" else None
    instead = None if error else await misfortune.before(fault)
    if edge.on == "send" and (error or instead):
        owner.refused(call, error.code if error else 0)
    if error:
        raise error
    return instead


def bearer(request: Request) -> str:
    """The token that the request carries; empty when it has none."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given if scheme.lower() == "bearer" else ""


def same(token: str, given: str) -> bool:
    """Is it the token? Compared in constant time."""
    return bool(token) and hmac.compare_digest(token.encode(), given.encode())


async def _body(request: Request) -> dict[str, Any]:
    """What was posted, by its type. Raises GraphError."""
    if request.method == "GET":
        return {}
    is_form = request.headers.get("content-type", "").startswith("multipart/form-data")
    longest = MAX_UPLOAD_BYTES if is_form else 0
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > longest + MAX_JSON_BYTES:
        raise GraphError(100, "The request is too large.")
    if is_form:
        return dict(await request.form())
    return _json(await request.body())


def _json(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        raise GraphError(100, "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise GraphError(100, "The body is not an object.")
    return body


def _response(told: Any) -> Response:
    return told if isinstance(told, Response) else JSONResponse(told)
