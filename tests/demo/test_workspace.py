from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from jumper_app import clock
from jumper_app.db import Database
from jumper_app.demo import workspace
from jumper_app.demo.seed import ALL_STORIES, SIGN_INS
from jumper_app.models import Agent, Conversation, Event, Message, Outbox, OutboxState, Owner
from jumper_app.settings import Settings


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings.read(
        {"JUMPER_DATA_DIR": str(tmp_path), "JUMPER_DEMO_PASSWORD": "demo password"}
    )


@pytest.fixture
def db(sqlite_url: str) -> Iterator[Database]:
    with closing(Database(sqlite_url)) as opened:
        yield opened


def count(db: Database, table: type) -> int:
    with db.read() as work:
        return work.exec(select(func.count(col(table.id)))).one()


def owners(db: Database) -> set[str]:
    with db.read() as work:
        return set(work.exec(select(Conversation.owner)).all())


def test_an_empty_database_on_this_machine_becomes_a_demo(db: Database, here: Settings):
    assert workspace.decide(db, here)


def test_a_database_in_use_never_becomes_a_demo(db: Database, here: Settings):
    with db.transaction() as work:
        work.add(Agent(email="a@b.example", name="A", role="admin", created_at=clock.now()))
    assert not workspace.decide(db, here)


def test_what_others_can_reach_never_becomes_a_demo(db: Database):
    assert not workspace.decide(db, Settings.read({"JUMPER_HOST": "0.0.0.0"}))


def test_the_demo_is_filled_once(db: Database, here: Settings):
    workspace.prepare(db, here)
    workspace.prepare(db, here)
    assert count(db, Conversation) == len(ALL_STORIES)
    assert count(db, Agent) == len(SIGN_INS)


def test_the_demo_shows_every_owner(db: Database, here: Settings):
    workspace.prepare(db, here)
    assert owners(db) == set(Owner)


def test_nothing_in_the_demo_waits_to_be_sent(db: Database, here: Settings):
    workspace.prepare(db, here)
    with db.read() as work:
        assert set(work.exec(select(Outbox.state)).all()) == {OutboxState.SENT}


def test_a_reset_fills_it_anew_and_keeps_the_people(database_url: str, here: Settings):
    with closing(Database(database_url)) as db:
        fill_change_and_reset(db, here)


def fill_change_and_reset(db: Database, here: Settings) -> None:
    workspace.prepare(db, here)
    before = count(db, Message), count(db, Event)
    with db.transaction() as work:
        work.exec(select(Conversation).limit(1)).one().preview = "changed by hand"
    workspace.reset(db, here)
    assert (count(db, Message), count(db, Event)) == before
    assert count(db, Agent) == len(SIGN_INS)
    with db.read() as work:
        assert "changed by hand" not in work.exec(select(Conversation.preview)).all()


def test_the_phones_remember_what_was_said(db: Database, here: Settings):
    workspace.prepare(db, here)
    simulator = workspace.simulator(here, db)
    workspace.furnish(simulator, db)
    maya = simulator.phone("5215512345678")
    assert [bubble.text for bubble in maya.bubbles()][-1].startswith("Wow, thank you!!")
    simulator.store.close()
