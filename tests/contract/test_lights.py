"""What all switched lights must do: the simulated ones, and our driver over a pty with a board."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

from drivers.errors import DeviceError, LocalProtocolError
from drivers.health import DeviceStatus, Health
from drivers.lights.lights import Capabilities, Lights
from drivers.lights.protocol.board import HOLD_MS
from drivers.lights.serial_board import SerialLights
from drivers.lights.simulated import Fault, PtyBoard, SimulatedBoard, SimulatedLights

SOON_S = 5.0
FOUR = Capabilities(lights=4, settle_ms=5)


class Clock:
    """The board's own clock, moved by hand."""

    def __init__(self) -> None:
        self.now_ns = 0

    def __call__(self) -> int:
        return self.now_ns


@dataclass
class Bench:
    """Lights, the board that they are on, and its clock."""

    lights: Lights
    board: SimulatedBoard
    clock: Clock
    line: PtyBoard | None

    def fail(self, fault: Fault) -> None:
        if self.line is None:
            self.board.fault = fault
        else:
            self.line.fail(fault)


@pytest.fixture(params=["simulated", "serial"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    clock = Clock()
    board = SimulatedBoard(FOUR, clock_ns=clock)
    if request.param == "simulated":
        simulated = SimulatedLights(board)
        yield Bench(simulated, board, clock, None)
        simulated.close()
        return
    line = PtyBoard(board, tmp_path / "lights")
    driver = SerialLights(tmp_path / "lights")
    yield Bench(driver, board, clock, line)
    driver.close()
    line.unplug()


def test_the_lights_say_how_many_they_are(bench: Bench) -> None:
    assert bench.lights.capabilities == FOUR


def test_one_light_shines_at_a_time_and_none_when_it_is_off(bench: Bench) -> None:
    seen = []
    for on in (0, 3, 1, None):
        bench.lights.switch(on)
        seen.append(bench.board.on)
    assert seen == [0, 3, 1, None]


def test_more_orders_than_there_are_numbers_are_all_obeyed(bench: Bench) -> None:
    for count in range(205):
        bench.lights.switch(count % 4)
        assert bench.board.on == count % 4


@pytest.mark.parametrize("on", [-1, 4, 99])
def test_a_light_that_is_not_there_is_our_own_mistake(bench: Bench, on: int) -> None:
    bench.lights.switch(2)
    with pytest.raises(LocalProtocolError):
        bench.lights.switch(on)
    assert bench.board.on == 2


def test_a_light_that_nobody_switches_off_goes_out_by_itself(bench: Bench) -> None:
    bench.lights.switch(1)
    bench.clock.now_ns += HOLD_MS * 1_000_000 - 1
    assert bench.board.on == 1
    bench.clock.now_ns += 1
    assert bench.board.on is None


FAULTS = [
    (Fault.UNPLUGGED, Health.MISSING, "lights.missing"),
    (Fault.MUTE, Health.FAULTY, "lights.timeout"),
    (Fault.RUBBISH, Health.FAULTY, "lights.garbled"),
    (Fault.BROKEN, Health.FAULTY, "lights.faulty"),
]


@pytest.mark.parametrize(("fault", "health", "code"), FAULTS)
def test_a_fault_is_said_by_its_code_and_ends_when_it_is_mended(
    bench: Bench, fault: Fault, health: Health, code: str
) -> None:
    bench.lights.switch(0)
    bench.fail(fault)
    with pytest.raises(DeviceError) as caught:
        bench.lights.switch(1)
    assert caught.value.code == code
    assert bench.board.on != 1
    bench.fail(Fault.NONE)
    bench.lights.switch(2)
    assert bench.board.on == 2


@pytest.mark.parametrize(("fault", "health", "code"), FAULTS)
def test_the_watcher_is_told_the_present_state_and_each_change(
    bench: Bench, fault: Fault, health: Health, code: str
) -> None:
    said: SimpleQueue[DeviceStatus] = SimpleQueue()
    bench.fail(fault)
    bench.lights.watch(said.put)
    assert said.get(timeout=SOON_S) == DeviceStatus(health, code)
    bench.fail(Fault.NONE)
    assert said.get(timeout=SOON_S) == DeviceStatus(Health.READY)


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.RUBBISH, Fault.UNPLUGGED, Fault.BROKEN])
def test_lights_that_were_never_there_cannot_say_what_they_can_do(
    bench: Bench, fault: Fault
) -> None:
    bench.fail(fault)
    with pytest.raises(DeviceError) as caught:
        _ = bench.lights.capabilities
    assert caught.value.code.startswith("lights.")


def test_two_programs_never_share_a_board(tmp_path: Path) -> None:
    line = PtyBoard(SimulatedBoard(FOUR), tmp_path / "lights")
    first, second = SerialLights(tmp_path / "lights"), SerialLights(tmp_path / "lights")
    first.switch(0)
    with pytest.raises(DeviceError) as caught:
        second.switch(0)
    assert caught.value.code == "lights.missing"
    first.close()
    second.switch(1)
    second.close()
    line.unplug()
