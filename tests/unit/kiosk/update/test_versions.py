"""Versions on the disk: one runs, one is tried, and no instant of power failure breaks either."""

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kiosk.update.boots import Refused, Slots
from kiosk.update.bundle import BadBundle, NoRoom
from kiosk.update.versions import NoVersions, Versions
from tests.support.releases import release
from wire.rollout import Kind

OLD, NEW, NEWER = "1.0.0", "1.1.0", "1.2.0"


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    made = Versions(tmp_path)
    made.found(release(OLD), OLD)
    made.start()
    return made


def running(tmp_path: Path) -> str:
    return (tmp_path / "current" / "VERSION").read_text()


def test_a_new_version_is_tried_confirmed_and_the_old_one_kept(
    versions: Versions, tmp_path: Path
) -> None:
    versions.add(release(NEW), NEW)
    assert running(tmp_path) == OLD
    assert versions.start().version == NEW
    assert running(tmp_path) == NEW
    versions.confirm(NEW)
    assert versions.slots() == Slots(good=NEW, before=OLD)
    versions.add(release(NEWER), NEWER)
    versions.start()
    versions.confirm(NEWER)
    assert sorted(tree.name for tree in (tmp_path / "versions").iterdir()) == [NEW, NEWER]


def test_a_version_that_never_confirms_is_undone(versions: Versions, tmp_path: Path) -> None:
    versions.add(release(NEW), NEW)
    assert [versions.start().version for _ in range(4)] == [NEW, NEW, OLD, OLD]
    assert running(tmp_path) == OLD
    with pytest.raises(Refused, match="known_bad"):
        versions.add(release(NEW), NEW)


def test_a_version_damaged_on_the_disk_is_not_started(versions: Versions, tmp_path: Path) -> None:
    versions.add(release(NEW), NEW)
    (versions.tree(NEW) / "VERSION").write_text("9.9.9")
    chosen = versions.start()
    assert (chosen.version, chosen.gave_up) == (OLD, NEW)


def test_going_back_tries_the_one_before_and_keeps_the_one_that_ran(versions: Versions) -> None:
    versions.add(release(NEW), NEW)
    versions.start()
    versions.confirm(NEW)
    assert versions.go_back() == OLD
    assert versions.start().version == OLD
    versions.confirm(OLD)
    assert versions.slots() == Slots(good=OLD, before=NEW)


def test_without_one_before_there_is_no_going_back(versions: Versions) -> None:
    with pytest.raises(Refused, match="nothing_before"):
        versions.go_back()


@pytest.mark.parametrize("content", [b"", b"rubbish", release(NEWER).getvalue()], ids=len)
def test_what_is_no_such_release_changes_nothing(
    content: bytes, versions: Versions, tmp_path: Path
) -> None:
    before = sorted(str(place) for place in tmp_path.rglob("*"))
    with pytest.raises(BadBundle):
        versions.add(io.BytesIO(content), NEW)
    assert sorted(str(place) for place in tmp_path.rglob("*")) == before
    assert versions.slots() == Slots(good=OLD, restless=1)


def test_a_full_disk_changes_nothing(
    versions: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, left = os.fsync, [2]

    def full_soon(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full_soon)
    with pytest.raises(NoRoom):
        versions.add(release(NEW), NEW)
    monkeypatch.undo()
    assert [tree.name for tree in (tmp_path / "versions").iterdir()] == [OLD]
    versions.add(release(NEW), NEW)
    assert versions.start().version == NEW


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"good": ""}', b'{"good": "1", "x": 1}'])
def test_slots_that_cannot_be_read_are_told(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "slots.json").write_bytes(content)
    with pytest.raises(NoVersions):
        Versions(tmp_path).start()


EVERY_NIGHT = [
    pytest.param(kind, undo, 600, 10, marks=pytest.mark.night)
    for kind in Kind
    for undo in ([], ["--undo"])
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "undo", "kills", "boundaries"),
    [
        (Kind.APP, [], 20, 40),
        (Kind.CONFIG, ["--undo"], 5, 30),
        (Kind.CONTENT, ["--undo"], 5, 30),
        *EVERY_NIGHT,
    ],
)
def test_no_kill_at_any_instant_or_boundary_breaks_a_terminal(
    kind: Kind, undo: list[str], kills: int, boundaries: int
) -> None:
    # A kill leaves what the kernel has, on whatever file system: in memory no sync is waited for.
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        command = [sys.executable, "-m", "tests.support.killed_updates", "--folder", folder]
        done = subprocess.run(
            [*command, "--kills", str(kills), "--kind", kind, *undo],
            capture_output=True,
            text=True,
            check=True,
        )
    counts = json.loads(done.stdout)
    assert counts["faults"] == []
    assert counts["random"] == kills
    assert counts["boundary"] > boundaries
    fell = counts["fell_after_steps"]
    assert sum(map(bool, fell)) >= min(kills, len(fell)) / 2, "the kills fell all in one place"


def test_the_launcher_becomes_the_version_that_was_chosen(tmp_path: Path) -> None:
    program = b"import os, sys\nprint(os.environ['KIOSK_VERSION'], sys.argv[1:])\n"
    Versions(tmp_path).found(release(OLD, {"told.py": program}), OLD)
    command = [sys.executable, "-m", "kiosk.update.launcher", "--versions", str(tmp_path)]
    done = subprocess.run(
        [*command, "--", "told", "--a", "b"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"{OLD} ['--a', 'b']"
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "slots.json").write_text("{")
    nothing = subprocess.run(
        [*command[:-1], str(tmp_path / "none"), "--", "told"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert nothing.returncode == 78
    assert "update.no_version" in nothing.stderr
