"""One recipient gets 45 messages at once, then one every six seconds."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from jumper_app.channels.contract import Pace
from jumper_app.channels.whatsapp.limits import PACE
from jumper_app.work.pacing import Pacing
from tests.make import NOON, later


def sent(pacing, number, now=NOON, key=1):
    for _ in range(number):
        pacing.take(key, now)


def test_a_burst_leaves_at_once():
    pacing = Pacing(PACE)
    sent(pacing, 44)
    assert pacing.waiting(NOON) == frozenset()


def test_after_the_burst_it_waits():
    pacing = Pacing(PACE)
    sent(pacing, 45)
    assert pacing.waiting(NOON) == {1}


def test_six_seconds_later_one_more_may_leave():
    pacing = Pacing(PACE)
    sent(pacing, 45)
    assert pacing.waiting(later(seconds=5.9)) == {1}
    assert pacing.waiting(later(seconds=6)) == frozenset()
    sent(pacing, 1, later(seconds=6))
    assert pacing.waiting(later(seconds=6)) == {1}


def test_others_do_not_wait():
    pacing = Pacing(PACE)
    sent(pacing, 45, key=1)
    sent(pacing, 1, key=2)
    assert pacing.waiting(NOON) == {1}


def test_after_a_long_rest_the_whole_burst_is_there_again():
    pacing = Pacing(PACE)
    sent(pacing, 45)
    rested = NOON + timedelta(seconds=45 * 6)
    sent(pacing, 44, rested)
    assert pacing.waiting(rested) == frozenset()


def test_who_owes_nothing_is_forgotten():
    pacing = Pacing(PACE)
    sent(pacing, 1)
    pacing.waiting(later(seconds=7))
    assert pacing._paid_until == {}


@given(gaps=st.lists(st.floats(0, 20), min_size=60, max_size=150))
def test_no_stretch_of_time_sees_more_than_burst_and_rate(gaps):
    pace = Pace(burst=5, every_s=2.0)
    pacing, now, left = Pacing(pace), 0.0, []
    for gap in gaps:
        now += gap
        if not pacing.waiting(later(seconds=now)):
            pacing.take(1, later(seconds=now))
            left.append(now)
    for first in range(len(left)):
        for last in range(first, len(left)):
            allowed = pace.burst + (left[last] - left[first]) / pace.every_s
            assert last - first + 1 <= allowed + 1e-3
