"""A device was exchanged for another: said once for a terminal, as a matter of security.

A reader that is not ours may read cards for somebody else. Whoever planned the exchange says so
to the alert, or has silenced the site for maintenance before.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from fleet.alerts.finding import Finding, fingerprint
from fleet.health.rules import Severity
from fleet.store.fittings import Swap
from fleet.store.reading_back import Place
from wire.devices import Place as Where
from wire.failures import Failure

RULE: Final = "device.swapped"
TOLD_S: Final = 7 * 86_400
"""So long an exchange is a matter; in the terminal's history it stays."""

_NAMES: Final[Mapping[Where, str]] = MappingProxyType(
    {
        Where.READER: "card reader",
        Where.FACE_CAMERA: "face camera",
        Where.DOCUMENT_CAMERA: "document camera",
        Where.PRINTER: "printer",
        Where.LIGHTS: "light board",
    }
)


def by_terminal(swaps: Iterable[Swap]) -> dict[int, list[Swap]]:
    """Return swaps by the number of their terminal, in order."""
    found: dict[int, list[Swap]] = {}
    for swap in swaps:
        found.setdefault(swap.terminal, []).append(swap)
    return found


def matter(place: Place, swaps: Sequence[Swap]) -> tuple[Finding | None, str]:
    """Return what is to be said of a terminal's swaps, and the fingerprint it goes by."""
    name = fingerprint(RULE, place.number, place.district)
    if not swaps or place.retired:
        return None, name
    finding = Finding(
        rule=RULE,
        terminal=place.number,
        district=place.district,
        severity=Severity.WARN,
        failure=Failure.DEVICE_SWAPPED,
        security=True,
        sentence=f"{place.name}: {said(swaps)}",
    )
    return finding, name


def said(swaps: Sequence[Swap]) -> str:
    """Return what was exchanged: the last of each place counts."""
    last = {swap.place: swap for swap in swaps}
    if len(last) > 1:
        return f"{len(last)} devices were exchanged within 7 days"
    (one,) = last.values()
    now, before = one.serial, one.serial_before
    if now == before or not (now and before):
        # Without two numbers it is the models that differ.
        now, before = one.model.partition(" ")[0], one.model_before.partition(" ")[0]
    return f"the {_NAMES[one.place]} was exchanged: {now} instead of {before}"
