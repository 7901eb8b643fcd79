"""A kernel starts from its own slot's root, also where both slots hold the same."""

import re
import subprocess
from pathlib import Path

import pytest

IMAGE = Path("packaging/image")
OWN = IMAGE / "tree/usr/lib/kiosk/own-root"
RULE = IMAGE / "tree/usr/lib/udev/rules.d/61-kiosk-root.rules"
VARIABLE = "LoaderDevicePartUUID-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
CONTENT, OTHER = "e29a3c5c-4aa2-40b1-840d-b193330f62f5", "11111111-4aa2-40b1-840d-b193330f62f5"
NUMBERS = dict(
    re.findall(r"name=(\S+), uuid=(\S+)", (IMAGE / "disk.sh").read_text().replace("\n", " \n"))
)


def is_own(folder: Path, root: str, content: str, *, loaded_from: str | None) -> bool:
    """Ask as udev does, which writes numbers small; the stub tells in UTF-16 behind attributes."""
    (folder / "cmdline").write_text(f"root=/dev/mapper/root kiosk.root={CONTENT} ro\n")
    if loaded_from is not None:
        told = NUMBERS[loaded_from].lower() + "\0"
        (folder / VARIABLE).write_bytes(b"\x06\0\0\0" + told.encode("utf-16-le"))
    command = ["sh", str(OWN), NUMBERS[root].lower(), content, str(folder), str(folder / "cmdline")]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.stderr == ""
    return ended.returncode == 0


@pytest.mark.parametrize("slot", ["a", "b"])
def test_of_two_roots_with_the_same_content_the_one_beside_the_kernel_counts(
    tmp_path: Path, slot: str
) -> None:
    found = {
        root: is_own(tmp_path, f"root-{root}", CONTENT, loaded_from=f"kernel-{slot}")
        for root in "ab"
    }
    assert found == {"a": slot == "a", "b": slot == "b"}


def test_a_root_of_another_version_is_not_the_kernels(tmp_path: Path) -> None:
    assert not is_own(tmp_path, "root-a", OTHER, loaded_from="kernel-a")
    assert not is_own(tmp_path, "root-a", OTHER, loaded_from=None)


def test_where_the_firmware_tells_nothing_the_content_decides(tmp_path: Path) -> None:
    assert is_own(tmp_path, "root-a", CONTENT, loaded_from=None)
    assert is_own(tmp_path, "root-b", CONTENT, loaded_from=None)


def test_the_kernel_asks_for_the_root_that_the_rule_links_and_the_ram_disk_has_both() -> None:
    assert "root=/dev/kiosk/root\n" in (IMAGE / "kernel.sh").read_text()
    rule = RULE.read_text()
    assert 'SYMLINK+="kiosk/root"' in rule
    assert f'PROGRAM=="/{OWN.relative_to(IMAGE / "tree")} ' in rule
    brought = re.findall(r"install_items\+=\"(.*)\"", (IMAGE / "dracut.conf").read_text())[0]
    assert {f"/{one.relative_to(IMAGE / 'tree')}" for one in (OWN, RULE)} <= set(brought.split())
