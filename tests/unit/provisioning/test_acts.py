"""Each look at the machine says what is there and refuses what must not be."""

import tomllib
import wave
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from io import BytesIO
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.card.personalise import pki
from kiosk.config import load
from provisioning.acts import devices, place, self_test, setting_up, touch
from provisioning.acts.touch_corners import (
    CHECK,
    TARGETS,
    Matrix,
    NoRectangle,
    Point,
    after,
    applied,
    lie,
)
from provisioning.acts.work import Work, judged
from provisioning.answers import parse
from provisioning.identity.generations import Generations
from provisioning.identity.keeper import FileKeeper
from provisioning.people import Scripted, Taps
from provisioning.pictures import kept, of_page
from provisioning.report import Shown
from provisioning.runner import NotDone
from provisioning.steps import Step
from tests.unit.provisioning.test_answers import GOOD
from tests.unit.provisioning.test_generations import NOW, certified


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(
        answers=parse(GOOD),
        people=Scripted({Step.PRINTER: True, Step.SOUND: False}, print),
        generations=Generations(tmp_path / "identity"),
        keepers=[FileKeeper()],
        clock=lambda: NOW,
        root=tmp_path,
    )


def write(root: Path, name: str, content: str = "") -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(content)


def believes(folder: Path) -> None:
    """Put the certificate of somebody who issues cards into a folder."""
    folder.mkdir(parents=True)
    issuer = pki.make_csca().certificate.public_bytes(Encoding.PEM)
    (folder / "specimen_csca.pem").write_bytes(issuer)


def code_of(act: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(NotDone) as refused:
        act()
    return refused.value.code, dict(refused.value.figures)


def test_a_panel_counts_upright_or_lying_and_another_size_does_not(work: Work) -> None:
    assert code_of(lambda: place.panel(work))[0] == "provision.no_panel"
    write(work.root, "sys/class/drm/card0-DP-1/status", "disconnected\n")
    write(work.root, "sys/class/drm/card0-HDMI-A-1/status", "connected\n")
    write(work.root, "sys/class/drm/card0-HDMI-A-1/modes", "1280x800\n1024x768\n")
    assert code_of(lambda: place.panel(work)) == ("provision.other_panel", {"mode": "1280x800"})
    write(work.root, "sys/class/drm/card0-HDMI-A-1/modes", "1920x1080\n")
    assert place.panel(work) == {"mode": "1920x1080", "turned": True}


def test_a_clock_that_was_rolled_back_is_not_gone_on_with(work: Work) -> None:
    old = Work(
        answers=work.answers,
        people=work.people,
        generations=work.generations,
        keepers=work.keepers,
        clock=lambda: 0.0,
        root=work.root,
    )
    assert code_of(lambda: place.clock(old))[0] == "clock.untrusted"
    assert place.clock(work) == {"synchronized": False}


def test_an_address_that_nobody_answers_at_is_named(work: Work) -> None:
    assert code_of(lambda: place.network(work)) == (
        "provision.no_network",
        {"unreachable": "fleet"},
    )


def test_a_fit_machine_passes_and_every_fault_is_named(work: Work) -> None:
    write(work.root, "proc/swaps", "Filename Type Size Used Priority\n/swapfile file 1 0 -2\n")
    write(work.root, "proc/sys/kernel/core_pattern", "core\n")
    code, figures = code_of(lambda: self_test.self_test(work))
    assert code == "provision.not_fit"
    assert figures["faults"] == "swap core_dumps identity issuers"
    write(work.root, "proc/swaps", "Filename Type Size Used Priority\n")
    write(work.root, "proc/sys/kernel/core_pattern", "|/bin/false\n")
    certified(work.generations)
    believes(work.root / "etc/kiosk/csca")
    passed = self_test.self_test(work)
    assert (passed["certificate_days"], passed["issuers"]) == (30, 1)


def test_a_terminal_that_would_refuse_every_card_is_not_ready(work: Work) -> None:
    folder = work.root / "etc/kiosk/csca"
    believes(folder)
    assert "issuers" not in str(code_of(lambda: self_test.self_test(work))[1]["faults"])
    # The card host refuses to start over a folder with a file that it cannot read.
    write(folder, "readme.txt", "what the vendor sent along")
    _, figures = code_of(lambda: self_test.self_test(work))
    assert "issuers" in str(figures["faults"])
    assert figures["issuers"] == 0


def test_a_key_of_another_machine_is_a_fault(work: Work) -> None:
    certified(work.generations)
    current = work.generations.current()
    assert current is not None
    (current.folder / "terminal.key").write_bytes(b"of another TPM")
    _, figures = code_of(lambda: self_test.self_test(work))
    assert "identity" in str(figures["faults"])


def test_nobodys_judgement_and_a_bad_one_are_told_apart(work: Work) -> None:
    judged(work, Step.PRINTER)
    assert code_of(lambda: judged(work, Step.SOUND))[0] == "provision.judged_bad"
    assert code_of(lambda: judged(work, Step.LIGHTS))[0] == "provision.unjudged"


def test_a_machine_without_a_touchscreen_says_so(work: Work) -> None:
    assert code_of(lambda: touch.touch(work))[0] == "provision.no_touch"


def anchored(work: Work) -> Work:
    """Return work for a machine that the register's keys came to, and who issues cards."""
    for name in setting_up.ANCHORS:
        write(work.root, f"anchors/{name}", "as the register gave it")
    believes(work.root / "anchors/csca")
    register = msgspec.structs.replace(work.answers.register, anchors=str(work.root / "anchors"))
    return replace(work, answers=msgspec.structs.replace(work.answers, register=register))


def test_who_issues_cards_comes_with_the_anchors_and_goes_with_them(work: Work) -> None:
    certified(work.generations)
    made = anchored(work)
    # As in the image: a link to what came with it, which gives way to what the site brings.
    write(work.root, "usr/share/kiosk/csca/withdrawn.pem", "not believed any more")
    (work.root / "etc/kiosk").mkdir(parents=True)
    folder = work.root / "etc/kiosk/csca"
    folder.symlink_to(work.root / "usr/share/kiosk/csca")
    for _ in range(2):
        setting_up.settings(made)
        assert [file.name for file in folder.iterdir()] == ["specimen_csca.pem"]
    trust = tomllib.loads(made.settings.read_text())["devices"]["trust"]
    assert Path(trust) == folder
    assert (work.root / "usr/share/kiosk/csca/withdrawn.pem").exists()


def test_under_a_root_of_its_own_a_terminal_keeps_to_it(work: Work) -> None:
    certified(work.generations)
    setting_up.settings(anchored(work))
    settings = load(work.settings, uses_credentials=False)
    assert settings.devices.document_lag_ms == work.answers.devices.document_lag_ms
    kept_ = {getattr(settings.paths, one.name) for one in fields(settings.paths)}
    outside = {path for path in kept_ if not path.is_relative_to(work.root)}
    assert outside == {settings.paths.power}


def test_the_settings_that_are_made_have_the_terminal_read_the_systems_journal(
    work: Work,
) -> None:
    certified(work.generations)
    made = anchored(work)
    assert setting_up.settings(made) == {"terminal": "terminal-17"}
    fleet = tomllib.loads(made.settings.read_text())["fleet"]
    assert (fleet["url"], fleet["logs"]) == ("https://fleet.example:8443", "journal")


def test_the_test_page_shows_every_dot_of_the_head_black() -> None:
    page = devices.test_page(576, "sha_tin_library")
    rows = np.unpackbits(np.frombuffer(page.rows, np.uint8).reshape(-1, page.row_bytes), axis=1)
    assert rows.max(axis=0).all()
    assert rows.any(axis=1).any()
    assert rows.mean() < 0.5


def test_three_tones_can_be_played() -> None:
    with wave.open(BytesIO(devices.tones())) as file:
        assert (file.getnchannels(), file.getnframes()) == (1, 3 * 7717)


def turned(point: Point, swapped: bool, mirrored_x: bool, mirrored_y: bool) -> Point:  # noqa: FBT001
    """Return what a glass that lies so says of a place on the panel."""
    x, y = point
    x = 1 - x if mirrored_x else x
    y = 1 - y if mirrored_y else y
    return (y, x) if swapped else (x, y)


@pytest.mark.parametrize("way", list(product((False, True), repeat=3)))
def test_a_glass_that_is_turned_or_mirrored_is_put_right(way: tuple[bool, bool, bool]) -> None:
    touched = [turned(target, *way) for target in TARGETS]
    found = lie(touched)
    assert (found.swapped, found.mirrored_x, found.mirrored_y) == way
    a, b, c, d, e, f = found.matrix
    for (x, y), target in zip(touched, TARGETS, strict=True):
        assert (a * x + b * y + c, d * x + e * y + f) == pytest.approx(target)


@pytest.mark.parametrize(
    "touched",
    [
        [(0.5, 0.5)] * 4,
        [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9)],
        [(0.1, 0.1), (0.9, 0.2), (0.9, 0.9), (0.1, 0.9)],
        [(0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)],
    ],
)
def test_corners_that_are_no_rectangle_are_refused(touched: list[Point]) -> None:
    with pytest.raises(NoRectangle):
        lie(touched)


class Fingers:
    """A panel whose glass lies in some way, and a finger that is good or not at the last ring."""

    def __init__(self, way: tuple[bool, bool, bool], *, last_off: float = 0.0) -> None:
        self._way = way
        self._last_off = last_off
        self.targets: list[Point] = []

    def tap(self, target: Point, touched: Sequence[Point]) -> Point | None:
        assert len(touched) == len(self.targets)
        self.targets.append(target)
        x, y = target
        off_ = self._last_off if len(self.targets) == len(TARGETS) + 1 else 0.0
        return turned((x + off_, y), *self._way)


class AtPanel(Scripted):
    """Somebody who touches a panel."""

    def __init__(self, fingers: Taps) -> None:
        super().__init__({}, print)
        self._fingers = fingers

    def taps(self) -> Taps | None:
        return self._fingers


@pytest.mark.parametrize("way", list(product((False, True), repeat=3)))
def test_the_matrix_is_tried_with_a_fifth_ring_and_kept(
    work: Work, way: tuple[bool, bool, bool]
) -> None:
    fingers = Fingers(way)
    figures = touch.touch(replace(work, people=AtPanel(fingers)))
    assert fingers.targets == [*TARGETS, CHECK]
    assert figures["check_off"] == pytest.approx(0)
    rule = (work.root / touch.RULE).read_text()
    numbers = rule.partition('MATRIX}="')[2].partition('"')[0].split()
    kept_ = tuple(float(number) for number in numbers)
    assert applied(kept_, turned(CHECK, *way)) == pytest.approx(CHECK)
    assert kept(work.state)[Shown.TOUCH].startswith(b"\x89PNG")


def test_a_fifth_ring_that_is_missed_keeps_nothing(work: Work) -> None:
    missed = replace(work, people=AtPanel(Fingers((False, True, False), last_off=0.2)))
    assert code_of(lambda: touch.touch(missed))[0] == "provision.touch_wild"
    assert not (work.root / touch.RULE).exists()


def test_a_matrix_that_is_in_force_already_is_reckoned_in(work: Work) -> None:
    # The glass lies mirrored, and libinput puts half of it right already.
    write(
        work.root,
        "run/udev/data/c13:70",
        "E:ID_INPUT_TOUCHSCREEN=1\nE:LIBINPUT_CALIBRATION_MATRIX=-1 0 1 0 1 0\n",
    )
    touch.touch(replace(work, people=AtPanel(Fingers((False, False, True)))))
    rule = (work.root / touch.RULE).read_text()
    assert 'MATRIX}="-1 0 1 0 -1 1"' in rule


@given(
    st.tuples(*[st.floats(-2, 2)] * 6),
    st.tuples(*[st.floats(-2, 2)] * 6),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_two_matrices_in_one_do_what_both_do(one: Matrix, other: Matrix, point: Point) -> None:
    assert applied(after(one, other), point) == pytest.approx(
        applied(one, applied(other, point)), abs=1e-9
    )


def test_the_test_page_is_in_the_report_as_it_was_printed() -> None:
    page = devices.test_page(576, "sha_tin_library")
    shown = Image.open(BytesIO(of_page(page)))
    black = np.asarray(shown.convert("L")) == 0
    bits = np.unpackbits(np.frombuffer(page.rows, np.uint8).reshape(-1, page.row_bytes), axis=1)
    assert (black == bits.astype(bool)).all()
