"""The product as the story runs it: with a channel more than it has."""

import sys

from jumper_app.channels import CHANNELS
from jumper_app.start import stages
from tests.story.pigeon import PIGEON

CHANNELS["pigeon"] = PIGEON

if __name__ == "__main__":
    sys.exit(stages.run())
