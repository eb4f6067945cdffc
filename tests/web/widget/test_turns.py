"""At the chat's doors a crowd waits for itself."""

import asyncio

import pytest

from jumper_app.web.widget import turns as turns_module
from jumper_app.web.widget.errors import Crowded
from jumper_app.web.widget.turns import Turns


class Crowd:
    """Asks for turns, and writes down who had one."""

    def __init__(self, at_once: int = 1) -> None:
        self.turns = Turns(at_once)
        self.had: list[str] = []
        self.go = asyncio.Event()

    def comes(self, who: str) -> asyncio.Task[None]:
        return asyncio.create_task(self._turn(who))

    async def _turn(self, who: str) -> None:
        async with self.turns.turn(who):
            await self.go.wait()
            self.had.append(who)


async def everyone_waits() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_of_two_hundred_who_ask_again_and_again_none_goes_before_who_asks_once():
    crowd = Crowd()
    first = crowd.comes("first")
    flood = [crowd.comes(f"flood {n % 200}") for n in range(800)]
    await everyone_waits()
    honest = crowd.comes("honest")
    await everyone_waits()
    crowd.go.set()
    await asyncio.gather(first, honest, *flood)
    assert crowd.had.index("honest") <= 201, "one turn of each of them at the most"
    assert len(crowd.had) == 802


async def test_equals_go_in_the_order_in_which_they_came():
    crowd = Crowd()
    names = [f"{n}" for n in range(10)]
    tasks = [crowd.comes(name) for name in names]
    await everyone_waits()
    crowd.go.set()
    await asyncio.gather(*tasks)
    assert crowd.had == names


async def test_so_many_go_at_once_and_no_more():
    crowd = Crowd(at_once=2)
    tasks = [crowd.comes(f"{n}") for n in range(5)]
    await everyone_waits()
    assert len(crowd.turns._waiting) == 3  # pyright: ignore[reportPrivateUsage]
    crowd.go.set()
    await asyncio.gather(*tasks)


@pytest.mark.parametrize("had_it", [True, False])
async def test_who_leaves_while_they_wait_takes_no_turn_with_them(had_it: bool):
    crowd = Crowd()
    holder, leaver, after = (crowd.comes(name) for name in ("holder", "leaver", "after"))
    await everyone_waits()
    if had_it:
        crowd.go.set()
        await holder
    leaver.cancel()
    crowd.go.set()
    await asyncio.gather(holder, leaver, after, return_exceptions=True)
    assert crowd.had[-1] == "after"


async def test_a_door_that_is_full_asks_to_come_again(monkeypatch):
    monkeypatch.setattr(turns_module, "MOST_WAITING", 3)
    crowd = Crowd()
    tasks = [crowd.comes(f"{n}") for n in range(4)]
    await everyone_waits()
    with pytest.raises(Crowded) as refusal:
        await crowd.comes("late")
    assert refusal.value.retry_after_s == 5
    crowd.go.set()
    await asyncio.gather(*tasks)
