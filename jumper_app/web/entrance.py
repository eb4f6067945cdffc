"""The pages of the entrance: sign-in, what a one-time link offers, and its end."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from urllib.parse import quote

from starlette.responses import Response

from jumper_app.errors import Refused, TooManyRequests
from jumper_app.models import LinkPurpose, Role
from jumper_app.people import passwords
from jumper_app.people.agents import NAME_LENGTH
from jumper_app.people.links import Welcome

from . import pages
from .pages import Field


def sign_in_page(
    wanted: str, *, email: str = "", error: str = "", status: int = HTTPStatus.OK
) -> Response:
    """The sign-in form.

    Args:
        wanted: Where to go afterwards.
        email: What was typed before; the password is never shown again.
    """
    fields = _credentials(email, wrong=status == HTTPStatus.UNAUTHORIZED)
    return pages.page(
        "Sign in",
        pages.form("/auth/login", "Sign in", *fields, hidden={"next": wanted}),
        '<p class="foot">No password yet, or forgotten it? Ask an admin for a link.</p>',
        lead="Welcome back to Jumper.",
        error=error,
        status=status,
    )


def _credentials(email: str, *, wrong: bool) -> tuple[Field, Field]:
    return (
        Field(
            "email",
            "Email",
            kind="email",
            complete="username",
            value=email,
            focus=not email,
            wrong=wrong,
        ),
        Field(
            "password",
            "Password",
            kind="password",
            complete="current-password",
            longest=passwords.MAX_LENGTH,
            focus=bool(email),
            wrong=wrong,
        ),
    )


def link_page(
    token: str, offer: Welcome, fields: Mapping[str, str] | None = None, error: str = ""
) -> Response:
    filled = fields or {}
    is_reset = offer.purpose is LinkPurpose.RESET
    inputs = [_email_field(offer, filled)]
    if not is_reset:
        inputs.append(_name_field(offer, filled))
    inputs.append(_new_password_field(focus=bool(is_reset or error)))
    title = "Choose a new password" if is_reset else "Welcome to Jumper"
    button = "Save and sign in" if is_reset else "Create my sign-in"
    return pages.page(
        title,
        pages.form(f"/setup/{quote(token)}", button, *inputs),
        lead=_invitation(offer),
        error=error,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


def _invitation(offer: Welcome) -> str:
    """Who opened this door, as markup."""
    if offer.purpose is LinkPurpose.RESET:
        return f"For <b>{escape(offer.email)}</b>. You are signed out everywhere else."
    if offer.purpose is LinkPurpose.FIRST_ADMIN:
        return "You are going to be an admin here. Choose how you sign in."
    role = "an admin" if offer.role is Role.ADMIN else "an agent"
    host = (
        f"<b>{escape(offer.invited_by)}</b> invited you" if offer.invited_by else "You are invited"
    )
    return f"{host} to answer customers as {role}."


def _email_field(offer: Welcome, filled: Mapping[str, str]) -> Field:
    known = bool(offer.email)
    return Field(
        "email",
        "Email",
        kind="email",
        complete="username",
        value=offer.email or filled.get("email", ""),
        fixed=known,
        focus=not known and not filled,
    )


def _name_field(offer: Welcome, filled: Mapping[str, str]) -> Field:
    return Field(
        "name",
        "Your name",
        complete="name",
        value=filled.get("name") or offer.name,
        hint="Colleagues and customers see it.",
        longest=NAME_LENGTH,
        focus=bool(offer.email) and not filled,
    )


def _new_password_field(*, focus: bool) -> Field:
    return Field(
        "password",
        "Password",
        kind="password",
        complete="new-password",
        hint=f"At least {passwords.MIN_LENGTH} characters. A short sentence is a good one.",
        longest=passwords.MAX_LENGTH,
        shortest=passwords.MIN_LENGTH,
        focus=focus,
    )


def closed_page(refusal: Refused) -> Response:
    throttled = isinstance(refusal, TooManyRequests)
    return pages.page(
        "Please wait a little" if throttled else "This link is over",
        '<a class="button" href="/login">Go to sign in</a>',
        lead=escape(refusal.for_agent),
        status=HTTPStatus.TOO_MANY_REQUESTS if throttled else HTTPStatus.NOT_FOUND,
    )
