"""A burst under switched lights, with a camera and lights that share a clock moved by hand."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.burst import MOST_OLD, MOST_S, take
from drivers.camera.camera import CameraMissing, CameraSlow, Capabilities, Frame
from drivers.errors import DeviceError
from drivers.health import DeviceStatus
from drivers.lights.lights import Capabilities as LightCapabilities
from drivers.lights.simulated import Fault, SimulatedBoard, SimulatedLights

MOST_FRAMES = int(MOST_S * 30)
MS = 1_000_000
PERIOD_NS = 33_333_333


class Clock:
    """Monotonic time, moved by the camera that is waited for and the lights that are slow."""

    def __init__(self) -> None:
        self.now_ns = 10**9

    def __call__(self) -> int:
        return self.now_ns


class TimedLights(SimulatedLights):
    """Lights whose switching takes time, and that remember when which one shone."""

    def __init__(self, lights: int, settle_ms: int, switch_ns: int, clock: Clock) -> None:
        self.board = SimulatedBoard(LightCapabilities(lights, settle_ms), clock_ns=clock)
        self.history: list[tuple[int, int | None]] = [(0, None)]
        self._clock, self._switch_ns = clock, switch_ns
        super().__init__(self.board)

    def switch(self, on: int | None) -> None:
        """Switch at the end of the time it takes, which is the worst case."""
        self._clock.now_ns += self._switch_ns
        super().switch(on)
        self.history.append((self._clock.now_ns, on))


class TimedCamera:
    """Frames every period; each is exposed `lag_ns` before it is given, and may queue."""

    capabilities = Capabilities()
    identity = "timed"

    def __init__(self, clock: Clock, *, lag_ns: int, exposure_ns: int, queued: int = 0) -> None:
        self._clock = clock
        self._next_ns = clock.now_ns + 7 * MS
        self._queued = queued
        self.lag_ns, self.exposure_ns = lag_ns, exposure_ns
        self.given: list[Frame] = []
        self.before_read: Callable[[], None] = lambda: None

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Tell nobody: a burst does not watch."""

    def read(self) -> Frame:
        """Give what is queued at once; else wait for the next frame."""
        self.before_read()
        if self._queued:
            self._queued -= 1
        else:
            while self._next_ns <= self._clock.now_ns:
                self._next_ns += PERIOD_NS
            self._clock.now_ns = self._next_ns
        frame = Frame(np.full((4, 4, 3), 200, np.uint8), self._clock.now_ns)
        self.given.append(frame)
        return frame

    def lock(self, *, on: bool) -> None:
        """Hold nothing."""

    def expose(self, factor: float) -> None:
        """Expose as ever."""

    def close(self) -> None:
        """Let nothing go."""


def exposed_under(frame: Frame, camera: TimedCamera, lights: TimedLights) -> set[int | None]:
    """Return every light that was on, or not yet steady, while the frame was exposed."""
    begin = frame.taken_ns - camera.lag_ns
    end = begin + camera.exposure_ns
    settle_ns = lights.capabilities.settle_ms * MS
    seen: set[int | None] = set()
    following = [at for at, _ in lights.history[1:]] + [2**63]
    for (at, on), until in zip(lights.history, following, strict=True):
        if at < max(end, begin + 1) and until > begin:
            seen.add(on if at + settle_ns <= begin else None)
    return seen


@given(
    lights=st.integers(4, 7),
    settle_ms=st.integers(0, 15),
    switch_ms=st.integers(0, 5),
    lag_ms=st.integers(10, 45),
    exposure_share=st.floats(0.0, 1.0),
    queued=st.integers(0, MOST_OLD - 1),
)
def test_each_frame_has_seen_its_own_steady_light_alone(
    *, lights: int, settle_ms: int, switch_ms: int, lag_ms: int, exposure_share: float, queued: int
) -> None:
    clock = Clock()
    board = TimedLights(lights, settle_ms, switch_ms * MS, clock)
    exposure_ns = int(lag_ms * MS * exposure_share)
    camera = TimedCamera(clock, lag_ns=lag_ms * MS, exposure_ns=exposure_ns, queued=queued)
    frames = take(camera, board, clock_ns=clock)
    assert [exposed_under(frame, camera, board) for frame in frames] == [
        {light} for light in range(lights)
    ]
    assert board.board.on is None
    on_since = next(at for at, on in board.history if on == 0)
    assert clock.now_ns - on_since <= MOST_S * 1000 * MS


def test_a_quick_camera_takes_eight_lights_in_half_a_second() -> None:
    clock = Clock()
    board = TimedLights(8, 5, 3 * MS, clock)
    camera = TimedCamera(clock, lag_ns=20 * MS, exposure_ns=10 * MS)
    frames = take(camera, board, clock_ns=clock, lag_ms=20)
    assert [exposed_under(frame, camera, board) for frame in frames] == [{k} for k in range(8)]


def test_a_burst_that_would_last_too_long_is_given_up_and_forgotten() -> None:
    clock = Clock()
    board = TimedLights(8, 15, 3 * MS, clock)
    camera = TimedCamera(clock, lag_ns=45 * MS, exposure_ns=10 * MS)
    with pytest.raises(CameraSlow) as caught:
        take(camera, board, clock_ns=clock, lag_ms=90)
    assert caught.value.code == "camera.slow"
    assert len(camera.given) <= MOST_OLD + MOST_FRAMES
    assert board.board.on is None
    assert not any(frame.picture.any() for frame in camera.given)


def test_frames_that_do_not_count_are_overwritten() -> None:
    clock = Clock()
    board = TimedLights(4, 5, 0, clock)
    camera = TimedCamera(clock, lag_ns=45 * MS, exposure_ns=10 * MS, queued=5)
    frames = take(camera, board, clock_ns=clock)
    kept = [frame for frame in camera.given if frame.picture.any()]
    assert kept == frames
    assert len(camera.given) > len(frames)


@pytest.mark.parametrize("after", range(10))
def test_the_lights_are_off_when_the_camera_fails(after: int) -> None:
    clock = Clock()
    board = TimedLights(4, 5, 0, clock)
    camera = TimedCamera(clock, lag_ns=45 * MS, exposure_ns=10 * MS)

    def fail() -> None:
        if len(camera.given) == after:
            raise CameraMissing("no frame")

    camera.before_read = fail
    with pytest.raises(CameraMissing):
        take(camera, board, clock_ns=clock)
    assert not any(frame.picture.any() for frame in camera.given)
    assert board.board.on is None


def test_a_camera_that_gives_old_frames_for_ever_is_given_up() -> None:
    clock = Clock()
    board = TimedLights(4, 5, 0, clock)
    camera = TimedCamera(clock, lag_ns=45 * MS, exposure_ns=10 * MS, queued=1_000)
    with pytest.raises(CameraSlow):
        take(camera, board, clock_ns=clock)
    assert len(camera.given) == MOST_OLD + MOST_FRAMES


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.MUTE, Fault.RUBBISH, Fault.UNPLUGGED])
@pytest.mark.parametrize("after", [0, 1, 5, 8])
def test_lights_that_fail_leave_no_frame_behind(fault: Fault, after: int) -> None:
    clock = Clock()
    board = TimedLights(4, 5, 0, clock)
    camera = TimedCamera(clock, lag_ns=45 * MS, exposure_ns=10 * MS)

    def fail() -> None:
        if len(camera.given) == after:
            board.board.fault = fault

    camera.before_read = fail
    with pytest.raises(DeviceError) as caught:
        take(camera, board, clock_ns=clock)
    assert caught.value.code.startswith("lights.")
    assert not any(frame.picture.any() for frame in camera.given)
