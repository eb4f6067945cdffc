"""What a visitor can never read: notes, status lines, agents' addresses, other visitors."""

import random
from typing import Any

import orjson

from jumper_app import clock
from jumper_app.conversations import takeover
from jumper_app.live import CustomerTyping
from jumper_app.models import Agent, Message, MessageKind
from jumper_app.web.widget.bubbles import Bubble, CardRow, ChoiceRow, FileRow, PlaceRow
from jumper_app.web.widget.feed import Answering, Around
from tests.house import every, one
from tests.web.widget.stage import Browser, Line, Shop


def test_exactly_these_fields_leave():
    """Whoever adds one here has thought about strangers reading it."""
    assert {kind.__name__: list(kind.__annotations__) for kind in MODELS} == {
        "Bubble": [
            *("id", "by", "name", "text", "at", "ref", "state"),
            *("files", "choices", "cards", "place"),
        ],
        "FileRow": ["id", "kind", "name", "size", "width", "height", "ready"],
        "ChoiceRow": ["id", "title"],
        "CardRow": ["title", "subtitle", "picture", "link", "link_title", "choices"],
        "PlaceRow": ["latitude", "longitude", "name", "address"],
        "Around": ["seen", "answering"],
        "Answering": ["by", "name"],
    }


MODELS: tuple[Any, ...] = (Bubble, FileRow, ChoiceRow, CardRow, PlaceRow, Around, Answering)


async def everything(browser: Browser, line: Line) -> str:
    """All that this browser has been told and can ask for, as one text."""
    told = [orjson.dumps(event.data).decode() for event in line.heard()]
    fresh = await browser.listen()
    told.append(orjson.dumps((await fresh.next()).data).decode())
    await fresh.cut()
    pages = [await browser.ask("GET", f"messages?before={id_}") for id_ in ("", *ids_in(told))]
    return "\n".join([*told, *(page.text for page in pages)])


def ids_in(told: list[str]) -> list[str]:
    return [bubble["id"] for bubble in orjson.loads(told[-1])["bubbles"][-3:]]


class Life:
    """Things that happen in a shop by chance, each with words that nobody else uses."""

    def __init__(self, shop: Shop, seed: int) -> None:
        self.shop = shop
        self.chance = random.Random(seed)
        self.secrets: list[str] = []
        self.open: list[str] = []
        self._count = 0

    def words(self, kind: str) -> str:
        self._count += 1
        return f"{kind}-{self._count}-{self.chance.randrange(10**9)}"

    async def customer_writes(self, vera: Browser, _otto: Browser) -> None:
        self.open.append(self.words("said"))
        await vera.write(self.open[-1])

    async def another_writes(self, _vera: Browser, otto: Browser) -> None:
        self.secrets.append(self.words("other"))
        await otto.write(self.secrets[-1], name=self.words("name"))

    async def agent_answers(self, *_: Browser) -> None:
        self.open.append(self.words("answer"))
        await self.shop.ana_says(self.open[-1], self.key())

    async def agent_answers_another(self, *_: Browser) -> None:
        said = next((words for words in self.secrets if words.startswith("other")), "")
        if said:
            self.secrets.append(self.words("for-another"))
            row = one(self.shop.db, Message, text=said)
            await self.shop.ana_says(self.secrets[-1], row.conversation_id)

    async def agent_notes(self, *_: Browser) -> None:
        self.secrets.append(self.words("note"))
        await self.shop.ana_notes(self.secrets[-1], self.key())

    async def bot_answers(self, *_: Browser) -> None:
        await self.shop.works()

    async def somebody_takes_over(self, *_: Browser) -> None:
        await self.shop.db.run(
            takeover.pause_bot, conversation_id=self.key(), agent_id=self.shop.ana, now=clock.now()
        )

    async def it_is_resolved(self, *_: Browser) -> None:
        await self.shop.db.run(
            takeover.resolve, conversation_id=self.key(), agent_id=self.shop.ana, now=clock.now()
        )

    def key(self) -> int:
        return one(self.shop.db, Message, text=self.open[0]).conversation_id

    async def go_on(self, vera: Browser, otto: Browser, steps: int) -> None:
        happen = [
            *(self.customer_writes, self.another_writes, self.agent_answers, self.agent_notes),
            *(self.agent_answers_another, self.agent_notes, self.bot_answers),
            *(self.somebody_takes_over, self.it_is_resolved),
        ]
        for _ in range(steps):
            await self.chance.choice(happen)(vera, otto)


async def test_whatever_happens_no_note_no_status_no_address_and_no_stranger_is_shown(
    shop_with_a_bot: Shop, effort, request
):
    shop, seed = shop_with_a_bot, request.config.getoption("randomly_seed", 0)
    for number in effort.rounds("threads that a visitor reads", gate=4, long=150):
        life, vera, otto = Life(shop, seed + number), shop.visitor(), shop.visitor()
        await life.customer_writes(vera, otto)
        line = await vera.listen()
        await life.go_on(vera, otto, 12)
        told = await everything(vera, line)
        await line.cut()
        found = [words for words in (*life.secrets, *hidden(shop)) if words in told]
        assert not found, f"seed {seed + number}"
        assert life.open[-1] in told


def hidden(shop: Shop) -> list[str]:
    """What stands in the database and is nobody's business outside."""
    agents = every(shop.db, Agent)
    status = [row.content["event"] for row in every(shop.db, Message, kind=MessageKind.STATUS)]
    notes = [row.public_id for row in every(shop.db, Message, kind=MessageKind.NOTE)]
    return [row.email for row in agents] + [row.public_id for row in agents] + status + notes


async def test_a_note_does_not_even_make_the_stream_stir(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    line = await vera.listen()
    await line.next()
    await shop.ana_notes("Careful with this one")
    await shop.ana_notes("Very careful")
    await vera.write("Are you there?")
    assert (await line.next()).texts == ["Are you there?"]
    await line.cut()


async def test_a_business_may_keep_its_agents_names_back(db):
    from tests.web.widget.stage import OPEN

    async with Shop(db, OPEN, show_agent=False).open() as shop:
        vera = shop.visitor()
        await vera.write("Hello")
        line = await vera.listen()
        await shop.ana_says("Hi")
        event = await line.hears("Hi")
        assert event.data["bubbles"][-1]["name"] == ""
        assert event.data["answering"] == {"by": "", "name": ""}
        await line.cut()


async def test_receipts_for_anothers_messages_do_nothing(shop: Shop):
    vera, otto = shop.visitor(), shop.visitor()
    await vera.write("Hello")
    await shop.ana_says("Hi Vera")
    await otto.write("Hello, too")
    answer = one(shop.db, Message, kind=MessageKind.AGENT)
    await otto.sees(read=[answer.public_id, "nonsense", ""])
    assert one(shop.db, Message, kind=MessageKind.AGENT).delivery == "sent"


async def test_what_is_typed_is_told_to_agents_and_stored_nowhere(shop: Shop):
    vera = shop.visitor()
    await vera.write("Hello")
    key = shop.conversation().id or 0
    with shop.db.hub.listening(lambda _: True) as ear:
        await vera.types("My password is hunter2")
        await vera.types("")
        heard = [*await ear.drain(), *await ear.drain()]
    assert heard == [
        CustomerTyping(key, text="My password is hunter2", active=True),
        CustomerTyping(key, text="", active=False),
    ]
    assert not anywhere(shop, "hunter2")


async def test_where_the_business_may_not_see_it_what_is_typed_does_not_leave_the_door(
    shop_with_a_bot: Shop,
):
    vera = shop_with_a_bot.visitor()
    await vera.write("Hello")
    with shop_with_a_bot.db.hub.listening(lambda _: True) as ear:
        await vera.types("My password is hunter2")
        key = shop_with_a_bot.conversation().id or 0
        assert await ear.drain() == [CustomerTyping(key, text="", active=True)]


def anywhere(shop: Shop, words: str) -> bool:
    """Do these words stand in any row of any table?"""
    from sqlmodel import SQLModel

    with shop.db.engine.connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        return any(words in str(connection.execute(table.select()).all()) for table in tables)
