"""Opening links that somebody gave us, so that none of them leads to this machine or its network.

A floor of its own: it knows the network and nothing of the business, so that whoever opens
an address from outside can stand on it.
"""

from .addresses import is_public
from .errors import LinkRefused, LinkTooLarge, LinkTooSlow, NoLink
from .links import Fetched, Fetcher

__all__ = [
    "Fetched",
    "Fetcher",
    "LinkRefused",
    "LinkTooLarge",
    "LinkTooSlow",
    "NoLink",
    "is_public",
]
