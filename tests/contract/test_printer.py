"""What every receipt printer must do: the driver over a pty with a paper roll behind it."""

from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest
from PIL import Image

from drivers.errors import DeviceError
from drivers.health import DeviceStatus, Health
from drivers.printer.escpos_serial import EscposSerialPrinter
from drivers.printer.printer import Bitmap, Printer
from drivers.printer.simulated import SimulatedPrinter

SOON_S = 5.0


@pytest.fixture
def roll(tmp_path: Path) -> Iterator[SimulatedPrinter]:
    printer = SimulatedPrinter(tmp_path / "roll", tmp_path / "port")
    yield printer
    printer.unplug()


@pytest.fixture
def printer(roll: SimulatedPrinter, tmp_path: Path) -> Iterator[Printer]:
    driver = EscposSerialPrinter(tmp_path / "port")
    yield driver
    driver.close()


def bitmap(rows: int = 200) -> Bitmap:
    """A picture with every kind of byte in it, status requests included."""
    content = np.random.default_rng(1).integers(0, 256, rows * 72).astype(np.uint8).tobytes()
    return Bitmap(576, b"\x10\x04\x02" + content[3:])


def test_what_is_printed_is_what_was_sent(printer: Printer, roll: SimulatedPrinter) -> None:
    sent = bitmap()
    printer.print_bitmap(sent)
    [receipt] = roll.roll.receipts
    black = np.asarray(Image.open(receipt)) == 0
    assert np.packbits(black, axis=1)[:200].tobytes() == sent.rows


def test_two_receipts_are_two_pieces_of_paper(printer: Printer, roll: SimulatedPrinter) -> None:
    printer.print_bitmap(bitmap())
    printer.print_bitmap(bitmap())
    assert len(roll.roll.receipts) == 2


def test_the_first_status_is_the_present_one(printer: Printer, roll: SimulatedPrinter) -> None:
    said: SimpleQueue[DeviceStatus] = SimpleQueue()
    roll.roll.cover_open = True
    printer.watch(said.put)
    assert said.get(timeout=SOON_S) == DeviceStatus(Health.FAULTY, "printer.cover_open")
    roll.roll.cover_open = False
    assert said.get(timeout=SOON_S) == DeviceStatus(Health.READY)


def _fails(printer: Printer) -> str:
    with pytest.raises(DeviceError) as caught:
        printer.print_bitmap(bitmap())
    return caught.value.code


def test_paper_that_runs_out_in_the_middle_is_said(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    roll.roll.rows_left = 100
    assert _fails(printer) == "printer.paper_out"
    assert roll.roll.receipts == []


def test_an_open_cover_is_said_before_anything_is_sent(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    roll.roll.cover_open = True
    assert _fails(printer) == "printer.cover_open"


def test_a_mute_printer_is_given_up(printer: Printer, roll: SimulatedPrinter) -> None:
    roll.roll.mute = True
    assert _fails(printer) == "printer.timeout"


def test_a_pulled_cable_is_said_and_a_plugged_one_works_again(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    printer.print_bitmap(bitmap())
    roll.unplug()
    assert _fails(printer) == "printer.missing"
    roll.plug()
    printer.print_bitmap(bitmap())
    assert len(roll.roll.receipts) == 2


def test_a_command_it_does_not_know_makes_the_roll_faulty(roll: SimulatedPrinter) -> None:
    roll.roll.take(b"\x1dZ")
    assert roll.roll.faulty
