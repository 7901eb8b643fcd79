"""What every camera must do: the simulated one, and the real driver over loopback HTTP."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from drivers.camera.camera import Camera, Picture
from drivers.camera.liveliness import MOST_REPEATS
from drivers.camera.serve import Cameras, mjpeg_handler
from drivers.camera.simulated import Fault, Scene, SimulatedCamera
from drivers.camera.v4l2 import OpencvCamera
from drivers.errors import DeviceError
from drivers.health import DeviceStatus, Health


@dataclass
class Bench:
    """A camera and what stands before it."""

    camera: Camera
    scene: Scene


@pytest.fixture(params=["simulated", pytest.param("opencv", marks=pytest.mark.server)])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    cameras = Cameras()
    scene = cameras.scenes["face"]
    scene.show(still(), sway_px=4)
    if request.param == "simulated":
        yield Bench(SimulatedCamera(scene), scene)
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), mjpeg_handler(cameras))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    camera = OpencvCamera(f"http://127.0.0.1:{server.server_address[1]}/face")
    yield Bench(camera, scene)
    camera.close()
    server.shutdown()
    thread.join()
    server.server_close()


def still() -> Picture:
    """A picture with light, dark and edges."""
    picture = np.full((720, 1280, 3), 180, np.uint8)
    cv2.circle(picture, (640, 360), 200, (40, 90, 140), -1)
    return picture


def _fails_with(camera: Camera) -> str:
    for _ in range(MOST_REPEATS * 3):
        try:
            camera.read()
        except DeviceError as error:
            return error.code
    return "no fault"


def test_frames_are_720p_in_colour_and_in_order(bench: Bench) -> None:
    first, second = bench.camera.read(), bench.camera.read()
    assert first.picture.shape == (720, 1280, 3)
    assert first.picture.dtype == np.uint8
    assert second.taken_ns > first.taken_ns
    assert abs(float(first.picture[360, 640, 2]) - 140) < 15


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.BLANK, "camera.blank"),
        (Fault.FROZEN, "camera.frozen"),
        (Fault.UNPLUGGED, "camera.missing"),
    ],
)
def test_a_fault_is_said_by_its_code_and_ends_when_it_is_mended(
    bench: Bench, fault: Fault, code: str
) -> None:
    bench.camera.read()
    bench.scene.fault = fault
    assert _fails_with(bench.camera) == code
    bench.scene.fault = Fault.NONE
    for _ in range(MOST_REPEATS):
        try:
            frame = bench.camera.read()
        except DeviceError:
            continue
        break
    else:
        pytest.fail("the camera did not come back")
    assert frame.picture.std() > 10


def test_a_device_that_is_not_there_is_missing() -> None:
    with pytest.raises(DeviceError) as caught:
        OpencvCamera("/dev/video-none").read()
    assert caught.value.code == "camera.missing"


def test_the_watcher_is_told_the_present_state_and_each_change_once(bench: Bench) -> None:
    told: list[DeviceStatus] = []
    bench.camera.watch(told.append)
    assert told == [DeviceStatus(Health.STARTING)]
    bench.camera.read()
    bench.camera.read()
    bench.scene.fault = Fault.BLANK
    assert _fails_with(bench.camera) == "camera.blank"
    bench.scene.fault = Fault.NONE
    bench.camera.read()
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
