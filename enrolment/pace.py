"""How many requests each terminal may make: a bucket that fills up steadily.

NO I/O: the time comes in.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Pace:
    """Counts for any number of names; for one thread."""

    def __init__(self, *, per_s: float, burst: int) -> None:
        """Let each name make `burst` requests at once, and `per_s` each second after."""
        self._per_s = per_s
        self._burst = burst
        self._buckets: dict[str, _Bucket] = {}

    def wait_s(self, name: str, now: float) -> float:
        """Count a request of `name`; return 0 if it may go on, else in how long one may.

        Args:
            name: a known terminal's, so that strangers cannot fill the memory.
            now: seconds, monotonic.
        """
        bucket = self._buckets.setdefault(name, _Bucket(self._burst, now))
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._per_s)
        bucket.at = now
        if bucket.left >= 1:
            bucket.left -= 1
            return 0.0
        return (1 - bucket.left) / self._per_s
