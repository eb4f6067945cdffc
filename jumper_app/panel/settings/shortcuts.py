"""``/settings/shortcuts``: the state behind it."""

from typing import Annotated, Literal, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.conversations.shortcuts import keeping, reading
from jumper_app.conversations.shortcuts.keeping import Edit
from jumper_app.conversations.shortcuts.reading import Entry, Version
from jumper_app.conversations.shortcuts.rules import WrongFields, checked
from jumper_app.conversations.shortcuts.samples import samples
from jumper_app.conversations.shortcuts.variables import values_of
from jumper_app.db import Work, database
from jumper_app.models import Shortcut
from jumper_app.panel.access import handler, say
from jumper_app.panel.arguments import Form
from jumper_app.panel.inbox.rows import iso
from jumper_app.people.sessions import Who

from . import shortcut_words as words

EXCERPT = 160
"""Characters of a text that the table shows."""

PAGE = 50
"""Rows that the table begins with, and that *Show more* adds."""

Scope = Literal["", "shared", "personal"]
Sought = Annotated[str, Field(max_length=200)]
FILES = "^([0-9a-f]{32}(,[0-9a-f]{32})*)?$"
Body = Annotated[str, Field(max_length=20_000)]
"""More than can be kept, so that what is too long is answered with a sentence."""


class ShortcutForm(Form):
    """What is written in the panel beside the table."""

    code: Annotated[str, Field(max_length=400)]
    title: Annotated[str, Field(max_length=2000)]
    body: Body
    scope: Literal["shared", "personal"] = "personal"
    files: Annotated[str, Field(max_length=2000, pattern=FILES)] | None = None
    """Public ids between commas; None leaves the files as they are."""


class ShortcutRow(TypedDict):
    """One row of the table."""

    id: str
    code: str
    title: str
    body: str
    personal: bool
    mine: bool
    """The reader may change it."""
    uses: int
    used_at: str
    editor: str
    edited_at: str
    files: str
    """Their names."""


class FileRow(TypedDict):
    """A file that goes with a shortcut. ``size``: bytes."""

    id: str
    name: str
    size: int


class VersionRow(TypedDict):
    """What a shortcut once said."""

    revision: int
    code: str
    body: str
    editor: str
    edited_at: str


class SampleRow(TypedDict):
    """A customer for the preview."""

    name: str
    known: dict[str, str]


class OpenRow(TypedDict):
    """What the panel beside the table holds. ``id`` is empty for a new shortcut."""

    id: str
    code: str
    title: str
    body: str
    scope: str
    mine: bool
    files: list[FileRow]


class Archived(TypedDict):
    """What was just taken out of use, and can be taken back."""

    id: str
    words: str


NEW = OpenRow(id="", code="", title="", body="", scope="personal", mine=True, files=[])
NOTHING = Archived(id="", words="")


class ShortcutPageState(rx.State):
    """The table, and the panel beside it."""

    loaded: bool = False
    rows: rx.Field[list[ShortcutRow]] = rx.field(default_factory=list)
    total: int = 0
    sought: str = ""
    scope: str = ""
    open: bool = False
    opened: OpenRow = NEW
    opening: int = 0
    """Grows whenever the panel opens, so that it begins with what it is given."""
    versions: rx.Field[list[VersionRow]] = rx.field(default_factory=list)
    samples: rx.Field[list[SampleRow]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    archived: Archived = NOTHING

    _shown: int = PAGE

    @handler()
    async def load(self, who: Who) -> None:
        """Show the table from its beginning, with nothing open."""
        self.open, self.archived, self.errors = False, NOTHING, {}
        self.sought, self.scope, self._shown = "", "", PAGE
        known = await database().ask(samples, who)
        self.samples = [SampleRow(name=one.customer, known=dict(values_of(one))) for one in known]
        await self._show(who)

    @handler()
    async def was_imported(self, who: Who, count: int):
        """Show the table again: a file was imported."""
        await self._show(who)
        return say(words.imported(count), "success")

    @handler(rate="600/minute")
    async def search(self, who: Who, text: Sought) -> None:
        """Show what holds these words."""
        self.sought, self._shown = text, PAGE
        await self._show(who)

    @handler()
    async def show_scope(self, who: Who, scope: Scope) -> None:
        """Show everyone's only, one's own only, or all."""
        self.scope, self._shown = scope, PAGE
        await self._show(who)

    @handler()
    async def show_more(self, who: Who) -> None:
        """Add the page below."""
        self._shown += PAGE
        await self._show(who)

    @handler()
    async def begin(self, who: Who) -> None:
        """Open an empty panel."""
        self._open(OpenRow(**{**NEW, "scope": "shared" if who.is_admin else "personal"}), [])

    @handler()
    async def edit(self, who: Who, shortcut: str) -> None:
        """Open a shortcut beside the table."""
        await self._open_kept(who, shortcut)

    @handler()
    async def close(self, who: Who) -> None:
        """Close the panel; what is not saved is gone."""
        self.open, self.errors = False, {}

    @handler()
    async def save(self, who: Who, form: ShortcutForm):
        """Keep what the panel holds."""
        try:
            kept = await database().run(_save, self.opened["id"], form, who)
        except WrongFields as wrong:
            self.errors = wrong.errors
            return None
        self.open, self.errors, self.archived = False, {}, NOTHING
        await self._show(who)
        return say(words.saved(kept.code), "success")

    @handler()
    async def bring_back(self, who: Who, revision: int) -> None:
        """Put an earlier version into the panel; saving makes it the present one."""
        kept = await database().ask(reading.versions, who, self.opened["id"])
        found = next((one for one in kept if one.revision == revision), None)
        if found is not None:
            texts = {"code": found.code, "title": found.title, "body": found.body}
            self._open(OpenRow(**{**self.opened, **texts}), kept)

    @handler()
    async def duplicate(self, who: Who, shortcut: str) -> None:
        """Make a copy, and open it."""
        copy = await database().run(keeping.duplicate, public_id=shortcut, by=who, now=clock.now())
        await self._show(who)
        await self._open_kept(who, copy.public_id)

    @handler()
    async def archive(self, who: Who, shortcut: str) -> None:
        """Take a shortcut out of use; it can be taken back."""
        entry = await database().ask(reading.entry, who, shortcut)
        await database().run(keeping.archive, public_id=shortcut, by=who, now=clock.now())
        self.archived = Archived(id=shortcut, words=words.archived(entry.code))
        self.open = False
        await self._show(who)

    @handler()
    async def undo(self, who: Who) -> None:
        """Take back what was just archived."""
        if self.archived["id"]:
            await database().run(keeping.restore, public_id=self.archived["id"], by=who)
        self.archived = NOTHING
        await self._show(who)

    async def _show(self, who: Who) -> None:
        found = await database().ask(reading.entries, who, self.sought, self.scope)
        self.total = len(found)
        self.rows = [_row(one, who) for one in found[: self._shown]]
        self.loaded = True

    async def _open_kept(self, who: Who, shortcut: str) -> None:
        entry, kept = await database().ask(_kept, who, shortcut)
        opened = OpenRow(
            id=entry.public_id,
            code=entry.code,
            title=entry.title,
            body=entry.body,
            scope="personal" if entry.personal else "shared",
            mine=entry.personal or who.is_admin,
            files=[FileRow(id=one.public_id, name=one.name, size=one.size) for one in entry.files],
        )
        self._open(opened, kept)

    def _open(self, opened: OpenRow, kept: list[Version]) -> None:
        self.opened, self.errors, self.open = opened, {}, True
        self.versions = [_version(one) for one in kept[1:]]
        self.opening += 1


def _row(entry: Entry, who: Who) -> ShortcutRow:
    return ShortcutRow(
        id=entry.public_id,
        code=entry.code,
        title=entry.title,
        body=entry.body[:EXCERPT],
        personal=entry.personal,
        mine=entry.personal or who.is_admin,
        uses=entry.uses,
        used_at=iso(entry.last_used_at),
        editor=entry.editor,
        edited_at=iso(entry.edited_at),
        files=", ".join(one.name for one in entry.files),
    )


def _version(version: Version) -> VersionRow:
    return VersionRow(
        revision=version.revision,
        code=version.code,
        body=version.body,
        editor=version.editor,
        edited_at=iso(version.edited_at),
    )


def _kept(work: Work, who: Who, shortcut: str) -> tuple[Entry, list[Version]]:
    return reading.entry(work, who, shortcut), reading.versions(work, who, shortcut)


def _save(work: Work, shortcut: str, form: ShortcutForm, who: Who) -> Shortcut:
    files = None if form.files is None else tuple(filter(None, form.files.split(",")))
    content = checked(form.code, form.title, form.body)
    edit = Edit(content, shared=form.scope == "shared", files=files)
    if not shortcut:
        return keeping.create(work, edit=edit, by=who, now=clock.now())
    return keeping.change(work, public_id=shortcut, edit=edit, by=who, now=clock.now())
