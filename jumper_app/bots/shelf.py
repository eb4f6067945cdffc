"""Flows in the database: publishing a definition as a new version, and finding one."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select

from jumper_app.conversations.log import stored
from jumper_app.db import Work
from jumper_app.errors import NotFound
from jumper_app.models import Flow as FlowRow
from jumper_app.models import FlowTrigger, FlowVersion

from .definition import Flow
from .library import READY_FLOWS
from .triggers import Owned, Trigger, conflicts


def stock(work: Work, now: datetime) -> None:
    """Put the ready flows on the shelf, once; what somebody made of them since stays.

    They begin by nothing of themselves until somebody gives them triggers.
    """
    for flow in READY_FLOWS:
        if flow_called(work, flow.name) is None:
            publish(work, flow, now)


def publish(work: Work, flow: Flow, now: datetime) -> FlowRow:
    """Make ``flow`` the newest version under its name. Running ones stay on theirs."""
    row = flow_called(work, flow.name)
    if row is None:
        row = FlowRow(name=flow.name, created_at=now)
        work.add(row)
        work.flush()
    before = newest_version(work, row.id)
    definition = flow.model_dump(mode="json")
    if before is None or before.definition != definition:
        work.add(
            FlowVersion(
                flow_id=stored(row.id),
                number=before.number + 1 if before else 1,
                definition=definition,
                created_at=now,
            )
        )
        _set_triggers(work, stored(row.id), flow.triggers)
    return row


def _set_triggers(work: Work, flow_id: int, triggers: Sequence[Trigger]) -> None:
    work.exec(delete(FlowTrigger).where(col(FlowTrigger.flow_id) == flow_id))
    for trigger in triggers:
        work.add(FlowTrigger(flow_id=flow_id, trigger=trigger.model_dump(mode="json")))


def triggers_in_use(work: Work) -> list[Owned]:
    """Every trigger of every flow's newest version."""
    rows = work.exec(
        select(FlowTrigger, FlowRow.name)
        .join(FlowRow, col(FlowRow.id) == col(FlowTrigger.flow_id))
        .order_by(col(FlowTrigger.id))
    )
    return [
        Owned(row.flow_id, name, Trigger.model_validate(row.trigger, strict=False))
        for row, name in rows
    ]


def conflicts_of(work: Work, flow: Flow) -> tuple[str, ...]:
    """Which of its triggers other flows would answer too, in sentences; for when it is saved."""
    others = [one for one in triggers_in_use(work) if one.flow != flow.name]
    return conflicts(flow.triggers, others)


def flow_called(work: Work, name: str) -> FlowRow | None:
    """The flow of that name."""
    return work.exec(select(FlowRow).where(col(FlowRow.name) == name)).first()


def flow_behind(work: Work, public_id: str) -> FlowRow:
    """The flow of a public id. Raises NotFound."""
    row = work.exec(select(FlowRow).where(col(FlowRow.public_id) == public_id)).first()
    if row is None:
        raise NotFound("This flow no longer exists.")
    return row


def newest_version(work: Work, flow_id: int | None) -> FlowVersion | None:
    """The version that new runs begin on."""
    return work.exec(
        select(FlowVersion)
        .where(col(FlowVersion.flow_id) == flow_id)
        .order_by(col(FlowVersion.number).desc())
        .limit(1)
    ).first()
