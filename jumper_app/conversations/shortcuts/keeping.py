"""Making and changing shortcuts. Everyone's are the admins' to change, an agent's own theirs.

Of others' personal shortcuts nobody learns anything, not even that there are any.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from jumper_app.db import Work
from jumper_app.errors import BadInput, NotAllowed, NotFound
from jumper_app.live import ShortcutsChanged
from jumper_app.models import Agent, Mark, Shortcut, ShortcutUse, ShortcutVersion
from jumper_app.people.sessions import Who

from ..log import stored
from . import files
from .rules import CODE, Content, WrongFields

MOST = 10_000
"""Shortcuts of one scope that can be kept, so that a browser can hold them all."""

SHARED_FOR_ADMINS = "Only an admin can change shortcuts that everyone uses."


@dataclass(frozen=True)
class Edit:
    """How a shortcut is to be.

    Attributes:
        shared: Everyone's, else the editor's own.
        files: Public ids of the files that go with it; None leaves them as they are.
    """

    content: Content
    shared: bool
    files: tuple[str, ...] | None = None


def create(work: Work, *, edit: Edit, by: Who, now: datetime) -> Shortcut:
    """Keep a new shortcut. Raises WrongFields when its code is taken."""
    owner = _owner(edit.shared, by)
    refuse_too_many(work, owner, 1)
    _refuse_taken(work, edit.content.code, owner)
    shortcut = new_row(edit.content, owner, by, now)
    work.add(shortcut)
    work.flush()
    work.add(as_version(shortcut))
    if edit.files:
        files.enclose(work, shortcut, edit.files, by)
    tell_changed(work, owner)
    return shortcut


def change(work: Work, *, public_id: str, edit: Edit, by: Who, now: datetime) -> Shortcut:
    """Let a shortcut say something else, or let others use it. The same again changes nothing."""
    shortcut = changeable(work, public_id, by)
    owner = _owner(edit.shared, by)
    refiled = edit.files is not None and files.enclose(work, shortcut, edit.files, by)
    if content_of(shortcut) == edit.content and shortcut.agent_id == owner:
        if refiled:
            shortcut.edited_by_id, shortcut.edited_at = by.id, now
            tell_changed(work, owner)
        return shortcut
    _refuse_taken(work, edit.content.code, owner, but=shortcut)
    before = shortcut.agent_id
    shortcut.agent_id = owner
    write(shortcut, edit.content, by, now)
    tell_changed(work, owner)
    work.add(as_version(shortcut))
    if before != owner:
        tell_changed(work, before)
    return shortcut


def duplicate(work: Work, *, public_id: str, by: Who, now: datetime) -> Shortcut:
    """Keep a copy: an admin's copy of everyone's is everyone's, other copies are one's own."""
    shortcut = visible(work, public_id, by)
    shared = shortcut.agent_id is None and by.is_admin
    owner = _owner(shared, by)
    code = _free_code(work, shortcut.code, owner)
    content = Content(code, shortcut.title, shortcut.body)
    made = create(work, edit=Edit(content, shared), by=by, now=now)
    files.copy(work, shortcut, made, now)
    return made


def archive(work: Work, *, public_id: str, by: Who, now: datetime) -> None:
    """Take a shortcut out of use; nothing of it is lost."""
    shortcut = changeable(work, public_id, by)
    if shortcut.archived_at is None:
        shortcut.archived_at = now
        tell_changed(work, shortcut.agent_id)


def restore(work: Work, *, public_id: str, by: Who) -> None:
    """Take an archived shortcut into use again. Raises WrongFields if its code is taken now."""
    shortcut = changeable(work, public_id, by)
    if shortcut.archived_at is not None:
        _refuse_taken(work, shortcut.code, shortcut.agent_id)
        shortcut.archived_at = None
        tell_changed(work, shortcut.agent_id)


def note_use(work: Work, *, public_id: str, by: Who, channel: str, now: datetime) -> None:
    """A shortcut was put into a text. It stands higher for this agent on this channel."""
    shortcut = visible(work, public_id, by)
    shortcut.uses += 1
    shortcut.last_used_at = now
    use = work.exec(
        select(ShortcutUse).where(
            col(ShortcutUse.agent_id) == by.id,
            col(ShortcutUse.shortcut_id) == shortcut.id,
            col(ShortcutUse.channel) == channel,
        )
    ).first()
    use = use or ShortcutUse(
        agent_id=by.id, shortcut_id=stored(shortcut.id), channel=channel, used_at=now
    )
    use.used_at = now
    work.add(use)


def visible(work: Work, public_id: str, by: Who, *, lock: bool = True) -> Shortcut:
    """A shortcut that this agent may use. Raises NotFound, for others' own as well."""
    query = select(Shortcut).where(col(Shortcut.public_id) == public_id)
    shortcut = work.exec(query.with_for_update() if lock else query).first()
    if shortcut is None or shortcut.agent_id not in {None, by.id}:
        raise NotFound("This shortcut no longer exists.")
    return shortcut


def changeable(work: Work, public_id: str, by: Who) -> Shortcut:
    """A shortcut that this agent may change, locked. Raises NotFound or NotAllowed."""
    shortcut = visible(work, public_id, by)
    if shortcut.agent_id is None and not by.is_admin:
        raise NotAllowed(SHARED_FOR_ADMINS)
    return shortcut


def content_of(shortcut: Shortcut) -> Content:
    """What is written in a stored shortcut."""
    return Content(shortcut.code, shortcut.title, shortcut.body)


def _owner(shared: bool, by: Who) -> int | None:
    if shared and not by.is_admin:
        raise NotAllowed(SHARED_FOR_ADMINS)
    return None if shared else by.id


def _alive(owner: int | None):
    mine = col(Shortcut.agent_id).is_(None) if owner is None else col(Shortcut.agent_id) == owner
    return select(Shortcut.code).where(mine, col(Shortcut.archived_at).is_(None))


def _refuse_taken(work: Work, code: str, owner: int | None, *, but: Shortcut | None = None) -> None:
    taken = _alive(owner).where(col(Shortcut.code) == code)
    if but is not None:
        taken = taken.where(col(Shortcut.id) != but.id)
    if work.exec(taken).first() is None:
        return
    if owner is not None:
        raise WrongFields({"code": f"You have /{code} already."})
    maker = work.exec(
        select(Agent.name)
        .join(Shortcut, col(Shortcut.created_by_id) == col(Agent.id))
        .where(
            col(Shortcut.code) == code,
            col(Shortcut.agent_id).is_(None),
            col(Shortcut.archived_at).is_(None),
        )
    ).first()
    raise WrongFields({"code": f"/{code} is taken by a shortcut that {maker} made."})


def _free_code(work: Work, code: str, owner: int | None) -> str:
    """The code itself where it is free, else with the next number behind it."""
    taken = set(work.exec(_alive(owner)).all())
    numbered = (f"{code[:26].rstrip('-')}-{number}" for number in range(2, MOST + 3))
    free = next(one for one in (code, *numbered) if one not in taken)
    assert CODE.fullmatch(free)
    return free


def new_row(content: Content, owner: int | None, by: Who, now: datetime) -> Shortcut:
    """The row of a new shortcut."""
    return Shortcut(
        agent_id=owner,
        code=content.code,
        title=content.title,
        body=content.body,
        created_by_id=by.id,
        edited_by_id=by.id,
        created_at=now,
        edited_at=now,
    )


def write(shortcut: Shortcut, content: Content, by: Who, now: datetime) -> None:
    """Put other words into a row, as its next revision."""
    shortcut.code, shortcut.title, shortcut.body = content.code, content.title, content.body
    shortcut.revision += 1
    shortcut.edited_by_id, shortcut.edited_at = by.id, now


def as_version(shortcut: Shortcut) -> ShortcutVersion:
    """What a stored shortcut says now, to be looked up later."""
    return ShortcutVersion(
        shortcut_id=stored(shortcut.id),
        revision=shortcut.revision,
        code=shortcut.code,
        title=shortcut.title,
        body=shortcut.body,
        edited_by_id=shortcut.edited_by_id,
        edited_at=shortcut.edited_at,
    )


def refuse_too_many(work: Work, owner: int | None, more: int) -> None:
    """Raise BadInput when so many more would be too many."""
    kept = select(func.count()).select_from(_alive(owner).subquery())
    if work.exec(kept).one() + more > MOST:
        raise BadInput(f"There can be {MOST:,} shortcuts. Archive some first.")


def tell_changed(work: Work, owner: int | None) -> None:
    """Give the list of everyone's, or of an agent's own, a new name, and tell whom it concerns."""
    name = list_name(owner)
    mark = work.exec(select(Mark).where(col(Mark.name) == name).with_for_update()).first()
    mark = mark or Mark(name=name)
    mark.value = secrets.token_hex(8)
    work.add(mark)
    work.tell(ShortcutsChanged(owner))


def list_name(owner: int | None) -> str:
    """Under which mark the present state of a list is named."""
    return "shortcuts" if owner is None else f"shortcuts:{owner}"
