"""When the office is open. Pure; the table row is a ``ServiceSetting``."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from jumper_app.channels.contract import Frozen

WEEK = 7


class Span(Frozen):
    """Open on a day (0 is Monday) from ``begins`` until just before ``ends``."""

    day: int = Field(ge=0, lt=WEEK)
    begins: time
    ends: time

    @model_validator(mode="after")
    def goes_forward(self) -> Self:
        """Refuse a span that ends before it begins; two spans make a night."""
        if self.ends <= self.begins:
            raise ValueError("the office closes after it opens")
        return self


class OfficeHours(Frozen):
    """The spans of a week in one zone. No span at all: the office is always open."""

    zone: str = "UTC"
    spans: tuple[Span, ...] = ()

    @field_validator("zone")
    @classmethod
    def is_known(cls, zone: str) -> str:
        """Refuse a zone that is in no atlas."""
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as unknown:
            raise ValueError("this time zone is not known") from unknown
        return zone

    @model_validator(mode="after")
    def spans_stand_apart(self) -> Self:
        """Refuse spans of one day that overlap."""
        in_order = sorted(self.spans, key=lambda span: (span.day, span.begins))
        for one, other in pairwise(in_order):
            if one.day == other.day and other.begins < one.ends:
                raise ValueError("two office hours of one day overlap")
        return self

    def is_open(self, now: datetime) -> bool:
        """Is somebody in the office at ``now``?"""
        if not self.spans:
            return True
        here = now.astimezone(ZoneInfo(self.zone))
        clock = here.time().replace(tzinfo=None)
        return any(
            span.day == here.weekday() and span.begins <= clock < span.ends for span in self.spans
        )

    def opened_since(self, then: datetime, now: datetime) -> bool:
        """Did the office open after ``then`` and until ``now``?"""
        zone = ZoneInfo(self.zone)
        day = then.astimezone(zone).date()
        while day <= now.astimezone(zone).date():
            for span in self.spans:
                if span.day == day.weekday():
                    opens = datetime.combine(day, span.begins, zone).astimezone(UTC)
                    if then < opens <= now:
                        return True
            day += timedelta(days=1)
        return False
