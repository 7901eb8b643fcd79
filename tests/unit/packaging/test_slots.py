"""Which system starts is the firmware's to say: a try is one try, and what is bad never starts."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAID = r"""BootCurrent: 0004
Timeout: 0 seconds
BootOrder: 0004,0001,0000,0005
Boot0000* UiApp FvVol(7cb8bdc9)/FvFile(462caa21)
Boot0001* UEFI Misc Device PciRoot(0x0)/Pci(0x3,0x0){auto_created_boot_option}
Boot0004* terminal-a HD(1,GPT,7e2c0000-0000-4000-8000-000000000001)/\EFI\BOOT\BOOTX64.EFI
Boot0005* terminal-b HD(3,GPT,7e2c0000-0000-4000-8000-000000000003)/\EFI\BOOT\BOOTX64.EFI
"""


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / "image" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SLOTS = loaded("slots")


def test_entries_and_their_order_are_read_from_what_the_firmware_says() -> None:
    firmware = SLOTS.read(SAID)
    assert firmware.entries == {"a": "0004", "b": "0005"}
    assert firmware.order == ("0004", "0001", "0000", "0005")
    assert (firmware.primary(), firmware.state("a"), firmware.state("b")) == ("a", "good", "good")


def test_a_slot_that_was_just_written_starts_once_and_changes_no_order() -> None:
    assert SLOTS.changes(SLOTS.read(SAID), "b", "primary") == [["--bootnext", "0005"]]
    tried = SLOTS.read("BootNext: 0005\n" + SAID)
    assert tried.primary() == "b"


def test_a_slot_that_is_good_comes_first_and_the_other_behind_it() -> None:
    orders = SLOTS.changes(SLOTS.read(SAID), "b", "good")
    assert orders == [["--bootorder", "0005,0004,0001,0000"]]


def test_a_slot_that_is_bad_is_in_no_order_and_is_not_tried() -> None:
    tried = SLOTS.read("BootNext: 0005\n" + SAID)
    orders = SLOTS.changes(tried, "b", "bad")
    assert orders == [["--delete-bootnext"], ["--bootorder", "0004,0001,0000"]]
    after = SLOTS.read(SAID.replace(",0005\n", "\n"))
    assert after.state("b") == "bad"
    assert SLOTS.changes(after, "b", "bad") == []


def test_the_try_of_the_other_slot_is_left_alone() -> None:
    tried = SLOTS.read("BootNext: 0005\n" + SAID)
    assert SLOTS.changes(tried, "a", "bad") == [["--bootorder", "0001,0000,0005"]]


@pytest.mark.parametrize("said", ["", "BootCurrent: 0001\n", SAID.replace("BootOrder", "Boot")])
def test_a_firmware_that_knows_no_order_has_no_primary(said: str) -> None:
    assert SLOTS.read(said).primary() == ""


def test_a_slot_without_an_entry_gets_one_outside_of_every_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = []
    said = "\n".join(line for line in SAID.splitlines() if "terminal-b" not in line)

    def firmware(*words: str) -> str:
        told.append(words)
        return SAID if len(told) > 2 else said

    monkeypatch.setattr(SLOTS, "place", lambda _: ("/dev/vda", "3"))
    assert SLOTS.known(firmware).entries == {"a": "0004", "b": "0005"}
    (made,) = [words for words in told if words]
    assert made[:3] == ("--create-only", "--disk", "/dev/vda")
    assert "terminal-b" in made


@pytest.mark.parametrize("words", [[], ["get-state", "c"], ["set-state", "a", "new"], ["reboot"]])
def test_what_no_backend_is_asked_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert SLOTS.main(words) == 2
    assert "get-primary" in capsys.readouterr().err
