"""What one had of late is remembered for one period at least, and for two at most."""

import pytest

from jumper_app.lately import Lately


@pytest.mark.parametrize(
    ("at_s", "had"),
    [(0, 3), (9.9, 3), (10, 3), (19.9, 3), (20, 0), (1000, 0), (-5, 0)],
)
def test_it_forgets(at_s, had):
    lately = Lately[str](10)
    lately.add("a", 0, 2)
    lately.add("a", 0)
    assert lately.of("a", at_s) == had
    assert lately.had(at_s).get("a", 0) == had


def test_two_periods_add_up():
    lately = Lately[str](10)
    lately.add("a", 0)
    lately.add("a", 10)
    lately.add("b", 10)
    assert dict(lately.had(11)) == {"a": 2, "b": 1}
    assert lately.of("c", 11) == 0
