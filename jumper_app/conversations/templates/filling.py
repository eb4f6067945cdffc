"""A template's form and an agent's values → the message. Pure.

A value is put where its gap stands and is never read again: whatever it contains, braces
or stars, reaches the customer as it was typed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jumper_app.channels.contract import (
    ButtonValue,
    KnownTemplate,
    OutLocation,
    OutMedia,
    OutTemplate,
    ShownButton,
    TemplateButton,
    TemplateForm,
    TemplateRules,
    TemplateText,
    TemplateValue,
    Words,
)
from jumper_app.errors import SendRefused

FILES = {"image": "picture", "video": "video", "document": "document"}
"""Headers that are files, and what an agent reads of each."""
FILE, PLACE = "header:file", "header:place"
"""Keys of a header that is no text."""

EMPTY = "Please fill this in."
ONE_LINE = "Line breaks and tabs are not allowed here."
TOO_LONG = "This makes the {} longer than {} characters."
NO_SPACES = "An address cannot hold spaces."


class ValuesRefused(SendRefused):
    """Some values are missing, or are none that the channel takes.

    Attributes:
        problems: By the gap's key, what is wrong with its value.
    """

    code = "values_refused"

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(next(iter(self.problems.values())))


@dataclass(frozen=True)
class Gap:
    """One thing that an agent has to say.

    Attributes:
        key: Names it within its template: ``body:1``, ``header:file``, ``button:0``.
        name: As the provider names it: ``1``, ``first_name``.
        example: The provider's own.
    """

    key: str
    name: str = ""
    example: str = ""


@dataclass(frozen=True)
class Values:
    """What the agent said. ``texts``: by the gap's key; ``file``: an attachment's public id."""

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    file: str = ""
    place: OutLocation | None = None


def gaps(form: TemplateForm) -> list[Gap]:
    """Everything that has to be said, in the order in which it is read."""
    found = [*_header_gap(form), *_in_words("header", form.header), *_in_words("body", form.body)]
    for index, button in enumerate(form.buttons):
        found += [Gap(f"button:{index}", gap.name, gap.example) for gap in _in_button(button)]
    return found


def _header_gap(form: TemplateForm) -> Iterator[Gap]:
    if form.header_kind in FILES:
        yield Gap(FILE, form.header_kind)
    elif form.header_kind == "location":
        yield Gap(PLACE, form.header_kind)


def _in_words(part: str, words: Words) -> list[Gap]:
    """Each value once, however often it stands in the words."""
    found = {piece.gap: piece.text for piece in words if piece.gap}
    return [Gap(f"{part}:{name}", name, example) for name, example in found.items()]


def _in_button(button: TemplateButton) -> list[Gap]:
    return _in_words("button", button.target)[:1]


def fill(template: KnownTemplate, values: Values, rules: TemplateRules) -> OutTemplate:
    """The message that these values make. Raises ValuesRefused."""
    form, texts = template.form, _trimmed(template.form, values)
    if found := problems(form, values, rules):
        raise ValuesRefused(found)
    return OutTemplate(
        name=template.name,
        language=template.language,
        header=_values("header", form.header, texts, form),
        header_media=_file(form, values.file),
        header_place=values.place if form.header_kind == "location" else None,
        body=_values("body", form.body, texts, form),
        buttons=tuple(_button_values(form, texts)),
        shown=shown(form, texts),
        marketing=template.category == rules.marketing,
    )


def shown(form: TemplateForm, texts: Mapping[str, str]) -> TemplateText:
    """What the customer reads; a value that is not there leaves its gap empty."""
    return TemplateText(
        header=joined(form.header, "header", texts),
        body=joined(form.body, "body", texts),
        footer=form.footer,
        buttons=tuple(
            ShownButton(
                kind=button.kind,
                title=button.title,
                target="".join(_filled(button.target, texts.get(f"button:{index}", ""))),
            )
            for index, button in enumerate(form.buttons)
        ),
    )


def joined(words: Words, part: str, texts: Mapping[str, str]) -> str:
    """The words of a part with the values in their gaps."""
    return "".join(
        texts.get(f"{part}:{piece.gap}", "") if piece.gap else piece.text for piece in words
    )


def _filled(words: Words, value: str) -> Iterator[str]:
    for piece in words:
        yield value if piece.gap else piece.text


def _trimmed(form: TemplateForm, values: Values) -> dict[str, str]:
    return {gap.key: values.texts.get(gap.key, "").strip() for gap in gaps(form)}


def _values(
    part: str, words: Words, texts: Mapping[str, str], form: TemplateForm
) -> tuple[TemplateValue, ...]:
    """The values of a part as the provider wants them: by name, or in their numbered order."""
    names = [gap.name for gap in _in_words(part, words)]
    if not form.named:
        names.sort(key=lambda name: (not name.isdecimal(), int(name) if name.isdecimal() else 0))
    return tuple(
        TemplateValue(text=texts[f"{part}:{name}"], name=name if form.named else "")
        for name in names
    )


def _file(form: TemplateForm, attachment: str) -> OutMedia | None:
    match form.header_kind:
        case "image" | "video" | "document" as kind:
            return OutMedia(kind=kind, attachment=attachment)
        case _:
            return None


def _button_values(form: TemplateForm, texts: Mapping[str, str]) -> Iterator[ButtonValue]:
    for index, button in enumerate(form.buttons):
        value = texts.get(f"button:{index}", "")
        match button.kind:
            case "url" | "copy_code" as kind if value:
                yield ButtonValue(index=index, kind=kind, value=value)
            case _:
                pass


def problems(form: TemplateForm, values: Values, rules: TemplateRules) -> dict[str, str]:
    """What is wrong with the values, by the gap's key; empty when all is well."""
    texts = _trimmed(form, values)
    found = {gap.key: wrong for gap in gaps(form) if (wrong := _wrong(gap.key, values, rules))}
    for key, wrong in _too_long(form, texts, rules):
        found.setdefault(key, wrong)
    return found


def _wrong(key: str, values: Values, rules: TemplateRules) -> str:
    if key == FILE:
        return "" if values.file else EMPTY
    if key == PLACE:
        there = values.place and values.place.name.strip() and values.place.address.strip()
        return "" if there else EMPTY
    value = values.texts.get(key, "").strip()
    if not value:
        return EMPTY
    if re.search(r"[\n\r\t]", value):
        return ONE_LINE
    if " " * (rules.spaces + 1) in value:
        return f"At most {rules.spaces} spaces may follow one another."
    return ""


def _too_long(
    form: TemplateForm, texts: Mapping[str, str], rules: TemplateRules
) -> Iterator[tuple[str, str]]:
    """The last value of each part that has become too long, and what is wrong with it."""
    words = shown(form, texts)
    alone = form.header_kind == "none" and not form.footer and not form.buttons
    most = rules.body_alone if alone else rules.body
    for part, length, limit in (
        ("header", len(words.header), rules.header),
        ("body", len(words.body), most),
    ):
        own = [key for key in texts if key.startswith(f"{part}:")]
        if own and length > limit:
            yield own[-1], TOO_LONG.format("text" if part == "body" else "header", f"{limit:,}")
    for index, button in enumerate(words.buttons):
        key = f"button:{index}"
        if key in texts:
            yield from _wrong_target(key, button, texts[key], rules)


def _wrong_target(
    key: str, button: ShownButton, value: str, rules: TemplateRules
) -> Iterator[tuple[str, str]]:
    limit = rules.code if button.kind == "copy_code" else rules.target
    if len(button.target) > limit:
        yield key, TOO_LONG.format("code" if button.kind == "copy_code" else "address", limit)
    elif button.kind == "url" and " " in value:
        yield key, NO_SPACES
