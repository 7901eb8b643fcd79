"""What a new version does to the state, the version before it can still use: expand, then contract.

`tests/previous/before.tar.gz` holds the modules of the version before that touch the state; both
trees run as programs of their own over one folder (`tests/previous/renew.py` renews it).
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.update.bundle import Limits, unpack
from kiosk.update.versions import Versions
from tests.previous.renew import ARCHIVE, HERE, ROOT
from tests.support.releases import release
from wire.versions import SOFTWARE

VERSION = SOFTWARE.rpartition("/")[2]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the version before."""
    tree = tmp_path_factory.mktemp("before")
    with ARCHIVE.open("rb") as content:
        unpack(content, tree, _version(), Limits())
    return tree


def _version() -> str:
    import gzip
    import tarfile

    with gzip.open(ARCHIVE) as plain, tarfile.open(fileobj=plain) as members:
        manifest = members.extractfile("MANIFEST.json")
        assert manifest is not None
        return str(json.loads(manifest.read())["version"])


@pytest.fixture
def state(tmp_path: Path) -> Path:
    Versions(tmp_path / "versions").found(release("1.0.0"), "1.0.0")
    return tmp_path


def use(tree: Path, state: Path, name: str) -> dict[str, object]:
    """Let the version in `tree` work on the state once."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, str(HERE / "state.py"), str(state), name],
        env=environment, cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_both_versions_work_on_the_same_state_in_turns(before: Path, state: Path) -> None:
    turns = (before, ROOT, before, ROOT)
    found = [use(tree, state, f"record-{turn}") for turn, tree in enumerate(turns, 1)]
    for name in ("trail", "queued", "readings", "wrong_pins"):
        assert [one[name] for one in found] == [1, 2, 3, 4], name
    assert {one["good"] for one in found} == {"1.0.0"}


def _rename_a_column(state: Path) -> None:
    with sqlite3.connect(state / "outbox.db") as connection:
        connection.execute("ALTER TABLE records RENAME COLUMN key_id TO sealed_to")


def _demand_a_column(state: Path) -> None:
    with sqlite3.connect(state / "checkin.db") as connection:
        connection.execute("ALTER TABLE readings ADD COLUMN site TEXT")


def _add_to_what_staff_did(state: Path) -> None:
    (state / "staff.json").write_text('{"wrong_pins": 1, "shoe_size": 42}')


@pytest.mark.parametrize("contract", [_rename_a_column, _demand_a_column, _add_to_what_staff_did])
def test_a_change_that_the_version_before_cannot_bear_is_seen(
    before: Path, state: Path, contract: Callable[[Path], None]
) -> None:
    """What would fail the test above: each of these is a change in two releases, not in one."""
    use(ROOT, state, "record-1")
    contract(state)
    try:
        found = use(before, state, "record-2")
    except AssertionError:
        return
    assert found["wrong_pins"] != 2
