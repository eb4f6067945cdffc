"""What an agent can attach, made ready for the browser. Pure: a channel in, rows out."""

from collections.abc import Mapping
from typing import TypedDict

from jumper_app.channels.contract import Channel, MenuItem
from jumper_app.conversations.attachments import (
    BEHIND,
    MOST_AT_ONCE,
    Takes,
    size_of,
    takes,
    too_large,
    too_many,
    wrong_type,
)
from jumper_app.panel import words


class TakesRow(TypedDict):
    """One kind of file that the channel takes, and what an agent reads when it does not."""

    kind: str
    types: list[str]
    endings: list[str]
    bytes: int
    captioned: bool
    tooLarge: str


class FilesRow(TypedDict):
    """What the browser checks before a file leaves it. ``most``: files in one send."""

    takes: list[TakesRow]
    most: int
    caption: int
    wrongType: str
    tooMany: str


class MenuRow(TypedDict):
    """One item of the attachment menu. ``kinds``: the files behind it, none for the others.

    ``off``: why it cannot be chosen here; empty when it can.
    """

    item: str
    words: str
    kinds: list[str]
    accept: str
    hint: str
    wrongType: str
    off: str


DIALOGS = frozenset({MenuItem.LOCATION, MenuItem.CONTACT, MenuItem.TEMPLATE, MenuItem.OPTIN})
"""Items that are no files."""

NO_FILES = FilesRow(takes=[], most=0, caption=0, wrongType="", tooMany="")


def files_row(channel: Channel) -> FilesRow:
    """Everything that a channel's limits say about files."""
    return FilesRow(
        takes=[_takes_row(channel, each) for each in takes(channel)],
        most=MOST_AT_ONCE,
        caption=channel.limits.caption,
        wrongType=wrong_type(channel),
        tooMany=too_many(),
    )


def menu_rows(channel: Channel, not_here: Mapping[str, str]) -> list[MenuRow]:
    """The attachment menu: exactly what the channel has, in its order.

    ``not_here``: what cannot be chosen on this account, and why.
    """
    return [
        _menu_row(
            channel,
            item,
            [each for each in takes(channel) if each.kind in kinds],
            not_here.get(item, ""),
        )
        for item in channel.menu
        if (kinds := BEHIND.get(item, ())) or item in DIALOGS
    ]


def _takes_row(channel: Channel, each: Takes) -> TakesRow:
    return TakesRow(
        kind=each.kind,
        types=sorted(each.types),
        endings=sorted(each.endings),
        bytes=each.bytes,
        captioned=each.captioned,
        tooLarge=too_large(channel, each),
    )


def _menu_row(channel: Channel, item: str, behind: list[Takes], off: str) -> MenuRow:
    endings = sorted({ending for each in behind for ending in each.endings})
    return MenuRow(
        item=item,
        words=words.ATTACHMENTS[item],
        kinds=[each.kind for each in behind],
        accept=",".join(endings),
        hint=words.takes_files([(each.called, size_of(each.bytes)) for each in behind]),
        wrongType=wrong_type(channel, behind),
        off=off,
    )
