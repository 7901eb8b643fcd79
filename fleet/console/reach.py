"""What of the fleet a person sees and may work on. NO I/O."""

from collections.abc import Iterable, Mapping
from typing import Any

from fleet.access.roles import Person, Right
from fleet.console.views import Line, labels


def lines_of(who: Person, shown: Iterable[Line], right: Right = Right.LOOK) -> list[Line]:
    """Return the terminals for which `who` has `right`."""
    if who.may_everywhere(right):
        return list(shown)
    return [one for one in shown if who.reaches(labels(one), right)]


def alerts_of(
    who: Person, alerts: Iterable[dict[str, Any]], seen: Iterable[Line], right: Right = Right.LOOK
) -> list[dict[str, Any]]:
    """Return the alerts about the terminals `seen`, and about their districts."""
    if who.may_everywhere(right):
        return list(alerts)
    numbers, districts = set(), set()
    for one in seen:
        numbers.add(one.place.number)
        districts.add(one.place.district)
    return [alert for alert in alerts if _is_theirs(alert, numbers, districts)]


def may_work_on(
    who: Person, alert: Mapping[str, Any], everything: Iterable[Line], right: Right
) -> bool:
    """Say whether `who` has `right` for one alert."""
    if right is Right.SILENCE and alert["security"]:
        right = Right.SILENCE_SECURITY
    return bool(alerts_of(who, [dict(alert)], lines_of(who, everything, right), right))


def _is_theirs(alert: Mapping[str, Any], numbers: set[int], districts: set[str]) -> bool:
    if alert["terminal"] is None:
        return alert["district"] in districts
    return alert["terminal"] in numbers
