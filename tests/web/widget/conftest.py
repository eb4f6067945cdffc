"""A chat of a shop, its visitors, and an agent who answers them."""

from tests.house import db, house_on_postgres
from tests.web.widget.stage import shop, shop_with_a_bot

__all__ = ["db", "house_on_postgres", "shop", "shop_with_a_bot"]
