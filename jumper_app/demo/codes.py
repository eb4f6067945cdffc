"""Discount codes of the demo: the pool that the ready flow draws from."""

import hashlib
from datetime import datetime

from jumper_app.bots.discounts import import_codes, make_pool
from jumper_app.bots.library.discount import POOL
from jumper_app.db import Work

CODES = tuple(
    f"BACK-{hashlib.sha256(str(number).encode()).hexdigest()[:6].upper()}" for number in range(50)
)


def keep_codes(work: Work, now: datetime) -> None:
    """Fill the pool."""
    pool = make_pool(work, name=POOL, now=now)
    import_codes(work, pool=pool.public_id, codes=CODES)
