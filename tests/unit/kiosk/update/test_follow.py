"""Sync runs the version that the engine runs, and the engine knows whether it does."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.update.follow import Following, is_up, up
from kiosk.update.kinds import versions_of
from tests.support.releases import release
from wire.rollout import Kind

MINE, OTHER = "kiosk-terminal/1.0.0", "kiosk-terminal/1.1.0"


def started(folder: Path) -> Following:
    """Return what follows, told as `packaging/terminal/start` tells it."""
    current = folder / "current"
    tree = str(current.resolve()) if current.is_dir() else ""
    return Following(folder, {"KIOSK_TREE": tree})


def test_sync_is_left_behind_once_the_engine_started_another_version(tmp_path: Path) -> None:
    versions = versions_of(tmp_path, Kind.APP)
    installed = started(tmp_path)
    assert not installed.left_behind()
    versions.add(release("1.1.0"), "1.1.0")
    assert not installed.left_behind(), "it waits, and nothing runs it yet"
    versions.start()
    assert installed.left_behind()
    tried = started(tmp_path)
    assert not tried.left_behind()
    versions.give_up("1.1.0")
    versions.start()
    assert tried.left_behind(), "what was installed runs again"
    assert not installed.left_behind()


def test_sync_that_was_started_by_hand_follows_nobody(tmp_path: Path) -> None:
    by_hand = Following(tmp_path, {})
    versions_of(tmp_path, Kind.APP).found(release("1.1.0"), "1.1.0")
    assert not by_hand.left_behind()


def test_sync_is_up_while_it_lives_and_of_its_own_version_alone(tmp_path: Path) -> None:
    assert not is_up(tmp_path, MINE)
    with up(tmp_path, MINE):
        assert is_up(tmp_path, MINE)
        assert not is_up(tmp_path, OTHER)
    assert not is_up(tmp_path, MINE)
    with up(tmp_path, OTHER):
        assert is_up(tmp_path, OTHER)


def test_a_state_folder_that_takes_nothing_keeps_no_sync_from_its_work(tmp_path: Path) -> None:
    with up(tmp_path / "not there", MINE):
        assert not is_up(tmp_path / "not there", MINE)


@pytest.mark.server
def test_sync_that_was_killed_is_not_up(tmp_path: Path) -> None:
    lines = (
        "import sys, pathlib; from kiosk.update.follow import up",
        f"with up(pathlib.Path(sys.argv[1]), '{MINE}'):",
        "    print(flush=True); sys.stdin.read()",
    )
    words = [sys.executable, "-c", "\n".join(lines), str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as sync:
        assert sync.stdout is not None
        sync.stdout.readline()
        assert is_up(tmp_path, MINE)
        sync.kill()
        sync.wait()
        assert not is_up(tmp_path, MINE)
