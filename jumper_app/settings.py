"""The environment as one frozen object: the only reader of ``os.environ``."""

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder."""

PREFIX = "JUMPER_"
"""Every variable's name begins so."""

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""What a browser on this machine may call it, as written in an Origin."""

DEFAULT_PORTS = {"http": 80, "https": 443}
"""Ports that an Origin leaves out."""

KEY_BYTES = 32
"""Length of a key or token that is made here."""

PASSWORD_BYTES = 9
"""Length of a demo password that is made here: 12 characters."""


class BadSettings(ValueError):
    """The environment does not say how to run. The text names the variable and the reason."""


def _http_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an http or https address")
    return value.rstrip("/")


def _http_root(value: str) -> str:
    if urlsplit(value).path:
        raise ValueError("must have no path: the panel lives at the root of its host")
    return value


def _networks(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(ip_network(part.strip(), strict=False) for part in value.split(","))


Address = Annotated[str, AfterValidator(_http_address)]
RootAddress = Annotated[Address, AfterValidator(_http_root)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks)]


class Settings(BaseModel):
    """How this installation runs.

    A field that ends in ``_given`` is only what the operator said; ask the property of
    the shorter name, which also knows the default.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    host: str = Field(default="127.0.0.1", alias="JUMPER_HOST")
    port: int = Field(default=3000, alias="JUMPER_PORT", ge=1, le=65535)
    public_url_given: RootAddress | None = Field(default=None, alias="JUMPER_PUBLIC_URL")
    trusted_proxies: Networks = Field(default=(), alias="JUMPER_TRUSTED_PROXIES")
    metrics_token: SecretStr | None = Field(default=None, alias="JUMPER_METRICS_TOKEN")
    data_dir_given: Path = Field(default=Path("data"), alias="JUMPER_DATA_DIR")
    database_url_given: SecretStr | None = Field(default=None, alias="JUMPER_DATABASE_URL")
    redis_url: SecretStr | None = Field(default=None, alias="JUMPER_REDIS_URL")
    workers_given: int | None = Field(default=None, alias="JUMPER_WORKERS", ge=1)
    secret_key_given: SecretStr | None = Field(default=None, alias="JUMPER_SECRET_KEY")
    graph_url_given: Address | None = Field(default=None, alias="JUMPER_GRAPH_URL")
    graph_version: str = Field(
        default="v26.0", alias="JUMPER_GRAPH_VERSION", pattern=r"^v\d+\.\d+$"
    )
    demo: bool | None = Field(default=None, alias="JUMPER_DEMO")
    """None: not said; then ``demo_possible`` and what the database holds decide."""
    demo_password_given: SecretStr | None = Field(default=None, alias="JUMPER_DEMO_PASSWORD")
    demo_app_secret_given: SecretStr | None = Field(default=None, alias="JUMPER_DEMO_APP_SECRET")
    demo_verify_token_given: SecretStr | None = Field(
        default=None, alias="JUMPER_DEMO_VERIFY_TOKEN"
    )

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the variables; an empty one counts as unset.

        Raises:
            BadSettings: A variable cannot be understood.
        """
        environ = os.environ if environ is None else environ
        given = {name: value.strip() for name, value in environ.items() if name.startswith(PREFIX)}
        try:
            return cls.model_validate({name: value for name, value in given.items() if value})
        except ValidationError as error:
            raise BadSettings(_sentences(error)) from None

    @model_validator(mode="after")
    def _several_workers_need_redis(self) -> Self:
        if self.workers > 1 and self.redis_url is None:
            raise ValueError("JUMPER_WORKERS above 1 needs JUMPER_REDIS_URL")
        return self

    @property
    def public_url(self) -> str:
        """Where browsers and Meta reach us, without a slash at the end."""
        return self.public_url_given or f"http://localhost:{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        """Every Origin that a browser may come from, as browsers write it."""
        if self.public_url_given or not self.is_loopback:
            return (_origin(self.public_url),)
        return tuple(_origin(f"http://{name}:{self.port}") for name in LOOPBACK_NAMES)

    @property
    def is_loopback(self) -> bool:
        """Do we listen to this machine only?"""
        return _is_loopback(self.host)

    @property
    def demo_possible(self) -> bool:
        """May the demo be on without being asked for? Nobody but this machine can reach us."""
        return self.is_loopback and _is_loopback(urlsplit(self.public_url).hostname or "")

    @property
    def workers(self) -> int:
        """Server processes."""
        if self.workers_given:
            return self.workers_given
        return 2 * (os.cpu_count() or 1) if self.redis_url else 1

    @property
    def graph_url(self) -> str:
        """The Graph API of channels that are not the demo's, without a version."""
        return self.graph_url_given or "https://graph.facebook.com"

    @property
    def simulator_graph_url(self) -> str:
        """Where this very process serves the stand-in of the Graph API, in a demo workspace."""
        host = self.host if self.is_loopback else "127.0.0.1"
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/simulator/graph"

    @cached_property
    def data_dir(self) -> Path:
        """The folder of database, files and keys; made at first use, for its owner alone."""
        folder = self.data_dir_given.expanduser().resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    @property
    def database_url(self) -> str:
        """SQLAlchemy's address of the database; it may hold a password."""
        if self.database_url_given is None:
            return f"sqlite:///{self.data_dir / 'jumper.db'}"
        scheme, separator, rest = self.database_url_given.get_secret_value().partition("://")
        is_plain_postgres = scheme in {"postgres", "postgresql"}
        return f"{'postgresql+psycopg' if is_plain_postgres else scheme}{separator}{rest}"

    @cached_property
    def secret_key(self) -> SecretStr:
        """Signs links and encrypts channel tokens. Lose it and the tokens are lost."""
        return self.secret_key_given or self._kept("secret.key", _new_key)

    @cached_property
    def demo_password(self) -> SecretStr:
        """The password of the three demo sign-ins."""
        return self.demo_password_given or self._kept("demo-password", _new_password)

    @cached_property
    def demo_app_secret(self) -> SecretStr:
        """What signs the demo channels' webhooks."""
        return self.demo_app_secret_given or self._kept("demo-app-secret", _new_key)

    @cached_property
    def demo_verify_token(self) -> SecretStr:
        """What the demo channels' webhook handshake must show."""
        return self.demo_verify_token_given or self._kept("demo-verify-token", _new_key)

    @cached_property
    def build(self) -> str:
        """This version's name, as in ``pyproject.toml``."""
        return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    def _kept(self, name: str, make: Callable[[], str]) -> SecretStr:
        """Read a secret of the data folder; make it first if there is none.

        Two processes that make it at the same moment end up with the same one.
        """
        path = self.data_dir / name
        if not path.exists():
            draft = self.data_dir / f".{name}.{secrets.token_hex(8)}"
            draft.touch(mode=0o600)
            draft.write_text(make())
            try:
                path.hardlink_to(draft)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return SecretStr(path.read_text().strip())


@cache
def settings() -> Settings:
    """This process's settings, read once at first use."""
    return Settings.read()


def settle(*, demo: bool) -> Settings:
    """Write down whether the demo is on, for this process and those that it starts."""
    os.environ["JUMPER_DEMO"] = "1" if demo else "0"
    settings.cache_clear()
    return settings()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in {None, DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def _new_password() -> str:
    return secrets.token_urlsafe(PASSWORD_BYTES)


def _sentences(error: ValidationError) -> str:
    problems = (
        f"{item['loc'][0]}: {item['msg'].removeprefix('Value error, ')}"
        if item["loc"]
        else item["msg"].removeprefix("Value error, ")
        for item in error.errors(include_url=False, include_input=False)
    )
    return "; ".join(problems)
