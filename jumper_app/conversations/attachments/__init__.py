"""Files of messages: agents' uploads, customers' files, and the shelf where their bytes lie."""

from .fetches import (
    MAX_DOWNLOAD_BYTES,
    Fetch,
    fetched,
    is_due,
    keep_fetched,
    next_fetches,
    not_fetched,
    put_off,
)
from .kinds import SHOWN
from .room import check_room, forget_unsent, sweep_strays
from .shelf import Landing, copy_into, landing, path_of
from .signed import is_signed, signed_path
from .taking import (
    BEHIND,
    MOST_AT_ONCE,
    Takes,
    goes_as,
    largest,
    largest_of,
    must_stand_behind,
    size_of,
    taken_as,
    takes,
    too_large,
    too_many,
    too_much,
    wrong_type,
)
from .uploads import Prepared, prepare, prepare_for_any, read_upload, readable, store_upload

__all__ = [
    "BEHIND",
    "MAX_DOWNLOAD_BYTES",
    "MOST_AT_ONCE",
    "SHOWN",
    "Fetch",
    "Landing",
    "Prepared",
    "Takes",
    "check_room",
    "copy_into",
    "fetched",
    "forget_unsent",
    "goes_as",
    "is_due",
    "is_signed",
    "keep_fetched",
    "landing",
    "largest",
    "largest_of",
    "must_stand_behind",
    "next_fetches",
    "not_fetched",
    "path_of",
    "prepare",
    "prepare_for_any",
    "put_off",
    "read_upload",
    "readable",
    "signed_path",
    "size_of",
    "store_upload",
    "sweep_strays",
    "taken_as",
    "takes",
    "too_large",
    "too_many",
    "too_much",
    "wrong_type",
]
