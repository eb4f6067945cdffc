"""Alive, ready, measured."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from jumper_app.db import Database, use
from jumper_app.settings import Settings
from jumper_app.web import health
from jumper_app.web.guard import Guard, rules_from
from tests.people.crowd import opened
from tests.web.visitors import visitor


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    with opened(sqlite_url) as mine:
        yield mine


def ask(monkeypatch, address: str = "127.0.0.1", **environ: str) -> httpx.AsyncClient:
    read = Settings.read(environ)
    monkeypatch.setattr(health, "settings", lambda: read)
    return visitor(Guard(Starlette(routes=health.ROUTES), rules_from(read)), address=address)


async def test_a_process_that_answers_is_alive(monkeypatch):
    assert (await ask(monkeypatch).get("/healthz")).text == "ok\n"


async def test_with_its_database_it_is_ready(monkeypatch, database: Database):
    assert (await ask(monkeypatch).get("/readyz")).status_code == 200


async def test_without_its_database_it_is_alive_but_not_ready(monkeypatch, tmp_path: Path):
    lost = Database(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")
    use(lost)
    try:
        client = ask(monkeypatch)
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/healthz")).status_code == 200
    finally:
        use(None)
        lost.close()


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8"])
async def test_this_machine_may_read_the_figures(monkeypatch, address: str):
    answer = await ask(monkeypatch, address).get("/metrics")
    assert answer.status_code == 200
    assert "# TYPE" in answer.text


async def test_another_machine_may_not(monkeypatch):
    assert (await ask(monkeypatch, "192.0.2.7").get("/metrics")).status_code == 403


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "x-real-ip", "forwarded", "x-forwarded-proto"]
)
@pytest.mark.parametrize("trusted", ["", "127.0.0.1"])
async def test_a_proxy_on_this_machine_passes_nobody_on(monkeypatch, header: str, trusted: str):
    client = ask(monkeypatch, JUMPER_TRUSTED_PROXIES=trusted)
    answer = await client.get("/metrics", headers={header: "127.0.0.1"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("sent", "status"),
    [("Bearer hush", 200), ("Bearer hus", 403), ("hush", 403), ("", 403), ("Bearer é", 403)],
)
async def test_a_token_opens_the_figures_from_anywhere(monkeypatch, sent: str, status: int):
    client = ask(monkeypatch, "192.0.2.7", JUMPER_METRICS_TOKEN="hush")
    headers = {"authorization": sent.encode(), "x-forwarded-for": "1.2.3.4"}
    assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_with_a_token_set_this_machine_needs_it_too(monkeypatch):
    client = ask(monkeypatch, JUMPER_METRICS_TOKEN="hush")
    assert (await client.get("/metrics")).status_code == 403
