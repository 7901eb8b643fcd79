"""Keep a child process running: started again after it ends, ever more slowly.

The delays double from 0.2 s to 10 s and start over once a child has lived for
`CALM_S`: one crash costs nothing, a crash loop does not burn the machine. A child that
takes long to load has a spare, loaded and asleep, that takes its place at once.
"""

from collections.abc import Callable, Mapping, Sequence

from drivers.host import Child
from kiosk.engine.timers import Clock, Timers

FIRST_DELAY_S = 0.2
LONGEST_DELAY_S = 10.0
CALM_S = 30.0
SPARE_AFTER_S = 15.0
"""A spare is loaded when the child itself no longer loads."""


def delay_after(ends_in_a_row: int) -> float:
    """Return the wait before the next start, in seconds."""
    return float(min(LONGEST_DELAY_S, FIRST_DELAY_S * 2 ** min(ends_in_a_row - 1, 10)))


class Supervised:
    """One kind of child; at most one of it lives at a time."""

    def __init__(
        self,
        name: str,
        module: str,
        arguments: Sequence[str],
        *,
        timers: Timers,
        clock: Clock,
        post: Callable[[Callable[[], None]], None],
        on_message: Callable[[bytes], None],
        on_end: Callable[[int], None],
        pass_fds: Sequence[int] = (),
        environment: Mapping[str, str] | None = None,
        wake: bytes = b"",
    ) -> None:
        """Start the first child.

        Args:
            name: its name for timers.
            module: what it runs, with `arguments`.
            arguments: see `drivers.host.Child`.
            timers: the engine's timers.
            clock: seconds that never go back.
            post: runs a callable on the engine's thread.
            on_message: each message, on the engine's thread.
            on_end: each end with its exit status, on the engine's thread.
            pass_fds: see `drivers.host.Child`.
            environment: see `drivers.host.Child`.
            wake: the message that wakes a child; without one there is no spare.
        """
        self._name = name
        self._module = module
        self._arguments = tuple(arguments)
        self._timers = timers
        self._clock = clock
        self._post = post
        self._on_message = on_message
        self._on_end = on_end
        self._pass_fds = tuple(pass_fds)
        self._environment = environment
        self._wake = wake
        self._spare: Child | None = None
        self._ends = 0
        self._closed = False
        self._start()

    @property
    def pid(self) -> int:
        """Process id of the child that lives."""
        return self._child.pid

    def send(self, body: bytes) -> None:
        """Send to the child that lives; between two children the message is lost."""
        self._child.send(body)

    def expect(self, within_s: float | None) -> None:
        """Kill the child unless it says something within `within_s` seconds."""
        self._child.expect(within_s)

    def kill(self) -> None:
        """End the child at once; the next one follows."""
        self._child.kill()

    def close(self) -> None:
        """End the child for good."""
        self._closed = True
        for timer in (self._name, self._spare_timer):
            self._timers.cancel(timer)
        self._child.close()
        if self._spare is not None:
            self._spare.close()

    @property
    def _spare_timer(self) -> str:
        return f"{self._name} spare"

    def _start(self) -> None:
        self._started = self._clock()
        self._child = self._spare or self._made()
        self._spare = None
        if self._wake:
            self._child.send(self._wake)
            self._timers.set(self._spare_timer, SPARE_AFTER_S, self._load_spare)

    def _load_spare(self) -> None:
        self._spare = self._made()

    def _made(self) -> Child:
        child = Child(
            self._module,
            self._arguments,
            on_message=lambda body: self._post(lambda: self._on_message(body)),
            on_end=lambda status: self._post(lambda: self._ended(child, status)),
            pass_fds=self._pass_fds,
            environment=self._environment,
        )
        return child

    def _ended(self, child: Child, status: int) -> None:
        if self._closed:
            return
        if child is self._spare:
            self._spare = None
            self._timers.set(self._spare_timer, CALM_S, self._load_spare)
            return
        calm = self._clock() - self._started >= CALM_S
        self._ends = 1 if calm else self._ends + 1
        if self._spare is not None:
            self._start()
        else:
            self._timers.set(self._name, delay_after(self._ends), self._start)
        self._on_end(status)
