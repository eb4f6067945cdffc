"""Every file, of every size, by every road, on every channel: taken and refused as it is told.

Files go through the real routes to the shelf, from there as replies through the outbox, and
out through the real doors. What a door posts is held against Meta's OpenAPI file, or against
our schema of Messenger. A paste and a drop post what an upload posts; the browser's half of
all this is ``tests/screen/test_fits.py``.
"""

import random
from collections import Counter
from itertools import product
from typing import Any

import pytest

from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import (
    ContactCard,
    OutboundContent,
    OutContacts,
    OutLocation,
    OutOptIn,
)
from jumper_app.conversations.saying import Enclosed
from jumper_app.errors import SendRefused
from jumper_app.models import Attachment, Message
from tests.channels import messenger_schema, openapi
from tests.conversations.attachments import told
from tests.conversations.attachments.roads import TYPES, House, house
from tests.house import every, one

__all__ = ["house"]

ROADS = ("upload", "link")
WORDS = ("none", "as many as it takes", "one too many")
"""Under a file."""

META = {"whatsapp": openapi.complaints, "messenger": messenger_schema.complaints}


def complaints(channel: str, bodies: list[Any]) -> list[str]:
    """What Meta would say; nothing of the web chat, whose messages go nowhere."""
    judge = META.get(channel)
    if judge is None or (judge is openapi.complaints and not openapi.document()):
        return []
    return [said for body in bodies for said in judge(body)]


def some(of: list[Any], effort: Any, pytestconfig: Any, *, gate: int) -> list[Any]:
    """All in ``make long``; a handful that the seed chooses in the gate."""
    seed = pytestconfig.getoption("randomly_seed", None)
    dice = random.Random(seed if isinstance(seed, int) else 1)
    return dice.sample(of, min(len(of), effort.times(gate=gate, long=len(of))))


on_sqlite = pytest.mark.parametrize("db", ["sqlite_url"], indirect=True, ids=["sqlite"])
"""Which database it is makes no difference here."""


@pytest.mark.slow
@on_sqlite
@pytest.mark.parametrize("channel", CHANNELS)
async def test_every_file_is_taken_or_refused_as_the_limits_say(
    house, channel, effort, pytestconfig
):
    every_one = list(product(TYPES, told.SIZES, ROADS, ("admin", "agent"), WORDS))
    fitting = [one for one in every_one if fits(channel, *one[:2])]
    others = [one for one in every_one if not fits(channel, *one[:2])]
    chosen = [
        *some(fitting, effort, pytestconfig, gate=25),
        *some(others, effort, pytestconfig, gate=35),
    ]
    counts = Counter[str]()
    for mime, size, road, role, words in chosen:
        real = len(TYPES[mime][1])
        count = told.bytes_of(size, channel, mime, real)
        expected = told.verdict(channel, mime, count)
        answer = await house.hand_in(channel, mime, count - real, road, role)
        case = (channel, mime, size, count, road, role, answer.text)
        if expected.kind:
            assert (answer.status_code, answer.json()["kind"]) == (201, expected.kind), case
            counts["taken"] += 1
            counts["bodies"] += await out(house, channel, role, answer.json(), words)
        else:
            assert answer.status_code == 422, case
            named = f"at most {told.largest(channel) // told.MIB} MB"
            beyond = count > told.largest(channel)
            assert (named if beyond else expected.sentence) in answer.json()["error"], case
            counts["refused"] += 1
    for what, number in counts.items():
        effort.note(f"files by the real roads, {what} ({channel})", number)


def fits(channel: str, mime: str, size: str) -> bool:
    count = told.bytes_of(size, channel, mime, 100)
    return bool(told.verdict(channel, mime, count).kind)


async def out(house: House, channel: str, role: str, file: dict[str, Any], words: str) -> int:
    """Send a file that was taken; how many bodies were right. Too many words are refused."""
    most = 0 if (channel, file["kind"]) in told.WORDLESS else told.CAPTION[channel]
    caption = "ü" * {"none": 0, "as many as it takes": most, "one too many": most + 1}[words]
    enclosed = Enclosed(file["attachment"], caption)
    if words == "one too many":
        with pytest.raises(SendRefused, match=f"at most {most} characters"):
            await house.send(channel, role, files=[enclosed])
        return 0
    bodies = await house.send(channel, role, files=[enclosed])
    row = one(house.db, Attachment, public_id=file["attachment"])
    assert row.message_id is not None
    if file["kind"] == "image":
        assert row.mime in told.LEAVES_AS[channel]
    assert complaints(channel, bodies) == []
    assert len(bodies) == (channel in META)
    return len(bodies)


# --- What is no file

PLACE_WORDS = {"short": "Shop", "long": "n" * 1000, "none": ""}


def beside(what: str, length: str) -> OutboundContent:
    """A place, a card or a request with words of this length."""
    words = PLACE_WORDS[length]
    match what:
        case "location":
            return OutLocation(latitude=55.7, longitude=13.2, name=words, address=words)
        case "contacts":
            card = ContactCard(
                name=words[:120] or "P", phones=("+919876543210",), organisation=words[:120]
            )
            return OutContacts(cards=(card,))
        case _:
            return OutOptIn(title=words[:65] or "O", payload="offers")


@on_sqlite
@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_is_no_file_goes_where_it_is_in_the_menu(house, channel, effort):
    sent = Counter[str]()
    kinds, roles = ("location", "contacts", "optin"), ("admin", "agent")
    for what, length, role in product(kinds, PLACE_WORDS, roles):
        content = beside(what, length)
        if what not in told.BESIDE[channel]:
            with pytest.raises(SendRefused):
                await house.send(channel, role, other=content)
            continue
        bodies = await house.send(channel, role, other=content)
        assert complaints(channel, bodies) == []
        sent[what] += len(bodies)
    assert set(sent) == told.BESIDE[channel] - {"template"}
    effort.note(f"places, cards and requests by the real door ({channel})", sum(sent.values()))


@on_sqlite
@pytest.mark.parametrize("channel", CHANNELS)
async def test_eleven_files_at_once_are_refused_and_ten_go_in_their_order(house, channel):
    mime = "image/png"
    names = []
    for _ in range(11):
        answer = await house.hand_in(channel, mime, 0, "upload", "agent")
        names.append(answer.json()["attachment"])
    with pytest.raises(SendRefused, match="At most 10 files"):
        await house.send(channel, "agent", files=[Enclosed(name) for name in names])
    await house.send(channel, "agent", files=[Enclosed(name) for name in names[:10]])
    sent = [row.content["attachment"] for row in every(house.db, Message, kind="agent")]
    assert sent == names[:10]


@on_sqlite
@pytest.mark.parametrize("channel", CHANNELS)
async def test_under_an_item_of_the_menu_a_link_leads_to_what_the_item_is_for(house, channel):
    for item, mime in product(told.MENU[channel], TYPES):
        answer = await house.hand_in(channel, mime, 0, "link", "agent", item=item)
        expected = told.verdict(channel, mime, len(TYPES[mime][1]), item)
        assert answer.status_code == (201 if expected.kind else 422), (item, mime, answer.text)
        assert expected.kind or "cannot be sent" in answer.json()["error"]
