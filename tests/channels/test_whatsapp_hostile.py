"""Whatever a stranger writes: nothing raises, nothing is lost, the order does not matter."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jumper_app.channels.contract import Inbound, Item
from jumper_app.channels.loose import EARLIEST, clean, listed, moment
from jumper_app.channels.whatsapp import WHATSAPP
from tests.channels.payloads import RECEIVED, all_ours, ours

ANY_TEXT = st.text(st.characters(), max_size=20)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=20,
)


def parse(body) -> list[Any]:
    return list(WHATSAPP.parse(body, RECEIVED))


def places(value, path=()):
    """The paths of all values inside ``value``."""
    yield path
    inside = value if isinstance(value, dict) else dict(enumerate(listed(value)))
    for key, each in inside.items():
        yield from places(each, (*path, key))


def put(body, path, value) -> Any:
    """A copy of ``body`` with ``value`` at ``path``."""
    if not path:
        return value
    changed = deepcopy(body)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


@given(ANY_JSON)
def test_any_json_becomes_items(body):
    assert all(isinstance(item, Item) for item in parse(body))
    WHATSAPP.accounts_in(body)


@settings(max_examples=300)
@given(st.data())
def test_a_known_body_with_anything_anywhere_becomes_items(data):
    body = data.draw(st.sampled_from(list(all_ours().values())))
    path = data.draw(st.sampled_from(list(places(body))))
    changed = put(body, path, data.draw(ANY_JSON))
    WHATSAPP.accounts_in(changed)
    for item in parse(changed):
        kept = json.loads(item.model_dump_json())
        assert clean(kept) == kept


@pytest.mark.parametrize(
    "value", [None, True, 7, 1.5, "", "x", [], {}, [[]], [None], {"id": {}}], ids=repr
)
@pytest.mark.parametrize("name", ["text", "status_read", "order", "standby", "history", "echo"])
def test_a_value_of_a_wrong_type_raises_nowhere(name, value):
    body = ours(name)
    for path in places(body):
        assert all(isinstance(item, Item) for item in parse(put(body, path, value)))


ADDRESSED = sorted(all_ours().keys() - {"another_object", "entry_not_a_list"})


@given(st.permutations(ADDRESSED))
def test_bodies_in_one_delivery_mean_what_they_mean_apart(names):
    bodies = [ours(name) for name in names[:8]]
    entries = [entry for body in bodies for entry in body["entry"]]
    together = parse({"object": "whatsapp_business_account", "entry": entries})
    assert together == [item for body in bodies for item in parse(body)]


def test_a_thousand_messages_in_one_body_are_a_thousand_items():
    body = ours("text")
    value = body["entry"][0]["changes"][0]["value"]
    [model] = value["messages"]
    value["messages"] = [{**model, "id": f"wamid.{number}"} for number in range(1000)]
    items = parse(body)
    assert len({item.external_id for item in items if isinstance(item, Inbound)}) == 1000


def test_deep_nesting_is_cut_and_not_followed():
    deep = inner = {}
    for _ in range(5000):
        inner["a"] = inner = {}
    [item] = parse({"object": "whatsapp_business_account", "entry": deep})
    assert item.kind == "entry.not_a_list"


@pytest.mark.parametrize(
    ("dirty", "kept"),
    [
        pytest.param("a\x00b", "ab", id="nul"),
        pytest.param("a\ud800b", "ab", id="lone-surrogate"),
        pytest.param({"k\x00": ["\x00"]}, {"k": [""]}, id="inside"),
        pytest.param(float("nan"), None, id="nan"),
        pytest.param(float("inf"), None, id="infinite"),
        pytest.param(2**64, None, id="a-number-no-column-holds"),
        pytest.param(2**64 - 1, 2**64 - 1, id="the-largest-number"),
        pytest.param(b"bytes", None, id="not-json"),
    ],
)
def test_what_a_database_refuses_is_taken_out(dirty, kept):
    assert clean(dirty) == kept


@given(ANY_JSON)
def test_what_looks_harmless_is_what_would_not_change(value):
    [one_by_one, _] = listed(clean([value, "\x00"]))
    assert clean(value) == one_by_one


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        pytest.param("1793450000", datetime.fromtimestamp(1793450000, UTC), id="text"),
        pytest.param(1793450000, datetime.fromtimestamp(1793450000, UTC), id="number"),
        pytest.param(1793450000.0, datetime.fromtimestamp(1793450000, UTC), id="float"),
        pytest.param(EARLIEST.timestamp(), EARLIEST, id="the-earliest"),
        pytest.param(EARLIEST.timestamp() - 1, RECEIVED, id="too-early"),
        pytest.param(
            (RECEIVED + timedelta(days=1)).timestamp(), RECEIVED + timedelta(days=1), id="latest"
        ),
        pytest.param((RECEIVED + timedelta(days=1)).timestamp() + 1, RECEIVED, id="too-late"),
        pytest.param("1793450000000", RECEIVED, id="milliseconds"),
        pytest.param("-5", RECEIVED, id="negative"),
        pytest.param("١٧٩٣٤٥٠٠٠٠", RECEIVED, id="other-digits"),
        pytest.param(True, RECEIVED, id="true"),
        pytest.param(None, RECEIVED, id="missing"),
        pytest.param("9" * 5000, RECEIVED, id="endless"),
    ],
)
def test_a_time_is_believed_if_it_can_be(told, meant):
    assert moment(told, RECEIVED) == meant
