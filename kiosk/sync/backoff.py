"""How long to wait after a failed attempt: full jitter, so that terminals spread out.

NO I/O: chance and the past come in as arguments.

Source: "full jitter" as in Amazon's Builders' Library, Timeouts, retries and
backoff with jitter; the figures are ours.
"""

from collections.abc import Callable

FIRST_S = 1.0
OFFLINE_S = (30.0, 300.0)
"""While the fleet does not answer, so seldom is a reading made."""
_JITTER = 0.1
LONGEST_S = 900.0
LONGEST_WAIT_S = 2 * LONGEST_S
"""What the register asks for, and jitter on top; a longer wait is a clock that jumped."""
_DOUBLINGS = 10
"""2**10 seconds is beyond LONGEST_S; more would only grow the number."""


def wait_s(attempts: int, *, chance: float, asked_s: float = 0.0) -> float:
    """Return the seconds to wait before the next attempt.

    Args:
        attempts: how many have failed, at least one.
        chance: a random number from 0 to 1, below 1.
        asked_s: what the register asked for (Retry-After); kept up to LONGEST_S.
    """
    ceiling = min(LONGEST_S, FIRST_S * float(1 << min(attempts - 1, _DOUBLINGS)))
    floor = min(max(asked_s, 0.0), LONGEST_S)
    return floor + chance * ceiling


def silence_s(failed: int, *, asked_s: float, chance: Callable[[], float]) -> float:
    """Return the seconds until a terminal speaks to the fleet again after `failed` failures.

    Who was away for longer comes back spread over five minutes: ten thousand that lost the
    server at once do not find it again at once.
    """
    low, high = OFFLINE_S
    backed_off = min(high, max(low, wait_s(failed, chance=chance())))
    return max(asked_s, 0.0) + jittered(backed_off, chance=chance())


def jittered(pause_s: float, *, chance: float) -> float:
    """Return a pause up to a tenth shorter or longer."""
    return pause_s * (1 - _JITTER + 2 * _JITTER * chance)
