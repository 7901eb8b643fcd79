"""Engine, screens and sync run one version, whatever the service manager goes through.

The shipped units, `start` and launcher under a real systemd, in the machine's own Debian: only the
programs in the releases are stand-ins, which say when they begin and end. Skips aloud without the
right to make namespaces.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from kiosk.update.boots import RESTLESS_STARTS
from kiosk.update.follow import Following
from tests.support.container import boot, why_not
from tests.support.releases import release

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path("/usr/bin/python3")
OLD, NEW = "1.0.0", "1.1.0"
PROGRAM = rb"""
import os, pathlib, signal, socket, sys, time
name, tree = sys.argv[0].split("/")[-2], pathlib.Path(sys.argv[0]).resolve().parents[0]
while not (tree / "VERSION").exists():
    tree = tree.parent
version = (tree / "VERSION").read_text()
def say(what):
    print(name, version, what, flush=True)
def end(*_):
    say("ends")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
say("begins")
if name == "kiosk" and pathlib.Path("/var/lib/kiosk/crash-" + version).exists():
    os.abort()
manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.connect(os.environ["NOTIFY_SOCKET"])
manager.send(b"READY=1")
following = None
if name == "sync":
    from kiosk.update.follow import Following
    following = Following(pathlib.Path("/var/lib/kiosk-versions"), os.environ)
while not (following and following.left_behind()):
    time.sleep(0.05)
    manager.send(b"WATCHDOG=1")
end()
"""
ACT = """
import sys
from pathlib import Path
from kiosk.update.versions import Versions
versions, (act, version) = Versions(Path("/var/lib/kiosk-versions")), sys.argv[1:]
if act == "confirm":
    versions.confirm(version)
else:
    with open(f"/given/{version}.tar.gz", "rb") as content:
        getattr(versions, act)(content, version)
"""
SCRIPT = r"""
until_() { for _ in $(seq 600); do eval "$1" && return 0; sleep 0.05; done
  echo "never: $1"; tail /errors; }
act() { PYTHONPATH=/opt/kiosk/lib setpriv --reuid=kiosk-update --regid=kiosk-versions \
  --clear-groups PYTHON /given/act.py "$@"; }
all_run() { for one in kiosk ui sync; do
  [ "$(grep "^$one " /ran | tail -1)" = "$one $1 begins" ] || return 1; done; }
mkdir -p /opt/kiosk /usr/lib/kiosk /etc/kiosk
chmod -R go+rX /given
cp -r /given/lib /given/venv /opt/kiosk; cp /given/cage /usr/bin; cp /given/start /usr/lib/kiosk
chmod a+x /opt/kiosk/venv/bin/python /usr/bin/cage /usr/lib/kiosk/start
systemd-sysusers; systemd-sysusers /given/sysusers.conf
systemd-tmpfiles --create /given/tmpfiles.conf
touch /etc/kiosk/terminal.toml
units=/etc/systemd/system
rm -f $units/seatd.service; cp /given/units/* $units
for unit in engine screens sync; do
  mkdir -p $units/kiosk-$unit.service.d
  cp /given/drop-in $units/kiosk-$unit.service.d/test.conf
done
systemctl daemon-reload
act found 1.0.0
systemctl start kiosk-engine kiosk-screens kiosk-sync
until_ 'all_run 1.0.0'
act add 1.1.0
echo switched >> /ran
systemctl kill kiosk-engine
until_ 'all_run 1.1.0'
act confirm 1.1.0
echo crashes >> /ran
touch /var/lib/kiosk/crash-1.1.0
systemctl kill kiosk-engine
until_ 'all_run 1.0.0'
echo; echo '####'; cat /ran; echo '####'
systemctl is-active kiosk-engine kiosk-screens kiosk-sync
""".replace("PYTHON ", f"{PYTHON} ")
SEATD = "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n"
DROP_IN = """[Service]
RestartSec=50ms
StandardOutput=append:/ran
StandardError=append:/errors
"""
INTERPRETER = f"""#!/bin/sh
exec env PYTHONPATH="${{PYTHONPATH:-/opt/kiosk/lib}}" {PYTHON} "$@"
"""
CAGE = """#!/bin/sh
shift 2
exec "$@"
"""

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(300)]


@dataclass(frozen=True)
class Told:
    """What the programs said, in three parts, and how the units are."""

    first: list[str]
    switched: list[str]
    crashes: list[str]
    states: list[str]


def missing() -> str:
    """Return what is missing for this test here, or an empty text."""
    if why_not():
        return why_not()
    if not (PYTHON.exists() and Path("/lib/systemd/systemd").exists()):
        return "no Debian with systemd and Python here"
    words = [str(PYTHON), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    minor = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    return "" if minor == mine else f"the system's Python is {minor}, not {mine}"


def given_in(folder: Path) -> Path:
    """Lay out what the terminal of the test is made of."""
    lib, source = folder / "lib", Path(msgspec.__file__).parent
    shutil.copytree(ROOT / "kiosk/update", lib / "kiosk/update")
    for name in ("__init__.py", "durable.py"):
        shutil.copy(ROOT / "kiosk" / name, lib / "kiosk")
    shutil.copytree(ROOT / "wire", lib / "wire")
    shutil.copytree(source, lib / "msgspec")
    shutil.copytree(ROOT / "packaging/terminal/units", folder / "units")
    for name in ("start", "etc/sysusers.conf", "etc/tmpfiles.conf"):
        shutil.copy(ROOT / "packaging/terminal" / name, folder)
    (folder / "act.py").write_text(ACT)
    (folder / "cage").write_text(CAGE)
    (folder / "drop-in").write_text(DROP_IN)
    (folder / "units/seatd.service").write_text(SEATD)
    (folder / "venv/bin").mkdir(parents=True)
    (folder / "venv/bin/python").write_text(INTERPRETER)
    follow = Path(sys.modules[Following.__module__].__file__ or "").read_bytes()
    packages = ("kiosk", "kiosk/update", "kiosk/sync", "ui")
    programs = ("kiosk", "kiosk/sync", "ui")
    files = {f"{package}/__init__.py": b"" for package in packages}
    files |= {f"{program}/__main__.py": PROGRAM for program in programs}
    for version in (OLD, NEW):
        made = release(version, {**files, "kiosk/update/follow.py": follow})
        (folder / f"{version}.tar.gz").write_bytes(made.getvalue())
    return folder


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    if missing():
        pytest.skip(missing())
    given = given_in(tmp_path_factory.mktemp("given"))
    said = boot([Path("/")], tmp_path_factory.mktemp("boot"), SCRIPT, given=given, within_s=240)
    print(said)  # noqa: T201  (read when it fails)
    _, ran, states = re.split(r"^####\n", said, flags=re.MULTILINE)
    first, switched, crashes = re.split(r"^(?:switched|crashes)\n", ran, flags=re.MULTILINE)
    return Told(*(part.split("\n")[:-1] for part in (first, switched, crashes, states)))


def test_after_a_switch_all_three_programs_run_the_new_version(told: Told) -> None:
    assert sorted(told.first) == [f"{name} {OLD} begins" for name in ("kiosk", "sync", "ui")]
    begun = [line for line in told.switched if line.endswith("begins")]
    assert sorted(begun) == [f"{name} {NEW} begins" for name in ("kiosk", "sync", "ui")]


def test_the_screens_of_the_version_before_are_gone_when_the_new_engine_begins(told: Told) -> None:
    order = [told.switched.index(line) for line in (
        f"ui {OLD} ends", f"kiosk {NEW} begins", f"ui {NEW} begins"
    )]  # fmt: skip
    assert all(earlier < later for earlier, later in pairwise(order))


def test_a_version_that_crashes_after_it_was_confirmed_is_undone_before_the_unit_stays_down(
    told: Told,
) -> None:
    engines = [line for line in told.crashes if line.startswith("kiosk") and "begins" in line]
    assert engines == [f"kiosk {NEW} begins"] * RESTLESS_STARTS + [f"kiosk {OLD} begins"]
    assert told.states == ["active"] * 3


def test_in_the_end_all_three_run_the_version_before(told: Told) -> None:
    last = {line.split()[0]: line for line in told.crashes if line.endswith("begins")}
    assert sorted(last.values()) == [f"{name} {OLD} begins" for name in ("kiosk", "sync", "ui")]
