"""The shipped units are closed as far as their programs allow, and say what they need.

Each unit's score is printed.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.session import forgetful
from kiosk.update.boots import RESTLESS_STARTS, TRIAL_BOOTS
from kiosk.update.kinds import TOGETHER
from provisioning.acts import setting_up
from provisioning.run import SOCKET, UNFINISHED
from tests.support.units import ROOT, TERMINAL, UNITS, settings

LIMIT = 15
"""Tenths of systemd's exposure level."""
ARGUED = {
    # Root opens what the TPM keeps, and sets up what no program may touch: docs/packaging.md.
    "kiosk-renew-certificate.service": 18,
    "kiosk-renew-if-due.service": 18,
    "kiosk-provisioning.service": 25,
}
NETWORKED = {
    "kiosk-sync.service",
    "kiosk-update.service",
    "kiosk-renew-certificate.service",
    "kiosk-renew-if-due.service",
    "kiosk-provisioning.service",
    "kiosk-fleet.service",
    "kiosk-register.service",
}
SCREENS = ("kiosk-screens.service", "kiosk-provisioning-screens.service")
COPYING = {"kiosk-backup.service", "kiosk-register-backup.service"}
"""Run to their end, each night."""
KEEPING = "kiosk-tpm.service"
"""Runs to its end before a key is lent."""
WIZARD = TERMINAL / "units/kiosk-provisioning.service"
"""Runs only while the machine is no terminal."""
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")


def named(path: Path) -> str:
    return path.name


def test_there_are_units_to_judge() -> None:
    assert len(UNITS) >= 6


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_a_unit_is_exposed_no_more_than_it_must_be(
    unit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limit = ARGUED.get(unit.name, LIMIT)
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={limit}", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SYSTEMD_COLORS": "0", "LC_ALL": "C.UTF-8"},
    )
    verdict = judged.stdout.strip().splitlines()[-1].removeprefix("→ ")
    with capsys.disabled():
        print(f"\n  {verdict} (limit {limit / 10})", end="")  # noqa: T201  (what the gate is for)
    assert judged.returncode == 0, judged.stdout


@needs_systemd
def test_sync_that_may_ask_the_tpm_is_exposed_no_more_than_the_others(tmp_path: Path) -> None:
    drop_in = setting_up.SIGNING.partition("[Service]\n")[2]
    unit = tmp_path / "kiosk-sync.service"
    text = (TERMINAL / "units/kiosk-sync.service").read_text()
    unit.write_text(
        text.replace("PrivateDevices=yes\n", "").replace("[Install]", f"{drop_in}\n[Install]")
    )
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={LIMIT}", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout


@needs_systemd
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for unit in [*(TERMINAL / "units").iterdir(), *ROOT.glob("packaging/servers/*.service")]:
        # The programs are not installed here.
        text = re.sub(
            r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.MULTILINE
        )
        (tmp_path / unit.name).write_text(text)
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no",
         *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_who_has_no_business_on_the_network_has_none(unit: Path) -> None:
    denied = settings(unit, "IPAddressDeny") == ["any"]
    closed = denied and settings(unit, "PrivateNetwork") == ["yes"]
    families = " ".join(settings(unit, "RestrictAddressFamilies"))
    if unit.name in SCREENS:
        # udev tells of a touchscreen that is plugged in again by netlink, in the machine's own
        # network alone: with one of its own, the compositor never hears of it.
        assert families == "AF_UNIX AF_NETLINK"
        assert denied
        assert not settings(unit, "PrivateNetwork")
        return
    assert closed == (unit.name not in NETWORKED)
    assert ("AF_INET" in families) == (unit.name in NETWORKED)


@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_a_unit_that_runs_is_watched_and_its_restarts_are_bounded(unit: Path) -> None:
    if settings(unit, "Type") != ["notify"]:
        assert unit.name in {*ARGUED, *COPYING, KEEPING}
        return
    assert settings(unit, "WatchdogSec")
    assert settings(unit, "Restart") == ["always"]
    (burst,), (interval,) = (
        settings(unit, "StartLimitBurst"),
        settings(unit, "StartLimitIntervalSec"),
    )
    (pause,) = settings(unit, "RestartSec")
    assert int(burst) * int(pause) < int(interval), "the bound would never be reached"


def test_the_launcher_has_starts_enough_to_give_up_all_that_is_bad() -> None:
    """Else a unit stays down whose version before worked."""
    units = TERMINAL / "units"
    (engine,) = map(int, settings(units / "kiosk-engine.service", "StartLimitBurst"))
    tried, unmade = TRIAL_BOOTS + 1, RESTLESS_STARTS + 1
    assert engine >= len(TOGETHER) * (tried + unmade)
    for name in ("screens", "sync"):
        (burst,) = map(int, settings(units / f"kiosk-{name}.service", "StartLimitBurst"))
        assert burst >= engine + 10, (
            "it starts with each start of the engine, and by its own faults"
        )


@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_each_program_is_a_user_of_its_own_and_dumps_no_core(unit: Path) -> None:
    # A backup reads what its server has, the wizard's screens are the terminal's: the same user,
    # at another time.
    again = {*COPYING, "kiosk-provisioning-screens.service"}
    programs = [one for one in UNITS if one.name not in again]
    users = [user for one in programs for user in settings(one, "User")]
    mine = settings(unit, "User") or ["root"]
    assert mine == ["root"] or users.count(mine[0]) == 1
    assert (mine == ["root"]) == (unit.name in ARGUED)
    assert settings(unit, "LimitCORE") == ["0"]


def test_the_screens_overwrite_what_they_free() -> None:
    (screens,) = [one for one in UNITS if one.name == "kiosk-screens.service"]
    told = " ".join(settings(screens, "Environment")).split()
    assert set(told) >= {f"{name}={value}" for name, value in forgetful.ENVIRONMENT.items()}


def test_nothing_is_fetched_where_no_root_of_releases_was_shipped() -> None:
    update = next(one for one in UNITS if one.name == "kiosk-update.service")
    assert "/etc/kiosk/update_root.json" in settings(update, "ConditionPathExists")


def test_no_unit_of_a_boot_shuts_out_another() -> None:
    """Jobs that conflict are dropped before a condition is looked at: the panel would stay dark."""
    names = {one.name for one in UNITS}
    for unit in UNITS:
        shut_out = {name for line in settings(unit, "Conflicts") for name in line.split()}
        assert not shut_out & names, unit.name


def test_no_compositor_asks_for_a_driver_that_draws_in_3d() -> None:
    """What the screens paint by themselves is copied to the panel, which any machine can."""
    for name in SCREENS:
        told = " ".join(settings(TERMINAL / "units" / name, "Environment")).split()
        assert "WLR_RENDERER=pixman" in told, name


def test_the_panel_is_the_wizards_until_the_terminal_is_handed_over() -> None:
    """Settings alone do not open it: a power cut may come between them and the last step."""
    units = {one.name: one for one in UNITS}
    mark = f"/var/lib/kiosk-provisioning/{UNFINISHED}"
    assert settings(units["kiosk-provisioning.service"], "ConditionPathExists") == [
        "|!/etc/kiosk/terminal.toml",
        f"|{mark}",
    ]
    for name in ("kiosk-engine.service", "kiosk-screens.service"):
        assert f"!{mark}" in settings(units[name], "ConditionPathExists")
    (shown,) = settings(units["kiosk-provisioning-screens.service"], "ExecStart")
    assert shown.startswith("/usr/bin/cage ")
    assert shown.endswith(f"ui --engine {SOCKET}")
    (asked,) = settings(units["kiosk-provisioning.service"], "ExecStart")
    assert asked.endswith("run --screen")


def test_whoever_needs_a_key_of_the_tpm_starts_behind_what_unlocks_it() -> None:
    from provisioning.acts.setting_up import LENT_TO

    asks = {one.name for one in UNITS if "/dev/tpmrm0 rw" in settings(one, "DeviceAllow")}
    for unit in UNITS:
        if unit.name in {*LENT_TO, *asks} - {KEEPING}:
            for key in ("Wants", "After"):
                assert KEEPING in " ".join(settings(unit, key)).split(), f"{unit.name}: {key}"


def test_only_who_signs_is_lent_the_key() -> None:
    from provisioning.acts.setting_up import LENT_TO

    assert set(LENT_TO) == {"kiosk-sync.service", "kiosk-update.service"}
    for unit in (TERMINAL / "units").glob("*.service"):
        assert "LoadCredential" not in unit.read_text()
        closed = "/etc/credstore" in " ".join(settings(unit, "InaccessiblePaths"))
        assert closed or unit.name in ARGUED


@pytest.mark.skipif(not shutil.which("systemd-sysusers"), reason="no systemd-sysusers here")
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to make users in a folder")
def test_users_and_folders_can_be_made_and_nobody_else_gets_into_them(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    for command in (
        ["systemd-sysusers", f"--root={tmp_path}", str(TERMINAL / "etc/sysusers.conf")],
        ["systemd-tmpfiles", f"--root={tmp_path}", "--create", str(TERMINAL / "etc/tmpfiles.conf")],
    ):
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
    modes = {path.name: path.stat().st_mode & 0o7777 for path in (tmp_path / "var/lib").iterdir()}
    assert modes["kiosk-identity"] == 0o700
    assert all(mode & 0o007 == 0 for mode in modes.values())
    users = (tmp_path / "etc/passwd").read_text()
    for unit in (TERMINAL / "units").glob("*.service"):
        for user in set(settings(unit, "User")) - {"root"}:
            assert f"\n{user}:" in f"\n{users}"


def test_who_runs_from_a_release_may_read_it_and_two_alone_may_write_where_it_lies() -> None:
    folder = "/var/lib/kiosk-versions"
    members = (TERMINAL / "etc/sysusers.conf").read_text()
    writers = set()
    for name in ("engine", "update", "screens", "sync"):
        assert f"m kiosk-{name} kiosk-versions\n" in members
        unit = TERMINAL / "units" / f"kiosk-{name}.service"
        assert settings(unit, "ProtectSystem") == ["strict"]
        assert folder not in " ".join(settings(unit, "InaccessiblePaths"))
        if folder in " ".join(settings(unit, "ReadWritePaths")).split():
            writers.add(name)
    assert writers == {"engine", "update"}


SCRIPT = """
import os, socket, subprocess, sys
rules, sync, engine = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ["PATH"] = "/usr/sbin:/sbin:/usr/bin:/bin"
run = lambda *words: subprocess.run(words, check=True)
run("ip", "link", "set", "lo", "up")
run("ip", "link", "add", "d0", "type", "veth", "peer", "name", "d1")
run("ip", "link", "set", "d1", "up")
run("ip", "address", "add", "10.9.8.7/24", "dev", "d0")
run("ip", "link", "set", "d0", "up")
run("nft", "-f", rules)
for user, port in ((sync, 53), (sync, 9999), (engine, 53), (engine, 443)):
    child = os.fork()
    if child == 0:
        os.setgid(user)
        os.setuid(user)
        try:
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("10.9.8.8", port))
        except PermissionError:
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), end=" ", flush=True)
"""


def test_the_firewall_lets_sync_out_where_it_must_go_and_the_engine_nowhere(tmp_path: Path) -> None:
    if os.geteuid() != 0 or not Path("/usr/sbin/nft").exists():
        pytest.skip("needs root and nftables")
    rules = (TERMINAL / "etc/kiosk.nft").read_text()
    numbers = {"systemd-resolve": 60990, "systemd-network": 60991, "systemd-timesync": 60992}
    numbers |= {"kiosk-sync": 60993, "kiosk-update": 60994}
    for user, number in numbers.items():
        rules = rules.replace(user, str(number))
    (tmp_path / "kiosk.nft").write_text(rules)
    ended = subprocess.run(
        [
            "unshare",
            "-n",
            sys.executable,
            "-c",
            SCRIPT,
            str(tmp_path / "kiosk.nft"),
            "60993",
            "60995",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode != 0 and "Operation not permitted" in ended.stderr:
        pytest.skip("no network namespaces here")
    assert ended.stdout.split() == ["0", "1", "1", "1"], ended.stderr


def test_every_usb_rule_that_allows_stands_behind_those_that_reject_keyboards_and_disks() -> None:
    rules = [
        line.split()
        for line in (TERMINAL / "etc/usbguard.rules").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    first_allow = next(place for place, rule in enumerate(rules) if rule[0] == "allow")
    before = " ".join(" ".join(rule) for rule in rules[:first_allow])
    assert all(rule[0] == "reject" for rule in rules[:first_allow])
    assert {"03:01:01", "03:01:02", "08:*:*", "02:06:*", "e0:*:*"} <= set(before.split())
    assert rules[-1] == ["reject"]


def test_udev_has_every_keyboard_ignored_but_the_keypad_that_a_site_names() -> None:
    rules = (TERMINAL / "etc/udev.rules").read_text().splitlines()
    (rule,) = [one for one in rules if 'ENV{LIBINPUT_IGNORE_DEVICE}="1"' in one]
    asked = {part.strip() for part in rule.split(",")} - {'ENV{LIBINPUT_IGNORE_DEVICE}="1"'}
    assert asked == {
        'SUBSYSTEM=="input"',
        'SUBSYSTEMS=="usb"',
        'ENV{ID_INPUT_KEYBOARD}=="1"',
        'ENV{ID_INPUT_TOUCHSCREEN}!="1"',
        'ENV{KIOSK_KEYPAD}!="1"',
    }
    # Nothing that is shipped names one: a site does.
    assert not any('ENV{KIOSK_KEYPAD}="1"' in one for one in rules)


def test_no_console_no_core_and_no_stick_are_said_where_the_system_reads_it() -> None:
    sysctl = (TERMINAL / "etc/sysctl.conf").read_text()
    for wanted in ("core_pattern = |/bin/false", "sysrq = 0", "ptrace_scope = 3"):
        assert wanted in sysctl
    logind = (TERMINAL / "etc/systemd/logind.conf.d/kiosk.conf").read_text()
    assert "NAutoVTs=0" in logind
    assert "ReserveVT=0" in logind
    assert "install usb-storage /bin/false" in (TERMINAL / "etc/modprobe.d/kiosk.conf").read_text()
    screens = settings(TERMINAL / "units/kiosk-screens.service", "ExecStart")[0]
    # With -s cage lets Ctrl-Alt-F2 through.
    assert " -s " not in screens


def test_polkit_lets_sync_do_what_the_fleet_may_ask_and_pcscd_hear_the_engine_alone() -> None:
    from kiosk.sync.system import _RENEWS, _UNITS

    rules = (TERMINAL / "etc/polkit.rules").read_text()
    for unit in [*_UNITS.values(), _RENEWS]:
        assert f'"{unit}"' in rules
        assert (TERMINAL / "units" / unit).exists()
    assert set(re.findall(r'"(kiosk-[a-z]+\.service)"', rules)) == set(_UNITS.values())
    assert "access_pcsc" in rules
    assert rules.count("polkit.Result.NO") == 2


def test_sync_may_read_the_journal_of_kernel_and_card_service_and_nothing_hides_it() -> None:
    sync = TERMINAL / "units" / "kiosk-sync.service"
    assert "systemd-journal" in " ".join(settings(sync, "SupplementaryGroups")).split()
    # What the card service says stays in the system's journal, where sync looks for it.
    for drop_in in (TERMINAL / "etc" / "systemd" / "pcscd.service.d").iterdir():
        assert settings(drop_in, "LogNamespace") == []
    hidden = " ".join(settings(sync, "InaccessiblePaths")).split()
    assert not {path for path in hidden if "/log" in path}
    others = [unit for unit in (TERMINAL / "units").glob("*.service") if unit != sync]
    assert not [unit.name for unit in others if "systemd-journal" in unit.read_text()]


def test_the_journal_of_the_terminal_is_bounded_and_leaves_room() -> None:
    text = (TERMINAL / "etc/systemd/journald@kiosk.conf").read_text()
    told = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
    assert (told["SystemMaxUse"], told["SystemKeepFree"]) == ("200M", "1G")
    assert int(told["RateLimitBurst"]) <= 2000
    # Every program of a terminal writes into it: none fills the system's.
    for unit in set((TERMINAL / "units").glob("*.service")) - {WIZARD}:
        assert settings(unit, "LogNamespace") == ["kiosk"], unit.name
