"""Whoever asks for a database here runs on SQLite and on Postgres."""

from tests.house import db, house_on_postgres

__all__ = ["db", "house_on_postgres"]
