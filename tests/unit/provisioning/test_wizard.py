"""The wizard at the panel: the same steps, by touches; it goes on where it stood.

A real socket, the real steps over a machine that is a folder; where the screens would be, a hand.
"""

import argparse
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from provisioning.__main__ import parser
from provisioning.kept import Kept
from provisioning.run import run
from provisioning.steps import Outcome, Step, latest
from tests.support.hand import Hand
from tests.unit.provisioning.test_acts import write
from tests.unit.provisioning.test_generations import NOW
from wire.screen import Action, Language, SetupScreen

STEPS = list(Step)


class Machine:
    """A bare machine, and its wizard."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.socket = root / "s"
        self.ended: list[int] = []
        write(root, "sys/class/drm/card0-HDMI-A-1/status", "connected\n")
        write(root, "sys/class/drm/card0-HDMI-A-1/modes", "1080x1920\n")

    def asked(self, *words: str) -> argparse.Namespace:
        plain = ["--root", str(self.root), "--key", "file", "run", "--screen", str(self.socket)]
        return parser().parse_args([*plain, "--wait", "0.2", *words])

    @contextmanager
    def wizard(self, *words: str) -> Iterator[Hand]:
        """Run it until the hand lets go: a power cut for all it knows."""
        asked = self.asked(*words)
        thread = threading.Thread(
            target=lambda: self.ended.append(run(asked, clock=lambda: NOW)), daemon=True
        )
        thread.start()
        with Hand(self.socket) as hand:
            yield hand

    def outcome(self, step: Step) -> tuple[Outcome, str]:
        last = latest(Kept(self.root / "var/lib/kiosk-provisioning/results.jsonl").results)[step]
        return last.outcome, last.code


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def go_to(hand: Hand, step: Step) -> None:
    hand.sees(SetupScreen.SETUP_LIST)
    hand.touch(Action.PICK, str(STEPS.index(step)))
    hand.sees(SetupScreen.SETUP_STEP, step=step.value)


def test_a_step_is_done_by_a_touch_and_the_next_one_follows(machine: Machine) -> None:
    with machine.wizard() as hand:
        go_to(hand, Step.CLOCK)
        hand.touch(Action.CONTINUE)
        told = hand.sees(SetupScreen.SETUP_STEP, step="clock", mark="good")
        assert told["figures"] == ["synchronized"]
        hand.touch(Action.CONTINUE)
        hand.sees(SetupScreen.SETUP_STEP, step="site")
    assert machine.outcome(Step.CLOCK) == (Outcome.PASSED, "")


def test_what_went_wrong_has_its_code_and_can_be_tried_again(machine: Machine) -> None:
    (machine.root / "sys/class/drm/card0-HDMI-A-1/modes").write_text("1280x800\n")
    with machine.wizard() as hand:
        go_to(hand, Step.PANEL)
        hand.touch(Action.CONTINUE)
        hand.sees(SetupScreen.SETUP_STEP, mark="bad", code="provision.other_panel")
        hand.touch(Action.PICK, "0")
        assert "1280x800" in hand.sees(SetupScreen.SETUP_CHOOSE, field="machine.panel")["choices"]
        hand.touch(Action.PICK, "3")
        hand.sees(SetupScreen.SETUP_STEP, mark="todo", answers=["1280x800"])
        hand.touch(Action.CONTINUE)
        hand.sees(SetupScreen.SETUP_STEP, step="panel", mark="good")


def test_answers_are_typed_and_what_cannot_be_used_is_asked_again(machine: Machine) -> None:
    with machine.wizard() as hand:
        go_to(hand, Step.SITE)
        hand.touch(Action.CONTINUE)  # not without its answer: the page stays
        assert hand.sees(SetupScreen.SETUP_STEP, step="site")["lacking"] == ["site.id"]
        hand.touch(Action.PICK, "0")
        hand.sees(SetupScreen.SETUP_TYPE, field="site.id")
        hand.type("sha tin")
        hand.sees(SetupScreen.SETUP_TYPE, wrong=True, typed="sha tin")
        hand.touch(Action.KEY, "clear")
        hand.sees(SetupScreen.SETUP_TYPE, typed="", wrong=False)
        hand.type("sha_tin_library")
        assert hand.sees(SetupScreen.SETUP_STEP, lacking=[])["answers"][0] == "sha_tin_library"
        hand.touch(Action.CONTINUE)
        hand.sees(SetupScreen.SETUP_STEP, step="site", mark="good")


ADDRESSES = """
[fleet]
url = "https://fleet.example:8443"
[register]
url = "https://register.example"
phone_url = "https://iamsmart.example"
"""


@pytest.mark.parametrize(
    ("prepared", "lacking"),
    [
        (ADDRESSES, []),
        (ADDRESSES + "[fleet", ["fleet.url", "register.url"]),
        ('[fleet]\nurl = "http://plain"', ["fleet.url", "register.url"]),
    ],
    ids=["usable", "torn", "unusable"],
)
def test_addresses_that_came_with_the_machine_are_answered_and_bad_ones_are_asked(
    machine: Machine, prepared: str, lacking: list[str]
) -> None:
    write(machine.root, "etc/kiosk/site.toml", prepared)
    with machine.wizard() as hand:
        go_to(hand, Step.NETWORK)
        asked = hand.sees(SetupScreen.SETUP_STEP, step="network")
        assert asked["lacking"] == lacking


def test_after_a_power_cut_it_stands_where_it_stood_with_what_was_answered(
    machine: Machine,
) -> None:
    with machine.wizard() as hand:
        go_to(hand, Step.SITE)
        hand.touch(Action.PICK, "0")
        hand.sees(SetupScreen.SETUP_TYPE)
        hand.type("tai_po")
        hand.sees(SetupScreen.SETUP_STEP, lacking=[])
    again = Machine(machine.root)
    again.socket = machine.root / "t"
    with again.wizard() as hand:
        shown = hand.sees(SetupScreen.SETUP_STEP, step="site")
        assert shown["answers"][0] == "tai_po"


def test_a_step_is_skipped_with_a_reason_where_it_may_be(machine: Machine) -> None:
    with machine.wizard() as hand:
        go_to(hand, Step.SOUND)
        hand.touch(Action.SKIP)
        hand.sees(SetupScreen.SETUP_CHOOSE, field="skip")
        hand.touch(Action.PICK, "0")
        hand.sees(SetupScreen.SETUP_STEP, step="sound", mark="skipped", reason="not ordered")
        hand.touch(Action.BACK)
        go_to(hand, Step.READER)
        hand.touch(Action.SKIP)  # a terminal without a reader is none: the page stays
        hand.touch(Action.BACK)
        hand.sees(SetupScreen.SETUP_LIST)
    assert machine.outcome(Step.SOUND) == (Outcome.SKIPPED, "")


def test_five_rings_are_touched_and_the_matrix_is_kept(machine: Machine) -> None:
    with machine.wizard("--wait", "60") as hand:
        go_to(hand, Step.TOUCH)
        hand.touch(Action.CONTINUE)
        for number in range(1, 6):
            target = hand.sees(SetupScreen.SETUP_TOUCH, number=number)["target"]
            x, y = (float(share) for share in target)
            # The glass is glued on upside down.
            hand.touch(Action.TARGET, f"{1 - x:.4f},{1 - y:.4f}")
        hand.sees(SetupScreen.SETUP_STEP, step="touch", mark="good")
    rule = (machine.root / "etc/udev/rules.d/91-kiosk-touch.rules").read_text()
    assert 'MATRIX}="-1 0 1 0 -1 1"' in rule


@pytest.mark.parametrize("place", ["", "here", "nan,0.1", "1e9,0", "0.1"])
def test_a_touch_that_is_no_place_ends_the_test(machine: Machine, place: str) -> None:
    with machine.wizard() as hand:
        go_to(hand, Step.TOUCH)
        hand.touch(Action.CONTINUE)
        hand.sees(SetupScreen.SETUP_TOUCH)
        hand.touch(Action.TARGET, place)
        hand.sees(SetupScreen.SETUP_STEP, mark="bad", code="provision.no_touch")


def test_the_language_changes_on_every_page_and_during_a_step(machine: Machine) -> None:
    with machine.wizard("--wait", "60") as hand:
        assert hand.language() is Language.EN
        hand.touch(Action.SET_LANGUAGE, "zh_HK")
        hand.hears(Language.ZH_HK)
        go_to(hand, Step.TOUCH)
        assert hand.language() is Language.ZH_HK
        hand.touch(Action.CONTINUE)
        hand.sees(SetupScreen.SETUP_TOUCH)
        hand.touch(Action.SET_LANGUAGE, "zh_CN")
        hand.hears(Language.ZH_CN)
        assert hand.page.screen is SetupScreen.SETUP_TOUCH


def test_a_touch_on_a_page_that_is_gone_does_nothing(machine: Machine) -> None:
    with machine.wizard() as hand:
        hand.sees(SetupScreen.SETUP_LIST)
        old = hand.page.sequence
        go_to(hand, Step.CLOCK)
        hand.touch(Action.PICK, "2", on=old)
        hand.touch(Action.BACK)
        hand.sees(SetupScreen.SETUP_LIST)


def test_until_every_step_is_done_nothing_is_handed_over(machine: Machine) -> None:
    state = machine.root / "var/lib/kiosk-provisioning"
    with machine.wizard() as hand:
        for step in (Step.CLOCK, Step.PANEL):
            go_to(hand, step)
            hand.touch(Action.CONTINUE)
            hand.sees(SetupScreen.SETUP_STEP, mark="good")
            hand.touch(Action.BACK)
        hand.sees(SetupScreen.SETUP_LIST, done=2)
    assert not (state / "readiness.json").exists()
    assert not machine.ended


def test_screens_that_talk_nonsense_are_hung_up_on_and_met_again(machine: Machine) -> None:
    with machine.wizard() as hand:
        hand.sees(SetupScreen.SETUP_LIST)
        hand.shout(b"\xff\xff\xff\xff nonsense")
    with Hand(machine.socket) as hand:
        hand.sees(SetupScreen.SETUP_LIST)


@pytest.mark.parametrize("content", ["{", '{"tables":{},"standing":"moon"}', '{"more":1}'])
def test_a_draft_that_somebody_wrote_into_is_an_error(machine: Machine, content: str) -> None:
    write(machine.root, "var/lib/kiosk-provisioning/draft.json", content)
    with pytest.raises(ValueError, match=r"draft\.json"):
        run(machine.asked(), clock=lambda: NOW)
