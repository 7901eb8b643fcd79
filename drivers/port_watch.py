"""Watch a device behind a port that may go and come back: ask, tell what changed, wait."""

import threading
from collections.abc import Callable
from typing import Final

from drivers.health import DeviceStatus, Health

WATCH_S: Final = 1.0
LONGEST_PAUSE_S: Final = 8.0
"""A port that stays away is tried again after 1, 2, 4, 8 and 8 seconds."""


class PortWatch:
    """A thread that asks one device how it is."""

    def __init__(self, ask: Callable[[], DeviceStatus]) -> None:
        """Ask with `ask`; nothing is asked before `start`."""
        self._ask = ask
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change."""
        self._thread = threading.Thread(target=self._run, args=(on_event,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask no more; return when nothing is being asked."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, on_event: Callable[[DeviceStatus], None]) -> None:
        last: DeviceStatus | None = None
        pause_s = WATCH_S / 2
        while not self._stop.is_set():
            status = self._ask()
            if status != last:
                last = status
                on_event(status)
            missing = status.health is Health.MISSING
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S) if missing else WATCH_S
            self._stop.wait(pause_s)
