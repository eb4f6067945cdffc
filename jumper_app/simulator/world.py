"""The world around the phones: the clock, webhooks, misfortune, the ledger."""

import re
import secrets
from datetime import timedelta
from typing import Annotated, Literal, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.errors import BadInput, NotFound
from jumper_app.panel import access
from jumper_app.panel.access import Who, handler, say
from jumper_app.simulator import shown, words
from jumper_app.simulator.faults import Fault, Kind
from jumper_app.simulator.here import simulator
from jumper_app.simulator.network import rooms
from jumper_app.simulator.shown import SendRow
from jumper_app.simulator.simulator import Simulator

LINES = 12
"""How much of the ledger is shown."""
SECONDS = dict(words.UNITS)
ON_WEBHOOKS: tuple[Kind, ...] = ("twice", "drop")


class FaultRow(TypedDict):
    """Something that is still to go wrong."""

    what: str
    times: str


class Step(access.arguments.Form):
    """How far to move the clock."""

    amount: Annotated[str, Field(max_length=20)]
    unit: Literal["minutes", "hours", "days"]


class Misfortune(access.arguments.Form):
    """What shall go wrong. ``code`` may have a subcode behind a dot; 0 ``times``: until cleared."""

    kind: Kind
    code: Annotated[str, Field(pattern=r"^\d{1,9}(\.\d{1,9})?$")]
    times: Literal["0", "1", "2", "3", "5"]

    def fault(self) -> Fault:
        """As the script keeps it. Raises BadInput for a code that Meta does not document."""
        if not any(self.code in room.codes for room in rooms()):
            raise BadInput
        on = "webhook" if self.kind in ON_WEBHOOKS else "send"
        seconds = words.SLOW_S if self.kind == "slow" else 0
        code, _, subcode = self.code.partition(".")
        return Fault(self.kind, on, int(code), int(subcode or 0), seconds=seconds)


class WorldState(rx.State):
    """What one browser shows of the world."""

    now: str = ""
    """The demo clock when it was last moved; the browser counts on from there."""
    ahead: str = ""
    waiting: int = 0
    taken: int = 0
    lost: int = 0
    holding: bool = False
    script: list[FaultRow] = []
    ledger: list[SendRow] = []
    can_reset: bool = False

    _advanced: timedelta = timedelta(-1)

    @handler()
    async def advance(self, who: Who, seconds: Annotated[int, Field(ge=1)]) -> None:
        """Move the one clock forward."""
        simulator(self).advance_clock(timedelta(seconds=seconds))

    @handler()
    async def advance_by(self, who: Who, form: Step) -> rx.event.EventSpec | None:
        """Move the clock by what was typed."""
        if not re.fullmatch(r"\d{1,6}([.,]\d{1,3})?", form.amount.strip()):
            return say(words.NOT_A_STEP)
        amount = float(form.amount.strip().replace(",", "."))
        simulator(self).advance_clock(timedelta(seconds=amount * SECONDS[form.unit]))
        return None

    @handler()
    async def repeat(self, who: Who) -> rx.event.EventSpec:
        """Send the last webhook that the app took once more, byte for byte."""
        went = simulator(self).postman.repeat()
        return say(words.REPEATED if went else words.NOTHING_TO_REPEAT, "info")

    @handler()
    async def hold_back(self, who: Who) -> None:
        """Keep webhooks until they are released."""
        found = simulator(self)
        found.postman.holding = True
        found.news.tell()

    @handler()
    async def release(
        self, who: Who, how: Literal["in order", "shuffled", "as one"]
    ) -> rx.event.EventSpec:
        """Let go what was held back."""
        found = simulator(self)
        seed = secrets.randbelow(2**31) if how == "shuffled" else None
        count = found.postman.release(shuffle=seed, batch=how == "as one")
        found.news.tell()
        return say(words.released(count), "info")

    @handler()
    async def plan(self, who: Who, form: Misfortune) -> None:
        """Let something go wrong."""
        found = simulator(self)
        found.faults.add(form.fault(), int(form.times) or None)
        found.news.tell()

    @handler()
    async def clear(self, who: Who) -> None:
        """Nothing shall go wrong any more."""
        found = simulator(self)
        found.faults.clear()
        found.news.tell()

    @handler(rate="6/minute")
    async def reset_workspace(self, who: Who) -> rx.event.EventSpec:
        """Seed the demo anew, and begin again. Raises NotFound where nobody set a way to."""
        found = simulator(self)
        if found.on_reset is None:
            raise NotFound
        await found.on_reset()
        return rx.run_script("window.location.assign('/simulator')")

    def _show(self, found: Simulator) -> None:
        """Hand the browser what has changed, and only that."""
        counts = found.postman.counts()
        if self._advanced != clock.advanced():
            self._advanced = clock.advanced()
            self.now = clock.now().isoformat()
        ahead = self._advanced.total_seconds()
        for name, value in (
            ("ahead", words.ahead(ahead) if ahead >= 1 else words.REAL_TIME),
            ("waiting", counts.get("waiting", 0)),
            ("taken", counts.get("done", 0)),
            ("lost", counts.get("dropped", 0) + counts.get("given up", 0)),
            ("holding", found.postman.holding),
            ("script", [_row(fault, count) for fault, count in found.faults.left()]),
            ("ledger", shown.sends(found, LINES)),
            ("can_reset", found.on_reset is not None),
        ):
            if getattr(self, name) != value:
                setattr(self, name, value)


def _row(fault: Fault, count: int | None) -> FaultRow:
    return FaultRow(what=words.happening(fault), times=words.times(count))
