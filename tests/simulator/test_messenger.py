"""Messenger's stand-in: what it takes and refuses, what its phones tell, and our door to it."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from jumper_app import clock
from jumper_app.channels.contract import (
    Card,
    Choice,
    Credentials,
    Echo,
    Identity,
    IdentityKind,
    Inbound,
    MediaRef,
    Outbound,
    OutCards,
    OutLocation,
    OutMedia,
    OutOptIn,
    OutReaction,
    OutText,
    Parked,
    Permission,
    ReceiptState,
    Text,
    Upload,
    Watermark,
)
from jumper_app.channels.messenger import MESSENGER
from jumper_app.channels.messenger.door import MessengerDoor
from jumper_app.channels.messenger.errors import HumanAgentRefused
from jumper_app.channels.meta.failures import (
    OutOfWindow,
    TokenRefused,
    Unanswered,
    Undeliverable,
)
from jumper_app.errors import SendFailed
from jumper_app.simulator import samples
from jumper_app.simulator.faults import Fault
from jumper_app.simulator.messenger.config import Pages
from jumper_app.simulator.simulator import application
from tests.channels.messenger_schema import complaints
from tests.simulator.stage import CONFIG, MIA, PAGE, bearer, code, fan, page_body, staged

GRAPH = "/simulator/graph/v26.0"
CREDENTIALS = Credentials(
    external_id=PAGE.page_id,
    token=SecretStr(PAGE.token),
    app_secrets=(SecretStr(CONFIG.app_secret),),
)
NAMES = (Identity(kind=IdentityKind.PSID, value=MIA),)
DAY = timedelta(days=1)


@pytest.fixture
async def stage():
    async with staged() as stage:
        fan(stage.simulator)
        yield stage


@pytest.fixture
async def door(stage):
    stage.simulator.phone(MIA).write("Hi")
    door = to(stage)
    yield door
    await door.aclose()


def to(stage) -> MessengerDoor:
    transport = httpx.ASGITransport(application(stage.simulator))
    return MessengerDoor("http://localhost/simulator/graph", "v26.0", transport)


def outbound(content=None, **more) -> Outbound:
    told: dict[str, Any] = {"reference": "ref", "recipient": NAMES}
    told["content"] = content or OutText(text="Hello")
    return Outbound(**(told | more))


def photo(folder) -> Upload:
    path = folder / "photo"
    path.write_bytes(samples.photo())
    return Upload(filename="a.jpg", mime="image/jpeg", size=path.stat().st_size, path=path)


def understood(stage) -> list[Any]:
    """What our channel makes of everything that was posted."""
    bodies = [json.loads(body) for body, _ in stage.app.received]
    return [item for body in bodies for item in MESSENGER.parse(body, clock.now())]


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"{n}", title=f"Choice {n}") for n in range(count))


# --- What the phones tell


async def test_everything_a_phone_sends_is_understood_by_the_channel(stage):
    phone = stage.simulator.phone(MIA)
    first = phone.write("Grüße 🙂")
    phone.write("About that", first)
    for what in ("photo", "voice-note", "sticker"):
        phone.send(what)
    phone.react(first, "👍")
    phone.react(first, "")
    await stage.settled()
    items = understood(stage)
    assert not [item for item in items if isinstance(item, Parked)]
    said: list[Any] = [item for item in items if isinstance(item, Inbound)]
    assert [item.content for item in said[:2]] == [Text(text="Grüße 🙂"), Text(text="About that")]
    assert said[1].quotes == first
    assert [item.content.kind for item in said[2:]] == ["image", "audio", "sticker"]
    assert [(item.kind, item.emoji) for item in items[-2:]] == [
        ("reaction", "👍"),
        ("reaction", ""),
    ]


async def test_times_on_the_wire_are_milliseconds(stage):
    before = clock.now()
    stage.simulator.phone(MIA).write("Hi")
    await stage.settled()
    [item] = stage.app.items()
    assert 0 <= item["timestamp"] - int(before.timestamp() * 1000) < 10_000


async def test_a_customers_file_can_be_fetched_by_its_address_alone(stage):
    stage.simulator.phone(MIA).photo()
    await stage.settled()
    [item] = stage.app.items()
    address = item["message"]["attachments"][0]["payload"]["url"]
    answer = await stage.client.get(f"/simulator/graph{address}")
    assert answer.content == samples.photo()


async def test_a_send_comes_back_as_an_echo_and_the_phone_tells_how_far_it_came(stage, door):
    stage.simulator.phone(MIA).open()
    sent = await door.send(CREDENTIALS, outbound(reference="our reference"), {})
    await stage.settled()
    echo, delivered, mark, read = understood(stage)[-4:]
    assert isinstance(echo, Echo)
    assert (echo.external_id, echo.our_reference) == (sent.external_id, "our reference")
    assert echo.content == Text(text="Hello")
    assert (delivered.external_id, delivered.state) == (sent.external_id, "delivered")
    assert isinstance(mark, Watermark)
    assert isinstance(read, Watermark)
    assert (read.state, read.up_to) == (ReceiptState.READ, echo.sent_at)


async def test_a_phone_without_network_gets_its_messages_later(stage, door):
    phone = stage.simulator.phone(MIA)
    phone.go_offline()
    await door.send(CREDENTIALS, outbound(), {})
    assert [one.text for one in phone.bubbles()] == ["Hi"]
    phone.go_online()
    await stage.settled()
    assert [one.text for one in phone.bubbles()] == ["Hi", "Hello"]
    assert stage.app.items("delivery")


@pytest.mark.parametrize("count", [1, 13], ids=["one", "thirteen"])
async def test_a_tapped_quick_reply_comes_back_as_a_message(stage, door, count):
    sent = await door.send(CREDENTIALS, outbound(OutText(text="Hi", choices=choices(count))), {})
    phone = stage.simulator.phone(MIA)
    assert len(phone.bubbles()[-1].choices) == count
    phone.tap(sent.external_id, "0")
    await stage.settled()
    tap = understood(stage)[-1]
    assert tap.content == Text(text="Choice 0", payload="0", from_button=True)


async def test_a_tapped_button_comes_back_as_a_postback(stage, door):
    cards = OutCards(cards=(Card(title="Tent", subtitle="€120", choices=choices(2)),))
    sent = await door.send(CREDENTIALS, outbound(cards), {})
    stage.simulator.phone(MIA).tap(sent.external_id, "1")
    await stage.settled()
    assert stage.app.items("postback")
    tap = understood(stage)[-1]
    assert tap.content == Text(text="Choice 1", payload="1", from_button=True)


async def test_leave_to_write_later_is_given_by_a_tap_and_opens_no_window(stage, door):
    sent = await door.send(CREDENTIALS, outbound(OutOptIn(title="Offers", payload="offers")), {})
    clock.advance(timedelta(hours=1))
    heard = stage.simulator.store.last_heard(MIA, PAGE.page_id)
    phone = stage.simulator.phone(MIA)
    phone.tap(sent.external_id, phone.bubbles()[-1].choices[0].id)
    await stage.settled()
    opt_in = understood(stage)[-1]
    assert (opt_in.kind, opt_in.payload, opt_in.title) == ("recurring", "offers", "Offers")
    assert opt_in.token.get_secret_value()
    assert stage.simulator.store.last_heard(MIA, PAGE.page_id) == heard


# --- What it takes


async def test_every_body_that_is_accepted_is_right_by_the_schema(stage, door, tmp_path):
    picture = photo(tmp_path)
    many = tuple(Card(title=f"Tent {n}", link="https://example.com") for n in range(3))
    contents = [
        OutText(text="Hi"),
        OutText(text="Hi", choices=choices(13)),
        OutText(text="Hi", choices=choices(14)),
        OutMedia(kind="image", attachment="a"),
        OutLocation(latitude=55.6, longitude=13.0, name="Shop"),
        OutCards(cards=(Card(title="Tent", choices=choices(3)),)),
        OutCards(cards=many),
        OutOptIn(title="Offers", payload="offers"),
    ]
    for content in contents:
        await door.send(CREDENTIALS, outbound(content), {"a": picture})
    bodies = [line.body for line in stage.simulator.store.requests() if line.accepted]
    assert len(bodies) == len(contents)
    assert [complaint for body in bodies for complaint in complaints(body)] == []


async def test_a_picture_reaches_the_phone(stage, door, tmp_path):
    upload = photo(tmp_path)
    await door.send(CREDENTIALS, outbound(OutMedia(kind="image", attachment="a")), {"a": upload})
    bubble = stage.simulator.phone(MIA).bubbles()[-1]
    assert (bubble.type, bubble.mime) == ("image", "image/jpeg")


async def test_a_read_mark_and_typing_show_on_the_phone(stage, door):
    await door.mark_read(CREDENTIALS, NAMES, "m_theirs", typing=True)
    phone = stage.simulator.phone(MIA)
    assert phone.bubbles()[0].state == "read"
    assert phone.sees_typing()


async def test_our_reaction_shows_on_the_phone_and_can_be_taken_back(stage, door):
    phone = stage.simulator.phone(MIA)
    about = phone.bubbles()[0].id
    for emoji, shown in (("❤️", ("❤️",)), ("", ())):
        reaction = OutReaction(reference="r", recipient=NAMES, about=about, emoji=emoji)
        await door.react(CREDENTIALS, reaction)
        assert phone.bubbles()[0].reactions == shown


async def test_a_profile_has_a_name_and_a_picture(stage, door):
    found = await door.profile(CREDENTIALS, NAMES)
    assert found.name == "Mia Lind"
    assert found.picture is not None
    poured: list[bytes] = []
    into = type("Into", (), {"write": lambda _, part: poured.append(part)})()
    await door.download(CREDENTIALS, found.picture, into, 10**6)
    assert b"".join(poured) == samples.photo()


async def test_without_leave_there_is_no_profile():
    async with staged(pages=Pages((PAGE,), profiles=False)) as stage:
        fan(stage.simulator)
        with pytest.raises(SendFailed):
            await to(stage).profile(CREDENTIALS, NAMES)


async def test_the_page_is_checked_and_found_good(stage, door):
    callback = CONFIG.webhook_url("messenger")
    report = await door.check(CREDENTIALS, callback=callback)
    assert report.name == "Jumper"
    assert [one.text for one in report.findings if one.verdict != "good"] == []
    assert report.works


async def test_a_page_whose_webhooks_go_nowhere_can_be_subscribed(stage, door):
    stage.simulator.store.remember("subscribed messenger", "no")
    callback = CONFIG.webhook_url("messenger")
    report = await door.check(CREDENTIALS, callback=callback)
    assert [one.title for one in report.findings if one.can_subscribe] == ["Page's webhooks"]
    await door.subscribe(CREDENTIALS)
    report = await door.check(CREDENTIALS, callback=callback)
    assert report.works


# --- What it refuses


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}])
async def test_a_wrong_token_is_error_190(stage, header):
    path = f"{GRAPH}/{PAGE.page_id}/messages"
    answer = await stage.client.post(path, json=page_body(), headers=header)
    assert code(answer) == (401, 190)


async def test_an_unknown_customer_is_nobody(stage):
    answer = await stage.send_from_page(page_body(recipient={"id": "404"}))
    assert answer.json()["error"]["error_subcode"] == 2018001


@pytest.mark.parametrize(
    ("age", "tag", "taken"),
    [
        pytest.param(DAY - timedelta(minutes=1), None, True, id="free-within-a-day"),
        pytest.param(DAY, None, False, id="free-on-the-dot"),
        pytest.param(DAY, "HUMAN_AGENT", True, id="a-person-after-a-day"),
        pytest.param(7 * DAY - timedelta(minutes=1), "HUMAN_AGENT", True, id="to-the-last-minute"),
        pytest.param(7 * DAY, "HUMAN_AGENT", False, id="a-person-on-the-dot"),
    ],
)
async def test_the_window_is_metas_own(stage, age, tag, taken):
    stage.simulator.phone(MIA).write("Hi")
    clock.advance(age)
    more = {"messaging_type": "MESSAGE_TAG", "tag": tag} if tag else {}
    answer = await stage.send_from_page(page_body(**more))
    assert answer.is_success == taken
    if not taken:
        assert answer.json()["error"]["error_subcode"] == 2018278


async def test_a_reaction_opens_the_window(stage):
    phone = stage.simulator.phone(MIA)
    phone.write("Hi")
    first = phone.bubbles()[0].id
    clock.advance(2 * DAY)
    phone.react(first, "👍")
    assert (await stage.send_from_page(page_body())).is_success


# --- Our door, when things go wrong


async def test_a_person_goes_on_for_seven_days_and_says_so(stage, door):
    clock.advance(2 * DAY)
    late = outbound(permission=Permission.HUMAN_ONLY, speaker="agent")
    await door.send(CREDENTIALS, late, {})
    [line] = [one for one in stage.simulator.store.requests() if one.accepted]
    assert (line.body["messaging_type"], line.body["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


async def test_without_the_feature_a_persons_late_words_are_refused_by_name():
    async with staged(pages=Pages((PAGE,), human_agent=False)) as stage:
        fan(stage.simulator)
        stage.simulator.phone(MIA).write("Hi")
        clock.advance(2 * DAY)
        late = outbound(permission=Permission.HUMAN_ONLY, speaker="agent")
        with pytest.raises(HumanAgentRefused) as refused:
            await to(stage).send(CREDENTIALS, late, {})
        assert refused.value.switches_off == "human_agent"


@pytest.mark.parametrize(
    ("numbers", "member"),
    [
        ((10, 2018278), OutOfWindow),
        ((551, 1545041), Undeliverable),
        ((190, 0), TokenRefused),
    ],
)
async def test_a_refusal_keeps_its_meaning(stage, door, numbers, member):
    first, second = numbers
    stage.simulator.faults.add(Fault("error", code=first, subcode=second))
    with pytest.raises(member):
        await door.send(CREDENTIALS, outbound(), {})


@pytest.mark.parametrize("kind", ["accept_500", "accept_garbage", "accept_cut"])
async def test_a_lost_answer_leaves_one_message_and_a_doubt(stage, door, kind):
    stage.simulator.faults.add(Fault(kind))
    with pytest.raises(Unanswered):
        await door.send(CREDENTIALS, outbound(), {})
    assert stage.simulator.store.accepted("ref") == 1


async def test_the_app_can_hear_of_a_message_before_it_gets_the_answer(stage, door):
    stage.simulator.faults.add(Fault("webhook_first"))
    sent = await door.send(CREDENTIALS, outbound(), {})
    echoes = [one["message"]["mid"] for one in stage.app.items("message")]
    assert echoes[-1] == sent.external_id


async def test_the_ledger_names_the_customer(stage, door):
    await door.send(CREDENTIALS, outbound(), {})
    [line] = stage.simulator.store.requests()
    said = stage.simulator.network("messenger").said(line)
    assert (said.to, said.text) == ("Mia Lind", "Hello")


async def test_webhooks_of_both_channels_are_batched_apart(stage):
    stage.simulator.postman.holding = True
    stage.simulator.phone(MIA).write("One")
    stage.simulator.phone(MIA).write("Two")
    stage.heard()
    stage.simulator.postman.release(batch=True)
    await stage.settled()
    objects = sorted(json.loads(body)["object"] for body, _ in stage.app.received)
    assert objects == ["page", "whatsapp_business_account"]
    assert len(stage.app.items()) == 2


async def test_a_page_without_its_token_says_nothing(stage):
    answer = await stage.client.get(f"{GRAPH}/{PAGE.page_id}", headers=bearer())
    assert code(answer) == (400, 100)


def test_a_file_of_another_place_is_not_fetched():
    door = MessengerDoor("https://graph.facebook.com", "v26.0")
    for address in (
        "https://evil.example/x.jpg",
        "http://scontent.fbcdn.net/x.jpg",
        "https://fbcdn.net.evil.example/x.jpg",
        "https://user@scontent.fbcdn.net/x.jpg",
        "https://scontent.fbcdn.net:8443/x.jpg",
        "file:///etc/passwd",
        "//scontent.fbcdn.net/x.jpg",
    ):
        with pytest.raises(SendFailed, match="could not be fetched"):
            fetch(door, address)


def fetch(door: MessengerDoor, address: str) -> None:
    import asyncio

    asyncio.run(door.download(CREDENTIALS, MediaRef(url=address), NOWHERE, 100))


class Nowhere:
    """Takes nothing."""

    def write(self, part: bytes, /) -> object:
        raise AssertionError(part)


NOWHERE = Nowhere()
