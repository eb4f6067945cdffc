"""Shortcuts as a CSV file and back: no word is lost; files are named, not carried. Pure.

A spreadsheet takes a cell for a formula by its first sign. Such cells go out with an
apostrophe before them and lose it again when they come back.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from jumper_app.errors import BadInput

COLUMNS = ("code", "title", "body", "scope", "attachments")
BETWEEN_FILES = "|"
"""Between the names of files in one cell; no name that we give holds it."""

SHARED, PERSONAL = "everyone", "personal"
SCOPES = {SHARED: True, PERSONAL: False}

MOST_LINES = 10_000
MOST_BYTES = 16 * 1024 * 1024
"""Of a file: ten thousand of the longest shortcuts in the widest letters."""

_SIGNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_DANGEROUS = re.compile(f"'*[{_SIGNS}]")
_DISARMED = re.compile(f"'+[{_SIGNS}]")
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        line: Where it begins in the file, from 1.
        attachments: The names of its files. They are here for who reads the table.
        problem: What is wrong with the line itself, as a sentence.
    """

    line: int
    code: str
    title: str
    body: str
    scope: str
    attachments: str = ""
    problem: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The names in ``attachments``, each without the blanks around it."""
        names = (name.strip() for name in self.attachments.split(BETWEEN_FILES))
        return tuple(name for name in names if name)


def written(rows: Iterable[Row]) -> str:
    """The table as CSV: every cell quoted, lines ended as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(disarmed(getattr(row, name)) for name in COLUMNS)
    return out.getvalue()


def read(content: bytes) -> list[Row]:
    """The rows of a CSV file, in its order. Raises BadInput when it is none.

    UTF-8 with or without its mark; separated by commas, semicolons or tabs; the columns
    in any order, all but ``code`` and ``body`` may be left out.
    """
    text = _decoded(content)
    first, _, _ = text.partition("\n")
    delimiter = max(_DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        header = next(lines, list[str]())
        places = _places(header)
        begins = lines.line_num + 1
        for cells in lines:
            if any(cell.strip() for cell in cells):
                rows.append(_row(begins, cells, places))
            begins = lines.line_num + 1
    except csv.Error as error:
        raise BadInput(f"Line {lines.line_num}: a quotation mark is out of place.") from error
    if len(rows) > MOST_LINES:
        raise BadInput(f"A file can hold {MOST_LINES:,} shortcuts.")
    return rows


def disarmed(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def armed(cell: str) -> str:
    """The cell as it was before ``disarmed``."""
    return cell[1:] if _DISARMED.match(cell) else cell


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise BadInput("This file is too large.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("This file is not UTF-8. Save it as “CSV UTF-8” and try again.") from error
    if "\x00" in text:
        raise BadInput("This is not a CSV file.")
    return text


def _places(header: list[str]) -> dict[str, int]:
    names = [name.strip().lower() for name in header]
    for needed in ("code", "body"):
        if needed not in names:
            raise BadInput(f"The first line must name the columns; “{needed}” is missing.")
    for name in names:
        if name not in COLUMNS:
            raise BadInput(f"There is no column “{name[:40]}”. Known are {', '.join(COLUMNS)}.")
        if names.count(name) > 1:
            raise BadInput(f"The column “{name}” is there twice.")
    return {name: place for place, name in enumerate(names)}


def _row(line: int, cells: list[str], places: dict[str, int]) -> Row:
    given = {name: armed(cells[at]) for name, at in places.items() if at < len(cells)}
    surplus = len(cells) > len(places)
    return Row(
        line=line,
        problem="It has more cells than the first line has names." if surplus else "",
        **{name: given.get(name, "") for name in COLUMNS},
    )
