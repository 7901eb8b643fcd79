"""What a machine is begun and gone on with: its accelerator, and whoever issued its card."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.card.personalise import pki
from tests.appliance.accelerator import KVM, TCG, starts
from tests.appliance.stand import read_authority, write_authority


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


def test_an_emulated_machine_is_given_time_and_its_cameras_with_it() -> None:
    assert KVM.environment.get("FAKETIME") is None
    assert TCG.environment["FAKETIME"] == f"+0 x{1 / TCG.slower}"
    assert TCG.frames_per_s * TCG.slower == pytest.approx(KVM.frames_per_s)
    assert TCG.patience > TCG.slower
