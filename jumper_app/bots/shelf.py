"""Flows in the database: publishing a definition as a new version."""

from datetime import datetime

from sqlmodel import col, select

from jumper_app.conversations.log import stored
from jumper_app.db import Work
from jumper_app.models import Flow as FlowRow
from jumper_app.models import FlowVersion

from .definition import Flow
from .library import READY_FLOWS


def stock(work: Work, now: datetime) -> None:
    """Put the ready flows on the shelf, once; what somebody made of them since stays."""
    for flow in READY_FLOWS:
        if work.exec(select(FlowRow).where(col(FlowRow.name) == flow.name)).first() is None:
            publish(work, flow, now)


def publish(work: Work, flow: Flow, now: datetime) -> FlowRow:
    """Make ``flow`` the newest version under its name. Running ones stay on theirs."""
    row = work.exec(select(FlowRow).where(col(FlowRow.name) == flow.name)).first()
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
    return row


def newest_version(work: Work, flow_id: int | None) -> FlowVersion | None:
    """The version that new runs begin on."""
    return work.exec(
        select(FlowVersion)
        .where(col(FlowVersion.flow_id) == flow_id)
        .order_by(col(FlowVersion.number).desc())
        .limit(1)
    ).first()
