"""``/settings/account``: one's own name, password and sessions."""

from typing import Annotated

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.db import database
from jumper_app.errors import BadInput, Refused
from jumper_app.panel.access import handler, say, to_sign_in
from jumper_app.panel.arguments import Form
from jumper_app.panel.me import MeState
from jumper_app.people import agents, sessions, signing_in
from jumper_app.people.passwords import WeakPassword
from jumper_app.people.preferences import SendKey, UndoSeconds, prefer, preferences
from jumper_app.people.sessions import Who

from . import words
from .session_rows import SessionRow, session_row

Secret = Annotated[str, Field(max_length=1000, repr=False)]


class NameForm(Form):
    """The name that colleagues and customers read."""

    name: Annotated[str, Field(max_length=400)]


class WritingForm(Form):
    """How one likes to write."""

    send_key: SendKey
    undo_s: UndoSeconds


class PasswordForm(Form):
    """The present password, and twice the new one."""

    old: Secret
    new: Secret
    repeat: Secret


class AccountState(rx.State):
    """One's own account."""

    name: str = ""
    name_error: str = ""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    send_key: str = ""
    undo_s: str = ""
    """How one writes; empty while it is not known."""
    sessions: rx.Field[list[SessionRow]] = rx.field(default_factory=list)
    changed: int = 0
    """Grows with every new password, so that the form starts empty again."""

    @handler()
    async def load(self, who: Who) -> None:
        """Show the page without what was wrong the last time."""
        self.name, self.name_error, self.errors = who.name, "", {}
        chosen = await database().ask(preferences, who.id)
        self.send_key, self.undo_s = chosen.send_key, chosen.undo_s
        await self._show_sessions(who)

    async def _show_sessions(self, who: Who) -> None:
        found = await database().ask(
            sessions.open_sessions, who.id, clock.machine(), this=who.session_id
        )
        self.sessions = [session_row(one) for one in found]

    @handler(rate="30/minute")
    async def end_session(self, who: Who, name: str) -> None:
        """Sign out of one browser; of this one, too."""
        await database().run(sessions.end, who.id, name)
        await self._show_sessions(who)

    @handler(rate="20/minute")
    async def rename(self, who: Who, form: NameForm):
        """Change one's own name."""
        try:
            await database().run(agents.rename, agent_id=who.id, name=form.name, by=who)
        except BadInput as error:
            self.name_error = error.for_agent
            return None
        self.name, self.name_error = form.name, ""
        me = await self.get_state(MeState)
        me._rename(form.name)
        return say(words.NAME_SAVED, "success")

    @handler(rate="60/minute")
    async def write_like(self, who: Who, form: WritingForm):
        """Change which key sends, and how long a reply waits."""
        chosen = {"send_key": form.send_key, "undo_s": form.undo_s}
        await database().run(prefer, agent_id=who.id, **chosen)
        self.send_key, self.undo_s = form.send_key, form.undo_s
        return say(words.WRITING_SAVED, "success")

    @handler(rate="20/minute")
    async def change_password(self, who: Who, form: PasswordForm):
        """Change one's own password; other browsers are signed out."""
        if form.new != form.repeat:
            self.errors = {"repeat": words.PASSWORDS_DIFFER}
            return None
        self.errors = await _changed(who, form)
        if self.errors:
            return None
        self.changed += 1
        return say(words.PASSWORD_CHANGED, "success")

    @handler(rate="20/minute")
    async def sign_out_everywhere(self, who: Who):
        """End every session of one's own, this one too."""
        await database().run(sessions.sign_out_everywhere, who.id)
        return to_sign_in()


async def _changed(who: Who, form: PasswordForm) -> dict[str, str]:
    """Change the password; what is wrong, by field."""
    try:
        await signing_in.change_password(database(), who, form.old, form.new)
    except WeakPassword as error:
        return {"new": error.for_agent}
    except Refused as error:
        return {"old": error.for_agent}
    return {}
