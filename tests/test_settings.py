import os
import stat
from pathlib import Path

import pytest

from jumper_app.settings import BadSettings, Settings


def read(**variables: str) -> Settings:
    return Settings.read({f"JUMPER_{name}": value for name, value in variables.items()})


def test_with_nothing_said_it_listens_to_this_machine_alone():
    settings = read()
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 3000, 1)
    assert settings.public_url == "http://localhost:3000"


def test_on_loopback_every_name_of_this_machine_is_an_origin():
    assert read(PORT="4000").origins == (
        "http://localhost:4000",
        "http://127.0.0.1:4000",
        "http://[::1]:4000",
    )


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        pytest.param("https://Chat.Example.com/", "https://chat.example.com", id="case-and-slash"),
        pytest.param("https://chat.example.com:443", "https://chat.example.com", id="default-port"),
        pytest.param("http://[::1]:8080", "http://[::1]:8080", id="ipv6"),
    ],
)
def test_a_public_address_is_the_only_origin_as_browsers_write_it(given: str, origin: str):
    assert read(PUBLIC_URL=given).origins == (origin,)


def test_an_open_host_without_public_address_accepts_localhost_only():
    assert read(HOST="0.0.0.0").origins == ("http://localhost:3000",)


def test_an_empty_variable_counts_as_unset():
    assert read(PORT="", PUBLIC_URL=" ").port == 3000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("PUBLIC_URL", "ftp://example.com"),
        ("PUBLIC_URL", "https://example.com/panel"),
        ("TRUSTED_PROXIES", "proxy"),
        ("WORKERS", "2"),
        ("GRAPH_VERSION", "26"),
        ("DEMO", "perhaps"),
    ],
)
def test_a_variable_that_cannot_be_understood_is_named(name: str, value: str):
    with pytest.raises(BadSettings, match=f"JUMPER_{name}"):
        read(**{name: value})


def test_a_bad_secret_is_not_repeated_in_the_complaint():
    with pytest.raises(BadSettings) as complaint:
        read(PUBLIC_URL="https://name:hunter2@example.com/panel")
    assert "hunter2" not in str(complaint.value)


def test_with_redis_there_are_two_workers_a_core():
    assert read(REDIS_URL="redis://localhost").workers == 2 * (os.cpu_count() or 1)


@pytest.mark.parametrize(
    ("variables", "possible"),
    [
        pytest.param({}, True, id="nothing-said"),
        pytest.param({"HOST": "0.0.0.0"}, False, id="open-host"),
        pytest.param({"PUBLIC_URL": "https://chat.example.com"}, False, id="behind-a-proxy"),
        pytest.param({"PUBLIC_URL": "http://127.0.0.1:3000"}, True, id="loopback-address"),
    ],
)
def test_the_demo_needs_host_and_address_on_loopback(variables: dict[str, str], possible: bool):
    assert read(**variables).demo_possible is possible


@pytest.mark.parametrize(
    "url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"]
)
def test_every_spelling_of_postgres_gets_the_driver_we_have(url: str):
    assert read(DATABASE_URL=url).database_url == "postgresql+psycopg://u@h/d"


def test_the_data_folder_and_its_keys_are_for_their_owner_alone(tmp_path: Path):
    folder = tmp_path / "data"
    settings = read(DATA_DIR=str(folder))
    settings.secret_key.get_secret_value()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "secret.key")]
    assert modes == [0o700, 0o600]


def test_a_made_secret_is_the_same_at_the_next_start(tmp_path: Path):
    first, second = (read(DATA_DIR=str(tmp_path)) for _ in range(2))
    assert first.secret_key == second.secret_key
    assert first.demo_password == second.demo_password


def test_a_given_secret_is_not_written_down(tmp_path: Path):
    settings = read(DATA_DIR=str(tmp_path), SECRET_KEY="mine", DEMO_PASSWORD="ours")
    assert settings.secret_key.get_secret_value() == "mine"
    assert settings.demo_password.get_secret_value() == "ours"
    assert list(tmp_path.iterdir()) == []


def test_secrets_do_not_show_when_settings_are_printed(tmp_path: Path):
    secrets = {"SECRET_KEY": "mine", "METRICS_TOKEN": "theirs", "REDIS_URL": "redis://:pass@h"}
    printed = repr(read(DATA_DIR=str(tmp_path), **secrets))
    assert not [secret for secret in secrets.values() if secret in printed]
