"""What can happen to a business's templates, on the page and by the controls."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jumper_app.errors import NotFound
from jumper_app.simulator.whatsapp.config import CHANNEL
from jumper_app.simulator.whatsapp.network import WhatsApp
from jumper_app.simulator.whatsapp.templates import Change, Templates

if TYPE_CHECKING:
    from jumper_app.simulator.simulator import Simulator

STATUS, QUALITY = "message_template_status_update", "message_template_quality_update"

HAPPENINGS: Mapping[str, Change] = {
    "approved": Change(STATUS, "APPROVED"),
    "paused": Change(STATUS, "PAUSED"),
    "rejected": Change(STATUS, "REJECTED", "INVALID_FORMAT"),
    "disabled": Change(STATUS, "DISABLED"),
    "pending": Change(STATUS, "PENDING"),
    "deleted": Change(STATUS, "DELETED"),
    "good": Change(QUALITY, "GREEN"),
    "bad": Change(QUALITY, "RED"),
    "marketing": Change("template_category_update", "MARKETING"),
    "rewritten": Change("message_template_components_update", "These words are new, {{1}}."),
}
"""What can happen on the page, by its key in ``words.TEMPLATE_HAPPENINGS``."""


def templates_of(simulator: "Simulator") -> Templates:
    """The templates of the simulated business. Raises NotFound where there are none."""
    network = simulator.networks.get(CHANNEL)
    if not isinstance(network, WhatsApp):
        raise NotFound("There are no templates here.")
    return network.templates


def change(simulator: "Simulator", name: str, language: str, news: Change) -> None:
    """Let something happen to a template. Raises NotFound."""
    templates = templates_of(simulator)
    template = templates.ever(name, language)
    if template is None:
        raise NotFound("There is no such template.")
    templates.change(template, news)
