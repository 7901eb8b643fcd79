"""Ask systemd: restart a program of ours, reboot, renew the certificate. Nothing else.

Each request is one fixed command line; nothing that came from outside is part of any. Who
may ask is polkit's to say: docs/fleet.md has the rule.

Source: systemctl(1), "Exit status": 5 is a unit that is not there.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wire.commands import Program
from wire.diagnostics import Unit
from wire.failures import Failure

_WHOLE_S: Final = 60.0
_NO_SUCH_UNIT: Final = 5
_UNITS: Final[Mapping[Program, str]] = MappingProxyType(
    {
        Program.ENGINE: "kiosk-engine.service",
        Program.SCREENS: "kiosk-screens.service",
        Program.SYNC: "kiosk-sync.service",
    }
)
_RENEWS: Final = "kiosk-renew-certificate.service"


class System:
    """The system manager, reached by one program."""

    def __init__(self, systemctl: Path) -> None:
        """Ask by the program at `systemctl`."""
        self._systemctl = systemctl

    def restart(self, program: Program) -> Failure | None:
        """Start a program anew; None if that was done."""
        # Waiting for one's own end would end the wait, not the program.
        wait = ("--no-block",) if program is Program.SYNC else ()
        return self._ask("restart", *wait, _UNITS[program])

    def reboot(self) -> Failure | None:
        """Reboot; None if that was begun."""
        return self._ask("reboot")

    def renew_certificate(self) -> Failure | None:
        """Renew the terminal's certificate; None if that was done."""
        return self._ask("start", _RENEWS)

    def unit(self, program: Program) -> Unit:
        """Return how a program is."""
        try:
            said = self._run("is-active", _UNITS[program]).stdout.strip()
        except (OSError, subprocess.TimeoutExpired):
            return Unit.UNKNOWN
        return Unit(said) if said in set(Unit) else Unit.UNKNOWN

    def _ask(self, *words: str) -> Failure | None:
        try:
            status = self._run(*words).returncode
        except (OSError, subprocess.TimeoutExpired) as cause:
            missing = isinstance(cause, FileNotFoundError)
            return Failure.COMMAND_UNSUPPORTED if missing else Failure.COMMAND_FAILED
        if status == _NO_SUCH_UNIT:
            return Failure.COMMAND_UNSUPPORTED
        return Failure.COMMAND_FAILED if status else None

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self._systemctl), "--no-ask-password", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_WHOLE_S,
            check=False,
        )
