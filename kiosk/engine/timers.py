"""Named deadlines on one clock, run by the engine's own loop; no thread, no sleep."""

from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds that never go back (`time.monotonic`), or a test's own."""


class Timers:
    """What is due when; setting a name again replaces it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._due: dict[str, tuple[float, Callable[[], None]]] = {}

    def set(self, name: str, after_s: float, action: Callable[[], None]) -> None:
        """Run `action` once, `after_s` from now."""
        self._due[name] = (self._clock() + after_s, action)

    def cancel(self, name: str) -> None:
        """Forget `name`; an unknown name is no error."""
        self._due.pop(name, None)

    def wait_s(self, at_most: float) -> float:
        """Return how long the loop may wait for something else."""
        soonest = min((due for due, _ in self._due.values()), default=self._clock() + at_most)
        return max(0.0, min(at_most, soonest - self._clock()))

    def run_due(self) -> None:
        """Run everything that is due, in the order it came due."""
        now = self._clock()
        ripe = sorted((due, name) for name, (due, _) in self._due.items() if due <= now)
        for due, name in ripe:
            held = self._due.get(name)
            if held is not None and held[0] == due:
                del self._due[name]
                held[1]()
