import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from jumper_app import clock
from jumper_app.conversations.accounts import credentials
from jumper_app.db import Database
from jumper_app.demo import workspace
from jumper_app.demo.script import lines_of
from jumper_app.demo.seed import ALL_STORIES, SIGN_INS
from jumper_app.demo.stories import CLUB
from jumper_app.models import (
    Agent,
    Attachment,
    ChannelAccount,
    Contact,
    Conversation,
    Event,
    Message,
    Outbox,
    OutboxState,
    Owner,
)
from jumper_app.people import passwords
from jumper_app.settings import Settings
from tests.make import NOON


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings.read(
        {"JUMPER_DATA_DIR": str(tmp_path), "JUMPER_DEMO_PASSWORD": "demo password"}
    )


@pytest.fixture
def db(sqlite_url: str) -> Iterator[Database]:
    with closing(Database(sqlite_url)) as opened:
        yield opened


@pytest.fixture(scope="module")
def filled_file(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled workspace that others are copied from."""
    file = tmp_path_factory.mktemp("filled") / "jumper.db"
    shutil.copyfile(migrated_sqlite, file)
    with closing(Database(f"sqlite:///{file}")) as opened:
        workspace.prepare(opened, Settings.read({"JUMPER_DEMO_PASSWORD": "demo password"}))
    return file


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A filled workspace of this test's own."""
    shutil.copyfile(filled_file, tmp_path / "filled.db")
    with closing(Database(f"sqlite:///{tmp_path / 'filled.db'}")) as opened:
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


def test_the_demo_is_filled_once(filled: Database, here: Settings):
    workspace.prepare(filled, here)
    assert count(filled, Conversation) == len(ALL_STORIES)
    assert count(filled, Agent) == len(SIGN_INS)


def test_a_later_start_brings_its_own_password_and_secrets(filled: Database):
    later = Settings.read(
        {"JUMPER_DEMO_PASSWORD": "another one", "JUMPER_DEMO_APP_SECRET": "another secret"}
    )
    workspace.prepare(filled, later)
    with filled.read() as work:
        people = work.exec(select(Agent)).all()
        accounts = work.exec(select(ChannelAccount)).all()
    assert all(passwords.match_now(each.password_hash, "another one") for each in people)
    told = [credentials(each).app_secrets[0].get_secret_value() for each in accounts]
    assert set(told) == {"another secret"}


def test_the_demo_shows_every_owner(filled: Database):
    assert owners(filled) == set(Owner)


def test_nothing_in_the_demo_waits_to_be_sent(filled: Database):
    with filled.read() as work:
        assert set(work.exec(select(Outbox.state)).all()) == {OutboxState.SENT}


def test_one_customer_has_a_history_of_months_and_of_every_kind(filled: Database):
    said = of_the_club(filled)
    assert len(said) >= 180
    assert said[-1].at - said[0].at > timedelta(days=150)
    contents = [one.content or {} for one in said]
    assert {one.get("type") for one in contents} >= {
        "text",
        "media",
        "location",
        "contacts",
        "order",
        "form",
        "unsupported",
    }
    assert {one.get("kind") for one in contents} >= {
        "image",
        "video",
        "audio",
        "document",
        "sticker",
    }
    for marked in ("reactions", "edited_at", "revoked_at", "quotes"):
        assert any(getattr(one, marked) for one in said), marked
    with filled.read() as work:
        assert set(work.exec(select(Attachment.state)).all()) == {"ready"}


def of_the_club(db: Database) -> Sequence[Message]:
    """Everything in the longest conversation, as the thread orders it."""
    with db.read() as work:
        return work.exec(
            select(Message)
            .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
            .join(Contact, col(Contact.id) == col(Conversation.contact_id))
            .where(Contact.name == "Marta Zielińska")
            .order_by(col(Message.at), col(Message.order), col(Message.id))
        ).all()


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_a_script_goes_forward_at_whatever_hour_it_is_told(hour: int):
    told = [line.ago_min for line in lines_of(CLUB, NOON.replace(hour=hour))]
    assert told == sorted(told, reverse=True)
    assert told[-1] > 0


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


def test_the_phones_remember_what_was_said(filled: Database, here: Settings):
    simulator = workspace.simulator(here, filled)
    workspace.furnish(simulator, filled)
    maya = simulator.phone("5215512345678")
    assert [bubble.text for bubble in maya.bubbles()][-1].startswith("Wow, thank you!!")
    simulator.store.close()
