"""Whatever a new version does at its start or later, the launcher comes back to one that works.

Real launcher, real trees, real processes; the loop below does what the service manager does: it
starts what ended, and kills what does not say in time that it is ready.
"""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.stage import until
from kiosk.update.boots import RESTLESS_STARTS, TRIAL_BOOTS
from kiosk.update.versions import Versions
from tests.support.releases import release

pytestmark = pytest.mark.server
OLD, NEW = "1.0.0", "1.1.0"
WELL = b"import os; print('ready', os.environ['KIOSK_VERSION'], os.environ['KIOSK_GAVE_UP'])\n"
CRASHES = b"import os; os.abort()\n"
HANGS = b"import os, threading; open(os.environ['HANGS'], 'w'); threading.Event().wait()\n"
HALF_A_MIGRATION = b"""
import os, sqlite3
connection = sqlite3.connect(os.environ['STATE'], isolation_level=None)
connection.execute('BEGIN')
connection.execute('ALTER TABLE records RENAME COLUMN body TO content')
connection.execute("UPDATE records SET content = ''")
os._exit(1)
"""
READS = b"""
import os, sqlite3
rows = sqlite3.connect(os.environ['STATE']).execute('SELECT body FROM records').fetchall()
print('ready', os.environ['KIOSK_VERSION'], rows)
"""


def start(folder: Path) -> str:
    """Start what the launcher chooses; return what it says, nothing if it crashed or hung."""
    command = [sys.executable, "-m", "kiosk.update.launcher", "--versions", str(folder)]
    environment = {**os.environ, "STATE": str(folder / "state.db"), "HANGS": str(folder / "hangs")}
    process = subprocess.Popen(
        [*command, "--", "program"], env=environment, stdout=subprocess.PIPE, text=True
    )
    until(lambda: process.poll() is not None or (folder / "hangs").exists(), name="an end")
    process.kill()
    (folder / "hangs").unlink(missing_ok=True)
    return process.communicate()[0].strip()


def on_trial(folder: Path, new: bytes, old: bytes = WELL) -> Versions:
    versions = Versions(folder)
    versions.found(release(OLD, {"program.py": old}), OLD)
    versions.add(release(NEW, {"program.py": new}), NEW)
    return versions


@pytest.mark.parametrize("new", [CRASHES, HANGS], ids=["crashes", "hangs"])
def test_what_crashes_or_hangs_at_its_start_is_given_up(tmp_path: Path, new: bytes) -> None:
    versions = on_trial(tmp_path, new)
    said = [start(tmp_path) for _ in range(TRIAL_BOOTS)]
    assert said == ["", ""]
    assert start(tmp_path) == f"ready {OLD} {NEW}"
    assert versions.slots().bad == (NEW,)


def test_half_a_migration_leaves_the_state_as_it_was(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "state.db") as connection:
        connection.execute("CREATE TABLE records (body TEXT)")
        connection.execute("INSERT INTO records VALUES ('sealed')")
    on_trial(tmp_path, HALF_A_MIGRATION, READS)
    assert [start(tmp_path) for _ in range(TRIAL_BOOTS)] == ["", ""]
    assert start(tmp_path) == f"ready {OLD} [('sealed',)]"


def test_a_crash_after_six_good_hours_again_and_again_goes_back(tmp_path: Path) -> None:
    """Each start was calm once, so that the version was good; then it crashes at every start."""
    versions = on_trial(tmp_path, CRASHES)
    versions.start()
    versions.confirm(NEW)
    assert [start(tmp_path) for _ in range(RESTLESS_STARTS)] == [""] * RESTLESS_STARTS
    assert start(tmp_path) == f"ready {OLD} {NEW}"
    assert versions.slots().bad == (NEW,)
