"""Silences and maintenance: nobody is told of what matches, until an end that must be named.

NO I/O. An alert that is silenced exists all the same and is shown as silenced.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LONGEST_S: Final = 30 * 86_400
LABELS: Final = ("rule", "terminal", "site", "district", "severity")


class BadSilence(ValueError):
    """The silence cannot be made; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What nobody is told of, from when to when, and who wanted that and why."""

    matchers: Mapping[str, str]
    """Label to value; all must match."""
    begins_at: float
    ends_at: float
    author: str
    reason: str
    maintenance: bool = False

    def __post_init__(self) -> None:
        """Refuse a silence without matcher, author, reason or a near end.

        Raises:
            BadSilence: it lacks one.
        """
        if not self.matchers or not set(self.matchers) <= set(LABELS):
            raise BadSilence(f"a silence matches by some of {', '.join(LABELS)}")
        if not all(self.matchers.values()):
            raise BadSilence("a matcher without a value would match nothing")
        if not self.author.strip() or not self.reason.strip():
            raise BadSilence("a silence has an author and a reason")
        if not 0 < self.ends_at - self.begins_at <= LONGEST_S:
            raise BadSilence("a silence ends, within thirty days")

    def covers(self, labels: Mapping[str, str], now: float) -> bool:
        """Say whether nobody is told of a matter with these labels now."""
        return self.begins_at <= now < self.ends_at and all(
            labels.get(name) == value for name, value in self.matchers.items()
        )
