"""The engine leaves for sync what the kernel says of the devices in their places."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.config.settings import Devices
from kiosk.engine.fitting import Fitting
from tests.support.sysfs import Machine
from wire.devices import FILE, Fitted, Place, decode_kept


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "sys")


def nowhere() -> Devices:
    """Return settings that name no device there is."""
    return Devices(
        face_camera="http://127.0.0.1:9/face",
        document_camera="/dev/none",
        printer=Path("/dev/none"),
    )


def left(machine: Machine, devices: Devices, state: Path) -> dict[Place, Fitted]:
    state.mkdir(exist_ok=True)
    Fitting(devices, state, sys=machine.root).look()
    return {one.place: one for one in decode_kept((state / FILE).read_bytes()).devices}


def test_each_place_is_told_with_model_and_serial_number(machine: Machine, tmp_path: Path) -> None:
    machine.plug_reader()
    ports = "devices/pci0000:00/0000:00:14.0/usb1"
    devices = Devices(
        face_camera=machine.by_id(machine.plug("video0", serial="8A41")),
        document_camera=machine.wire("video2"),
        printer=Path(machine.plug_port("ttyUSB0")),
        lights=machine.plug_port("ttyACM0", serial="E661", port=f"{ports}/1-5"),
    )
    found = left(machine, devices, tmp_path / "state")
    assert found == {
        Place.READER: Fitted(Place.READER, "072f:223b ACR1252 Dual Reader", "RR1"),
        Place.FACE_CAMERA: Fitted(Place.FACE_CAMERA, "046d:085e", "8A41"),
        Place.DOCUMENT_CAMERA: Fitted(Place.DOCUMENT_CAMERA, "unicam"),
        Place.PRINTER: Fitted(Place.PRINTER, "0403:6001 FT232R USB UART", "A10K"),
        Place.LIGHTS: Fitted(Place.LIGHTS, "0403:6001 FT232R USB UART", "E661"),
    }


def test_what_is_not_there_is_not_told(machine: Machine, tmp_path: Path) -> None:
    assert left(machine, nowhere(), tmp_path / "state") == {}


def test_two_readers_are_told_apart_by_the_name_in_the_settings_or_not_told(
    machine: Machine, tmp_path: Path
) -> None:
    machine.plug_reader(serial="RR1")
    other = machine.plug_reader(serial="RR2", port="devices/pci0000:00/0000:00:14.0/usb1/1-9")
    assert left(machine, nowhere(), tmp_path / "state") == {}
    (other / "product").write_text("Other Reader\n")
    named = replace(nowhere(), reader="Maker Other Reader (RR2) 00 00")
    found = left(machine, named, tmp_path / "state")
    assert found[Place.READER].serial == "RR2"


def test_a_device_of_another_class_is_no_reader(machine: Machine, tmp_path: Path) -> None:
    machine.plug_reader(class_="08")
    assert left(machine, nowhere(), tmp_path / "state") == {}


def test_the_file_is_written_when_something_changes_and_for_the_group_alone(
    machine: Machine, tmp_path: Path
) -> None:
    folder = machine.plug_reader()
    state = tmp_path / "state"
    state.mkdir()
    fitting, file = Fitting(nowhere(), state, sys=machine.root), state / FILE
    fitting.look()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    os.utime(file, (1, 1))
    fitting.look()
    assert file.stat().st_mtime == 1
    (folder / "serial").write_text("RR2\n")
    fitting.look()
    assert decode_kept(file.read_bytes()).devices[0].serial == "RR2"


def test_a_folder_that_takes_nothing_does_not_stop_the_engine(
    machine: Machine, tmp_path: Path
) -> None:
    machine.plug_reader()
    (tmp_path / "state").write_text("a file where the folder should be")
    fitting = Fitting(nowhere(), tmp_path / "state", sys=machine.root)
    fitting.look()
    (tmp_path / "state").unlink()
    fitting.look()
    assert (tmp_path / "state" / FILE).exists()
