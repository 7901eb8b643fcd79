"""From the factory's disk to a terminal that invites citizens."""

import contextlib
import json
import time

from tests.appliance.machine import NotSeen
from tests.appliance.walk import KERNEL_A, Walk, write

_PROVISION = "/usr/lib/kiosk/start provisioning run --answers /run/site.toml"
_SLOWER = "[timeouts]\\nfactor = 2\\n"
"""Eyes that read by OCR are slower than a citizen's: every time-out of the screens is longer."""


def wizard(walk: Walk) -> str:
    """The shipped kernel starts on an empty disk; the wizard has the panel; there is no shell."""
    machine = walk.switch_on("wizard")
    # It comes in Chinese, and the eyes read English: they find the button for that.
    walk.see("01-a-wizard", "English", within_s=400)
    came_s = machine.age_s
    walk.glass = walk.stand.plug_glass(machine)
    walk.press("01-b-english", "English", then=("Set up this terminal", "steps done"))
    with contextlib.suppress(NotSeen):
        machine.tried("true", within_s=3)
        raise AssertionError("a shipped kernel took a credential")
    return f"on the panel after {came_s:.0f} s"


def bench(walk: Walk) -> str:
    """The same disk under the bench's kernel: partitions, keys and slots are as they should be."""
    walk.pull_mains()
    write(walk.parts.disk, walk.image / "bench.img", KERNEL_A)
    machine = walk.switch_on("bench")
    machine.tried("true", within_s=300)
    came_s = machine.age_s
    machine.run("systemctl is-system-running --wait || true", within_s=400)
    facts = {
        "root": machine.run("findmnt -no SOURCE,FSTYPE,OPTIONS /"),
        "verity": machine.run("veritysetup status root"),
        "var": machine.run("findmnt -no SOURCE,FSTYPE,OPTIONS /var"),
        "luks": machine.run("cryptsetup luksDump --dump-json-metadata /dev/disk/by-partlabel/data"),
        "secure": machine.run("od -An -tu1 -j4 /sys/firmware/efi/efivars/SecureBoot-*").strip(),
        "firmware": machine.run("efibootmgr"),
        "slots": machine.run("rauc status --output-format=json"),
        "failed": machine.run("systemctl list-units --failed --plain --no-legend"),
        "analysed": machine.run("systemd-analyze time || true"),
    }
    (walk.out / "bench.json").write_text(json.dumps(facts, indent=1))
    assert "/dev/mapper/root" in facts["root"]
    assert "ro," in facts["root"]
    assert "verified" in facts["verity"]
    assert "/dev/mapper/data" in facts["var"]
    kinds = [token["type"] for token in json.loads(facts["luks"])["tokens"].values()]
    assert sorted(kinds) == ["kiosk-recovery", "systemd-recovery", "systemd-tpm2"], kinds
    assert facts["secure"] == "1"
    assert facts["failed"].strip() == "", facts["failed"]
    refused, said = machine.tried("touch /usr/bin/x")
    assert refused != 0, said
    return f"shell after {came_s:.0f} s; {facts['analysed'].partition(chr(10))[0]}"


def provision(walk: Walk) -> str:
    """A script sets the terminal up: devices are plugged in, the slip is claimed, all holds."""
    machine, stand = walk.on, walk.stand
    walk.plug_all()
    walk.in_slot.insert(stand.card())
    cameras = {}
    for name in ("face", "document"):
        pattern = f"/dev/v4l/by-path/*{stand.port(name)}:1.0-video-index0"
        until = f"for _ in $(seq 300); do ls {pattern} 2>/dev/null && break; sleep 0.2; done"
        cameras[name] = machine.run(until, within_s=60).strip()
        assert cameras[name], machine.run("lsusb -t; usbguard list-devices; dmesg | tail -30")
    answers = stand.answers(walk.parts.panel, cameras["face"], cameras["document"])
    machine.send("/run/site.toml", answers)
    machine.run("systemctl stop kiosk-provisioning")
    # The self-test refuses a terminal that believes nobody who issues cards.
    machine.run("rm /etc/kiosk/csca && mkdir -m 755 /etc/kiosk/csca")
    machine.send("/etc/kiosk/csca/specimen.pem", stand.csca_pem())
    machine.run("chmod 644 /etc/kiosk/csca/specimen.pem")
    began = time.monotonic()
    status, said = machine.tried(_PROVISION, within_s=600)
    (walk.out / "provisioned.txt").write_text(said)
    assert status == 0, said
    assert "key_kept_by=tpm machine_signs=True" in said, said
    walk.in_slot.remove()
    machine.run(f"printf '{_SLOWER}' >> /etc/kiosk/terminal.toml")
    return f"{time.monotonic() - began:.0f} s for all steps"


def attract(walk: Walk) -> str:
    """The terminal starts by itself from the mains, and invites; so it is kept."""
    walk.on.run("sync")
    walk.switch_on("attract")
    walk.plug_all()
    machine = walk.on
    walk.see("02-attract", "Touch to begin", within_s=500)
    came_s = machine.age_s
    walk.hear_devices()
    states = machine.run("systemctl is-active kiosk-engine kiosk-screens kiosk-sync || true")
    assert states.split() == ["active"] * 3, states
    walk.until(walk.stand.was_told, "the fleet hears from it", within_s=120)
    kept = walk.out / "kept"
    walk.keep(kept)
    walk.go_on(kept)
    return f"on the panel after {came_s:.0f} s; goes on after {walk.on.age_s:.0f} s"
