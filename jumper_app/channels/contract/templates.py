"""Messages that a provider approved beforehand, as it tells of them.

Words are kept as pieces, text and gaps in turn, from the moment they are read: a value is
put where a gap stands and is never looked at again, whatever it contains.
"""

from collections.abc import Callable
from typing import Literal, Protocol, runtime_checkable

from pydantic import Field

from .base import Frozen
from .outbound import ButtonKind, Credentials


class Piece(Frozen):
    """A stretch of a template's words: fixed text, or a gap for a value.

    Attributes:
        text: The fixed text; of a gap, the provider's example of what may stand there.
        gap: The name of the value that belongs here, ``1`` or ``first_name``; empty for text.
    """

    text: str = ""
    gap: str = ""


Words = tuple[Piece, ...]

HeaderKind = Literal["none", "text", "image", "video", "document", "location"]


class TemplateButton(Frozen):
    """A button under a template. ``target``: the address or number it leads to, or the code."""

    kind: ButtonKind
    title: str = ""
    target: Words = ()


class TemplateForm(Frozen):
    """What a template consists of.

    Attributes:
        named: Its gaps go by name, not by position.
        unfit: Why it cannot be filled in here, a sentence; empty when it can.
    """

    header_kind: HeaderKind = "none"
    header: Words = ()
    body: Words = ()
    footer: str = ""
    buttons: tuple[TemplateButton, ...] = ()
    named: bool = False
    unfit: str = ""


class KnownTemplate(Frozen):
    """One template of a business, in one language.

    Attributes:
        status: The provider's own word, known to us or not, for instance ``APPROVED``.
        reason: Why it was rejected, in the provider's own word.
    """

    external_id: str = ""
    name: str = Field(min_length=1)
    language: str = Field(min_length=1)
    category: str = ""
    status: str = ""
    quality: str = ""
    reason: str = ""
    form: TemplateForm = TemplateForm()


class TemplateRules(Frozen):
    """What a channel says about its templates. Lengths in characters, after filling in.

    Attributes:
        sendable: The status with which a template may be sent.
        marketing: The category of advertising, in the provider's own word.
        news: Kinds of ``AccountChange`` after which it is worth asking for them again.
        spaces: So many spaces may follow one another in a value. Line breaks and tabs may not.
        body: The longest body beside a header, a footer or buttons; ``body_alone`` without.
        why_not: Status and reason → why it cannot be sent, a sentence.
    """

    sendable: str
    marketing: str
    news: frozenset[str]
    header: int
    body: int
    body_alone: int
    target: int
    code: int
    spaces: int
    why_not: Callable[[str, str], str]


@runtime_checkable
class TellsTemplates(Protocol):
    """A door of a channel that has templates."""

    async def templates(self, credentials: Credentials) -> list[KnownTemplate]:
        """All of the business's templates, or none of them: raises ``SendFailed`` members."""
        ...
