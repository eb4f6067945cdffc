"""Discount pools: one code for each customer, no code twice, and an honest *exhausted*."""

import pytest

from jumper_app.bots.definition import Discount, End, Flow, Say
from jumper_app.bots.discounts import given, import_codes, make_pool, pools
from jumper_app.bots.runs import answer_next
from jumper_app.bots.shelf import publish
from jumper_app.db import Database
from jumper_app.errors import BadInput, NotFound
from jumper_app.models import DiscountCode, MessageKind, Run
from tests import make
from tests.house import every, one, side_by_side, spoken, take
from tests.make import NOON, later

CODES = Flow(
    name="Code",
    start="draw",
    announcement="",
    nodes={
        "draw": Discount(pool="Spring", given="new", already="old", exhausted="none"),
        "new": Say(text="Yours: {{code|?}}", next="given"),
        "old": Say(text="Still yours: {{code|?}}", next="already"),
        "none": Say(text="All gone.", next="exhausted"),
        "given": End(outcome="given"),
        "already": End(outcome="already"),
        "exhausted": End(outcome="exhausted"),
    },
)


@pytest.fixture
def pool(db):
    def stocked(work):
        make.account(work).flow_id = publish(work, CODES, NOON).id
        return make_pool(work, name="Spring", now=NOON).public_id

    return db.write(stocked)


def stock(db, pool, *codes):
    return db.write(import_codes, pool=pool, codes=codes)


def hears(db, person, now=NOON):
    take(db, make.inbound("code", sender=person, sent_at=now), now=now)


def answers(db, now=NOON):
    while db.write(answer_next, now=now):
        pass


def said(db):
    return spoken(db, MessageKind.BOT)


def test_one_code_for_each_and_the_same_again(db, pool):
    stock(db, pool, "A", "B")
    for number, who in enumerate(("1", "1", "2", "3")):
        hears(db, make.person(who), now=later(minutes=number))
        answers(db, now=later(minutes=number))
    assert said(db) == ["Yours: A", "Still yours: A", "Yours: B", "All gone."]


def test_an_expired_pool_gives_nothing_new_but_what_was_given_stays(db, pool):
    stock(db, pool, "A", "B")
    hears(db, make.person("1"))
    answers(db)
    db.write(make_pool, name="Spring", now=NOON, expires_at=later(minutes=1))
    for who in ("1", "2"):
        hears(db, make.person(who), now=later(minutes=1))
    answers(db, now=later(minutes=1))
    assert sorted(said(db)[1:]) == ["All gone.", "Still yours: A"]


def test_a_pool_that_is_not_there_is_exhausted(db):
    def connected(work):
        make.account(work).flow_id = publish(work, CODES, NOON).id

    db.write(connected)
    hears(db, make.person())
    answers(db)
    assert said(db) == ["All gone."]


def test_an_import_adds_what_is_new_and_counts_the_rest(db, pool):
    assert stock(db, pool, "A", " B ", "", "A").added == 2
    again = stock(db, pool, "B", "C")
    assert (again.added, again.repeated) == (1, 1)
    assert [row.code for row in every(db, DiscountCode)] == ["A", "B", "C"]


def test_an_import_is_all_or_nothing_and_names_the_code(db, pool):
    with pytest.raises(BadInput, match="Code 2 is longer"):
        stock(db, pool, "A", "B" * 81)
    with pytest.raises(NotFound):
        stock(db, "nowhere", "A")
    assert every(db, DiscountCode) == []


def test_what_is_left_and_who_got_which(db, pool):
    stock(db, pool, "A", "B")
    hears(db, make.person(name="Maya"))
    answers(db)
    (row,) = db.look(pools)
    assert (row.name, row.remaining, row.given) == ("Spring", 1, 1)
    (who,) = db.look(given, pool=pool)
    assert (who.code, who.contact, who.given_at) == ("A", "Maya", NOON)


class Crash(BaseException):
    """The process dies."""


def test_a_crash_gives_no_code_away(db, pool):
    stock(db, pool, "A")
    hears(db, make.person("1"))
    with pytest.raises(Crash), db.transaction() as work:
        answer_next(work, now=NOON)
        raise Crash
    answers(db)
    assert said(db) == ["Yours: A"]


CUSTOMERS, STOCK = 50, 40


def draining(worker):
    def drain():
        while worker.write(answer_next, now=NOON):
            pass

    return drain


def test_fifty_at_once_on_forty_codes_get_forty_different_ones(db, pool):
    stock(db, pool, *(f"C{number}" for number in range(STOCK)))
    for number in range(CUSTOMERS):
        hears(db, make.person(f"1555000{number:04}"))
    others = [Database(db.url) for _ in range(7)] if not db.is_sqlite else [db] * 7
    assert side_by_side(*[draining(each) for each in (db, *others)]) == [None] * 8
    for each in others:
        each.close()
    answers(db)
    told = said(db)
    codes = [text for text in told if text.startswith("Yours: ")]
    assert (len(codes), len(set(codes)), told.count("All gone.")) == (STOCK, STOCK, 10)
    holders = [row.contact_id for row in every(db, DiscountCode)]
    assert len(set(holders)) == STOCK
    outcomes = [row.state["variables"].get("code", "") for row in every(db, Run)]
    assert outcomes.count("") == CUSTOMERS - STOCK


def test_two_contacts_that_prove_to_be_one_keep_one_code(db, pool):
    stock(db, pool, "A", "B")
    hears(db, make.person("1", bsuid="", name="Maya"))
    hears(db, make.person("", bsuid="X.1"), now=later(minutes=1))
    answers(db, now=later(minutes=1))
    take(db, make.inbound("Hi", sender=make.person("1", bsuid="X.1"), sent_at=later(minutes=2)))
    hears(db, make.person("1"), now=later(minutes=3))
    answers(db, now=later(minutes=3))
    assert said(db)[-1].endswith(": A")
    assert one(db, DiscountCode, code="A").contact_id is not None
