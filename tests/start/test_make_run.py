"""What ``make run`` promises to somebody who has just cloned the project."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from jumper_app.settings import ROOT
from tests import server as servers
from tests.tracked import tracked

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

MAKE_RUN = ("make", "run")
OWN_NETWORK = ("unshare", "--map-root-user", "--net", sys.executable)
INTO_ITS_NETWORK = ("nsenter", "--user", "--preserve-credentials", "--net", "--target")
ADMIN = {"email": "first@example.com", "name": "First Admin", "password": "a long enough secret"}


@dataclass
class Clone:
    """A fresh clone and a home with nothing in it."""

    root: Path
    home: Path
    as_cloned: dict[Path, bytes] = field(default_factory=dict[Path, bytes])
    first_output: str = ""
    first_admin_page: httpx.Response | None = None

    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.home), "JUMPER_DEMO": "0"}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    """A clone in which ``make run`` has been called once, and stopped."""
    folder = tmp_path_factory.mktemp("clone")
    fresh = Clone(folder / "jumper", folder / "home")
    fresh.home.mkdir()
    for path in tracked():
        copy = fresh.root / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
        fresh.as_cloned[copy] = copy.read_bytes()
    with servers.running(
        folder, command=MAKE_RUN, cwd=fresh.root, environment=fresh.environment()
    ) as server:
        server.wait_until_said("/setup/")
        fresh.first_output = server.output
        fresh.first_admin_page = _become_admin(server)
        server.interrupt()
    yield fresh
    shutil.rmtree(folder)


def test_a_fresh_clone_with_an_empty_home_comes_to_serve(clone: Clone):
    assert "==> Serving on http://localhost:" in clone.first_output


def test_each_stage_of_the_first_start_is_said(clone: Clone):
    stages = re.findall(r"^==> (.*)$", clone.first_output, re.MULTILINE)
    assert stages[:5] == [
        "Making .venv",
        "Bringing uv",
        "Installing what Jumper runs on",
        "Bringing the database up to date",
        "Building the front end",
    ]


def test_without_the_demo_the_printed_link_makes_the_first_admin(clone: Clone):
    page = clone.first_admin_page
    assert page
    assert (page.status_code, page.url.path) == (200, "/")


def test_the_build_leaves_the_committed_files_as_they_were(clone: Clone):
    changed = [path for path, before in clone.as_cloned.items() if path.read_bytes() != before]
    assert changed == []


def test_a_second_start_needs_no_network_and_builds_nothing(clone: Clone, tmp_path: Path):
    if not _can_have_own_network():
        pytest.skip("this machine gives no network namespaces")
    command = (*OWN_NETWORK, str(ROOT / "tests/start/without_network.py"), *MAKE_RUN)
    server = servers.start(
        tmp_path, command=command, cwd=clone.root, environment=clone.environment()
    )
    try:
        assert _status_inside(server) == "200"
        server.wait_until_said("Serving on")
    finally:
        server.interrupt()
    stages = re.findall(r"^==> (\w+)", server.output, re.MULTILINE)
    assert stages == ["Bringing", "The", "Loading", "Serving"]


def test_ctrl_c_leaves_no_process_behind(clone: Clone, tmp_path: Path):
    environment = clone.environment()
    with servers.running(
        tmp_path, command=MAKE_RUN, cwd=clone.root, environment=environment
    ) as server:
        mine = server.processes()
        server.interrupt()
    assert len(mine) >= 3  # make, the supervisor, a worker
    assert not [process for process in mine if process.is_running()]


def test_it_says_that_it_serves_when_it_does(clone: Clone, tmp_path: Path):
    environment = clone.environment()
    server = servers.start(tmp_path, command=MAKE_RUN, cwd=clone.root, environment=environment)
    try:
        server.wait_until_said("==> Serving on")
        assert httpx.get(f"{server.url}/healthz", trust_env=False).is_success
    finally:
        server.interrupt()


@pytest.mark.kill
def test_a_killed_supervisor_takes_its_workers_along(clone: Clone, tmp_path: Path):
    environment = clone.environment()
    with servers.running(
        tmp_path, command=MAKE_RUN, cwd=clone.root, environment=environment
    ) as server:
        _make, supervisor, worker = server.processes()
        supervisor.kill()
        worker.wait(servers.STOP_TIMEOUT_S)
    with pytest.raises(httpx.TransportError):
        httpx.get(server.url, trust_env=False)


@pytest.mark.kill
def test_a_killed_worker_is_started_anew(clone: Clone, tmp_path: Path):
    environment = clone.environment()
    with servers.running(
        tmp_path, command=MAKE_RUN, cwd=clone.root, environment=environment
    ) as server:
        worker = server.processes()[-1]
        worker.kill()
        worker.wait(servers.STOP_TIMEOUT_S)
        server.wait_until_serving()
        assert server.processes()[-1] != worker


def test_a_taken_port_is_said_and_nothing_starts(clone: Clone, tmp_path: Path):
    environment = clone.environment()
    with servers.running(
        tmp_path, command=MAKE_RUN, cwd=clone.root, environment=environment
    ) as server:
        (tmp_path / "second").mkdir()
        second = servers.start(
            tmp_path / "second",
            command=MAKE_RUN,
            cwd=clone.root,
            port=server.port,
            environment=environment,
        )
        assert second.process.wait(servers.STOP_TIMEOUT_S) != 0
    assert "cannot listen on 127.0.0.1:" in second.output


def _become_admin(server: servers.Server) -> httpx.Response:
    """Follow the printed link as a browser would, and come back with the page it ends at."""
    link = re.search(r"http://localhost:\d+(/setup/\S+)", server.output)
    assert link, server.output
    with httpx.Client(base_url=server.url, trust_env=False, follow_redirects=True) as browser:
        browser.get(link[1]).raise_for_status()
        return browser.post(link[1], data=ADMIN, headers={"Origin": server.url})


def _can_have_own_network() -> bool:
    if not (shutil.which("unshare") and shutil.which("nsenter")):
        return False
    return (
        subprocess.run([*OWN_NETWORK, "-c", ""], check=False, capture_output=True).returncode == 0
    )


def _status_inside(server: servers.Server) -> str:
    """Ask for the health page from inside the server's own network, until it answers."""
    ask = (
        "import sys, time, urllib.request, urllib.error\n"
        f"end = time.monotonic() + {servers.START_TIMEOUT_S}\n"
        "while time.monotonic() < end:\n"
        "    try:\n"
        "        sys.exit(print(urllib.request.urlopen(sys.argv[1]).status))\n"
        "    except urllib.error.URLError:\n"
        "        time.sleep(0.05)\n"
    )
    command = [*INTO_ITS_NETWORK, str(server.process.pid), sys.executable, "-c", ask]
    answer = subprocess.run(
        [*command, f"{server.url}/healthz"], check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()
