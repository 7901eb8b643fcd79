"""Network, clock, site and panel: what the machine finds where it stands."""

import re
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from provisioning.acts.work import Work
from provisioning.identity import fleet_link
from provisioning.identity.fleet_link import FleetError
from provisioning.runner import NotDone
from provisioning.steps import Figure
from wire.claim import ClaimCode, NoClaimCode
from wire.failures import Failure

_CONNECT_S: Final = 5.0
_MOST_OFF_S: Final = 60.0
_NEVER_BEFORE_S: Final = 1_767_225_600
"""2026-01-01: no clock of a terminal shows an earlier time."""
_MODE = re.compile(r"([0-9]{3,5})x([0-9]{3,5})")


def network(work: Work) -> Mapping[str, Figure]:
    """Reach the fleet and the register."""
    figures: dict[str, Figure] = {}
    for name, url in (("fleet", work.answers.fleet.url), ("register", work.answers.register.url)):
        address = urlsplit(url)
        began = time.monotonic()
        try:
            line = socket.create_connection(
                (address.hostname, address.port or 443), timeout=_CONNECT_S
            )
        except (OSError, UnicodeError):
            raise NotDone(Failure.PROVISION_NO_NETWORK.value, unreachable=name, **figures) from None
        line.close()
        figures[f"{name}_ms"] = round((time.monotonic() - began) * 1000)
    return figures


def clock(work: Work) -> Mapping[str, Figure]:
    """Hold the clock against the fleet's, where the slip says whose word counts.

    Without a code beforehand the clock is plausible at best: the claim itself fails with a
    clock that is far off, and the register's time is held against it from then on.
    """
    now = work.clock()
    figures: dict[str, Figure] = {
        "synchronized": (work.root / "run/systemd/timesync/synchronized").exists()
    }
    if now < _NEVER_BEFORE_S:
        raise NotDone(Failure.CLOCK_UNTRUSTED.value, **figures)
    try:
        code = ClaimCode.parse(work.answers.fleet.code)
        _, answer = fleet_link.authority(code)
    except (NoClaimCode, FleetError):
        return figures
    if answer.date_s is not None:
        off_s = round(now - answer.date_s, 1)
        figures["off_s"] = off_s
        if abs(off_s) > _MOST_OFF_S:
            raise NotDone(Failure.CLOCK_UNTRUSTED.value, **figures)
    return figures


def site(work: Work) -> Mapping[str, Figure]:
    """Say where this is; the answers were read strictly already."""
    named = work.answers.site
    return {
        "id": named.id,
        "mode": named.mode,
        "languages": " ".join(named.languages),
        "hours": "always" if named.opens == named.closes else f"{named.opens}-{named.closes}",
    }


def panel(work: Work) -> Mapping[str, Figure]:
    """Find the panel and its size, upright or lying."""
    found = [_mode_of(card) for card in sorted((work.root / "sys/class/drm").glob("card*-*"))]
    connected = [mode for mode in found if mode is not None]
    if not connected:
        raise NotDone(Failure.PROVISION_NO_PANEL.value)
    wanted = work.answers.machine.panel
    turned = "x".join(reversed(wanted.split("x")))
    for mode in connected:
        if mode in {wanted, turned}:
            return {"mode": mode, "turned": mode != wanted}
    raise NotDone(Failure.PROVISION_OTHER_PANEL.value, mode=connected[0])


def _mode_of(connector: Path) -> str | None:
    """Return the best mode of a connector that has a panel."""
    try:
        if (connector / "status").read_text().strip() != "connected":
            return None
        found = _MODE.match((connector / "modes").read_text())
    except OSError:
        return None
    return f"{found[1]}x{found[2]}" if found else None
