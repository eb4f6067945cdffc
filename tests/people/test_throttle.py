import threading

import pytest

from jumper_app.errors import TooManyRequests
from jumper_app.people.throttle import SWEEP_EVERY, Throttle, rate
from tests.people.crowd import Machine

THREE = rate("3/minute")


def test_a_rate_lets_through_as_many_as_it_says():
    throttle = Throttle(Machine())
    for _ in range(3):
        throttle.take(THREE, "ana")
    with pytest.raises(TooManyRequests):
        throttle.take(THREE, "ana")


def test_one_key_does_not_use_up_another():
    throttle = Throttle(Machine())
    for key in ("ana", "ben", "eve", "max"):
        throttle.take(THREE, key)


def test_the_window_moves_hit_by_hit():
    machine = Machine()
    throttle = Throttle(machine)
    for _ in range(3):
        throttle.take(THREE, "ana")
        machine.wait(seconds=20)
    throttle.take(THREE, "ana")
    with pytest.raises(TooManyRequests):
        throttle.take(THREE, "ana")


def test_a_refused_try_does_not_make_the_wait_longer():
    machine = Machine()
    throttle = Throttle(machine)
    for _ in range(3):
        throttle.take(THREE, "ana")
    machine.wait(seconds=59)
    with pytest.raises(TooManyRequests):
        throttle.take(THREE, "ana")
    machine.wait(seconds=1)
    throttle.take(THREE, "ana")


def test_a_try_that_is_given_back_did_not_count():
    throttle = Throttle(Machine())
    for _ in range(10):
        throttle.take(THREE, "ana")
        throttle.give_back(THREE, "ana")
    throttle.take(THREE, "ana")


def test_windows_that_ended_take_no_memory():
    machine = Machine()
    throttle = Throttle(machine)
    for number in range(SWEEP_EVERY * 5):
        throttle.take(THREE, str(number))
        machine.wait(seconds=1)
    assert len(throttle._memory._hits) <= SWEEP_EVERY


def test_counting_starts_no_thread_per_try():
    throttle = Throttle(Machine())
    before = threading.active_count()
    for number in range(50):
        throttle.take(THREE, str(number))
    assert threading.active_count() <= before
