"""The simulator that a page may hold: the one of this process, from this machine only."""

from reflex.state import BaseState
from reflex_base.event.context import EventContext

from jumper_app.errors import NotFound
from jumper_app.simulator.guard import is_local
from jumper_app.simulator.simulator import Simulator, installed

NAMES = ("host", "origin")


def simulator(state: BaseState) -> Simulator:
    """The simulator of this workspace.

    Raises:
        NotFound: There is none, or the socket's ``Host`` or ``Origin`` is not this machine.
    """
    sent = EventContext.get().router_data.get("headers")
    own = state.router.headers
    found = {"host": own.host, "origin": own.origin} if sent is None else sent
    headers = [(name.encode(), found[name].encode()) for name in NAMES if found.get(name)]
    if not is_local(headers):
        raise NotFound
    return installed()
