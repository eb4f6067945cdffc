"""What all networks of the simulator stand on."""

from dataclasses import dataclass

from jumper_app.simulator.config import Config
from jumper_app.simulator.faults import Faults
from jumper_app.simulator.postman import Postman
from jumper_app.simulator.store import Store


@dataclass(frozen=True)
class Ground:
    """Memory, misfortune, and the way to the app's door."""

    config: Config
    store: Store
    faults: Faults
    postman: Postman
