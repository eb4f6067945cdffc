"""Desks and customers of the browser tests: every test has customers of its own."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import server as servers
from tests.screen.people import ACustomer, ADesk, take
from tests.server import Server
from tests.story.stage import DEMO, Desk, Phone

_numbers = count(1)


@pytest.fixture
def server(demo_server: Server) -> Server:
    """One server for all; a module that moves the clock or stops it has its own."""
    return demo_server


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For a module that moves the clock, breaks something, or stops the server."""
    folder: Path = tmp_path_factory.mktemp("own")
    with servers.running(folder, environment=DEMO) as running:
        yield running


@pytest.fixture(scope="session")
def late_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all modules that let time pass: each test has customers of its own."""
    folder: Path = tmp_path_factory.mktemp("late")
    with servers.running(folder, environment=DEMO) as running:
        yield running


@pytest.fixture
def a_customer(server: Server) -> ACustomer:
    """Makes a customer whom nobody knows yet, and who writes the given words."""

    def make(*texts: str) -> Phone:
        number = next(_numbers)
        phone = Phone.of_a_new_customer(server, f"Quinn {number:04}", f"4917{number:08}")
        phone.write(*texts)
        return phone

    return make


@pytest.fixture
def a_desk(server: Server, real_browser: Browser) -> Iterator[ADesk]:
    """Puts an agent at a browser. No page may throw an error until the test ends."""
    desks: list[Desk] = []

    def sit(name: str = "ana", *, at: str = "/", **look: Any) -> Desk:
        desk = Desk(real_browser, server, f"{name}@example.com", at=at, **look)
        desks.append(desk)
        return desk

    yield sit
    for desk in desks:
        desk.context.close()
    assert [error for desk in desks for error in desk.errors] == []


@pytest.fixture
def talk(a_customer: ACustomer, a_desk: ADesk) -> tuple[Phone, Desk]:
    """A customer and Ana, who has just taken over from the bot."""
    customer, ana = a_customer("Good morning"), a_desk()
    take(ana, customer)
    return customer, ana
