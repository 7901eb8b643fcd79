"""The dev dock: every button is an order, absent simulators are said to be absent."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from drivers.admin import AdminServer
from drivers.camera.serve import VERBS, Cameras
from drivers.dev_dock.orders import carry_out, groups, latest_receipt, state
from drivers.dev_dock.script import BadScript, Recorder, read, replay
from drivers.printer.serve import Bench
from drivers.printer.simulated import SimulatedPrinter
from tests.support.faces import folder_of_pictures

pytestmark = pytest.mark.screen


def test_a_button_moves_the_simulator_behind_it(tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path / "roll", tmp_path / "port")
    bench = Bench(printer)
    server = AdminServer(tmp_path / "printer.sock", {"cover": bench.cover, "state": bench.state})
    sockets = {"printer": tmp_path / "printer.sock"}
    orders = {order.label: order for order in groups(tmp_path)["Receipt printer"]}
    assert carry_out(orders["Open cover"], sockets) == "Open cover: done"
    assert printer.roll.cover_open
    assert "cover_open True" in state("printer", sockets)
    assert latest_receipt(sockets) is None
    assert "refused" in carry_out(orders["Unplug"], sockets)
    server.close()
    printer.unplug()


def test_every_camera_button_is_an_order_that_the_cameras_take(tmp_path: Path) -> None:
    cameras = Cameras()
    verbs = {name: getattr(cameras, name) for name in VERBS}
    server = AdminServer(tmp_path / "cameras.sock", verbs)
    sockets = {"cameras": tmp_path / "cameras.sock"}
    orders = [
        order
        for group in groups(folder_of_pictures()).values()
        for order in group
        if order.simulator == "cameras" and order.label != "A stranger"
    ]
    # Somebody alive is there before somebody is asked to turn.
    said = {order.label: carry_out(order, sockets) for order in orders}
    assert said == {order.label: f"{order.label}: done" for order in orders}
    assert len(orders) > 20
    server.close()


def test_the_window_opens_and_looks_at_what_is_there(tmp_path: Path) -> None:
    # In a process of its own: widgets need another application than the screens.
    looked = threading.Event()

    def state_verb() -> dict[str, object]:
        looked.set()
        return {"receipts": []}

    server = AdminServer(tmp_path / "printer.sock", {"state": state_verb})
    sockets = [f"--{name}={tmp_path / name}.sock" for name in ("card", "cameras", "printer")]
    command = [sys.executable, "-m", "drivers.dev_dock", *sockets, f"--pictures={tmp_path}"]
    offscreen = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    window = subprocess.Popen(command, env=offscreen, stderr=subprocess.PIPE)
    assert looked.wait(20)
    assert window.poll() is None
    window.terminate()
    window.communicate()
    server.close()


def test_what_was_pressed_is_pressed_again_in_its_time_on_another_machine(tmp_path: Path) -> None:
    orders = groups(tmp_path / "here")
    holder, cover = orders["Before the face camera"][0], orders["Receipt printer"][2]
    now = [10.0]
    recorder = Recorder(tmp_path / "script", tmp_path / "here", clock=lambda: now[0])
    for seconds, order in ((1.5, holder), (4.0, cover)):
        now[0] += seconds
        recorder.add(order)
    lines = (tmp_path / "script").read_text().splitlines()
    assert str(tmp_path) not in "".join(lines)
    script = list(read(lines, tmp_path / "there"))
    assert script[0].order.arguments["what"] == str(tmp_path / "there" / "holder_view.jpg")
    waited: list[float] = []
    said = replay(script, lambda order: order.label, wait=waited.append, faster=2)
    assert said == ["The holder", "Open cover"]
    assert waited == [0.75, 2.0]


def test_a_replay_moves_the_real_simulator(tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path / "roll", tmp_path / "port")
    bench = Bench(printer)
    server = AdminServer(tmp_path / "printer.sock", {"cover": bench.cover})
    recorder = Recorder(tmp_path / "script", tmp_path, clock=lambda: 0.0)
    recorder.add(groups(tmp_path)["Receipt printer"][2])
    sockets = [f"--{name}={tmp_path / name}.sock" for name in ("card", "cameras", "printer")]
    command = [sys.executable, "-m", "drivers.dev_dock", *sockets, f"--pictures={tmp_path}"]
    done = subprocess.run(
        [*command, f"--replay={tmp_path / 'script'}"], check=True, capture_output=True, text=True
    )
    assert done.stdout == "Open cover: done\n"
    assert printer.roll.cover_open
    server.close()
    printer.unplug()


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"after_s": "x"}', '{"after_s": 1, "verb": "a"}']
)
def test_a_line_that_is_no_order_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadScript, match="line 1"):
        list(read([line], tmp_path))
