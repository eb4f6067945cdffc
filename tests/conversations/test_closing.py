"""What needs an answer stands in the order in which it can no longer be given."""

from datetime import timedelta

from jumper_app.conversations.closing import Waiting, after, closing, waiting
from jumper_app.db import Database
from jumper_app.models import Conversation, Role
from jumper_app.people.sessions import Who
from tests import make
from tests.house import every, take
from tests.make import NOON

DAY = timedelta(hours=24)


def person(agent_id: int, role: Role = Role.AGENT) -> Who:
    return Who(agent_id, "", "", "", role, 0, NOON)


def names(db: Database, who: Who, now=NOON, limit: int = 50) -> list[str]:
    return [one.contact_name for one in db.look(closing, who, now, limit)]


def put(db: Database, name: str, age: timedelta, owner: str, agent_id: int | None = None, **over):
    """A customer who wrote so long ago, and who answers."""
    before = {row.id for row in every(db, Conversation)}
    sender = make.person(f"1650555{len(before):04}", bsuid=f"US.{len(before)}", name=name)
    at = NOON - age
    take(db, make.inbound(external_id=f"wamid.{name}", sender=sender, sent_at=at), now=at)
    [new] = [row.id for row in every(db, Conversation) if row.id not in before]

    def change(work):
        row = work.get_one(Conversation, new)
        row.owner, row.agent_id = owner, agent_id
        for key, value in over.items():
            setattr(row, key, value)

    db.write(change)


def test_the_soonest_to_close_comes_first_and_only_what_can_be_answered(db: Database):
    ana, ben = (db.write(make.agent, name).id or 0 for name in ("Ana", "Ben"))
    db.write(make.account)
    second = timedelta(seconds=1)
    put(db, "fresh", timedelta(hours=1), "requested")
    put(db, "last second", DAY - second, "agent", ana)
    put(db, "too late", DAY, "requested")
    put(db, "Ben's", timedelta(hours=20), "agent", ben)
    put(db, "with the bot", timedelta(hours=22), "bot")
    put(db, "answered", timedelta(hours=23), "agent", ana, waiting_since=None)
    put(db, "shut", timedelta(hours=3), "requested", window_shut_at=NOON)
    put(db, "mine", timedelta(hours=2), "agent", ana)
    assert names(db, person(ana)) == ["last second", "mine", "fresh"]
    assert names(db, person(ana), limit=1) == ["last second"]
    assert names(db, person(ana), NOON + second) == ["mine", "fresh"]
    assert names(db, person(ben)) == ["Ben's", "fresh"]
    counted = db.look(waiting, person(ana), NOON)
    assert (counted.count, counted.closes_at) == (3, NOON + second)
    assert db.look(waiting, person(ana), NOON + second).count == 2
    assert db.look(waiting, person(ben), NOON + DAY) == Waiting()
    assert names(db, person(0, Role.ADMIN)) == ["last second", "Ben's", "mine", "fresh"]


def test_the_next_is_the_one_below_and_after_the_last_the_first(db: Database):
    ana = db.write(make.agent, "Ana").id or 0
    db.write(make.account)
    for name, hours in (("first", 9), ("second", 8), ("third", 7)):
        put(db, name, timedelta(hours=hours), "requested")
    found = db.look(closing, person(ana), NOON)
    first, second, third = (one.public_id for one in found)
    assert [after(found, one) for one in (first, second, third, "", "other")] == [
        *(second, third, first),
        *(first, first),
    ]
    assert after(found[:1], first) == ""
    assert after([], "") == ""
