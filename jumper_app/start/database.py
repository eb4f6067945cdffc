"""Brings the database to the newest migration."""

from alembic import command
from alembic.config import Config

from jumper_app.settings import ROOT

ALEMBIC_INI = ROOT / "alembic" / "alembic.ini"


def migrate(url: str, revision: str = "head") -> None:
    """Run the migrations that the database at ``url`` has not seen yet."""
    command.upgrade(alembic_config(url), revision)


def alembic_config(url: str) -> Config:
    """Alembic's own settings, for the database at ``url``."""
    config = Config(ALEMBIC_INI)
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
