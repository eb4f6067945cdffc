"""Every test of this floor runs on SQLite and on Postgres."""

from tests.house import db

__all__ = ["db"]
