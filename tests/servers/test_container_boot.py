"""The installed package boots: hardened units run, a hang is ended, a loop is stopped.

On Debian 12 in ``dist/boot-root`` (`make boot-root`), on Debian 13 in the image's own tree (`make
image`). Needs the right to make namespaces; skips aloud without any of them.
"""

import json
import re
from pathlib import Path

import pytest

from enrolment import sandbox
from tests.support.container import boot, why_not

DIST = Path(__file__).resolve().parents[2] / "dist"
LAYERS = {
    "debian-12": [DIST / "boot-root"],
    "debian-13": [DIST / "image" / "ours", DIST / "image" / "system"],
}
pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(900)]
SETTINGS = """
[terminal]
id = "terminal-17"
[devices]
printer = "/dev/none"
[register]
url = "https://127.0.0.1:9"
"""
SCRIPT = r"""
section() { echo; echo "#### $1"; }
until_() { for _ in $(seq 3000); do eval "$1" && return 0; sleep 0.1; done; echo "never: $1"; }
pid() { systemctl show -p MainPID --value "$1"; }
install -d /etc/kiosk/csca /etc/kiosk/service_csca
cp /given/* /etc/kiosk/
chgrp kiosk /etc/kiosk/terminal.key; chmod 0640 /etc/kiosk/terminal.key
drop_in=/etc/systemd/system/kiosk-engine.service.d/test.conf
install -d ${drop_in%/*}
# The image has sync lent a key that the TPM keeps, and the TPM; here is none.
rm -f /usr/lib/systemd/system/kiosk-sync.service.d/identity.conf
rm -f /usr/lib/systemd/system/kiosk-sync.service.d/machine.conf
printf '[Service]\nWatchdogSec=8\nTimeoutAbortSec=1\nTimeoutStartSec=300\n' > $drop_in
systemctl daemon-reload
section started
systemctl start kiosk-engine.service kiosk-sync.service && echo both
for unit in kiosk-engine kiosk-sync; do
  section $unit
  systemctl show -p ActiveState --value $unit
  grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/$(pid $unit)/status | tr -s '\t ' ' '
  id -nu $(awk '/^Uid:/ {print $2}' /proc/$(pid $unit)/status)
  mine=$(readlink /proc/$(pid $unit)/ns/net)
  [ "$mine" = "$(readlink /proc/1/ns/net)" ] && echo has network || echo has none
  nsenter -t $(pid $unit) -m touch /usr/x 2>&1
  nsenter -t $(pid $unit) -m stat -c %A /var/lib/kiosk-identity
done
section pcscd
until_ '[ "$(systemctl is-active pcscd.service)" = active ]'
grep -E '^(CapEff|NoNewPrivs):' /proc/$(pid pcscd)/status | tr -s '\t ' ' '
section journal
until_ 'journalctl --namespace=kiosk -o json | grep -q terminal.started'
journalctl --namespace=kiosk -u kiosk-engine -o json | grep -m1 terminal.started
journalctl -u kiosk-engine -o cat | grep -c terminal.started
section flood
flood='for line in $(seq 20000); do echo flood $line; done'
systemd-run --quiet --wait -p LogNamespace=kiosk -p SyslogIdentifier=flood bash -c "$flood"
journalctl --namespace=kiosk --sync
echo said kept $(journalctl --namespace=kiosk -t flood -o cat | grep -c '^flood')
echo said elsewhere $(journalctl -o cat | grep -c '^flood')
section full
mount -t tmpfs -o size=16M tmpfs /var/log/journal
systemctl restart systemd-journald@kiosk.service
dd if=/dev/zero of=/var/log/journal/fill bs=64k 2>/dev/null
echo said free $(df --output=avail /var/log/journal | tail -1)
systemctl restart kiosk-engine.service kiosk-sync.service && echo said restarted both
echo said engine $(systemctl show -p ActiveState --value kiosk-engine)
rm /var/log/journal/fill; umount -l /var/log/journal
systemctl restart systemd-journald@kiosk.service
systemctl restart kiosk-engine.service
starts() { journalctl --namespace=kiosk -u kiosk-engine -o json | grep -c terminal.started; }
until_ '[ "$(starts)" -ge 2 ]'
echo said written again
section watchdog
before=$(pid kiosk-engine)
kill -STOP $before
until_ '[ "$(pid kiosk-engine)" != "$before" ] && systemctl -q is-active kiosk-engine'
ls /var/lib/systemd/coredump 2>/dev/null | wc -l
section loop
systemctl stop kiosk-engine
printf '[Service]\nExecStart=\nExecStart=/bin/false\nRestartSec=50ms\n' > $drop_in
systemctl daemon-reload; systemctl reset-failed kiosk-engine
systemctl start kiosk-engine 2>/dev/null
until_ '[ "$(systemctl show -p ActiveState --value kiosk-engine)" = failed ]'
systemctl show -p NRestarts --value kiosk-engine
section wizard
systemctl show -p ConditionResult --value kiosk-provisioning.service
rm /etc/kiosk/terminal.toml
systemctl start kiosk.target; systemctl show -p ActiveState --value kiosk.target
"""


@pytest.fixture(scope="module", params=LAYERS)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    if why_not():
        pytest.skip(why_not())
    layers = LAYERS[request.param]
    if not (layers[0] / "usr/lib/kiosk/start").exists():
        pytest.skip(f"no {layers[0].name} with the package: `make boot-root`, `make image`")
    keys = tmp_path_factory.mktemp("register")
    sandbox.make(keys, "terminal-17")
    given = tmp_path_factory.mktemp("given")
    for name in ("register_ca.pem", "seal_public.bin", "receipt_public.pem", "terminal.pem"):
        (given / name).write_bytes((keys / name).read_bytes())
        (given / name).chmod(0o644)
    (given / "terminal.key").write_bytes((keys / "terminal.key").read_bytes())
    (given / "terminal.toml").write_text(SETTINGS)
    said = boot(layers, tmp_path_factory.mktemp("boot"), SCRIPT, given=given, within_s=800)
    parts = re.split(r"^#### (\S+)\n", said, flags=re.MULTILINE)
    return {
        name: [line for line in body.splitlines() if line.strip()]
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_the_units_come_up_and_say_that_they_are_ready(told: dict[str, list[str]]) -> None:
    assert "both" in told["started"]
    assert "active" in told["kiosk-engine"]
    assert "active" in told["kiosk-sync"]


@pytest.mark.parametrize("unit", ["kiosk-engine", "kiosk-sync"])
def test_a_program_has_no_capability_and_can_gain_none(
    told: dict[str, list[str]], unit: str
) -> None:
    assert {"CapEff: 0000000000000000", "NoNewPrivs: 1", "Seccomp: 2"} <= set(told[unit])
    assert unit in told[unit]


def test_the_engine_has_no_network_and_sync_has(told: dict[str, list[str]]) -> None:
    assert "has none" in told["kiosk-engine"]
    assert "has network" in told["kiosk-sync"]


@pytest.mark.parametrize("unit", ["kiosk-engine", "kiosk-sync"])
def test_a_program_sees_a_read_only_system_and_no_identity(
    told: dict[str, list[str]], unit: str
) -> None:
    assert any("Read-only file system" in line for line in told[unit])
    assert "d---------" in told[unit]


def test_pcscd_is_started_by_whoever_calls_it_and_is_hardened(told: dict[str, list[str]]) -> None:
    assert {"CapEff: 0000000000000000", "NoNewPrivs: 1"} <= set(told["pcscd"])


def test_the_journal_of_the_terminal_is_its_own_and_its_fields_can_be_searched(
    told: dict[str, list[str]],
) -> None:
    (line,) = [one for one in told["journal"] if one.startswith("{")]
    entry = json.loads(line)
    assert entry["_NAMESPACE"] == "kiosk"
    assert entry["KIOSK_EVENT"] == "terminal.started"
    assert "0" in told["journal"]


def test_a_flood_in_the_journal_is_cut_off_and_reaches_no_other(told: dict[str, list[str]]) -> None:
    said = _said(told["flood"])
    # RateLimitBurst of journald@kiosk.conf, which journald raises where there is much room.
    assert 0 < int(said["kept"]) < 20_000
    assert said["elsewhere"] == "0"


def test_a_full_log_partition_stops_no_program_and_is_written_to_again(
    told: dict[str, list[str]],
) -> None:
    assert _said(told["full"]) == {
        "free": "0",
        "restarted": "both",
        "engine": "active",
        "written": "again",
    }


def _said(lines: list[str]) -> dict[str, str]:
    """Return what the script said, without what systemd writes between its lines."""
    words = (line.split() for line in lines)
    return {word[1]: word[2] for word in words if word[:1] == ["said"]}


def test_a_hang_is_ended_by_the_watchdog_and_leaves_no_core(told: dict[str, list[str]]) -> None:
    assert any("Watchdog timeout (limit 8s)" in line for line in told["watchdog"])
    assert told["watchdog"][-1] == "0"


def test_a_program_killed_in_a_loop_stays_down(told: dict[str, list[str]]) -> None:
    assert told["loop"][-1] == "30"


def test_the_wizard_has_the_panel_only_while_there_is_no_terminal(
    told: dict[str, list[str]],
) -> None:
    assert told["wizard"][-1] == "inactive"
