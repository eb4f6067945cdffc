"""Files of messages: agents' uploads, customers' files, and the shelf where their bytes lie."""

from .fetches import MAX_DOWNLOAD_BYTES, Fetch, fetched, next_fetches, not_fetched
from .shelf import Landing, landing, path_of
from .uploads import read_upload, readable, store_upload

__all__ = [
    "MAX_DOWNLOAD_BYTES",
    "Fetch",
    "Landing",
    "fetched",
    "landing",
    "next_fetches",
    "not_fetched",
    "path_of",
    "read_upload",
    "readable",
    "store_upload",
]
