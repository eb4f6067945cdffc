"""The demo business's templates, kept before Meta's stand-in is asked for the first time."""

from datetime import datetime

from jumper_app.channels.whatsapp.template_list import known
from jumper_app.conversations.templates.shelf import keep, next_syncs
from jumper_app.db import Work
from jumper_app.simulator.whatsapp.library import TEMPLATES
from jumper_app.simulator.whatsapp.templates import entry

FIELDS = "name,language,status,category,components,parameter_format,quality_score,rejected_reason"


def keep_templates(work: Work, now: datetime) -> None:
    """Keep what the stand-in would list."""
    listed = list(known({"data": [entry(one, FIELDS) for one in TEMPLATES]}))
    for sync in next_syncs(work, now=now):
        keep(work, sync, listed, now)
