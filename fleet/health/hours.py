"""When a site is open. NO I/O.

Hong Kong has had UTC+8 without summer time since 1979, so no table of zones is needed.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

HONG_KONG = timezone(timedelta(hours=8))
_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a site in Hong Kong's time."""

    opens: int = 0
    """Minute of the day; equal to `closes`: always open on the days."""
    closes: int = 0
    days: int = 0b1111111
    """Bit 0 is Monday."""
    closed_on: frozenset[date] = frozenset()
    """Public holidays, typhoons."""

    @property
    def text(self) -> str:
        """Return the minutes of the day between which it is open, as on a clock."""
        if self.opens == self.closes:
            return "00:00\N{EN DASH}24:00"
        opens, closes = (f"{m // 60:02}:{m % 60:02}" for m in (self.opens, self.closes))
        return f"{opens}\N{EN DASH}{closes}"

    def is_open(self, at: float) -> bool:
        """Say whether the site is open at `at`, seconds since 1970.

        Hours that pass midnight belong to the day they began on.
        """
        local = datetime.fromtimestamp(at, UTC).astimezone(HONG_KONG)
        minute = local.hour * 60 + local.minute
        if self.opens < self.closes:
            return self._serves(local.date()) and self.opens <= minute < self.closes
        if self.opens == self.closes:
            return self._serves(local.date())
        if minute >= self.opens:
            return self._serves(local.date())
        return minute < self.closes and self._serves(local.date() - timedelta(days=1))

    def open_for_s(self, at: float, *, at_most: float) -> float:
        """Return for how long the site has been open at `at`, up to `at_most` seconds."""
        seconds = 0.0
        while seconds < at_most and self.is_open(at - seconds):
            # The hours change at whole minutes only.
            seconds += (at - seconds) % 60 or 60
        return min(seconds, at_most)

    def _serves(self, day: date) -> bool:
        return bool(self.days >> day.weekday() & 1) and day not in self.closed_on
