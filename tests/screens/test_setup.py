"""The wizard by finger and by keys alone: real screens and real steps on a bare machine."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from provisioning.kept import Kept
from provisioning.run import run
from provisioning.steps import Outcome, Step, latest
from tests.screens.conftest import PX_PER_MM, SIZE
from tests.support.stage import Clock
from tests.unit.provisioning.test_generations import NOW
from tests.unit.provisioning.test_wizard import Machine
from ui.app import Screens
from ui.pressables import buttons, place
from ui.shown import Look
from ui.touchable import Finger
from ui.words import Words
from wire.screen import SetupScreen

pytestmark = [pytest.mark.screen, pytest.mark.slow]
STEPS = list(Step)
ADDRESSES = """
[fleet]
url = "https://127.0.0.1:1"
[register]
url = "https://127.0.0.1:1"
phone_url = "https://phone.example"
[devices]
face_camera = "/dev/no-camera"
document_camera = "/dev/no-camera"
printer = "/dev/no-printer"
[skipped]
sound = "not ordered"
"""
WENT: dict[Step, tuple[Outcome, str]] = {
    Step.NETWORK: (Outcome.FAILED, "provision.no_network"),
    Step.CLOCK: (Outcome.PASSED, ""),
    Step.SITE: (Outcome.PASSED, ""),
    Step.PANEL: (Outcome.PASSED, ""),
    Step.FACE_CAMERA: (Outcome.FAILED, "camera.missing"),
    Step.DOCUMENT_CAMERA: (Outcome.FAILED, "camera.missing"),
    Step.LIGHTS: (Outcome.PASSED, ""),
    Step.PRINTER: (Outcome.FAILED, "printer.missing"),
    Step.CLAIM: (Outcome.FAILED, "claim.mistyped"),
}
"""What becomes of each step on a machine with a panel and nothing else."""


class Walk:
    """Somebody before the panel, with a finger or with the keypad."""

    def __init__(self, screens: Screens, clock: Clock, qtbot: QtBot) -> None:
        self.window = screens.glass.window
        self.kiosk = screens.kiosk
        self.clock = clock
        self.qtbot = qtbot
        self.finger = Finger(self.window)

    def sees(self, screen: SetupScreen, **facts: object) -> None:
        def shown() -> bool:
            page = self.kiosk.shown
            told = all(page.facts.get(name) == value for name, value in facts.items())
            return page.screen is screen and told

        self.qtbot.waitUntil(shown, timeout=30_000)
        self.window.grabWindow()
        # Nobody taps twice within the guard.
        self.clock.now += 1

    def tap(self, name: str) -> None:
        (button,) = [one for one in buttons(self.window) if one.objectName() == f"action:{name}"]
        self.finger.tap(place(button).center().toPoint())

    def press(self, name: str) -> None:
        """Go to a button by arrows alone, and press enter."""
        for _ in range(80):
            QTest.keyClick(self.window, Qt.Key.Key_Right)
            item = self.window.activeFocusItem()
            if item is not None and item.objectName() == f"action:{name}":
                QTest.keyClick(self.window, Qt.Key.Key_Return)
                return
        raise AssertionError(f"no key reaches {name}")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def walk(machine: Machine, qtbot: QtBot, words: Words) -> Iterator[Walk]:
    given = machine.root / "given.toml"
    given.write_text(ADDRESSES)
    asked = machine.asked("--answers", str(given), "--wait", "60")
    threading.Thread(target=lambda: run(asked, clock=lambda: NOW), daemon=True).start()
    clock = Clock()
    look = Look(px_per_mm=PX_PER_MM, still=True)
    screens = Screens(machine.socket, look, words, size=SIZE, clock=clock)
    screens.glass.window.show()
    yield Walk(screens, clock, qtbot)
    screens.close()
    words.missing.clear()


def typed(walk: Walk, act: Callable[[str], None], text: str) -> None:
    for number, letter in enumerate(text):
        walk.sees(SetupScreen.SETUP_TYPE, typed=text[:number])
        act(f"key:{letter}")
    walk.sees(SetupScreen.SETUP_TYPE, typed=text)
    act("continue")


@pytest.mark.parametrize("by", ["finger", "keys"])
def test_every_step_is_reached_and_done_by(machine: Machine, walk: Walk, by: str) -> None:
    act = walk.tap if by == "finger" else walk.press
    for step in WENT:
        walk.sees(SetupScreen.SETUP_LIST)
        act(f"pick:{STEPS.index(step)}")
        walk.sees(SetupScreen.SETUP_STEP, step=step.value)
        if step is Step.SITE:
            act("pick:0")
            typed(walk, act, "tai_po")
            walk.sees(SetupScreen.SETUP_STEP, lacking=[])
        act("continue")
        if step is Step.CLAIM:
            typed(walk, act, "kiosk1/x")
        mark = "good" if WENT[step][0] is Outcome.PASSED else "bad"
        walk.sees(SetupScreen.SETUP_STEP, step=step.value, mark=mark, code=WENT[step][1])
        act("back")
    last = latest(Kept(machine.root / "var/lib/kiosk-provisioning/results.jsonl").results)
    assert {step: (one.outcome, one.code) for step, one in last.items()} == WENT


def test_rings_are_touched_where_they_are_shown(machine: Machine, walk: Walk) -> None:
    walk.sees(SetupScreen.SETUP_LIST)
    walk.tap(f"pick:{STEPS.index(Step.TOUCH)}")
    walk.sees(SetupScreen.SETUP_STEP, step="touch")
    walk.tap("continue")
    for number in range(1, 6):
        walk.sees(SetupScreen.SETUP_TOUCH, number=number)
        target = walk.kiosk.shown.facts["target"]
        assert isinstance(target, list)
        x, y = (float(share) for share in target)
        walk.finger.tap(QPoint(round(x * SIZE.width()), round(y * SIZE.height())))
    walk.sees(SetupScreen.SETUP_STEP, step="touch", mark="good")
    rule = (machine.root / "etc/udev/rules.d/91-kiosk-touch.rules").read_text()
    assert 'MATRIX}="1 0 0 0 1 0"' in rule
