"""Bodies of others: Meta's examples and those of a folder of real ones. Nothing is lost."""

from collections import Counter
from typing import Any

import pytest

from jumper_app.channels.contract import Parked
from jumper_app.channels.whatsapp import WHATSAPP
from tests.channels import openapi
from tests.channels.payloads import RECEIVED, WHY_SKIPPED, all_ours, shared

needs_shared = pytest.mark.skipif(not shared(), reason=WHY_SKIPPED)

BARE = "chatwoot__incoming_message_service-"
PARKED = {
    **{f"{BARE}{number}.json": "not_whatsapp" for number in range(1, 13)},
    "chatwoot__incoming_message_whatsapp_cloud_service-1.json": "messages.without_id",
    "chatwoot__incoming_message_whatsapp_cloud_service-2.json": "messages.without_id",
    "chatwoot__incoming_message_whatsapp_cloud_service-3.json": "entry.not_a_list",
    "chatwoot__whatsapp_events_job-1.json": "no_field",
    "chatwoot__whatsapp_events_job-2.json": "no_field",
}
"""What is parked of the real bodies, and why. The bare ones lack the envelope of a webhook."""


def parse(body) -> list[Any]:
    return list(WHATSAPP.parse(body, RECEIVED))


@needs_shared
def test_of_the_real_bodies_only_the_named_are_parked():
    parked = {
        name: item.kind
        for name, body in shared().items()
        for item in parse(body)
        if isinstance(item, Parked)
    }
    assert parked == PARKED


@needs_shared
def test_every_item_of_the_real_bodies_becomes_something():
    counts = Counter(type(item).__name__ for body in shared().values() for item in parse(body))
    assert counts == {
        "Inbound": 50,
        "Receipt": 13,
        "Amendment": 8,
        "Echo": 3,
        "IdentityChange": 5,
        "AccountChange": 54,
        "Call": 4,
        "OptIn": 3,
        "Parked": 17,
    }


@needs_shared
@pytest.mark.parametrize("body", shared().values(), ids=shared().keys())
def test_a_real_body_yields_at_least_one_item(body):
    assert parse(body)


@needs_shared
def test_of_metas_own_examples_nothing_is_parked():
    examples = openapi.webhook_examples()
    counts = Counter(type(item).__name__ for body in examples.values() for item in parse(body))
    assert len(examples) == 16
    assert counts == {"Inbound": 11, "Amendment": 1, "IdentityChange": 1, "AccountChange": 3}


@pytest.mark.parametrize("body", all_ours().values(), ids=all_ours().keys())
def test_the_accounts_of_a_body_are_those_of_its_items(body):
    of_items = {item.account for item in parse(body) if item.account}
    assert of_items <= WHATSAPP.accounts_in(body)
