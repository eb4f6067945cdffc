from datetime import timedelta

import pytest
from sqlmodel import select

from jumper_app import clock
from jumper_app.db import Database
from jumper_app.live import AgentChanged
from jumper_app.models import Role, SignInSession
from jumper_app.people import agents, cookie, sessions
from jumper_app.people.tokens import digest
from tests.people.crowd import Machine, badge, hire, person, seen, stored, stored_password

pytestmark = pytest.mark.usefixtures("machine")


def test_a_cookie_names_its_agent(database: Database):
    ana = hire(database)
    found = seen(database, badge(database, ana))
    assert found is not None
    assert (found.id, found.name, found.role) == (ana, "Ana", Role.AGENT)


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 5000, "\0"])
def test_a_made_up_cookie_names_nobody(database: Database, token: str):
    badge(database, hire(database))
    assert seen(database, token) is None


def test_only_the_digest_of_a_cookie_is_stored(database: Database):
    token = badge(database, hire(database))
    assert digest(token) in stored(database)
    assert token not in stored(database)


def test_a_token_has_256_random_bits(database: Database):
    ana = hire(database)
    tokens = {badge(database, ana) for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens)


@pytest.mark.parametrize(
    ("waited", "is_in"),
    [
        pytest.param(timedelta(hours=12, seconds=-1), True, id="just-before"),
        pytest.param(timedelta(hours=12), False, id="on-the-dot"),
    ],
)
def test_an_idle_browser_is_signed_out_after_twelve_hours(
    database: Database, machine: Machine, waited: timedelta, is_in: bool
):
    token = badge(database, hire(database))
    machine.time += waited
    assert (seen(database, token) is not None) is is_in


def test_nobody_stays_longer_than_seven_days_however_busy(database: Database, machine: Machine):
    token = badge(database, hire(database))
    for _ in range(7 * 24 - 1):
        machine.wait(hours=1)
        found = seen(database, token)
        assert found is not None
        database.write(sessions.touch, found.session_id, machine())
    machine.wait(hours=1)
    assert seen(database, token) is None


def test_the_demo_clock_signs_nobody_out(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    token = badge(database, hire(database))
    clock.set_advanced(timedelta(days=30))
    try:
        assert seen(database, token) is not None
    finally:
        clock.set_advanced(timedelta(0))


def test_last_seen_is_written_once_a_minute(database: Database, machine: Machine):
    token = badge(database, hire(database))
    found = seen(database, token)
    assert found is not None
    machine.wait(seconds=59)
    assert not sessions.is_due(found, machine())
    machine.wait(seconds=1)
    assert sessions.is_due(found, machine())


def test_signing_out_ends_this_session_alone(database: Database):
    ana = hire(database)
    here, there = badge(database, ana), badge(database, ana)
    database.write(sessions.sign_out, here)
    assert seen(database, here) is None
    assert seen(database, there) is not None


def test_signing_out_everywhere_ends_all_but_this_one(database: Database):
    ana = hire(database)
    here, there = badge(database, ana), badge(database, ana)
    found = seen(database, here)
    assert found is not None
    database.write(sessions.sign_out_everywhere, ana, but=found.session_id)
    assert (seen(database, here) is not None, seen(database, there)) == (True, None)
    database.write(sessions.sign_out_everywhere, ana)
    assert seen(database, here) is None


def test_a_disabled_agent_has_no_session_left(database: Database):
    boss = person(database, hire(database, "Boss", Role.ADMIN))
    ana = hire(database)
    token = badge(database, ana)
    database.write(agents.disable, agent_id=ana, by=boss)
    assert seen(database, token) is None
    database.write(agents.enable, agent_id=ana, by=boss)
    assert seen(database, token) is None


def test_a_disabled_agents_session_row_lets_nobody_in(database: Database):
    away = hire(database, active=True)
    token = badge(database, away)
    with database.transaction() as work:
        agent = work.get(agents.Agent, away)
        assert agent is not None
        agent.active = False
    assert seen(database, token) is None


def test_a_password_changed_meanwhile_opens_no_session(database: Database, machine: Machine):
    ana = hire(database)
    with pytest.raises(sessions.SignedOut):
        database.write(sessions.sign_in, agent_id=ana, proven_hash="old", browser="", now=machine())
    assert stored_password() != "old"


async def test_open_panels_hear_of_a_sign_out(database: Database):
    ana = hire(database)
    token = badge(database, ana)
    with database.hub.listening(lambda event: isinstance(event, AgentChanged)) as listener:
        await database.run(sessions.sign_out, token)
        assert await listener.drain() == [AgentChanged(ana)]


def test_expired_sessions_are_forgotten(database: Database, machine: Machine):
    ana = hire(database)
    badge(database, ana)
    machine.wait(hours=12)
    fresh = badge(database, ana)
    database.write(sessions.forget_expired, machine())
    assert len(database.look(lambda work: work.exec(select(SignInSession)).all())) == 1
    assert seen(database, fresh) is not None


def test_over_https_the_cookie_is_bound_to_the_host():
    name = cookie.name_for("https://chat.example.com")
    written = cookie.writing("abc", name)
    assert name == "__Host-jumper"
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(written.split("; "))
    assert "Domain" not in written


def test_over_http_the_cookie_is_still_out_of_reach_of_scripts():
    written = cookie.writing("abc", cookie.name_for("http://localhost:3000"))
    assert written.startswith("jumper=abc;")
    assert "HttpOnly" in written
    assert "Secure" not in written


@pytest.mark.parametrize(
    ("header", "value"),
    [
        pytest.param("jumper=a", "a", id="alone"),
        pytest.param("x=1; jumper=a; y=2", "a", id="among-others"),
        pytest.param("xjumper=b; jumper=a", "a", id="longer-name"),
        pytest.param("Jumper=b", "", id="other-case"),
        pytest.param("", "", id="none"),
        pytest.param("jumper", "", id="no-value"),
    ],
)
def test_the_right_cookie_is_read(header: str, value: str):
    assert cookie.read(header, "jumper") == value


# --- Where somebody is signed in --------------------------------------------------------


def test_where_somebody_is_signed_in_is_told_without_what_opens_it(
    database: Database, machine: Machine
):
    ana = hire(database)
    first = badge(database, ana)
    machine.wait(minutes=5)
    second = badge(database, ana)
    badge(database, hire(database, "Ben"))
    this = session_id(database, second)
    shown = database.look(sessions.open_sessions, ana, machine(), this)
    assert [each.mine for each in shown] == [True, False]
    assert first not in str(shown)
    assert second not in str(shown)


def test_ending_one_session_leaves_the_others(database: Database, machine: Machine):
    ana, ben = hire(database), hire(database, "Ben")
    first, second = badge(database, ana), badge(database, ana)
    name = database.look(sessions.open_sessions, ana, machine())[-1].name
    database.write(sessions.end, ben, name)
    assert seen(database, first)
    database.write(sessions.end, ana, name)
    assert [bool(seen(database, each)) for each in (first, second)] == [False, True]


def test_whoever_is_signed_in_was_last_seen(database: Database, machine: Machine):
    ana = hire(database)
    hire(database, "Ben")
    badge(database, ana)
    assert database.look(sessions.last_seen) == {ana: machine()}


def test_a_session_that_ends_by_itself_is_told_so_that_its_sockets_close(
    database: Database, machine: Machine
):
    ana = hire(database)
    badge(database, ana)
    machine.wait(hours=13)
    for told in ([AgentChanged(ana)], []):
        with database.transaction() as work:
            sessions.forget_expired(work, machine())
            assert work.told == told


def session_id(database: Database, token: str) -> int:
    found = seen(database, token)
    assert found is not None
    return found.session_id
