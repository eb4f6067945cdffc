"""What a row of the Customer List says, and what a change of the list costs."""

import json
from dataclasses import replace
from typing import Any

import pytest

from jumper_app.channels.contract import Permission
from jumper_app.conversations.listing import Entry
from jumper_app.models import Role
from jumper_app.panel.inbox.rows import Row, draw, key_of
from jumper_app.panel.inbox.shown import KEPT, KEPT_ROWS, Patch, Shown, kept
from jumper_app.panel.pieces import initials_of, tone_of
from jumper_app.people.sessions import Who
from tests import make

ANA = Who(
    id=1,
    public_id="a" * 32,
    name="Ana Novak",
    email="ana@example.com",
    role=Role.AGENT,
    session_id=1,
    seen_at=make.NOON,
)


def entry(number: int = 1, **over: Any) -> Entry:
    fields: dict[str, Any] = {
        "id": number,
        "public_id": f"{number:032x}",
        "channel": "whatsapp",
        "owner": "agent",
        "agent_id": ANA.id,
        "agent_name": ANA.name,
        "agent_public_id": ANA.public_id,
        "contact_name": "Maya Ramírez",
        "contact_picture": "",
        "preview": "Hello",
        "preview_kind": "customer",
        "preview_content": "",
        "preview_agent_id": None,
        "preview_agent_name": "",
        "last_activity_at": make.later(minutes=number),
        "closes_at": make.later(hours=24),
        "permission": Permission.FREE,
        "unread": 0,
        "draft": False,
        "version": 1,
    }
    return Entry(**{**fields, **over})


def row(number: int, **over: Any) -> tuple[int, Row]:
    return number, draw(entry(number, **over), ANA, with_owner=False)


SIGNS = [
    ({"preview_kind": "customer"}, ""),
    ({"preview_kind": "agent", "preview_agent_id": 1}, "You: "),
    (
        {"preview_kind": "agent", "preview_agent_id": 2, "preview_agent_name": "Ben Ek"},
        "Ben: ",
    ),
    ({"preview_kind": "agent"}, ""),
    ({"preview_kind": "note"}, "Note: "),
    ({"preview_kind": "bot"}, ""),
]


def test_a_photo_without_words_is_called_a_photo():
    shown = draw(entry(preview="", preview_content="image"), ANA, with_owner=False)
    assert shown["preview"] == "Photo"


@pytest.mark.parametrize(
    ("over", "sign"),
    SIGNS,
)
def test_a_preview_says_who_spoke(over: dict[str, Any], sign: str):
    assert draw(entry(**over), ANA, with_owner=False)["sign"] == sign


def test_the_bots_words_carry_its_icon():
    assert draw(entry(preview_kind="bot"), ANA, with_owner=False)["by_bot"]


@pytest.mark.parametrize(
    ("permission", "shut"),
    [
        (Permission.FREE, False),
        (Permission.HUMAN_ONLY, False),
        (Permission.TEMPLATE_ONLY, True),
        (Permission.CLOSED, True),
    ],
)
def test_a_window_is_shut_when_a_person_may_not_type(permission: Permission, shut: bool):
    assert draw(entry(permission=permission), ANA, with_owner=False)["shut"] is shut


def test_the_owner_is_left_out_where_the_tab_says_it():
    assert draw(entry(), ANA, with_owner=False)["owner_name"] == ""
    assert draw(entry(), ANA, with_owner=True)["owner_name"] == "Ana Novak"


def test_rows_sort_as_text_like_activity_and_id():
    entries = [
        entry(2),
        entry(10),
        replace(entry(3), last_activity_at=make.NOON),
        replace(entry(20), last_activity_at=make.NOON),
    ]
    by_value = sorted(entries, key=lambda one: (one.last_activity_at, one.id))
    assert sorted(entries, key=key_of) == by_value


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Maya Ramírez", "MR"),
        ("Visitor 4821", "VI"),
        ("+525512345678", "78"),
        ("李", "李"),
        ("", "?"),
    ],
)
def test_a_face_has_at_most_two_letters(name: str, initials: str):
    assert initials_of(name) == initials


def test_a_person_keeps_their_colour():
    assert tone_of("a" * 32) == tone_of("a" * 32)
    assert len({tone_of(f"{number:032x}") for number in range(200)}) > 5


def test_a_change_costs_the_same_with_few_rows_and_with_many():
    def cost(rows: int) -> int:
        shown = Shown()
        shown.start((row(number) for number in range(1, rows + 1)), more=False)
        patches: list[Patch] = []
        for number in (3, 5, 7, 9):
            patch = shown.change([row(number, preview="News")], ())
            assert patch
            patches = kept(patches, patch)
        return len(json.dumps(patches))

    assert cost(25) == cost(100)
    assert cost(25) < 2048


def test_a_page_is_not_sent_again_with_the_next_change():
    shown = Shown()
    shown.start([row(99)], more=True)
    page = shown.add_older([row(number) for number in range(50, 75)], more=True)
    news = shown.change([row(99, preview="News")], ())
    assert page
    assert news
    assert kept([page], news) == [news]


def test_the_last_changes_are_sent_together_so_that_one_may_be_missed():
    patches: list[Patch] = []
    for number in range(1, 10):
        patches = kept(patches, Patch(number=number, rows=[row(number)[1]], gone=[]))
    assert [patch["number"] for patch in patches] == [7, 8, 9]
    assert len(patches) == KEPT < KEPT_ROWS


def test_a_conversation_below_the_loaded_rows_waits_for_show_more():
    shown = Shown()
    shown.start([row(10), row(9)], more=True)
    assert shown.change([row(3)], ()) is None
    assert shown.change([row(11)], ()) is not None


def test_a_row_that_left_is_taken_away_once():
    shown = Shown()
    shown.start([row(10), row(9)], more=False)
    patch = shown.change((), [9, 8])
    assert patch
    assert patch["gone"] == [row(9)[1]["id"]]
    assert shown.change((), [9]) is None


def test_changes_are_numbered_without_gaps():
    shown = Shown()
    base = shown.start([row(1)], more=False)
    numbers = [base["number"]]
    for number in (1, 2, 3):
        patch = shown.change([row(number, preview=f"{number}")], ())
        assert patch
        numbers.append(patch["number"])
    assert numbers == list(range(numbers[0], numbers[0] + 4))
