"""The minutes of ``make long`` are shared out, and bound the tests."""

import json

import hypothesis
import pytest
from hypothesis import strategies as st

from tests.effort import CHUNK, EXAMPLES, FOR_ROUNDS, Effort, in_chunks


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def long_run(watch: Watch, minutes: float = 10, **weights: float) -> Effort:
    effort = Effort(is_long=True, minutes=minutes / FOR_ROUNDS, clock=watch)
    effort.plan(weights)
    return effort


def rounds_of(effort: Effort, watch: Watch, test: str, seconds: float = 1) -> int:
    """How many rounds a test does that take so long each."""
    effort.begin(test)
    done = 0
    for _ in effort.rounds("rounds", gate=5, long=1000):
        watch.now += seconds
        done += 1
    return done


def test_the_gate_does_its_own_count_however_long_it_takes(watch):
    effort = Effort(is_long=False, minutes=0, clock=watch)
    effort.plan({"one": 1})
    assert rounds_of(effort, watch, "one", seconds=3600) == 5
    assert effort.counts == {"rounds": 5}


def test_with_time_enough_all_rounds_are_done(watch):
    effort = long_run(watch, minutes=60, one=1)
    assert rounds_of(effort, watch, "one") == 1000
    assert effort.cut_short == []


def test_tests_share_the_time_by_their_weight(watch):
    effort = long_run(watch, minutes=10, light=1, heavy=9)
    assert rounds_of(effort, watch, "light") == pytest.approx(60, abs=1)
    assert rounds_of(effort, watch, "heavy") == pytest.approx(540, abs=1)
    assert watch.now == pytest.approx(600, abs=2)
    assert effort.cut_short == ["light", "heavy"]


def test_what_one_test_does_not_need_is_for_the_next(watch):
    effort = long_run(watch, minutes=10, quick=1, slow=1)
    effort.begin("quick")
    assert rounds_of(effort, watch, "slow") == pytest.approx(600, abs=1)


def test_no_test_does_less_than_the_gate(watch):
    effort = long_run(watch, minutes=1, early=1, late=1)
    assert rounds_of(effort, watch, "early", seconds=100) == 5
    assert rounds_of(effort, watch, "late", seconds=100) == 5


def tried_in_chunks(effort: Effort, watch: Watch, seconds: float) -> set[int]:
    """The examples of a property of 1,200 that takes so long for each."""
    seen: set[int] = set()

    def holds(number: int) -> None:
        watch.now += seconds
        seen.add(number)

    given = hypothesis.given(st.integers(0, 10**12))(effort.examples_of(holds))
    given = hypothesis.settings(max_examples=12 * CHUNK, database=None, deadline=None)(given)

    effort.begin("property")
    with in_chunks(given, effort) as seeds:
        for _ in seeds:
            given()
        given()
    return seen


def test_a_property_has_all_its_examples_chunk_by_chunk(watch):
    effort = long_run(watch, property=1)
    seen = tried_in_chunks(effort, watch, seconds=0)
    assert effort.counts[EXAMPLES] == 12 * CHUNK
    assert len(seen) > 8 * CHUNK  # each chunk has a seed of its own


def test_a_property_makes_no_more_examples_when_its_time_is_over(watch):
    effort = long_run(watch, minutes=1, property=1)
    tried_in_chunks(effort, watch, seconds=1)
    assert effort.counts[EXAMPLES] == 2 * CHUNK
    assert effort.cut_short == ["property"]


def test_the_record_has_counts_seed_and_what_was_cut(watch, tmp_path):
    effort = long_run(watch, minutes=9, one=1)
    rounds_of(effort, watch, "one", seconds=100)
    effort.write(tmp_path / "build" / "long.json", seed=7)
    assert json.loads((tmp_path / "build" / "long.json").read_text()) == {
        "seed": 7,
        "minutes": 10,
        "counts": {"rounds": 6},
        "cut_short": ["one"],
    }
