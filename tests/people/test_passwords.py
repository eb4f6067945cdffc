import asyncio
import threading

import pytest

from jumper_app.people import passwords


def test_a_password_is_kept_as_argon2id_with_the_owasp_profile():
    assert passwords.hash_now("a long password").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_only_the_right_password_matches():
    stored = await passwords.hashed("a long password")
    assert await passwords.matches(stored, "a long password")
    assert not await passwords.matches(stored, "a long passwore")
    assert not await passwords.matches(stored, "")


async def test_nobody_has_a_password():
    assert not await passwords.matches(None, "nobody has this password")


async def test_a_hash_that_is_none_matches_nothing():
    assert not await passwords.matches("not a hash", "a long password")


@pytest.mark.parametrize("password", ["", "nine char", "a" * 201])
async def test_a_password_of_the_wrong_length_is_refused(password: str):
    with pytest.raises(passwords.WeakPassword):
        await passwords.hashed(password)


@pytest.mark.parametrize(
    "password", ["ten charac", "a" * 200, "pass phrase 🐎🔋", "\ud800" + "a" * 10]
)
async def test_any_characters_make_a_password(password: str):
    assert await passwords.matches(await passwords.hashed(password), password)


async def test_accents_match_however_they_were_typed():
    stored = await passwords.hashed("contraseña larga")
    assert await passwords.matches(stored, "contrasen\u0303a larga")


async def test_an_endless_password_is_not_even_hashed():
    stored = await passwords.hashed("a long password")
    assert not await passwords.matches(stored, "a" * 1_000_000)


async def test_an_unknown_person_costs_as_much_work_as_a_wrong_password(
    monkeypatch: pytest.MonkeyPatch,
):
    work: list[str] = []
    verify = passwords.HASHER.verify

    class Counting:
        def verify(self, stored: str, password: bytes) -> bool:
            work.append(stored.split("$")[3])
            return verify(stored, password)

        hash = staticmethod(passwords.HASHER.hash)

    stored = passwords.hash_now("a long password")
    monkeypatch.setattr(passwords, "HASHER", Counting())
    await passwords.matches(stored, "wrong password")
    await passwords.matches(None, "wrong password")
    assert work == ["m=19456,t=2,p=1"] * 2


async def test_at_most_two_passwords_are_hashed_at_once_and_never_on_the_loop(
    monkeypatch: pytest.MonkeyPatch,
):
    running, most, gate = 0, 0, threading.Barrier(2, timeout=5)
    lock, here = threading.Lock(), threading.get_ident()

    def slowly(*_: object) -> bool:
        nonlocal running, most
        assert threading.get_ident() != here
        with lock:
            running += 1
            most = max(most, running)
        gate.wait()
        with lock:
            running -= 1
        return True

    monkeypatch.setattr(passwords, "match_now", slowly)
    assert all(await asyncio.gather(*(passwords.matches("x", "y") for _ in range(8))))
    assert most == 2
