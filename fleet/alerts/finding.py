"""What was found about a terminal or a district, before anybody is told. NO I/O."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from fleet.health.rules import Severity
from wire.failures import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One matter that somebody should know."""

    rule: str
    """Id of the health rule or detector."""
    terminal: int | None
    """None for a matter of a whole district."""
    district: str
    severity: Severity
    failure: Failure
    """Names the runbook: its row in docs/runbooks.md."""
    sentence: str
    """What is the matter, with numbers; made by us. Of a terminal's own there is nothing in it but
    what `wire.devices` lets through."""
    security: bool = False

    @property
    def fingerprint(self) -> str:
        """Return what makes this matter the same one tomorrow."""
        return fingerprint(self.rule, self.terminal, self.district)

    @property
    def group(self) -> str:
        """Return what it is told together with: the same matter in one district."""
        return f"{self.rule}@{self.district}"


@lru_cache(maxsize=500_000)
def fingerprint(rule: str, terminal: int | None, district: str) -> str:
    """Return the name of a matter."""
    subject = district if terminal is None else str(terminal)
    return hashlib.sha256(f"{rule}\0{subject}".encode()).hexdigest()[:24]


def runbook(failure: Failure) -> str:
    """Return where it is written what to do."""
    return f"docs/runbooks.md#{failure.value}"
