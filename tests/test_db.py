"""Transactions that write many rows at once, and how times are kept."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import col, select

from jumper_app.models import Contact
from tests import make
from tests.house import db, every, house_on_postgres, one

__all__ = ["db", "house_on_postgres"]


@pytest.fixture
def three(db):
    """Three contacts of one account."""
    with db.transaction() as work:
        account = make.account(work)
        rows = [
            {
                "public_id": f"{n:032}",
                "account_id": account.id,
                "name": f"No. {n}",
                "created_at": at,
            }
            for n, at in enumerate([make.NOON] * 3)
        ]
        work.append(Contact, rows)
    return every(db, Contact)


def test_many_rows_change_at_once_and_no_other(db, three):
    first, _, last = (row.id for row in three)
    with db.transaction() as work:
        work.update(Contact, {last: {"name": "Zoe"}, first: {"name": "Ana"}})
    assert [row.name for row in every(db, Contact)] == ["Ana", "No. 1", "Zoe"]


def test_what_a_transaction_holds_is_read_afresh_after_such_a_change(db, three):
    with db.transaction() as work:
        held = work.get_one(Contact, three[0].id)
        held.phone = "+1650"
        work.update(Contact, {held.id: {"name": "Ana"}})
        assert (held.name, held.phone) == ("Ana", "+1650")


def test_nothing_to_write_is_no_statement(db):
    with db.transaction() as work:
        work.append(Contact, [])
        work.update(Contact, {})


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), id="a-whole-second"),
        pytest.param(datetime(2026, 11, 23, 12, 0, 0, 7, tzinfo=UTC), id="microseconds"),
        pytest.param(
            datetime(2026, 11, 23, 1, 0, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            id="another-zone",
        ),
    ],
)
def test_a_time_comes_back_as_the_same_moment_in_utc(db, three, moment):
    with db.transaction() as work:
        work.update(Contact, {three[0].id: {"named_at": moment}})
    read = every(db, Contact)[0].named_at
    assert (read, read.tzinfo) == (moment, UTC)


def test_times_are_compared_as_times(db, three):
    second = make.NOON
    moments = [second + timedelta(microseconds=n) for n in (0, 1, 1000)]
    with db.transaction() as work:
        changes = {row.id: {"named_at": at} for row, at in zip(three, moments, strict=True)}
        work.update(Contact, changes)
    later = select(Contact.name).where(col(Contact.named_at) > second)
    found = db.look(lambda work: work.exec(later.order_by(col(Contact.named_at).desc())).all())
    assert found == ["No. 2", "No. 1"]
    assert one(db, Contact, named_at=second).name == "No. 0"


def test_a_time_without_a_zone_is_not_stored(db, three):
    with pytest.raises(StatementError, match="without a zone"), db.transaction() as work:
        work.update(Contact, {three[0].id: {"named_at": datetime(2026, 11, 23)}})  # noqa: DTZ001
