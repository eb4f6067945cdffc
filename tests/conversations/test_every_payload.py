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
    AccountChange,
    Amendment,
    Echo,
    IdentityChange,
    Inbound,
    Parked,
    Receipt,
)
from jumper_app.channels.meta import SIGNATURE_HEADER, sign
from jumper_app.channels.whatsapp import WHATSAPP
from jumper_app.conversations.inbound import Delivery, receive_all
from jumper_app.models import (
    AccountNews,
    Message,
    ParkedItem,
    ReceiptRow,
    Said,
    WebhookDelivery,
)
from jumper_app.web.intake import Intake
from jumper_app.web.webhooks import Webhooks
from tests import make
from tests.channels import openapi, payloads
from tests.channels.test_meta_signature import BODIES, BODY, GOOD, HEADERS, SECRET
from tests.house import every, portrait

NOW = payloads.RECEIVED

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
}
"""What no part of the house understands, by name; every other item becomes a row."""


def bodies(source: str) -> Mapping[str, Any]:
    found = {
        "ours": payloads.all_ours,
        "shared": payloads.shared,
        "openapi": openapi.webhook_examples,
    }[source]()
    if not found:
        pytest.skip(payloads.WHY_SKIPPED)
    return told_apart(found)


def told_apart(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Strangers give one message id to many different messages; here each has its own."""
    said: dict[tuple[str, str], str] = {}
    apart = {}
    for number, (name, body) in enumerate(found.items()):
        text = json.dumps(body)
        for item in WHATSAPP.parse(body, NOW):
            if isinstance(item, Inbound | Echo | Amendment | IdentityChange):
                words = item.model_dump_json()
                if said.setdefault((item.account, item.external_id), words) != words:
                    named = json.dumps(item.external_id)
                    text = text.replace(named, f'{named[:-1]}.{number}"')
        apart[name] = json.loads(text)
    return apart


@pytest.fixture(params=["ours", "shared", "openapi"])
def source(request):
    return request.param


def named_in(body: Any) -> set[str]:
    """Every account that the items of a body are for."""
    return {item.account for item in WHATSAPP.parse(body, NOW)} - {""}


def bind(db, all_bodies):
    """An account for every id that the bodies name."""
    for external_id in sorted({name for body in all_bodies for name in named_in(body)}):
        db.write(make.account, external_id=external_id, parent_id="")


def delivery(body: Any) -> Delivery:
    return Delivery("whatsapp", orjson.dumps(body), body, frozenset(named_in(body)), NOW)


def unique(items, kind, key):
    return {key(item) for item in items if isinstance(item, kind)}


def test_every_item_becomes_a_row_a_receipt_or_a_change(db, source, effort):
    found = bodies(source)
    bind(db, found.values())
    items = [item for body in found.values() for item in WHATSAPP.parse(body, NOW)]
    parked = [item.kind for item in items if isinstance(item, Parked)]
    tally = db.write(receive_all, [delivery(body) for body in found.values()])
    repeats = tally.repeated
    assert tally.foreign == 0
    assert Counter(row.kind for row in every(db, ParkedItem)) == Counter(parked)
    if not repeats:
        assert tally.stored + tally.parked == len(items)
        assert tally.parked == len(parked)
    messages = {row.external_id for row in every(db, Message) if row.external_id}
    told = unique(items, Inbound | Echo | IdentityChange, lambda item: item.external_id)
    assert messages == told
    receipts = {(row.external_id, row.state) for row in every(db, ReceiptRow)}
    assert unique(items, Receipt, lambda item: (item.external_id, str(item.state))) == receipts
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
        for item in WHATSAPP.parse(body, NOW)
        if isinstance(item, Parked)
    }
    assert parked == KINDS_THAT_ARE_PARKED[source]


def apart(found: Mapping[str, Any]) -> list[Any]:
    """Each body as often as it has changes, one change each: what a provider may reorder."""
    alone = []
    for body in found.values():
        entries = body.get("entry") if isinstance(body, dict) else None
        changes = [
            (entry, change)
            for entry in (entries if isinstance(entries, list) else [])
            for change in (entry.get("changes") or [] if isinstance(entry, dict) else [])
        ]
        alone += [{**body, "entry": [{**entry, "changes": [one]}]} for entry, one in changes]
    return alone


@pytest.mark.long
def test_shuffled_and_told_again_it_is_the_same_conversation(db, source, effort):
    alone = apart(bodies(source))
    bind(db, alone)
    db.write(receive_all, [delivery(body) for body in alone])
    straight = portrait(db)
    seeds = effort.times(gate=3, long=60)
    for seed in range(seeds):
        order = [*alone, *random.Random(seed).sample(alone, len(alone) // 4)]
        random.Random(seed).shuffle(order)
        forget(db)
        for start in range(0, len(order), 40):
            db.write(receive_all, [delivery(body) for body in order[start : start + 40]])
        assert portrait(db) == straight, f"seed {seed}"
        again = [again_but_other_bytes(body) for body in order]
        db.write(receive_all, again)
        assert portrait(db) == straight, f"told again, seed {seed}"
    effort.note(f"shuffles of {source} bodies ({db.engine.dialect.name})", seeds)


def again_but_other_bytes(body: Any) -> Delivery:
    """The same news in an envelope of other bytes, so that no digest stops it."""
    return Delivery(
        "whatsapp", json.dumps(body, indent=1).encode(), body, frozenset(named_in(body)), NOW
    )


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


async def post_all(db, requests):
    """Post these to the real door; the status of every answer."""
    intake = Intake(db)
    transport = httpx.ASGITransport(Starlette(routes=Webhooks(db, intake).routes()))
    async with intake.running(), httpx.AsyncClient(transport=transport) as client:
        return [
            (
                await client.post("http://here/webhooks/whatsapp", content=body, headers=headers)
            ).status_code
            for body, headers in requests
        ]


async def test_signed_and_posted_every_body_is_answered_200_and_is_there(db, source):
    found = bodies(source)
    bind(db, found.values())
    raw = [orjson.dumps(body) for body in found.values()]
    secret = SecretStr(make.APP_SECRET)
    answers = await post_all(db, [(body, signed(body, secret)) for body in raw])
    assert set(answers) == {200}
    assert {row.body for row in every(db, WebhookDelivery)} == set(raw)
    first = portrait(db)
    assert first
    await post_all(db, [(body, signed(body, secret)) for body in reversed(raw)])
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
