"""Is a terminal there? Six states, with hysteresis, so that a late packet wakes nobody.

NO I/O. Silence counts from what the server itself asked for: a fleet that is slowed down
does not look ill.

Source: threshold equal to the interval makes a terminal "chronically late"; three missed
check-ins and recovery only after two are what operators of other fleets came to. The
figures are ours.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

LATE_AFTER: Final = 1.5
"""Pauses without a word until a terminal is late."""
MISSED: Final = 3
"""Pauses without a word until it is offline."""
GRACE_S: Final = 15.0
BACK_AFTER: Final = 2
"""Check-ins until a terminal that was offline is believed to be back."""
STALE_S: Final = 7 * 86_400.0


class Presence(StrEnum):
    """Where a terminal stands."""

    NEVER_SEEN = "never_seen"
    ONLINE = "online"
    LATE = "late"
    OFFLINE = "offline"
    STALE = "stale"
    """Offline for a week: no longer counted with those that should be there."""
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is remembered of a terminal between two looks."""

    presence: Presence = Presence.NEVER_SEEN
    since: float = 0.0
    heard_at: float | None = None
    """When its last check-in came, by the server's clock."""
    beats: int = 0
    """Check-ins since it was offline."""
    flaps: int = 0
    """How often it has gone offline, ever."""


def heard(standing: Standing, at: float) -> Standing:
    """Return the standing after a check-in that came at `at`."""
    beats = standing.beats + 1
    standing = replace(standing, heard_at=at, beats=beats)
    away = standing.presence in {Presence.OFFLINE, Presence.STALE}
    if standing.presence is Presence.RETIRED or (away and beats < BACK_AFTER):
        return standing
    return _in(standing, Presence.ONLINE, at)


def looked(standing: Standing, now: float, *, pause_s: float) -> Standing:
    """Return the standing at `now`, if nothing came since.

    Args:
        standing: as it was.
        now: seconds since 1970, by the server's clock.
        pause_s: the pause that the server asked this terminal for last.
    """
    if standing.heard_at is None or standing.presence is Presence.RETIRED:
        return standing
    silent_s = now - standing.heard_at
    if silent_s >= STALE_S:
        return _in(standing, Presence.STALE, now)
    if silent_s >= MISSED * pause_s + GRACE_S:
        return _in(standing, Presence.OFFLINE, now)
    if silent_s > LATE_AFTER * pause_s and standing.presence is Presence.ONLINE:
        return _in(standing, Presence.LATE, now)
    return standing


def retired(standing: Standing, at: float) -> Standing:
    """Return the standing of a terminal that was taken out of the fleet."""
    return _in(standing, Presence.RETIRED, at)


def _in(standing: Standing, presence: Presence, at: float) -> Standing:
    if presence is standing.presence:
        if presence in {Presence.OFFLINE, Presence.STALE}:
            # What came in between was not enough to be believed.
            return replace(standing, beats=0)
        return standing
    if presence is Presence.OFFLINE:
        return replace(standing, presence=presence, since=at, beats=0, flaps=standing.flaps + 1)
    return replace(standing, presence=presence, since=at)
