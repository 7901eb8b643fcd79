"""When to stop: failures against what is tolerable, sessions against what was usual.

NO I/O. Two rules, each for what the other cannot see: a release that does not come up, and one
that comes up and makes citizens give up.
"""

from dataclasses import dataclass
from typing import Final

from fleet.anomaly.chance import at_most_of

TOLERABLE: Final = 0.02
"""Installations that fail for reasons of their own."""
SURE: Final = 0.90
LEAST_FAILURES: Final = 2
"""One failure may be the terminal's own."""
FALLEN_BY: Final = 0.10
CHANCE_OF_FALL: Final = 0.001
LEAST_SESSIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Sessions:
    """Visits that ended, and those of them that were completed."""

    ended: int
    completed: int

    @property
    def share(self) -> float:
        """Completed over ended."""
        return self.completed / self.ended if self.ended else 0.0


NONE: Final = Sessions(0, 0)


def failing(failed: int, well: int) -> float:
    """Return the probability that more than `TOLERABLE` of installations fail.

    Before the first is known every rate is held equally likely, so the posterior is
    Beta(failed + 1, well + 1), and its tail a binomial one.
    Source: Gelman et al., Bayesian Data Analysis (3rd ed.), 2.4; DLMF 8.17.5.
    """
    return at_most_of(failed, failed + well + 1, TOLERABLE)


def too_many_fail(failed: int, well: int) -> bool:
    """Say whether a rollout must stop for failed installations."""
    return failed >= LEAST_FAILURES and failing(failed, well) > SURE


def sessions_fell(before: Sessions, after: Sessions) -> bool:
    """Say whether citizens complete clearly less since the update.

    Args:
        before: on the same terminals, with the version before.
        after: since the update was confirmed.
    """
    if min(before.ended, after.ended) < LEAST_SESSIONS:
        return False
    fallen = before.share - after.share
    return fallen >= FALLEN_BY and (
        at_most_of(after.completed, after.ended, before.share) < CHANCE_OF_FALL
    )
