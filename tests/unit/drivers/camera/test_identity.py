"""Which camera is behind a device file, told by trees like the kernel's."""

from pathlib import Path

import pytest

from drivers.camera import identity
from drivers.camera.camera import CameraMissing, CameraSwapped, CameraVirtual
from drivers.camera.v4l2 import OpencvCamera
from tests.support.sysfs import USB, Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_usb_camera_is_its_socket_its_numbers_and_its_name(machine: Machine) -> None:
    found = identity.of(machine.plug("video0"), machine.cameras)
    assert found == identity.Device("usb 1-2 046d:085e:A1B2 Cam", virtual=False)


def test_a_camera_without_a_serial_number_is_still_told_by_its_socket(machine: Machine) -> None:
    one = machine.plug("video0", serial=None)
    other = machine.plug("video2", serial=None, port=f"{USB}.4/1-2.4")
    found = [identity.of(device, machine.cameras).identity for device in (one, other)]
    assert found == ["usb 1-2 046d:085e:- Cam", "usb 1-2.4 046d:085e:- Cam"]


def test_a_stable_name_leads_to_the_same_camera(machine: Machine) -> None:
    device = machine.plug("video0")
    stable = machine.by_id(device)
    assert identity.of(stable, machine.cameras) == identity.of(device, machine.cameras)


def test_a_camera_on_the_board_is_no_program(machine: Machine) -> None:
    found = identity.of(machine.wire("video0"), machine.cameras)
    assert found == identity.Device("fe801000.csi unicam", virtual=False)


@pytest.mark.parametrize("driver", ["", "vivid"])
def test_a_program_that_poses_as_a_camera_is_found_out_whatever_its_name(
    machine: Machine, driver: str
) -> None:
    device = machine.pose("video0", driver=driver, name=b"HD Pro Webcam C920\n")
    assert identity.of(device, machine.cameras).virtual


def test_it_is_refused_unless_it_is_allowed(machine: Machine) -> None:
    device = machine.pose("video0")
    with pytest.raises(CameraVirtual):
        OpencvCamera(device, cameras=machine.cameras).read()
    with pytest.raises(CameraMissing):
        OpencvCamera(device, cameras=machine.cameras, allow_virtual=True).read()


def test_another_camera_than_the_known_one_is_not_even_opened(machine: Machine) -> None:
    device = machine.plug("video0", serial="OTHER")
    camera = OpencvCamera(device, cameras=machine.cameras, known_as="usb 1-2 046d:085e:A1B2 Cam")
    with pytest.raises(CameraSwapped):
        camera.read()


def test_no_camera_is_missing(machine: Machine) -> None:
    with pytest.raises(CameraMissing):
        identity.of("/dev/video9", machine.cameras)


def test_what_a_device_says_of_itself_is_short_and_plain(machine: Machine) -> None:
    device = machine.plug("video0", name=b"\x1b[2J\xff" + b"x" * 5_000, serial="")
    assert identity.of(device, machine.cameras).identity == ("usb 1-2 046d:085e:- ?[2J?" + "x" * 59)
