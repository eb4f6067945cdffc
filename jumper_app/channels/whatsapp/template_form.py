"""The components of a template, as Meta lists them → its form. Pure, never raises.

What cannot be filled in by a person here (a carousel, a product list, a one-time code)
is kept and says why.
"""

import re
from collections.abc import Iterable, Mapping
from typing import get_args

from pydantic import JsonValue

from jumper_app.channels.contract import (
    ButtonKind,
    HeaderKind,
    Piece,
    TemplateButton,
    TemplateForm,
    Words,
)
from jumper_app.channels.loose import Object, listed, obj, text

GAP = re.compile(r"\{\{(\w+)\}\}")
"""Where a value stands: ``{{1}}`` or ``{{first_name}}``."""
CODE = "code"
"""The name of the value behind a copy-code button."""

BUTTONS: dict[str, ButtonKind] = {
    "QUICK_REPLY": "quick_reply",
    "URL": "url",
    "PHONE_NUMBER": "phone",
    "COPY_CODE": "copy_code",
    "VOICE_CALL": "other",
    "REQUEST_CONTACT_INFO": "other",
}
"""The buttons that can be sent from here; ``other`` ones need no value."""
HEADERS: dict[str, HeaderKind] = {one.upper(): one for one in get_args(HeaderKind)}
PARTS = {"HEADER", "BODY", "FOOTER", "BUTTONS"}

NO_CODES = "One-time codes are sent by machines, not by hand."
STRANGE_PART = "It has a part ({}) that cannot be filled in here yet."


def form_of(raw: Object) -> TemplateForm:
    """The form of one entry of Meta's list."""
    parts = {
        text(part.get("type")).upper(): part for part in map(obj, listed(raw.get("components")))
    }
    header, body = parts.get("HEADER", {}), parts.get("BODY", {})
    buttons = [obj(each) for each in listed(obj(parts.get("BUTTONS")).get("buttons"))]
    kind = text(header.get("format")).upper()
    return TemplateForm(
        header_kind=HEADERS.get(kind, "none"),
        header=words(text(header.get("text")), examples(header, "header_text")),
        body=words(text(body.get("text")), examples(body, "body_text")),
        footer=text(parts.get("FOOTER", {}).get("text")),
        buttons=tuple(map(button, buttons)),
        named=text(raw.get("parameter_format")).upper() == "NAMED",
        unfit=unfit(text(raw.get("category")).upper(), parts, kind, buttons),
    )


def words(written: str, known: Mapping[str, str]) -> Words:
    """A text cut at its gaps. ``known``: an example for each, by its name."""
    pieces: list[Piece] = []
    end = 0
    for gap in GAP.finditer(written):
        if gap.start() > end:
            pieces.append(Piece(text=written[end : gap.start()]))
        pieces.append(Piece(text=known.get(gap[1], ""), gap=gap[1]))
        end = gap.end()
    if end < len(written):
        pieces.append(Piece(text=written[end:]))
    return tuple(pieces)


def examples(part: Object, kind: str) -> dict[str, str]:
    """The examples of a part's values: named ones, or those of its one row by position."""
    given = obj(part.get("example"))
    named = {
        text(one.get("param_name")): text(one.get("example"))
        for one in map(obj, listed(given.get(f"{kind}_named_params")))
    }
    row = listed(given.get(kind))
    row = listed(row[0]) if row and isinstance(row[0], list) else row
    return named | {str(place): text(value) for place, value in enumerate(row, 1)}


def button(raw: Object) -> TemplateButton:
    """One button; of a kind that we do not know only its words."""
    kind = BUTTONS.get(text(raw.get("type")).upper(), "other")
    example = first(raw.get("example"))
    return TemplateButton(kind=kind, title=text(raw.get("text")), target=target(kind, raw, example))


def target(kind: ButtonKind, raw: Object, example: str) -> Words:
    """Where a button leads. Meta's example of an address is the whole address."""
    match kind:
        case "url":
            address = text(raw.get("url"))
            known = example.removeprefix(GAP.split(address)[0]) if example else ""
            return words(address, dict.fromkeys(GAP.findall(address), known))
        case "phone":
            return words(text(raw.get("phone_number")), {})
        case "copy_code":
            return (Piece(text=example, gap=CODE),)
        case _:
            return ()


def first(value: JsonValue) -> str:
    """An example that stands alone or in a list."""
    return text(value) or text(next(iter(listed(value)), None))


def unfit(
    category: str, parts: Mapping[str, JsonValue], header: str, buttons: Iterable[Object]
) -> str:
    """Why a person cannot fill it in here; empty when they can."""
    if category == "AUTHENTICATION":
        return NO_CODES
    strange = [*(name for name in parts if name not in PARTS)]
    if header and header not in HEADERS:
        strange.append(header)
    kinds = (text(one.get("type")).upper() for one in buttons)
    strange += [kind for kind in kinds if kind not in BUTTONS]
    names = dict.fromkeys(one.lower().replace("_", " ") for one in strange)
    return STRANGE_PART.format(", ".join(names)) if names else ""
