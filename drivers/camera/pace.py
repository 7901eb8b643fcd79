"""How many frames a camera gives, whatever its reader does in between.

Between two reads that had to wait, all frames there were have been read: that many the
camera took in that time. While the reader was away for longer than `AWAY_NS`, frames may
have been thrown away, so that time does not count.
"""

from collections import deque
from typing import Final

from drivers.camera.camera import CameraSlow

LEAST_FRAMES_PER_S: Final = 6.0
"""Below, colours of the screen that change three times a second are missed: two frames each."""
WINDOW_NS: Final = 3_000_000_000
"""So long it must last: a machine that is busy for a moment is no camera's fault."""
AWAY_NS: Final = 100_000_000
WAITED_NS: Final = 4_000_000
"""A frame that was there already comes sooner."""


class Pace:
    """Counts the frames of one camera."""

    def __init__(self) -> None:
        self._spans: deque[tuple[int, int]] = deque()
        self._since_ns: int | None = None
        self._frames = 0
        self._got_ns = 0

    def check(self, asked_ns: int, got_ns: int) -> None:
        """Take when a frame was asked for, and when it came.

        Raises:
            CameraSlow: for `WINDOW_NS` there were too few.
        """
        if asked_ns - self._got_ns > AWAY_NS:
            self._since_ns = None
        self._got_ns = got_ns
        self._frames += 1
        if got_ns - asked_ns >= WAITED_NS:
            if self._since_ns is not None:
                self._spans.append((self._frames, got_ns - self._since_ns))
            self._since_ns, self._frames = got_ns, 0
        self._judge()

    def _judge(self) -> None:
        total_ns = sum(span for _, span in self._spans)
        while self._spans and total_ns - self._spans[0][1] >= WINDOW_NS:
            total_ns -= self._spans.popleft()[1]
        frames = sum(count for count, _ in self._spans)
        if total_ns >= WINDOW_NS and frames * 1e9 < LEAST_FRAMES_PER_S * total_ns:
            raise CameraSlow("too few frames a second")
