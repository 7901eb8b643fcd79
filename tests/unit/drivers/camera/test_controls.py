"""Exposure and white balance by properties: what was set is what holds, or it is said."""

import cv2
import pytest

from drivers.camera.camera import CameraUncontrolled
from drivers.camera.controls import CaptureControls

AUTO_EXPOSURE, EXPOSURE = cv2.CAP_PROP_AUTO_EXPOSURE, cv2.CAP_PROP_EXPOSURE
AUTO_WB, TEMPERATURE = cv2.CAP_PROP_AUTO_WB, cv2.CAP_PROP_WB_TEMPERATURE


class Uvc:
    """Properties as a driver keeps them: some read only, some rounded, some not there."""

    def __init__(
        self, *, automatic: float = 3.0, step: float = 1.0, stuck: int = -1, lacks: int = -1
    ) -> None:
        self.values = {AUTO_EXPOSURE: 1.0, EXPOSURE: 156.0, AUTO_WB: 0.0, TEMPERATURE: 4600.0}
        self.values.pop(lacks, None)
        self._automatic, self._step, self._stuck = automatic, step, stuck

    def get(self, propId: int) -> float:  # noqa: N803  (OpenCV's name)
        return self.values.get(propId, -1.0)

    def set(self, propId: int, value: float) -> bool:  # noqa: N803  (OpenCV's name)
        if propId not in self.values:
            return False
        if propId == AUTO_EXPOSURE and value not in {1.0, self._automatic}:
            return False
        if propId != self._stuck:
            coarse = self._step if propId == EXPOSURE else 1.0
            self.values[propId] = round(value / coarse) * coarse
        return True


@pytest.mark.parametrize("automatic", [3.0, 0.0])
def test_what_a_program_before_left_locked_follows_the_light_again(automatic: float) -> None:
    camera = Uvc(automatic=automatic)
    CaptureControls(camera)
    assert (camera.values[AUTO_EXPOSURE], camera.values[AUTO_WB]) == (automatic, 1.0)


def test_a_lock_holds_what_was_there() -> None:
    camera = Uvc()
    controls = CaptureControls(camera)
    camera.values[EXPOSURE], camera.values[TEMPERATURE] = 80.0, 3900.0
    controls.lock(on=True)
    assert camera.values == {AUTO_EXPOSURE: 1.0, EXPOSURE: 80.0, AUTO_WB: 0.0, TEMPERATURE: 3900.0}
    controls.expose(0.5)
    assert camera.values[EXPOSURE] == 40.0
    controls.expose(1.0)
    assert camera.values[EXPOSURE] == 80.0
    controls.lock(on=False)
    assert (camera.values[AUTO_EXPOSURE], camera.values[AUTO_WB]) == (3.0, 1.0)


@pytest.mark.parametrize("lacks", [AUTO_EXPOSURE, AUTO_WB])
def test_a_camera_without_automatic_has_no_controls(lacks: int) -> None:
    with pytest.raises(CameraUncontrolled):
        CaptureControls(Uvc(lacks=lacks))


@pytest.mark.parametrize("stuck", [AUTO_EXPOSURE, AUTO_WB])
def test_a_driver_that_says_yes_and_does_nothing_is_found_out(stuck: int) -> None:
    with pytest.raises(CameraUncontrolled):
        CaptureControls(Uvc(stuck=stuck))


def test_an_exposure_that_does_not_move_is_found_out() -> None:
    controls = CaptureControls(Uvc(stuck=EXPOSURE))
    controls.lock(on=True)
    with pytest.raises(CameraUncontrolled):
        controls.expose(0.5)


def test_an_exposure_that_is_not_told_cannot_be_locked() -> None:
    controls = CaptureControls(Uvc(lacks=EXPOSURE))
    with pytest.raises(CameraUncontrolled):
        controls.lock(on=True)


def test_a_driver_may_round_a_little_and_not_a_lot() -> None:
    little, lot = Uvc(step=5), Uvc(step=50)
    for camera in (little, lot):
        camera.values[EXPOSURE] = 150.0
    fine, coarse = CaptureControls(little), CaptureControls(lot)
    fine.lock(on=True)
    fine.expose(0.49)
    assert little.values[EXPOSURE] == 75.0
    coarse.lock(on=True)
    with pytest.raises(CameraUncontrolled):
        coarse.expose(0.5)


def test_white_balance_without_a_temperature_is_locked_all_the_same() -> None:
    camera = Uvc(lacks=TEMPERATURE)
    CaptureControls(camera).lock(on=True)
    assert camera.values[AUTO_WB] == 0.0


def test_an_exposure_is_set_only_while_it_is_locked() -> None:
    controls = CaptureControls(Uvc())
    with pytest.raises(CameraUncontrolled):
        controls.expose(0.5)


@pytest.mark.hardware
def test_the_first_camera_of_this_machine_locks_and_halves() -> None:
    capture = cv2.VideoCapture("/dev/video0", cv2.CAP_V4L2)
    assert capture.isOpened()
    controls = CaptureControls(capture)
    controls.lock(on=True)
    controls.expose(0.5)
    controls.lock(on=False)
    capture.release()
