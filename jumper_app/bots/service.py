"""What an admin sets of the service as a whole: one row for each thing that is set."""

from typing import Any

from jumper_app.db import Work
from jumper_app.models import ServiceSetting

from .hours import OfficeHours

OFFICE_HOURS = "office_hours"


def office_hours(work: Work) -> OfficeHours:
    """When the office is open; always, while nobody has said when."""
    row = work.get(ServiceSetting, OFFICE_HOURS)
    return OfficeHours.model_validate(row.value) if row else OfficeHours()


def set_office_hours(work: Work, hours: OfficeHours) -> None:
    """From now on the office is open then."""
    keep(work, OFFICE_HOURS, hours.model_dump(mode="json"))


def keep(work: Work, name: str, value: Any) -> None:
    """Set one thing."""
    row = work.get(ServiceSetting, name)
    if row is None:
        work.add(ServiceSetting(name=name, value=value))
    else:
        row.value = value
