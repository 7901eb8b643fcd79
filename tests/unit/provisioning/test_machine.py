"""The TPM's key is made once, handed to sync alone, replaced when it is dead, and ended."""

import tomllib
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from drivers.tpm.errors import TpmMissing
from provisioning.acts import self_test, setting_up
from provisioning.acts.work import Work
from provisioning.answers import parse
from provisioning.identity import machine
from provisioning.identity.generations import Generations
from provisioning.identity.keeper import FileKeeper
from provisioning.people import Scripted
from provisioning.retire import of_a_terminal
from provisioning.runner import NotDone
from tests.support.swtpm import NO_TPM
from tests.unit.provisioning.test_acts import believes
from tests.unit.provisioning.test_answers import GOOD
from tests.unit.provisioning.test_generations import NOW, certified

needs_tpm = pytest.mark.skipif(NO_TPM, reason="no swtpm and tpm2-pytss here")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    anchors = tmp_path / "anchors"
    anchors.mkdir()
    for name in setting_up.ANCHORS:
        (anchors / name).write_bytes(b"of the register")
    answers = parse(GOOD)
    register = msgspec.structs.replace(answers.register, anchors=str(anchors))
    made = Work(
        answers=msgspec.structs.replace(answers, register=register),
        people=Scripted({}, print),
        generations=Generations(tmp_path / "identity"),
        keepers=[FileKeeper()],
        clock=lambda: NOW,
        root=tmp_path,
    )
    certified(made.generations)
    return made


def written(work: Work) -> dict[str, str]:
    """Write the settings; return what they say of the fleet."""
    setting_up.settings(work)
    fleet: dict[str, str] = tomllib.loads(work.settings.read_text())["fleet"]
    return fleet


def test_sync_alone_may_ask_the_tpm_and_only_where_it_keeps_a_key(work: Work) -> None:
    drop_in = work.root / setting_up.MACHINE_SIGNS
    assert written(work)["machine_key"] == ""
    assert not drop_in.exists()
    (work.generations.folder / machine.MACHINE).write_bytes(b"wrapped by the TPM")
    fleet = written(work)
    assert Path(fleet["machine_key"]).read_bytes() == b"wrapped by the TPM"
    assert "DeviceAllow=/dev/tpmrm0 rw" in drop_in.read_text()
    assert "kiosk-sync.service.d" in str(drop_in)
    machine.end(work.generations)
    assert written(work)["machine_key"] == ""
    assert not drop_in.exists()
    assert not Path(fleet["machine_key"]).exists()


def test_nothing_of_the_key_stays_behind_a_retired_terminal(work: Work) -> None:
    (work.generations.folder / machine.MACHINE).write_bytes(b"wrapped by the TPM")
    written(work)
    gone = set(of_a_terminal(work.root))
    assert {work.root / "etc/kiosk/machine.key", work.root / setting_up.MACHINE_SIGNS} <= gone


@needs_tpm
@pytest.mark.server
def test_a_key_is_made_once_and_anew_after_its_tpm_is_gone(
    work: Work, tpms: tuple[str, str]
) -> None:
    first = machine.made(work.generations, tpms[0])
    assert machine.made(work.generations, tpms[0]).public == first.public
    other = machine.made(work.generations, tpms[1])
    assert other.public != first.public
    kept = machine.existing(work.generations, tpms[1])
    assert kept is not None
    assert kept.public == other.public


@needs_tpm
@pytest.mark.server
def test_a_board_with_another_tpm_fails_the_self_test(work: Work, tpms: tuple[str, str]) -> None:
    for name, content in (
        ("proc/swaps", "Filename Type Size Used Priority\n"),
        ("proc/sys/kernel/core_pattern", "|/bin/false\n"),
    ):
        (work.root / name).parent.mkdir(parents=True, exist_ok=True)
        (work.root / name).write_text(content)
    believes(work.root / "etc/kiosk/csca")
    machine.made(work.generations, tpms[0])
    assert self_test.self_test(replace(work, tpm=tpms[0]))["machine_signs"] is True
    with pytest.raises(NotDone) as refused:
        self_test.self_test(replace(work, tpm=tpms[1]))
    assert refused.value.figures["faults"] == "machine"


def test_where_no_tpm_answers_none_is_pretended(work: Work) -> None:
    with pytest.raises(TpmMissing):
        machine.made(work.generations, f"device:{work.root}/none")
    assert machine.existing(work.generations, "") is None
