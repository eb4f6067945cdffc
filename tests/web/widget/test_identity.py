"""Who a visitor is: a secret of their browser, or the word of the site they are signed in at."""

from datetime import timedelta

import pytest
from pydantic import SecretStr

from jumper_app import clock
from jumper_app.channels.webchat import passport as passports
from jumper_app.conversations.accounts import credentials
from jumper_app.models import ChannelAccount, Contact, ContactIdentity, Conversation
from tests.house import every, one, side_by_side, spoken
from tests.web.widget.stage import IDENTITY_SECRET, Browser, Shop, passport


async def reads(browser: Browser) -> list[str]:
    """Everything that this browser is shown."""
    line = await browser.listen()
    if line.status != 200:
        return []
    texts = (await line.next()).texts
    await line.cut()
    return texts


async def test_the_secret_of_a_browser_is_nowhere_in_the_database(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    stored = [row.value for row in every(shop.db, ContactIdentity)]
    assert len(stored) == 1
    assert vera.secret not in str(stored)


@pytest.mark.parametrize(
    "secret", ["", "short", "a" * 42, "a" * 44, "a" * 42 + "é", "a" * 42 + "=", "../" * 15]
)
async def test_what_is_no_secret_opens_nothing(little_shop: Shop, secret: str):
    headers = {"Authorization": f"Visitor {secret}".encode()}
    answer = await little_shop.visitor().ask("GET", "messages", headers=headers)
    assert answer.status_code == 401


async def test_a_passport_gives_a_person_one_conversation_on_every_device(shop: Shop):
    at_home = shop.visitor(passport=passport("u-1", name="Vera Lind", email="vera@example.com"))
    await at_home.write("From my desk")
    await shop.visitor(passport=passport("u-1")).write("From my phone")
    contact = one(shop.db, Contact)
    assert (contact.name, contact.email) == ("Vera Lind", "vera@example.com")
    assert sorted(spoken(shop.db)) == ["From my desk", "From my phone"]
    assert sorted(await reads(at_home)) == ["From my desk", "From my phone"]


async def test_the_sites_word_counts_more_than_the_visitors_own(shop: Shop):
    vera = shop.visitor(passport=passport("u-1", name="Vera Lind"))
    await vera.write("Hello", name="Somebody Else", email="else@example.com")
    contact = one(shop.db, Contact)
    assert (contact.name, contact.email) == ("Vera Lind", "else@example.com")


async def test_what_somebody_wrote_as_nobody_joins_what_they_wrote_under_their_name(shop: Shop):
    phone = shop.visitor(passport=passport("u-1"))
    await phone.write("From my phone")
    desk = shop.visitor()
    await desk.write("As nobody")
    desk.passport = passport("u-1")
    assert sorted(await reads(desk)) == ["As nobody", "From my phone"]
    assert sorted(await reads(phone)) == ["As nobody", "From my phone"]
    assert len([row for row in every(shop.db, Conversation) if not row.merged_into_id]) == 1


async def test_whoever_uses_the_browser_next_without_signing_in_finds_nothing(shop: Shop):
    vera = shop.visitor()
    await vera.write("As nobody")
    vera.passport = passport("u-1")
    await reads(vera)
    vera.passport = ""
    answer = await vera.ask("GET", "messages")
    assert (answer.status_code, answer.json()["error"]) == (401, "spent")
    assert (await vera.write("Let me in")).status_code == 401


async def test_a_second_person_at_the_same_browser_does_not_join_the_first(shop: Shop):
    shared = shop.visitor()
    await shared.write("Mine, says Vera")
    shared.passport = passport("vera")
    assert await reads(shared) == ["Mine, says Vera"]
    shared.passport = passport("otto")
    assert await reads(shared) == []
    await shared.write("Hello, says Otto")
    assert await reads(shared) == ["Hello, says Otto"]
    shared.passport = passport("vera")
    assert await reads(shared) == ["Mine, says Vera"]


async def test_of_two_people_who_sign_in_at_one_browser_at_once_one_is_its_author(shop: Shop):
    from jumper_app.web.widget.visitors import Knock, join

    for number in range(3):
        browser = shop.visitor()
        await browser.write(f"Who am I? {number}")
        people = [f"vera-{number}", f"otto-{number}"]
        for person in people:
            await shop.visitor(passport=passport(person)).write(f"I am {person}")
        knocks = [Knock("shop", browser.secret, passport(person)) for person in people]
        done = side_by_side(
            *(lambda knock=knock: shop.db.write(join, knock, clock.now()) for knock in knocks)
        )
        assert done == [None, None]
        shown = [await reads(shop.visitor(passport=passport(person))) for person in people]
        assert sorted(map(len, shown)) == [1, 2]


async def test_an_open_stream_is_told_to_look_again_when_its_conversation_joins_another(
    shop: Shop,
):
    await shop.visitor(passport=passport("u-1")).write("Under my name")
    desk = shop.visitor()
    await desk.write("As nobody")
    line = await desk.listen()
    await line.next()
    desk.passport = passport("u-1")
    await reads(desk)
    assert (await line.next()).data["why"] in {"again", "elsewhere"}
    await line.over.wait()


FORGED = {
    "another secret": lambda: passport("u-1", SecretStr("not the secret of the shop")),
    "no secret": lambda: passport("u-1", SecretStr("")),
    "ended": lambda: passport("u-1", ends_at=clock.machine() - timedelta(seconds=1)),
    "cut": lambda: passport("u-1")[:-1],
    "no signature": lambda: passport("u-1").rpartition(".")[0] + ".",
    "algorithm none": lambda: "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1LTEifQ.",
    "not base64": lambda: "a.b.c",
    "too long": lambda: passport("u-1", name="x" * 100) + "a" * 5000,
    "not ascii": lambda: "é.é.é",
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_passport_opens_nothing(little_shop: Shop, name: str):
    await little_shop.visitor(passport=passport("u-1")).write("Mine")
    headers = {"Jumper-Identity": FORGED[name]().encode()}
    answer = await little_shop.visitor().ask("GET", "messages", headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (401, "bad_identity")


async def test_a_replaced_identity_secret_counts_for_a_while(shop: Shop):
    from jumper_app.conversations.accounts import keep_secrets

    def rotate(work):
        row = work.get_one(ChannelAccount, 1)
        told = credentials(row).model_copy(update={"app_secrets": (SecretStr("the new one"),)})
        keep_secrets(row, told, clock.now())

    shop.db.write(rotate)
    for secret in (IDENTITY_SECRET, SecretStr("the new one")):
        vera = shop.visitor(passport=passport("u-1", secret))
        assert (await vera.write("Hello")).status_code == 200
    assert len(every(shop.db, Contact)) == 1


def test_any_library_can_make_a_passport():
    """The example of RFC 7519's HS256, made by hand."""
    made = (
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
        "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
        "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
    )
    user = passports.read(made, [SecretStr("your-256-bit-secret")], clock.machine())
    assert (user.id, user.name) == ("1234567890", "John Doe")
