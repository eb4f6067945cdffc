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
    values = state.router.headers if sent is None else None
    found = {name: getattr(values, name, "") if values else sent.get(name, "") for name in NAMES}
    if not is_local([(name.encode(), word.encode()) for name, word in found.items() if word]):
        raise NotFound
    return installed()
