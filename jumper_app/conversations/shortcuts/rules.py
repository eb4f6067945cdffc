"""What a shortcut may be. Pure."""

import re
from dataclasses import dataclass

from jumper_app.errors import BadInput

from .variables import problem_in

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
CODE_HINT = "Small letters, digits, - and _, at most 32. It begins with a letter or digit."
TITLE_LENGTH = 80
BODY_LENGTH = 1000
"""Characters; the original's limit."""


class WrongFields(BadInput):
    """Some fields cannot stay as they are. ``errors``: a sentence for each, by field."""

    code = "wrong_fields"

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(errors.values()))


@dataclass(frozen=True)
class Content:
    """What is written in a shortcut."""

    code: str
    title: str
    body: str


def checked(code: str, title: str, body: str) -> Content:
    """The same, tidied: the code without its slash, no blanks around. Raises WrongFields."""
    content = Content(
        code=code.strip().removeprefix("/").lower(),
        title=" ".join(_storable(title).split()),
        body=_storable(body).replace("\r\n", "\n").replace("\r", "\n").strip(),
    )
    errors = {
        "code": "" if CODE.fullmatch(content.code) else CODE_HINT,
        "title": _title_problem(content.title),
        "body": _body_problem(content.body),
    }
    if wrong := {field: sentence for field, sentence in errors.items() if sentence}:
        raise WrongFields(wrong)
    return content


def _title_problem(title: str) -> str:
    return "" if len(title) <= TITLE_LENGTH else f"At most {TITLE_LENGTH} characters."


def _body_problem(body: str) -> str:
    if not body:
        return "Write what the shortcut says."
    if len(body) > BODY_LENGTH:
        return f"{len(body)} characters; at most {BODY_LENGTH:,} are possible."
    return problem_in(body)


def _storable(text: str) -> str:
    """Neither NUL nor half a surrogate pair: no database takes them, no keyboard types them."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
