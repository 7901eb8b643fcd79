"""What every camera must do: the simulated one, and the real driver over loopback HTTP."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from drivers.camera import mjpeg
from drivers.camera.camera import Camera, CameraUncontrolled, Picture
from drivers.camera.liveliness import MOST_REPEATS
from drivers.camera.sensor import Light
from drivers.camera.serve import Cameras
from drivers.camera.simulated import Fault, Scene, SimulatedCamera, Still
from drivers.camera.v4l2 import OpencvCamera
from drivers.errors import DeviceError
from drivers.health import DeviceStatus, Health

SETTLED = 60
"""Frames within which whatever follows the light has followed it."""


@dataclass
class Bench:
    """A camera and what stands before it."""

    camera: Camera
    scene: Scene

    def mean(self, frames: int = 1) -> float:
        """Return how bright the last of so many frames is, in grey levels."""
        pictures = [self.camera.read().picture for _ in range(frames)]
        return float(pictures[-1].mean())

    def means(self, frames: int) -> list[float]:
        """Return how bright each of so many frames is."""
        return [self.mean() for _ in range(frames)]


@pytest.fixture(params=["simulated", pytest.param("opencv", marks=pytest.mark.server)])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    scene = Cameras().scenes["face"]
    scene.look_at(Still(still(), sway_px=4))
    if request.param == "simulated":
        yield Bench(SimulatedCamera(scene), scene)
        return
    with served(scene) as address:
        camera = OpencvCamera(address)
        yield Bench(camera, scene)
        camera.close()


@pytest.fixture
def over_http() -> Iterator[Bench]:
    scene = Scene()
    scene.look_at(Still(still(), sway_px=4))
    with served(scene) as address:
        camera = OpencvCamera(address)
        yield Bench(camera, scene)
        camera.close()


class served:  # noqa: N801  (reads as a verb)
    """In the block, a scene is served as a camera over HTTP."""

    def __init__(self, scene: Scene) -> None:
        handler = partial(mjpeg.Handler, scenes={"face": scene})
        self._scene = scene
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}/face"

    def __exit__(self, *_: object) -> None:
        self._scene.disconnect()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def still() -> Picture:
    """A picture with light, dark and edges."""
    picture = np.full((720, 1280, 3), 180, np.uint8)
    cv2.circle(picture, (640, 360), 200, (40, 90, 140), -1)
    return picture


def _fails_with(camera: Camera, *, besides: str = "") -> str:
    """Return the code of the first failure that is not the one besides."""
    for _ in range(MOST_REPEATS * 3):
        try:
            camera.read()
        except DeviceError as error:
            if error.code != besides:
                return error.code
    return "no fault"


def _comes_back(camera: Camera) -> Picture:
    for _ in range(MOST_REPEATS * 3):
        try:
            return camera.read().picture
        except DeviceError:
            continue
    pytest.fail("the camera did not come back")


def test_frames_are_720p_in_colour_and_in_order(bench: Bench) -> None:
    first, second = bench.camera.read(), bench.camera.read()
    assert first.picture.shape == (720, 1280, 3)
    assert first.picture.dtype == np.uint8
    assert second.taken_ns > first.taken_ns
    assert abs(float(first.picture[360, 640, 2]) - 140) < 15


def test_no_frame_is_like_another_even_if_nothing_moves(bench: Bench) -> None:
    bench.scene.look_at(Still(still(), sway_px=0))
    seen = {bench.camera.read().picture.tobytes() for _ in range(20)}
    assert len(seen) == 20


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.BLANK, "camera.blank"),
        (Fault.FROZEN, "camera.frozen"),
        (Fault.UNPLUGGED, "camera.missing"),
        (Fault.STALLED, "camera.missing"),
        (Fault.SMALL, "camera.wrong_size"),
        (Fault.ROLLING, "camera.unsteady"),
    ],
)
def test_a_fault_is_said_by_its_code_and_ends_when_it_is_mended(
    bench: Bench, fault: Fault, code: str
) -> None:
    bench.camera.read()
    bench.scene.fault = fault
    # Another size takes another connection.
    besides = "camera.missing" if fault is Fault.SMALL else ""
    assert _fails_with(bench.camera, besides=besides) == code
    bench.scene.fault = Fault.NONE
    assert _comes_back(bench.camera).std() > 10


@pytest.mark.server
def test_five_frames_a_second_are_too_few(over_http: Bench) -> None:
    over_http.camera.read()
    over_http.scene.fault = Fault.SLOW
    assert _fails_with(over_http.camera) == "camera.slow"
    over_http.scene.fault = Fault.NONE
    assert _comes_back(over_http.camera).std() > 10


@pytest.mark.parametrize("source", ["/dev/video-none", "http://192.0.2.1:80/face", "http://x"])
def test_a_device_that_is_not_there_or_on_another_machine_is_missing(source: str) -> None:
    camera = OpencvCamera(source)
    with pytest.raises(DeviceError) as caught:
        camera.read()
    assert caught.value.code == "camera.missing"
    assert camera.identity == ""


def test_the_watcher_is_told_the_present_state_and_each_change_once(bench: Bench) -> None:
    told: list[DeviceStatus] = []
    bench.camera.watch(told.append)
    assert told == [DeviceStatus(Health.STARTING)]
    bench.camera.read()
    bench.camera.read()
    bench.scene.fault = Fault.BLANK
    assert _fails_with(bench.camera) == "camera.blank"
    bench.scene.fault = Fault.NONE
    _comes_back(bench.camera)
    assert told[1:] == [
        DeviceStatus(Health.READY),
        DeviceStatus(Health.FAULTY, "camera.blank"),
        DeviceStatus(Health.READY),
    ]
    late: list[DeviceStatus] = []
    bench.camera.watch(late.append)
    assert late == [DeviceStatus(Health.READY)]


def test_a_frame_is_its_readers_own_to_overwrite(bench: Bench) -> None:
    bench.camera.read().picture[:] = 0
    assert bench.camera.read().picture.std() > 10


def test_frames_are_as_large_as_the_camera_says(bench: Bench) -> None:
    said = bench.camera.capabilities
    assert bench.camera.read().picture.shape == (said.height_px, said.width_px, 3)


def test_a_camera_keeps_its_identity_when_it_is_lost_and_found(bench: Bench) -> None:
    assert bench.camera.identity == ""
    bench.camera.read()
    before = bench.camera.identity
    assert bench.scene.serial in before
    bench.scene.fault = Fault.UNPLUGGED
    assert _fails_with(bench.camera) == "camera.missing"
    bench.scene.fault = Fault.NONE
    _comes_back(bench.camera)
    assert bench.camera.identity == before


def test_another_camera_in_its_place_is_said_until_the_first_is_back(bench: Bench) -> None:
    bench.camera.read()
    before, first = bench.camera.identity, bench.scene.serial
    bench.scene.swap("ANOTHER")
    for _ in range(3):
        assert _fails_with(bench.camera, besides="camera.missing") == "camera.changed"
    assert bench.camera.identity == before
    bench.scene.swap(first)
    assert _comes_back(bench.camera).std() > 10


def test_a_camera_that_is_known_takes_nobody_elses_place() -> None:
    with served(Scene(serial="ANOTHER")) as address:
        camera = OpencvCamera(address, known_as=f"{address} KNOWN")
        assert _fails_with(camera) == "camera.changed"
        camera.close()


def test_exposure_follows_the_light_until_it_is_locked(bench: Bench) -> None:
    usual = bench.mean(SETTLED)
    assert bench.camera.capabilities.controls_exposure
    bench.scene.look_at(Lit(share=1.0, after=5))
    flash = max(bench.means(SETTLED))
    assert flash > usual + 20
    assert bench.mean() < usual + 6

    bench.scene.look_at(Still(still(), sway_px=0))
    bench.camera.lock(on=True)
    bench.scene.look_at(Lit(share=1.0, after=5))
    assert bench.mean(SETTLED) > usual + 20

    bench.camera.lock(on=False)
    assert bench.mean(SETTLED) < usual + 6


def test_half_the_exposure_is_half_the_light(bench: Bench) -> None:
    bench.mean(5)
    bench.camera.lock(on=True)
    usual = bench.mean(SETTLED // 2)
    bench.camera.expose(0.5)
    halved = bench.mean(SETTLED // 2)
    assert (halved / usual) ** 2.2 == pytest.approx(0.5, abs=0.03)
    bench.camera.expose(1.0)
    assert bench.mean(SETTLED // 2) == pytest.approx(usual, abs=1.5)


def test_an_exposure_that_is_not_locked_or_too_far_is_refused(bench: Bench) -> None:
    bench.camera.read()
    with pytest.raises(CameraUncontrolled):
        bench.camera.expose(0.5)
    bench.camera.lock(on=True)
    with pytest.raises(CameraUncontrolled):
        bench.camera.expose(1_000)
    bench.camera.lock(on=False)
    with pytest.raises(CameraUncontrolled):
        bench.camera.expose(1.0)


def test_a_camera_that_was_lost_follows_the_light_again(bench: Bench) -> None:
    bench.camera.read()
    bench.camera.lock(on=True)
    bench.scene.fault = Fault.UNPLUGGED
    assert _fails_with(bench.camera) == "camera.missing"
    bench.scene.fault = Fault.NONE
    bench.scene.lock(on=True)
    _comes_back(bench.camera)
    assert not bench.scene.sensor.locked


def test_a_camera_that_is_away_is_not_controlled(bench: Bench) -> None:
    bench.camera.read()
    bench.scene.fault = Fault.UNPLUGGED
    with pytest.raises(DeviceError) as caught:
        bench.camera.lock(on=True)
    assert caught.value.code == "camera.missing"


class Lit:
    """The still, in the light of the screen after a while."""

    def __init__(self, *, share: float, after: int) -> None:
        self._light = Light(np.full(3, share))
        self._dark_looks = after

    def at(self, _: float) -> tuple[Picture, Light | None]:
        """Return the still, which is dark for so many looks."""
        self._dark_looks -= 1
        return still(), self._light if self._dark_looks < 0 else None
