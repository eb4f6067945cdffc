"""Every body that Meta or a stranger's test suite knows: nothing is lost, and order is nothing.

Our own payload files always; real bodies of other projects and the examples of Meta's own
OpenAPI file where ``../shared`` is at hand.
"""

import json
import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

import httpx
import orjson
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from jumper_app.channels.contract import (
    SHOW_OUTSIDE,
    AccountChange,
    Amendment,
    Arrival,
    Call,
    Channel,
    ControlChange,
    Echo,
    IdentityChange,
    Inbound,
    OptIn,
    Parked,
    Receipt,
    Watermark,
)
from jumper_app.channels.messenger import MESSENGER
from jumper_app.channels.meta import SIGNATURE_HEADER, sign
from jumper_app.channels.whatsapp import WHATSAPP
from jumper_app.conversations.inbound import Delivery, receive_all
from jumper_app.conversations.optins import tokens_in
from jumper_app.conversations.raw import without
from jumper_app.models import (
    AccountNews,
    Echoed,
    Message,
    ParkedItem,
    ReceiptRow,
    Said,
    WatermarkRow,
    WebhookDelivery,
)
from jumper_app.web.intake import Intake
from jumper_app.web.webhooks import Webhooks
from tests import make
from tests.channels import openapi, payloads
from tests.channels.test_meta_signature import BODIES, BODY, GOOD, HEADERS, SECRET
from tests.house import every, portrait

NOW = payloads.RECEIVED

SOURCES = {
    "ours": lambda: payloads.all_ours("whatsapp"),
    "shared": lambda: payloads.shared("whatsapp"),
    "openapi": openapi.webhook_examples,
    "our pages": lambda: payloads.all_ours("messenger"),
    "shared pages": lambda: payloads.shared("messenger"),
}

KINDS_THAT_ARE_PARKED = {
    "ours": {
        "entry.not_a_list",
        "entry.without_changes",
        "message_echoes.without_recipient",
        "messages.not_an_object",
        "messages.statuses",
        "messages.surprises",
        "messages.without_id",
        "messages.without_sender",
        "no_field",
        "not_whatsapp",
        "statuses.deleted",
        "statuses.without_id",
        "system.user_joined_the_moon",
        "telepathy",
        "user_id_update.incomplete",
    },
    "shared": {"entry.not_a_list", "messages.without_id", "no_field", "not_whatsapp"},
    "openapi": set[str](),
    "our pages": {
        "changes.feed",
        "changes.no_field",
        "delivery.empty",
        "entry.not_a_list",
        "entry.without_items",
        "message.without_id",
        "message.without_sender",
        "message_edit.incomplete",
        "messaging.checkout_update",
        "messaging.empty",
        "messaging.game_play",
        "messaging.message_request",
        "messaging.not_a_list",
        "messaging.not_an_object",
        "messaging.payment",
        "messaging.response_feedback",
        "not_a_page",
        "optin.telepathy",
        "optin.without_sender",
        "postback.without_sender",
        "reaction.without_message",
        "read.without_watermark",
    },
    "shared pages": {
        "messaging.checkout_update",
        "messaging.message_request",
        "messaging.payment",
        "postback.without_sender",
        "reaction.without_message",
    },
}
"""What no part of the house understands, by name; every other item becomes a row."""

LINES = Inbound | Echo | IdentityChange | Arrival | OptIn | ControlChange | Call
"""Items that stand in a thread under the provider's id."""


def channel_of(source: str) -> Channel:
    return MESSENGER if source.endswith("pages") else WHATSAPP


def bodies(source: str) -> Mapping[str, Any]:
    found = SOURCES[source]()
    if not found:
        pytest.skip(payloads.WHY_SKIPPED)
    return told_apart(found, channel_of(source))


def told_apart(found: Mapping[str, Any], channel: Channel) -> Mapping[str, Any]:
    """Strangers give one message id to many different messages; here each has its own."""
    said: dict[tuple[str, str], str] = {}
    apart = {}
    for number, (name, body) in enumerate(found.items()):
        text = json.dumps(body)
        for item in channel.parse(body, NOW):
            if isinstance(item, Inbound | Echo | Amendment | IdentityChange):
                words = item.model_dump_json()
                if said.setdefault((item.account, item.external_id), words) != words:
                    named = json.dumps(item.external_id)
                    text = text.replace(named, f'{named[:-1]}.{number}"')
        apart[name] = json.loads(text)
    return apart


@pytest.fixture(params=SOURCES)
def source(request):
    return request.param


def named_in(body: Any, channel: Channel) -> set[str]:
    """Every account that the items of a body are for."""
    return {item.account for item in channel.parse(body, NOW)} - {""}


def bind(db, all_bodies, channel: Channel):
    """An account for every id that the bodies name; it shows what other tools send."""
    for external_id in sorted({name for body in all_bodies for name in named_in(body, channel)}):
        db.write(
            make.account,
            channel=channel.key,
            external_id=external_id,
            parent_id="",
            options={SHOW_OUTSIDE: True},
        )


def delivery(body: Any, channel: Channel, raw: bytes = b"") -> Delivery:
    named = frozenset(named_in(body, channel))
    return Delivery(channel.key, raw or orjson.dumps(body), body, named, NOW)


def unique(items, kind, key):
    return {key(item) for item in items if isinstance(item, kind)}


def mark_of(item: Watermark) -> tuple[str, str, Any]:
    return item.person.identities[0].value, item.state, item.up_to


def test_every_item_becomes_a_row_a_receipt_or_a_change(db, source, effort):
    found, channel = bodies(source), channel_of(source)
    bind(db, found.values(), channel)
    items = [item for body in found.values() for item in channel.parse(body, NOW)]
    parked = [item.kind for item in items if isinstance(item, Parked)]
    tally = db.write(receive_all, [delivery(body, channel) for body in found.values()])
    repeats = tally.repeated
    assert tally.foreign == 0
    assert Counter(row.kind for row in every(db, ParkedItem)) == Counter(parked)
    if not repeats:
        assert tally.stored + tally.parked == len(items)
        assert tally.parked == len(parked)
    messages = {row.external_id for row in every(db, Message) if row.external_id}
    assert messages == unique(items, LINES, lambda item: item.external_id)
    receipts = {(row.external_id, row.state) for row in every(db, ReceiptRow)}
    assert unique(items, Receipt, lambda item: (item.external_id, str(item.state))) <= receipts
    marks = {(row.value, row.state, row.up_to) for row in every(db, WatermarkRow)}
    assert unique(items, Watermark, mark_of) == marks
    echoes = unique(items, Echo, lambda item: item.external_id)
    assert {row.external_id for row in every(db, Echoed)} == echoes
    said = {(row.about, row.kind) for row in every(db, Said)}
    assert unique(items, Amendment, lambda item: (item.about, item.kind)) == said
    assert Counter(row.kind for row in every(db, AccountNews)) == Counter(
        item.kind for item in items if isinstance(item, AccountChange)
    )
    assert len(every(db, WebhookDelivery)) + repeats == len(found)
    effort.note(f"items of {source} bodies ({db.engine.dialect.name})", len(items))


def test_only_kinds_that_are_listed_here_are_parked(source):
    parked = {
        item.kind
        for body in bodies(source).values()
        for item in channel_of(source).parse(body, NOW)
        if isinstance(item, Parked)
    }
    assert parked == KINDS_THAT_ARE_PARKED[source]


def apart(found: Mapping[str, Any]) -> list[Any]:
    """Each body as often as it has parts, one part each: what a provider may reorder."""
    alone = []
    for body in found.values():
        entries = body.get("entry") if isinstance(body, dict) else None
        for entry in entries if isinstance(entries, list) else []:
            for key in PARTS & (entry.keys() if isinstance(entry, dict) else set()):
                parts = entry[key] if isinstance(entry[key], list) else []
                alone += [{**body, "entry": [{**entry, key: [one]}]} for one in parts]
    return alone


PARTS = {"changes", "messaging", "standby"}


@pytest.mark.slow
def test_shuffled_and_told_again_it_is_the_same_conversation(db, source, effort):
    alone, channel = apart(bodies(source)), channel_of(source)
    bind(db, alone, channel)
    db.write(receive_all, [delivery(body, channel) for body in alone])
    straight = portrait(db)
    of = f"shuffles of {source} bodies ({db.engine.dialect.name})"
    for seed in effort.rounds(of, gate=3, long=60):
        order = [*alone, *random.Random(seed).sample(alone, len(alone) // 4)]
        random.Random(seed).shuffle(order)
        forget(db)
        for start in range(0, len(order), 40):
            some = order[start : start + 40]
            db.write(receive_all, [delivery(body, channel) for body in some])
        assert portrait(db) == straight, f"seed {seed}"
        again = [again_but_other_bytes(body, channel) for body in order]
        db.write(receive_all, again)
        assert portrait(db) == straight, f"told again, seed {seed}"


def again_but_other_bytes(body: Any, channel: Channel) -> Delivery:
    """The same news in an envelope of other bytes, so that no digest stops it."""
    return delivery(body, channel, json.dumps(body, indent=1).encode())


def forget(db) -> None:
    """Empty every table but the accounts'."""
    from sqlalchemy import delete
    from sqlmodel import SQLModel

    from jumper_app.models import ChannelAccount

    def empty(work):
        for table in reversed(SQLModel.metadata.sorted_tables):
            if table.name != ChannelAccount.__tablename__:
                work.exec(delete(table))

    db.write(empty)


def signed(body: bytes, secret: SecretStr) -> dict[str, str]:
    return {SIGNATURE_HEADER: sign(body, secret), "content-type": "application/json"}


async def post_all(db, requests, channel: str = "whatsapp"):
    """Post these to the real door; the status of every answer."""
    intake = Intake(db)
    transport = httpx.ASGITransport(Starlette(routes=Webhooks(db, intake).routes()))
    async with intake.running(), httpx.AsyncClient(transport=transport) as client:
        return [
            (
                await client.post(f"http://here/webhooks/{channel}", content=body, headers=headers)
            ).status_code
            for body, headers in requests
        ]


async def test_signed_and_posted_every_body_is_answered_200_and_is_there(db, source):
    found, channel = bodies(source), channel_of(source)
    bind(db, found.values(), channel)
    raw = [orjson.dumps(body) for body in found.values()]
    secret = SecretStr(make.APP_SECRET)
    answers = await post_all(db, [(body, signed(body, secret)) for body in raw], channel.key)
    assert set(answers) == {200}
    kept = {row.body for row in every(db, WebhookDelivery)}
    assert kept == {without(one, tokens_in(channel.parse(orjson.loads(one), NOW))) for one in raw}
    first = portrait(db)
    assert first
    again = [(body, signed(body, secret)) for body in reversed(raw)]
    await post_all(db, again, channel.key)
    assert portrait(db) == first


async def test_no_mutation_of_a_good_request_leaves_a_row(db):
    db.write(make.account, app_secrets=(SECRET,))
    wrong = [(BODY, {SIGNATURE_HEADER: header}) for header in HEADERS.values() if sendable(header)]
    wrong += [(body, {SIGNATURE_HEADER: GOOD}) for body in BODIES.values()]
    wrong += [(BODY, {})]
    assert len(wrong) >= 30
    assert set(await post_all(db, wrong)) == {403}
    assert every(db, WebhookDelivery) == every(db, ParkedItem) == []
    assert await post_all(db, [(BODY, {SIGNATURE_HEADER: GOOD})]) == [200]


def sendable(header: str) -> bool:
    """Can a client put this into a request at all?"""
    return header.isascii() and header.isprintable() and "\x00" not in header


async def test_a_thousand_items_posted_in_one_body_are_a_thousand_rows(db):
    db.write(make.account)
    messages = [
        {
            "from": f"1650555{number % 50:04}",
            "id": f"wamid.{number}",
            "timestamp": str(1795348800 + number),
            "type": "text",
            "text": {"body": f"Message {number}"},
        }
        for number in range(1000)
    ]
    value = {"metadata": {"phone_number_id": make.PHONE_NUMBER_ID}, "messages": messages}
    entry = {"id": make.WABA, "changes": [{"field": "messages", "value": value}]}
    body = orjson.dumps({"object": "whatsapp_business_account", "entry": [entry]})
    answers = await post_all(db, [(body, signed(body, SecretStr(make.APP_SECRET)))])
    assert answers == [200]
    assert len(every(db, Message)) == 1000
