"""Which files a channel takes from an agent, by its own row of limits. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from jumper_app.channels.contract import KIB, MIB, Channel, MediaKind, MenuItem
from jumper_app.errors import BadInput

from .kinds import BY_MIME
from .pictures import FORMATS, Wanted

MOST_AT_ONCE = 10
"""Files in one send: more is a mistake, or deserves an archive."""

BEHIND: Mapping[MenuItem, tuple[MediaKind, ...]] = {
    MenuItem.PICTURE: ("image",),
    MenuItem.PHOTO: ("image",),
    MenuItem.VIDEO: ("video",),
    MenuItem.FILE: ("document", "audio"),
}
"""What stands behind an item of the menu; the others are no files."""

CALLED: Mapping[MediaKind, str] = {
    "image": "pictures",
    "video": "videos",
    "audio": "sound files",
    "document": "files",
    "sticker": "stickers",
}


@dataclass(frozen=True)
class Takes:
    """One kind of file that agents can send on a channel.

    Attributes:
        types: Media types, with those that are turned into another one on the way.
        endings: What the names of such files end with.
        bytes: The largest size.
        captioned: It can carry words.
    """

    kind: MediaKind
    types: frozenset[str]
    endings: frozenset[str]
    bytes: int
    captioned: bool

    @property
    def called(self) -> tuple[str, ...]:
        """What people call these types, each once."""
        known = (each.called for each in BY_MIME.values() if each.mime in self.types)
        return tuple(dict.fromkeys(known))


def takes(channel: Channel) -> tuple[Takes, ...]:
    """What an agent can send, in the order of the channel's menu."""
    kinds = dict.fromkeys(kind for item in channel.menu for kind in BEHIND.get(item, ()))
    return tuple(_takes(channel, kind) for kind in kinds if kind in channel.limits.media)


def _takes(channel: Channel, kind: MediaKind) -> Takes:
    limit = channel.limits.media[kind]
    types = limit.types | (frozenset(FORMATS) if kind == "image" else frozenset[str]())
    endings = {ending for mime in types if mime in BY_MIME for ending in BY_MIME[mime].endings}
    captioned = limit.captioned and channel.limits.caption > 0
    return Takes(kind, types, frozenset(endings), limit.bytes, captioned)


def taken_as(channel: Channel, mime: str, size: int) -> Takes:
    """As what an uploaded file goes. Raises BadInput that names the limit which it breaks."""
    found = next((each for each in takes(channel) if mime in each.types), None)
    if found is None:
        raise BadInput(wrong_type(channel))
    if size > found.bytes:
        raise BadInput(too_large(channel, found))
    return found


def taken_by_any(channels: Collection[Channel], mime: str, size: int) -> tuple[MediaKind, Wanted]:
    """As what a file goes where it goes at all, and what a picture may become meanwhile.

    Raises BadInput when none of these channels takes it.
    """
    found = [
        (each, channel.limits.media[each.kind].types)
        for channel in channels
        for each in takes(channel)
        if mime in each.types
    ]
    if not found:
        raise BadInput("No channel takes this type of file.")
    most = max(each.bytes for each, _ in found)
    if size > most:
        raise BadInput(f"No channel takes {CALLED[found[0][0].kind]} of more than {size_of(most)}.")
    return found[0][0].kind, Wanted(frozenset[str]().union(*(types for _, types in found)), most)


def goes_as(channel: Channel, mime: str, size: int) -> Takes:
    """As what a stored file goes, which nobody makes anew any more. Raises BadInput."""
    found = taken_as(channel, mime, size)
    if mime not in channel.limits.media[found.kind].types:
        raise BadInput(wrong_type(channel))
    return found


def must_stand_behind(channel: Channel, item: MenuItem | None, kind: MediaKind) -> None:
    """Raise BadInput when a file was asked for under an item of the menu that is for others."""
    if item is None or kind in BEHIND.get(item, ()):
        return
    raise BadInput(
        wrong_type(channel, [each for each in takes(channel) if each.kind in BEHIND.get(item, ())])
    )


def largest(channel: Channel) -> int:
    """Bytes of the largest file of any kind; 0 when it takes none."""
    return max((each.bytes for each in takes(channel)), default=0)


def largest_of(channels: Collection[Channel]) -> int:
    """Bytes of the largest file that any of these channels takes."""
    return max((largest(channel) for channel in channels), default=0)


def endings_of(channels: Collection[Channel]) -> list[str]:
    """What the names of files end with that any of these channels takes."""
    return sorted({end for channel in channels for each in takes(channel) for end in each.endings})


def wrong_type(channel: Channel, behind: Sequence[Takes] | None = None) -> str:
    """What an agent reads when a file is of a type that cannot be sent.

    Args:
        behind: What it takes at this place; left out, all that it takes.
    """
    name = channel.wording.name
    possible = takes(channel) if behind is None else behind
    if not possible:
        return f"{name} takes no files."
    listed = [f"{CALLED[each.kind]} as {any_of(each.called)}" for each in possible]
    return f"This type of file cannot be sent. {name} takes {'; '.join(listed)}."


def any_of(names: Sequence[str]) -> str:
    """One of several, in words."""
    return " or ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def too_large(channel: Channel, each: Takes) -> str:
    """What an agent reads when a file is larger than the channel takes."""
    return f"{channel.wording.name} takes {CALLED[each.kind]} of at most {size_of(each.bytes)}."


def too_much(channel: Channel) -> str:
    """What an agent reads when a file is larger than anything that the channel takes."""
    return f"{channel.wording.name} takes files of at most {size_of(largest(channel))}."


def too_many() -> str:
    """What an agent reads when these are too many files."""
    return f"At most {MOST_AT_ONCE} files can be sent at once."


def size_of(count: int) -> str:
    """A limit in words."""
    return f"{count // MIB} MB" if count >= MIB else f"{count // KIB} KB"
