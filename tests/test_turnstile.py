"""One at a time, and who came first goes first."""

import threading

from jumper_app.turnstile import Turnstile


def waiting(turnstile: Turnstile) -> int:
    return len(turnstile._waiting)  # pyright: ignore[reportPrivateUsage]


def test_who_waits_the_longest_is_next_and_nobody_slips_in():
    turnstile, order = Turnstile(), []

    def pass_through(name: int) -> None:
        with turnstile:
            order.append(name)

    crowd = [threading.Thread(target=pass_through, args=(name,)) for name in range(20)]
    with turnstile:
        for name, one in enumerate(crowd):
            one.start()
            while waiting(turnstile) <= name:
                pass
    for one in crowd:
        one.join()
    assert order == list(range(20))


def test_it_is_free_again_after_an_error():
    turnstile = Turnstile()
    for _ in range(2):
        try:
            with turnstile:
                raise ValueError
        except ValueError:
            pass
    with turnstile:
        assert waiting(turnstile) == 0
