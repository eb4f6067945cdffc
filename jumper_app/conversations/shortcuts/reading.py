"""Reading shortcuts: what the composer offers, and the table of the settings."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from jumper_app.db import Work
from jumper_app.models import Agent, Mark, Shortcut, ShortcutUse, ShortcutVersion
from jumper_app.people.sessions import Who

from ..log import stored
from .files import Enclosed, enclosed
from .keeping import list_name, visible


@dataclass(frozen=True)
class Offered:
    """A shortcut as an agent's composer offers it. ``used``: when they used it, by channel."""

    public_id: str
    code: str
    title: str
    body: str
    personal: bool
    uses: int
    used: dict[str, datetime]
    files: tuple[Enclosed, ...]


@dataclass(frozen=True)
class Entry:
    """A shortcut as the settings show it. ``personal``: the reader's own."""

    public_id: str
    code: str
    title: str
    body: str
    personal: bool
    uses: int
    last_used_at: datetime | None
    editor: str
    edited_at: datetime
    revision: int
    files: tuple[Enclosed, ...]


@dataclass(frozen=True)
class Version:
    """What a shortcut once said."""

    revision: int
    code: str
    title: str
    body: str
    editor: str
    edited_at: datetime


def version(work: Work, who: Who) -> str:
    """A name for the list that ``offered`` gives this agent now; another list, another name."""
    names = (list_name(None), list_name(who.id))
    marks = {
        mark.name: mark.value for mark in work.exec(select(Mark).where(col(Mark.name).in_(names)))
    }
    return ".".join(marks.get(name, "0") for name in names)


def offered(work: Work, who: Who) -> list[Offered]:
    """Every shortcut this agent can use. Their own stands in the place of everyone's."""
    used = _used(work, who)
    by_code: dict[str, Shortcut] = {}
    for shortcut in _in_use(work, who):
        if shortcut.agent_id is not None or shortcut.code not in by_code:
            by_code[shortcut.code] = shortcut
    files = enclosed(work)
    return [
        Offered(
            public_id=one.public_id,
            code=one.code,
            title=one.title,
            body=one.body,
            personal=one.agent_id is not None,
            uses=one.uses,
            used=used.get(stored(one.id), {}),
            files=files.get(stored(one.id), ()),
        )
        for one in by_code.values()
    ]


def entries(work: Work, who: Who, search: str = "", scope: str = "") -> list[Entry]:
    """What the settings show, by code: all words of ``search`` occur in code, title or text.

    Args:
        scope: ``shared`` or ``personal`` for these only.
    """
    names = dict(work.exec(select(col(Agent.id), col(Agent.name))).all())
    sought = fold(search).split()
    files = enclosed(work)
    return [
        _entry(one, names, files.get(stored(one.id), ()))
        for one in _in_use(work, who)
        if _in_scope(one, scope) and _says(one, sought)
    ]


def entry(work: Work, who: Who, public_id: str) -> Entry:
    """One shortcut as the settings show it. Raises NotFound, for others' own as well."""
    names = dict(work.exec(select(col(Agent.id), col(Agent.name))).all())
    shortcut = visible(work, public_id, who, lock=False)
    return _entry(shortcut, names, enclosed(work, shortcut).get(stored(shortcut.id), ()))


def versions(work: Work, who: Who, public_id: str) -> list[Version]:
    """What a shortcut has said, the newest first. Raises NotFound, for others' own as well."""
    shortcut = visible(work, public_id, who, lock=False)
    names = dict(work.exec(select(col(Agent.id), col(Agent.name))).all())
    rows = work.exec(
        select(ShortcutVersion)
        .where(col(ShortcutVersion.shortcut_id) == shortcut.id)
        .order_by(col(ShortcutVersion.revision).desc())
    )
    return [
        Version(
            row.revision,
            row.code,
            row.title,
            row.body,
            names.get(row.edited_by_id, ""),
            row.edited_at,
        )
        for row in rows
    ]


def fold(text: str) -> str:
    """The text without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _in_use(work: Work, who: Who) -> Sequence[Shortcut]:
    seen = col(Shortcut.agent_id).is_(None) | (col(Shortcut.agent_id) == who.id)
    return work.exec(
        select(Shortcut)
        .where(seen, col(Shortcut.archived_at).is_(None))
        .order_by(col(Shortcut.code), col(Shortcut.id))
    ).all()


def _used(work: Work, who: Who) -> dict[int, dict[str, datetime]]:
    found: dict[int, dict[str, datetime]] = {}
    for use in work.exec(select(ShortcutUse).where(col(ShortcutUse.agent_id) == who.id)):
        found.setdefault(use.shortcut_id, {})[use.channel] = use.used_at
    return found


def _entry(shortcut: Shortcut, names: dict[int | None, str], files: tuple[Enclosed, ...]) -> Entry:
    return Entry(
        public_id=shortcut.public_id,
        code=shortcut.code,
        title=shortcut.title,
        body=shortcut.body,
        personal=shortcut.agent_id is not None,
        uses=shortcut.uses,
        last_used_at=shortcut.last_used_at,
        editor=names.get(shortcut.edited_by_id, ""),
        edited_at=shortcut.edited_at,
        revision=shortcut.revision,
        files=files,
    )


def _in_scope(shortcut: Shortcut, scope: str) -> bool:
    return scope not in {"shared", "personal"} or (scope == "personal") == (
        shortcut.agent_id is not None
    )


def _says(shortcut: Shortcut, sought: Sequence[str]) -> bool:
    if not sought:
        return True
    said = fold(f"/{shortcut.code} {shortcut.title} {shortcut.body}")
    return all(word in said for word in sought)
