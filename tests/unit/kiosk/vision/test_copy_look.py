"""The look for a copy: a genuine specimen, a copy, and what happens without lights."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from drivers.camera.camera import CameraMissing, Capabilities, Frame, Picture
from drivers.card.commercial_codes import characters_by_code
from drivers.card.personalise import optical
from drivers.card.personalise.copies import laser_print
from drivers.card.personalise.print.view import Condition, see
from drivers.health import DeviceStatus, Health
from drivers.lights.lights import Capabilities as LightCapabilities
from drivers.lights.simulated import SimulatedBoard, SimulatedLights
from kiosk.vision.copy_look import CopyLooker
from kiosk.vision.faces import FaceFinder
from kiosk.vision.line_reader import LineReader
from kiosk.vision.print_reader import PrintReader
from tests.support.stills import art, still
from wire.document import CopyCheck

LIGHTS = 4


class Over:
    """A camera over a card: it sees what the light of the moment shows."""

    identity = "over"

    def __init__(self, board: SimulatedBoard, under: Callable[[int | None], Picture]) -> None:
        self._board = board
        self._under = {light: self._seen(under, light) for light in (None, *range(LIGHTS))}
        self.frames: list[Frame] = []

    def _seen(self, under: Callable[[int | None], Picture], light: int | None) -> Picture:
        return see(under(light), Condition.GOOD, np.random.default_rng(7), strength=0.5)

    @property
    def capabilities(self) -> Capabilities:
        """What any camera is asked for."""
        return Capabilities()

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Say that all is well."""
        on_event(DeviceStatus(Health.READY))

    def read(self) -> Frame:
        """Return what lies there now, as if exposed a while after it was asked for."""
        picture = self._under[self._board.on].copy()
        self.frames.append(Frame(picture, time.monotonic_ns() + 100_000_000))
        return self.frames[-1]

    def lock(self, *, on: bool) -> None:
        """Hold nothing."""

    def expose(self, factor: float) -> None:
        """Expose as ever."""

    def close(self) -> None:
        """Nothing to let go."""


@pytest.fixture(scope="module")
def reader() -> Iterator[PrintReader]:
    with LineReader() as lines:
        yield PrintReader(lines, FaceFinder(), characters_by_code())


@pytest.fixture
def board() -> SimulatedBoard:
    return SimulatedBoard(LightCapabilities(lights=LIGHTS, settle_ms=5))


def look(reader: PrintReader, board: SimulatedBoard, camera: Over) -> CopyCheck:
    looker = CopyLooker(SimulatedLights(board), reader, clock_ns=time.monotonic_ns)
    return looker.look(camera)


def genuine(light: int | None) -> Picture:
    return optical.lit(art(), light, LIGHTS)


def test_a_genuine_specimen_shows_no_sign(reader: PrintReader, board: SimulatedBoard) -> None:
    camera = Over(board, genuine)
    assert look(reader, board, camera) is CopyCheck.NO_SIGN
    assert board.on is None
    assert not any(frame.picture.any() for frame in camera.frames)


def test_a_copy_is_suspected(reader: PrintReader, board: SimulatedBoard) -> None:
    copied = laser_print(genuine(None), np.random.default_rng(1))
    camera = Over(board, lambda light: copied.under(light, LIGHTS))
    assert look(reader, board, camera) is CopyCheck.SUSPECTED


def test_a_card_upside_down_is_looked_at_the_right_way(
    reader: PrintReader, board: SimulatedBoard
) -> None:
    turned = Over(board, lambda light: np.ascontiguousarray(genuine(light)[::-1, ::-1]))
    assert look(reader, board, turned) is CopyCheck.NO_SIGN


def test_where_no_card_is_found_no_look_is_made(reader: PrintReader, board: SimulatedBoard) -> None:
    covered = still(Condition.FINGER)
    assert look(reader, board, _Still(board, covered)) is CopyCheck.NOT_MADE


class _Still(Over):
    def __init__(self, board: SimulatedBoard, picture: Picture) -> None:
        super().__init__(board, genuine)
        self._picture = picture

    def read(self) -> Frame:
        """Return the same picture always."""
        return Frame(self._picture.copy(), time.monotonic_ns())


class _Unplugged(_Still):
    def read(self) -> Frame:
        """Fail.

        Raises:
            CameraMissing: always.
        """
        raise CameraMissing("unplugged")


def test_a_camera_that_fails_is_no_suspicion(reader: PrintReader, board: SimulatedBoard) -> None:
    assert look(reader, board, _Unplugged(board, still())) is CopyCheck.NOT_MADE
