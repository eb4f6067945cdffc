"""Rows in order, and how little of them is sent again."""

import json
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jumper_app.panel.thread.rows import MessageRow
from jumper_app.panel.thread.scroll import MOST, RECENT, TAIL, TICKS, WINDOW, Place, Scroll
from tests.make import NOON

MOST_BYTES = 3 * 1024


def place(number: int, **over: Any) -> Place:
    at = NOON + timedelta(seconds=number)
    row: dict[str, Any] = {
        "id": f"{number:032}",
        "kind": "customer",
        "at": at.isoformat(),
        "pieces": [{"text": f"Message number {number} of a conversation about shoes."}],
    }
    return Place(at=at, order="", id=number, row=MessageRow(**{**row, **over}))  # type: ignore[typeddict-item]


def opened(count: int, *, more: bool = False) -> Scroll:
    scroll = Scroll()
    scroll.start([place(number) for number in range(count)], more=more)
    scroll.changed.clear()
    return scroll


def sent(scroll: Scroll) -> int:
    """What the changed lists weigh on the wire."""
    parts = {name: getattr(scroll, name) for name in scroll.changed}
    scroll.changed.clear()
    return len(json.dumps(parts, separators=(",", ":")))


def shown(scroll: Scroll) -> list[dict[str, Any]]:
    return [dict(row) for row in scroll.rows]


def ids(scroll: Scroll) -> list[int]:
    return [int(row["id"]) for row in scroll.rows]


def test_a_new_message_sends_the_tail_only():
    scroll = opened(50)
    scroll.put(place(50))
    assert scroll.changed == {"tail"}


def test_a_full_tail_folds_without_sending_history():
    scroll = opened(50)
    for number in range(50, 51 + TAIL):
        scroll.changed.clear()
        scroll.put(place(number))
    assert scroll.changed == {"recent", "tail"}
    assert scroll.tail == []


def test_a_new_message_costs_the_same_in_a_long_conversation():
    costs = {}
    for length in (50, 1000):
        scroll = opened(length)
        weights = []
        for number in range(length, length + 40):
            scroll.put(place(number))
            weights.append(sent(scroll))
        costs[length] = sorted(weights)[len(weights) // 2]
    assert costs[1000] <= MOST_BYTES
    assert abs(costs[1000] - costs[50]) < 100


def test_the_same_message_twice_is_one_row():
    scroll = opened(3)
    scroll.put(place(1))
    assert ids(scroll) == [0, 1, 2]
    assert not scroll.changed


def test_a_late_message_takes_its_place_by_the_providers_time():
    scroll = Scroll()
    scroll.start([place(0), place(2)], more=False)
    scroll.put(place(1))
    assert ids(scroll) == [0, 1, 2]


def test_a_message_from_before_what_is_loaded_waits_for_load_previous():
    scroll = Scroll()
    scroll.start([place(5)], more=True)
    assert not scroll.put(place(1))
    assert ids(scroll) == [5]


def test_a_tick_travels_alone():
    scroll = Scroll()
    scroll.start([place(0, delivery="sent")], more=False)
    scroll.changed.clear()
    scroll.put(place(0, delivery="read"))
    assert scroll.changed == {"ticks"}
    assert scroll.ticks == {place(0).row["id"]: {"delivery": "read", "after": {}}}


def test_ticks_are_written_into_rows_that_are_sent_anyway():
    scroll = Scroll()
    scroll.start([place(0)], more=False)
    scroll.put(place(1, delivery="sent"))
    scroll.put(place(1, delivery="read"))
    for number in range(2, 3 + TAIL):
        scroll.put(place(number))
    assert scroll.ticks == {}
    assert shown(scroll)[1]["delivery"] == "read"


def test_too_many_ticks_are_written_down():
    scroll = Scroll()
    scroll.start([place(number, delivery="sent") for number in range(TICKS + 1)], more=False)
    for number in range(TICKS + 1):
        scroll.put(place(number, delivery="read"))
    assert scroll.ticks == {}
    assert {row["delivery"] for row in shown(scroll)} == {"read"}


def test_a_changed_message_is_drawn_where_it_stands():
    scroll = opened(3)
    scroll.put(place(1, reactions="👍"))
    assert shown(scroll)[1]["reactions"] == "👍"
    assert ids(scroll) == [0, 1, 2]


def test_a_long_day_keeps_a_window_of_rows():
    scroll = opened(50)
    for number in range(50, 600):
        scroll.put(place(number))
    assert len(scroll) <= WINDOW + RECENT + TAIL
    assert scroll.more


def test_messages_that_all_come_late_are_no_more_rows_than_others():
    scroll = Scroll()
    scroll.start([place(0), place(9999)], more=False)
    for number in range(1, 600):
        scroll.put(place(number))
    assert len(scroll) <= MOST + RECENT + TAIL
    assert (ids(scroll)[-1], scroll.more) == (9999, True)


def test_rows_that_somebody_asked_for_are_kept():
    scroll = Scroll()
    scroll.start([place(number) for number in range(100, 150)], more=True)
    scroll.put_before([place(number) for number in range(50, 100)], more=True)
    for number in range(150, 50 + MOST + RECENT):
        scroll.put(place(number))
    assert ids(scroll) == list(range(50, 50 + MOST + RECENT))
    scroll.put(place(50 + MOST + RECENT))
    assert (scroll.newer, scroll.waiting) == (True, 1)
    assert ids(scroll) == list(range(50, 50 + MOST + RECENT))


@given(st.permutations(range(40)), st.integers(0, 20))
def test_any_order_of_arrival_gives_the_same_thread(numbers: list[int], loaded: int):
    scroll = Scroll()
    scroll.start([place(number) for number in range(loaded)], more=False)
    for number in numbers:
        scroll.put(place(number))
    assert ids(scroll) == list(range(40))
    assert scroll.history + scroll.recent + scroll.tail == scroll.rows


def places(first: int, end: int) -> list[Place]:
    return [place(number) for number in range(first, end)]


def test_older_pages_push_the_newest_out():
    scroll = Scroll()
    scroll.start(places(600, 650), more=True)
    for first in range(550, 200, -50):
        scroll.put_before(places(first, first + 50), more=True)
    assert ids(scroll) == list(range(250, 250 + MOST))
    assert (scroll.more, scroll.newer) == (True, True)
    assert scroll.history + scroll.recent + scroll.tail == scroll.rows


def test_newer_pages_push_the_oldest_out_until_the_end_is_reached():
    scroll = Scroll()
    scroll.start(places(0, MOST), more=False, newer=True, end=place(MOST + 60))
    scroll.put_after(places(MOST, MOST + 50), newer=True)
    assert (ids(scroll)[0], ids(scroll)[-1], scroll.more) == (50, MOST + 49, True)
    scroll.put_after(places(MOST + 50, MOST + 61), newer=False)
    assert (len(scroll), ids(scroll)[-1], scroll.newer) == (MOST, MOST + 60, False)


def test_what_arrives_behind_a_stretch_is_counted_once_and_not_shown():
    scroll = Scroll()
    scroll.start(places(0, 50), more=False, newer=True, end=place(90))
    for number in (91, 92, 91, 92):
        scroll.put(place(number, delivery="sent"))
    scroll.put(place(93, kind="status"))
    scroll.put(place(70, reactions="👍"))
    assert (scroll.waiting, ids(scroll)) == (2, list(range(50)))


def test_a_message_that_belongs_into_a_stretch_is_shown_there():
    scroll = Scroll()
    scroll.start([place(0), place(2)], more=False, newer=True, end=place(9))
    scroll.put(place(1))
    assert ids(scroll) == [0, 1, 2]


MOVES = st.lists(
    st.sampled_from(["before", "after", "arrive", "tick", "end", "middle"]), max_size=60
)


@given(MOVES, st.integers(0, 40))
def test_whatever_is_paged_the_rows_are_one_bounded_stretch_of_the_thread(
    moves: list[str], begun: int
):
    """The thread is the numbers from 0; pages are read as the server reads them."""
    length, scroll, page = 400 + begun, Scroll(), 50

    def end() -> None:
        scroll.start(places(length - page, length), more=True)

    end()
    for move in moves:
        first, last = ids(scroll)[0], ids(scroll)[-1]
        if move == "before" and scroll.more:
            low = max(0, first - page)
            scroll.put_before(places(low, first), more=low > 0)
        elif move == "after" and scroll.newer:
            high = min(length, last + 1 + page)
            scroll.put_after(places(last + 1, high), newer=high < length)
        elif move == "arrive":
            scroll.put(place(length))
            length += 1
        elif move == "tick":
            scroll.put(place(length - 1, delivery="read"))
        elif move == "end":
            end()
        elif move == "middle":
            there = places(100, 150)
            scroll.start(there, more=True, newer=True, end=place(length - 1))
        shown = ids(scroll)
        assert shown == list(range(shown[0], shown[-1] + 1))
        assert scroll.newer == (shown[-1] < length - 1)
        assert scroll.more == (shown[0] > 0)
        assert len(shown) <= MOST + RECENT + TAIL
        assert scroll.history + scroll.recent + scroll.tail == scroll.rows
