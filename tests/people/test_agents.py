import asyncio
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from jumper_app.db import Database
from jumper_app.errors import BadInput, JumperError, NotAllowed
from jumper_app.live import AgentChanged
from jumper_app.models import Agent, Role
from jumper_app.people import agents, links, passwords, signing_in
from jumper_app.people.agents import AlreadyHere, LastAdmin
from jumper_app.people.links import LinkIsOver
from jumper_app.people.sessions import Who
from jumper_app.people.signing_in import SignInRefused, SignInThrottled
from jumper_app.people.tokens import digest
from tests.people.crowd import PASSWORD, Machine, badge, hire, person, seen, stored

NEW = "another long password"


@pytest.fixture(autouse=True)
def fresh_throttle(machine: Machine):
    signing_in.throttle.cache_clear()
    yield
    signing_in.throttle.cache_clear()


@pytest.fixture
def boss(database: Database) -> Who:
    return person(database, hire(database, "Boss", Role.ADMIN))


def invited(database: Database, boss: Who, now, email="eve@example.com", role=Role.AGENT) -> str:
    return database.write(agents.invite, email=email, role=role, by=boss, now=now)


async def accept(database: Database, token: str, email: str = "", name: str = "Eve") -> str:
    return await signing_in.with_link(
        database, token, email=email, name=name, password=NEW, browser=""
    )


async def sign_in(database: Database, email="ana@example.com", password=PASSWORD, place="p"):
    return await signing_in.with_password(
        database, email=email, password=password, place=place, browser=""
    )


def row(database: Database, agent_id: int) -> Agent:
    found = database.look(lambda work: work.get(Agent, agent_id))
    assert found is not None
    return found


async def test_the_first_link_makes_the_first_admin(database: Database, machine: Machine):
    token = database.write(agents.first_admin_link, machine())
    assert token is not None
    found = seen(database, await accept(database, token, "Eve@Example.com"))
    assert found is not None
    assert (found.email, found.name, found.role) == ("eve@example.com", "Eve", Role.ADMIN)


async def test_there_is_no_first_link_once_someone_is_admin(
    database: Database, boss: Who, machine: Machine
):
    assert database.write(agents.first_admin_link, machine()) is None


async def test_an_old_first_link_is_over_once_someone_is_admin(
    database: Database, machine: Machine
):
    token = database.write(agents.first_admin_link, machine())
    assert token is not None
    hire(database, "Boss", Role.ADMIN)
    with pytest.raises(LinkIsOver):
        await accept(database, token, "eve@example.com")


async def test_the_operators_link_promotes_who_is_here_already(
    database: Database, machine: Machine
):
    ana = hire(database)
    token = database.write(agents.admin_link, "ANA@example.com", machine())
    await accept(database, token, name="Ana")
    assert row(database, ana).role == Role.ADMIN


async def test_an_invitation_becomes_an_agent_with_the_invited_role(
    database: Database, boss: Who, machine: Machine
):
    token = invited(database, boss, machine(), role=Role.AGENT)
    found = seen(database, await accept(database, token, "boss@example.com"))
    assert found is not None
    assert (found.email, found.role) == ("eve@example.com", Role.AGENT)


def test_an_invitation_says_who_sent_it(database: Database, boss: Who, machine: Machine):
    token = invited(database, boss, machine())
    offer = database.look(links.welcome, token, machine())
    assert (offer.invited_by, offer.email) == ("Boss", "eve@example.com")


async def test_a_link_works_once(database: Database, boss: Who, machine: Machine):
    token = invited(database, boss, machine())
    await accept(database, token)
    with pytest.raises(LinkIsOver):
        await accept(database, token)


async def test_of_many_who_use_a_link_at_once_one_gets_in(
    database: Database, boss: Who, machine: Machine
):
    token = invited(database, boss, machine())
    outcomes = await asyncio.gather(
        *(accept(database, token) for _ in range(6)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["LinkIsOver"] * 5 + ["str"]


def test_a_link_that_looked_unused_is_still_used_once_only(
    database: Database, boss: Who, machine: Machine, monkeypatch: pytest.MonkeyPatch
):
    token = invited(database, boss, machine())
    stale = database.look(links.open_link, token, machine())
    database.write(links.use, token, machine())
    monkeypatch.setattr(links, "open_link", lambda *_: stale)
    with pytest.raises(LinkIsOver):
        database.write(links.use, token, machine())


@pytest.mark.parametrize(
    ("make", "hours"),
    [
        pytest.param("invite", 72, id="invitation"),
        pytest.param("reset", 1, id="reset"),
        pytest.param("first", 24, id="first-admin"),
    ],
)
def test_a_link_ends_by_itself(database: Database, machine: Machine, make: str, hours: int):
    if make == "first":
        token = database.write(agents.first_admin_link, machine())
    else:
        boss = person(database, hire(database, "Boss", Role.ADMIN))
        ana = hire(database)
        token = (
            invited(database, boss, machine())
            if make == "invite"
            else database.write(agents.reset_link, agent_id=ana, by=boss, now=machine())
        )
    assert token is not None
    machine.wait(hours=hours, seconds=-1)
    database.look(links.welcome, token, machine())
    machine.wait(seconds=1)
    with pytest.raises(LinkIsOver):
        database.look(links.welcome, token, machine())


def test_inviting_again_replaces_the_link(database: Database, boss: Who, machine: Machine):
    old, new = invited(database, boss, machine()), invited(database, boss, machine())
    database.look(links.welcome, new, machine())
    with pytest.raises(LinkIsOver):
        database.look(links.welcome, old, machine())


def test_only_the_digest_of_a_link_is_stored(database: Database, boss: Who, machine: Machine):
    token = invited(database, boss, machine())
    assert digest(token) in stored(database)
    assert token not in stored(database)


async def test_a_reset_changes_the_password_and_ends_every_session(
    database: Database, boss: Who, machine: Machine
):
    ana = hire(database)
    before = badge(database, ana)
    token = database.write(agents.reset_link, agent_id=ana, by=boss, now=machine())
    after = await accept(database, token, name="Mallory")
    assert seen(database, before) is None
    assert seen(database, after) is not None
    assert row(database, ana).name == "Ana"
    with pytest.raises(SignInRefused):
        await sign_in(database)
    await sign_in(database, password=NEW)


async def test_disabling_ends_the_links_too(database: Database, boss: Who, machine: Machine):
    ana = hire(database)
    token = database.write(agents.reset_link, agent_id=ana, by=boss, now=machine())
    database.write(agents.disable, agent_id=ana, by=boss)
    with pytest.raises(LinkIsOver):
        await accept(database, token)


def test_someone_who_is_here_is_not_invited_again(database: Database, boss: Who, machine: Machine):
    hire(database)
    with pytest.raises(AlreadyHere):
        invited(database, boss, machine(), email="Ana@example.com")


VERBS = {
    "invite": lambda w, who, other, now: agents.invite(
        w, email="x@example.com", role=Role.ADMIN, by=who, now=now
    ),
    "reset": lambda w, who, other, now: agents.reset_link(w, agent_id=other, by=who, now=now),
    "promote": lambda w, who, other, now: agents.change_role(
        w, agent_id=who.id, role=Role.ADMIN, by=who
    ),
    "disable": lambda w, who, other, now: agents.disable(w, agent_id=other, by=who),
    "enable": lambda w, who, other, now: agents.enable(w, agent_id=other, by=who),
    "rename": lambda w, who, other, now: agents.rename(w, agent_id=other, name="X", by=who),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())
def test_an_agent_may_not_do_what_admins_do(database: Database, boss: Who, machine: Machine, verb):
    ana = person(database, hire(database))
    with pytest.raises(NotAllowed):
        database.write(verb, ana, boss.id, machine())


def test_everyone_may_rename_themselves(database: Database):
    ana = person(database, hire(database))
    database.write(agents.rename, agent_id=ana.id, name="  Ana   Novak ", by=ana)
    assert row(database, ana.id).name == "Ana Novak"


@pytest.mark.parametrize("name", ["", "   ", "a" * 81, "Ana\u202egnp", "A\x1bna", "\ud800"])
def test_a_name_that_cannot_be_shown_is_refused(database: Database, name: str):
    ana = person(database, hire(database))
    with pytest.raises(BadInput):
        database.write(agents.rename, agent_id=ana.id, name=name, by=ana)


@pytest.mark.parametrize("email", ["", "ana", "ana@", "@x.com", "a b@x.com", "a@b", "a@x.com\n"])
def test_an_address_that_is_none_is_refused(email: str):
    if email.endswith("\n"):
        assert agents.checked_email(email) == "a@x.com"
        return
    with pytest.raises(BadInput):
        agents.checked_email(email)


def test_the_last_admin_cannot_leave(database: Database, boss: Who):
    hire(database, "Off", Role.ADMIN, active=False)
    with pytest.raises(LastAdmin):
        database.write(agents.change_role, agent_id=boss.id, role=Role.AGENT, by=boss)
    with pytest.raises(LastAdmin):
        database.write(agents.disable, agent_id=boss.id, by=boss)


def test_of_two_admins_who_demote_each_other_one_stays(database: Database, boss: Who):
    other = person(database, hire(database, "Other", Role.ADMIN))

    def demote_boss() -> str:
        try:
            database.write(agents.change_role, agent_id=boss.id, role=Role.AGENT, by=other)
        except JumperError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as work:
            agents.change_role(work, agent_id=other.id, role=Role.AGENT, by=boss)
            work.flush()
            meanwhile = pool.submit(demote_boss)
            wait([meanwhile], timeout=1)
        assert meanwhile.result() == "last_admin"


async def test_open_panels_hear_of_a_new_role(database: Database, boss: Who):
    ana = hire(database)
    with database.hub.listening(lambda event: isinstance(event, AgentChanged)) as listener:
        await database.run(agents.change_role, agent_id=ana, role=Role.ADMIN, by=boss)
        assert await listener.drain() == [AgentChanged(ana)]


def test_colleagues_are_listed_by_name(database: Database, boss: Who, machine: Machine):
    hire(database, "Ana", active=False)
    invited(database, boss, machine())
    shown = [(each.name, each.active, each.invited) for each in database.look(agents.colleagues)]
    assert shown == [("Ana", False, False), ("Boss", True, False), ("eve", True, True)]


async def test_the_right_password_signs_in(database: Database):
    hire(database)
    assert seen(database, await sign_in(database, email=" Ana@Example.com ")) is not None


@pytest.mark.parametrize("who", ["nobody", "wrong", "disabled", "invited"])
async def test_every_refused_sign_in_reads_the_same(
    database: Database, boss: Who, machine: Machine, who: str
):
    hire(database)
    hire(database, "Off", active=False)
    invited(database, boss, machine())
    email, password = {
        "nobody": ("nobody@example.com", PASSWORD),
        "wrong": ("ana@example.com", "wrong password"),
        "disabled": ("off@example.com", PASSWORD),
        "invited": ("eve@example.com", PASSWORD),
    }[who]
    with pytest.raises(SignInRefused) as refusal:
        await sign_in(database, email, password)
    assert refusal.value.for_agent == SignInRefused.for_agent


async def test_five_wrong_passwords_close_the_account_from_that_place_only(
    database: Database, machine: Machine
):
    hire(database)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            await sign_in(database, password="wrong password")
    with pytest.raises(SignInThrottled):
        await sign_in(database)
    await sign_in(database, place="elsewhere")
    machine.wait(minutes=15)
    await sign_in(database)


async def test_thirty_wrong_tries_close_a_place_for_everyone(database: Database, machine: Machine):
    hire(database)
    for number in range(30):
        with pytest.raises(SignInRefused):
            await sign_in(database, email=f"nobody{number}@example.com")
    with pytest.raises(SignInThrottled):
        await sign_in(database)
    await sign_in(database, place="elsewhere")


async def test_tries_at_the_same_moment_count_all(database: Database):
    hire(database)
    outcomes = await asyncio.gather(
        *(sign_in(database, password="wrong password") for _ in range(20)), return_exceptions=True
    )
    assert sum(isinstance(each, SignInRefused) for each in outcomes) == 5
    assert sum(isinstance(each, SignInThrottled) for each in outcomes) == 15


async def test_signing_in_often_is_no_offence(database: Database):
    hire(database)
    for _ in range(40):
        await sign_in(database)


async def test_guessing_at_links_closes_the_place(database: Database):
    for _ in range(30):
        with pytest.raises(LinkIsOver):
            await signing_in.look_at_link(database, "guess", "p")
    with pytest.raises(SignInThrottled):
        await signing_in.look_at_link(database, "guess", "p")


async def test_a_new_password_needs_the_old_one_and_ends_other_sessions(database: Database):
    ana = hire(database)
    here, there = badge(database, ana), badge(database, ana)
    me = seen(database, here)
    assert me is not None
    with pytest.raises(SignInRefused):
        await signing_in.change_password(database, me, "wrong password", NEW)
    assert seen(database, there) is not None
    await signing_in.change_password(database, me, PASSWORD, NEW)
    assert seen(database, here) is not None
    assert seen(database, there) is None
    await sign_in(database, password=NEW)


async def test_a_weak_new_password_is_refused_before_the_old_one_is_looked_at(
    database: Database,
):
    me = person(database, hire(database))
    with pytest.raises(passwords.WeakPassword):
        await signing_in.change_password(database, me, PASSWORD, "short")


async def test_a_session_cannot_be_used_to_guess_the_password(database: Database):
    me = person(database, hire(database))
    for _ in range(5):
        with pytest.raises(SignInRefused):
            await signing_in.change_password(database, me, "wrong password", NEW)
    with pytest.raises(SignInThrottled):
        await signing_in.change_password(database, me, PASSWORD, NEW)
