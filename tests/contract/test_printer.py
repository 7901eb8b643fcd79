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


def test_a_printer_that_comes_back_is_found_without_being_asked_for(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    said: SimpleQueue[DeviceStatus] = SimpleQueue()
    roll.unplug()
    printer.watch(said.put)
    assert said.get(timeout=SOON_S) == DeviceStatus(Health.MISSING, "printer.missing")
    roll.plug()
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


ONE = Bitmap(576, b"\xff" * 72 * 200)
ANOTHER = Bitmap(576, b"\xaa" * 72 * 200)


def _marks(receipt: Path) -> dict[int, int]:
    """Count the black rows of a receipt, by the byte they repeat."""
    rows = np.packbits(np.asarray(Image.open(receipt)) == 0, axis=1)
    kinds, counts = np.unique(rows[rows.any(axis=1)][:, 0], return_counts=True)
    return dict(zip(kinds.tolist(), counts.tolist(), strict=True))


def _tear_short(printer: Printer) -> str:
    with pytest.raises(DeviceError) as caught:
        printer.print_bitmap(ONE)
    return caught.value.code


def test_a_slip_that_ended_short_never_runs_on_into_the_next(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    roll.roll.rows_left = 100
    _tear_short(printer)
    roll.roll.rows_left = None
    printer.print_bitmap(ANOTHER)
    rest, whole = roll.roll.receipts
    assert _marks(rest) == {0xFF: 100}
    assert _marks(whole) == {0xAA: 200}


def test_the_rest_is_cut_off_as_soon_as_staff_have_loaded_paper(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    said: SimpleQueue[DeviceStatus] = SimpleQueue()
    roll.roll.rows_left = 100
    _tear_short(printer)
    printer.watch(said.put)
    assert said.get(timeout=SOON_S) == DeviceStatus(Health.FAULTY, "printer.paper_out")
    roll.roll.rows_left = None
    assert said.get(timeout=SOON_S) == DeviceStatus(Health.READY)
    assert [_marks(receipt) for receipt in roll.roll.receipts] == [{0xFF: 100}]


def test_a_terminal_that_lost_its_power_in_a_picture_leaves_nothing_for_the_next(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    roll.roll.take(b"\x1dv0\0\x48\0\x02\0" + b"\xff" * 144 + b"\x1dv0\0\x48\0\x30\0\xff")
    printer.print_bitmap(ANOTHER)
    rest, whole = roll.roll.receipts
    assert _marks(rest) == {0xFF: 2}
    assert _marks(whole) == {0xAA: 200}


def test_a_printer_that_falls_mute_in_a_picture_prints_the_next(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    roll.roll.after_rows = (60, lambda: setattr(roll.roll, "mute", True))
    assert _tear_short(printer) == "printer.timeout"
    roll.roll.mute = False
    printer.print_bitmap(ANOTHER)
    assert _marks(roll.roll.receipts[-1]) == {0xAA: 200}


def test_a_cable_pulled_in_a_picture_leaves_nothing_for_the_next(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    roll.roll.after_rows = (60, roll.unplug)
    assert _tear_short(printer) == "printer.missing"
    roll.plug()
    printer.print_bitmap(ANOTHER)
    rest, whole = roll.roll.receipts
    assert list(_marks(rest)) == [0xFF]
    assert _marks(whole) == {0xAA: 200}


def test_a_jam_is_said_and_ends(printer: Printer, roll: SimulatedPrinter) -> None:
    roll.roll.after_rows = (60, lambda: setattr(roll.roll, "jammed", True))
    assert _tear_short(printer) == "printer.faulty"
    roll.roll.jammed = False
    printer.print_bitmap(ANOTHER)
    assert _marks(roll.roll.receipts[-1]) == {0xAA: 200}


def test_a_slow_printer_is_waited_for(printer: Printer, roll: SimulatedPrinter) -> None:
    # 0.8 s for a band: meanwhile the printer is asked, and must not lose its fence.
    roll.roll.rows_per_s = 60
    printer.print_bitmap(bitmap(60))
    assert len(roll.roll.receipts) == 1


def test_a_printer_that_takes_no_more_bytes_is_given_up(
    printer: Printer, roll: SimulatedPrinter
) -> None:
    roll.roll.after_rows = (60, lambda: setattr(roll.roll, "deaf", True))
    assert _tear_short(printer) == "printer.timeout"
    roll.roll.deaf = False
    printer.print_bitmap(ANOTHER)
    assert _marks(roll.roll.receipts[-1]) == {0xAA: 200}


def test_a_roll_near_its_end_still_prints(printer: Printer, roll: SimulatedPrinter) -> None:
    roll.roll.rows_left = 300
    printer.print_bitmap(ANOTHER)
    assert roll.roll.near_end
    assert len(roll.roll.receipts) == 1


def test_asking_how_it_is_moves_no_paper(roll: SimulatedPrinter, tmp_path: Path) -> None:
    roll.roll.take(b"\x1dv0\0\x48\0\x02\0" + b"\xff" * 144)
    driver = EscposSerialPrinter(tmp_path / "port")
    assert driver.status() == DeviceStatus(Health.READY)
    driver.close()
    assert roll.roll.receipts == []


def test_two_programs_never_share_a_printer(
    printer: Printer, roll: SimulatedPrinter, tmp_path: Path
) -> None:
    printer.print_bitmap(ANOTHER)
    other = EscposSerialPrinter(tmp_path / "port")
    assert other.status() == DeviceStatus(Health.MISSING, "printer.missing")
    other.close()


def test_paper_pulled_off_is_a_piece_of_its_own(roll: SimulatedPrinter) -> None:
    roll.roll.take(b"\x1dv0\0\x48\0\x02\0" + b"\xff" * 144)
    roll.roll.tear()
    assert [_marks(receipt) for receipt in roll.roll.receipts] == [{0xFF: 2}]


def test_what_waited_when_the_power_went_is_never_printed(roll: SimulatedPrinter) -> None:
    roll.roll.cover_open = True
    roll.roll.take(b"\x1dv0\0\x48\0\x02\0" + b"\xff" * 144 + b"\x1dv0")
    roll.roll.lose_power()
    roll.roll.cover_open = False
    roll.roll.take(b"\x1dv0\0\x48\0\x01\0" + b"\xaa" * 72)
    roll.roll.tear()
    assert [_marks(receipt) for receipt in roll.roll.receipts] == [{0xAA: 1}]


def test_a_command_it_does_not_know_makes_the_roll_faulty(roll: SimulatedPrinter) -> None:
    roll.roll.take(b"\x1dZ")
    assert roll.roll.faulty
