"""A chat of a shop, its visitors, and an agent who answers them."""

from tests.house import db, house_on_postgres
from tests.web.widget.stage import little_shop, shop, shop_with_a_bot

__all__ = ["db", "house_on_postgres", "little_shop", "shop", "shop_with_a_bot"]
