"""The image's USB rules: shipped ones first or last, a model's own where they count."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = (ROOT / "packaging/terminal/etc/usbguard.rules").read_text(encoding="utf-8")
KEYPAD = "1a2b:0001 1-4 pci-0000:00:14.0-usb-0:4:1.0\n"
PORT = 'allow id 0403:6001 via-port "1-2"'


def built(folder: Path, **keys: str) -> subprocess.CompletedProcess[str]:
    """Write the rules of a model with these keys under `folder`/root."""
    (folder / "keys").mkdir()
    for name, content in keys.items():
        (folder / "keys" / name.replace("_", ".")).write_text(content, encoding="utf-8")
    shipped = folder / "root/usr/share/kiosk/usbguard.rules"
    shipped.parent.mkdir(parents=True)
    shipped.write_text(SHIPPED, encoding="utf-8")
    script = ROOT / "packaging/image/usb.sh"
    return subprocess.run(
        ["sh", str(script), str(folder / "keys"), str(folder / "root")],
        capture_output=True,
        text=True,
        check=False,
    )


def rules(folder: Path) -> list[str]:
    """Return what was written, comments aside."""
    lines = (folder / "root/etc/usbguard/rules.conf").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_a_model_with_nothing_of_its_own_has_the_shipped_rules(tmp_path: Path) -> None:
    assert built(tmp_path).returncode == 0
    written = tmp_path / "root/etc/usbguard/rules.conf"
    assert written.read_text(encoding="utf-8") == SHIPPED
    assert written.stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "root/usr/lib/udev/rules.d").exists()


def test_a_models_ports_stand_behind_what_rejects_and_before_what_refuses_the_rest(
    tmp_path: Path,
) -> None:
    assert built(tmp_path, usbguard_rules=PORT + "\n").returncode == 0
    lines = rules(tmp_path)
    assert lines[0].startswith("reject")
    assert lines[-2:] == [PORT, "reject"]


def test_a_keypad_is_let_in_before_keyboards_are_rejected_by_id_and_port_alone(
    tmp_path: Path,
) -> None:
    assert built(tmp_path, keypad=KEYPAD, usbguard_rules=PORT + "\n").returncode == 0
    first, *others = rules(tmp_path)
    assert first == 'allow id 1a2b:0001 via-port "1-4" with-interface equals { 03:01:01 }'
    assert others[-2:] == [PORT, "reject"]
    assert sum(line.startswith("allow id 1a2b") for line in [first, *others]) == 1
    udev = (tmp_path / "root/usr/lib/udev/rules.d/65-keypad.rules").read_text(encoding="utf-8")
    assert udev == (
        'SUBSYSTEM=="input", ENV{ID_PATH}=="pci-0000:00:14.0-usb-0:4:1.0", '
        'ENV{ID_VENDOR_ID}=="1a2b", ENV{ID_MODEL_ID}=="0001", ENV{KIOSK_KEYPAD}="1"\n'
    )


@pytest.mark.parametrize(
    "keypad",
    [
        "",
        "1a2b:0001\n",
        KEYPAD + KEYPAD,
        "*:* 1-4 pci-0\n",
        '1a2b:0001 "1-4" pci-0\n',
        '1a2b:0001 1-4 pci-0", ENV{LIBINPUT_IGNORE_DEVICE}="0\n',
    ],
)
def test_what_is_no_keypad_builds_no_image(tmp_path: Path, keypad: str) -> None:
    tried = built(tmp_path, keypad=keypad)
    assert tried.returncode == 65
    assert "VENDOR:PRODUCT PORT ID_PATH" in tried.stderr
    assert not (tmp_path / "root/etc").exists()
