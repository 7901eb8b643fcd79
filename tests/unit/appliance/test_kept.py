"""What a machine is begun and gone on with: its accelerator, and whoever issued its card."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.camera.pace import LEAST_FRAMES_PER_S
from drivers.card.personalise import pki
from tests.appliance.accelerator import KVM, TCG, starts
from tests.appliance.pace import Pace
from tests.appliance.stand import read_authority, write_authority
from tests.appliance.steps import FIRST, OFF, STEPS

_LAST_YEAR = 1_764_000_000.0


@pytest.mark.skipif(not shutil.which("qemu-system-x86_64"), reason="QEMU is not installed")
def test_what_qemu_refuses_is_not_taken_for_help(tmp_path: Path) -> None:
    empty = tmp_path / "firmware.fd"
    empty.write_bytes(bytes(4096))
    refused = replace(KVM, words=("-accel", "no-such-accelerator"))
    assert not starts(refused, empty, empty)


def test_a_card_of_a_stand_that_was_kept_is_issued_by_the_same(tmp_path: Path) -> None:
    made = pki.make_csca()
    write_authority(made, tmp_path)
    read = read_authority(tmp_path)
    assert read.certificate == made.certificate
    assert read.public.dump() == made.public.dump()


def test_a_step_makes_the_kept_machine_or_begins_with_it_and_is_one_of_the_walk() -> None:
    assert {name for name, _ in STEPS} >= FIRST | OFF
    assert not FIRST & OFF


def test_an_emulated_machine_has_its_cameras_in_its_time() -> None:
    assert LEAST_FRAMES_PER_S < TCG.frames_per_s * TCG.slower <= KVM.frames_per_s


def test_time_goes_on_where_it_stood_when_a_machine_was_kept() -> None:
    assert Pace(shows=_LAST_YEAR).now() == pytest.approx(_LAST_YEAR, abs=60)


def test_time_goes_on_where_it_was_at_another_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    pace = Pace(shows=_LAST_YEAR)
    now += 60
    pace.go(20)
    assert pace.now() == _LAST_YEAR + 60
    now += 60
    assert pace.now() == _LAST_YEAR + 63


@pytest.mark.skipif(not shutil.which("cc"), reason="no compiler of C is installed")
def test_a_server_shows_the_machines_time_and_the_test_its_own(tmp_path: Path) -> None:
    pace = Pace(4, folder=tmp_path, shows=_LAST_YEAR)
    ask = [sys.executable, "-c", "import time; print(time.time(), time.monotonic())"]
    with pace.server():
        day, steady = map(float, subprocess.check_output(ask).split())
    assert day == pytest.approx(_LAST_YEAR, abs=60)
    assert steady == pytest.approx(time.monotonic(), abs=60)
    assert "SLOW_BY" not in os.environ
    _, steady = map(float, subprocess.check_output(ask, env=pace.machine()).split())
    assert steady == pytest.approx(time.monotonic() / 4, abs=60)


def test_time_goes_back_with_a_machine_that_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    pace = Pace(shows=_LAST_YEAR + 500)
    now += 60
    pace.go_back(_LAST_YEAR, 4)
    now += 8
    assert pace.now() == _LAST_YEAR + 2
