"""What WhatsApp answers about a business account: its numbers, and who hears of them.

Source: Meta's OpenAPI file v23.0, WhatsApp Business Account and Webhook Subscriptions.
"""

from typing import Any

from jumper_app.simulator.ground import Ground
from jumper_app.simulator.meta.graph import Call, Edge
from jumper_app.simulator.whatsapp.config import Number, Numbers

NUMBER_FIELDS = "id,display_phone_number,verified_name,quality_rating"
CHANNEL = "whatsapp"


def about_number(number: Number) -> dict[str, Any]:
    """Everything that can be asked about a number."""
    return {
        "verified_name": number.verified_name,
        "code_verification_status": "VERIFIED",
        "display_phone_number": number.display_phone_number,
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "id": number.phone_number_id,
    }


class Account:
    """The edges of a business account."""

    def __init__(self, ground: Ground, numbers: Numbers) -> None:
        self._ground = ground
        self._numbers = numbers

    def edge(self, method: str, name: str) -> Edge | None:
        """What is done under this name; None if nothing is."""
        acts = {
            ("GET", "phone_numbers"): self._phone_numbers,
            ("GET", "subscribed_apps"): self._apps,
            ("POST", "subscribed_apps"): self._add_app,
            ("DELETE", "subscribed_apps"): self._remove_app,
        }
        act = acts.get((method, name))
        return Edge("number", act) if act else None

    async def _phone_numbers(self, call: Call) -> Any:
        asked = call.request.query_params.get("fields", NUMBER_FIELDS).split(",")
        mine = [one for one in self._numbers.numbers if one.waba_id == call.node]
        told = [about_number(one) for one in mine]
        return {"data": [{name: one[name] for name in asked if name in one} for one in told]}

    async def _apps(self, _: Call) -> Any:
        config = self._ground.config
        about = {
            "id": config.app_id,
            "name": config.app_name,
            "link": f"https://www.facebook.com/games/?app_id={config.app_id}",
        }
        mine = self._ground.store.is_subscribed(CHANNEL, config)
        return {"data": [{"whatsapp_business_api_data": about}] if mine else []}

    async def _add_app(self, _: Call) -> Any:
        self._ground.store.remember(f"subscribed {CHANNEL}", "yes")
        return {"success": True}

    async def _remove_app(self, _: Call) -> Any:
        self._ground.store.remember(f"subscribed {CHANNEL}", "no")
        return {"success": True}
