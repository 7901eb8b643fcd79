"""Application, models and settings share a program: one is tried at a time, the last is blamed."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.update import boots
from kiosk.update.boots import RESTLESS_STARTS, TRIAL_BOOTS, Slots
from kiosk.update.kinds import HELD, SHIPPED, TOGETHER, versions_of
from kiosk.update.together import Together, running
from kiosk.update.versions import NoVersions
from tests.support.releases import release
from wire.rollout import Kind

NEW, NEWER = "1.1.0", "1.2.0"
SETTLED = {kind: Slots(good=NEW, before=HELD[kind].shipped) for kind in TOGETHER}


def add(folder: Path, kind: Kind, version: str = NEW) -> None:
    versions_of(folder, kind).add(release(version), version)


def test_without_any_release_what_was_shipped_runs(tmp_path: Path) -> None:
    together = Together(tmp_path)
    chosen = together.start()
    assert {kind: one.version for kind, one in chosen.items()} == {
        kind: HELD[kind].shipped for kind in TOGETHER
    }
    assert together.application(chosen) is None
    told = together.told(chosen)
    assert (told["KIOSK_MODELS"], told["KIOSK_CONFIG"]) == ("", "")
    assert running(told, Kind.MODELS).version == SHIPPED


@pytest.mark.parametrize("kind", [Kind.MODELS, Kind.CONFIG])
def test_a_release_is_tried_confirmed_and_kept_beside_what_was_shipped(
    kind: Kind, tmp_path: Path
) -> None:
    add(tmp_path, kind)
    together = Together(tmp_path)
    told = together.told(together.start())
    assert running(told, kind).version == NEW
    assert running(told, kind).tree == tmp_path / kind / "versions" / NEW
    versions_of(tmp_path, kind).confirm(NEW, turn=1)
    slots = versions_of(tmp_path, kind).slots()
    assert (slots.good, slots.before, slots.turn) == (NEW, SHIPPED, 1)


@pytest.mark.parametrize("kind", [Kind.MODELS, Kind.CONFIG])
def test_a_release_that_never_confirms_is_undone_and_told(kind: Kind, tmp_path: Path) -> None:
    add(tmp_path, kind)
    together = Together(tmp_path)
    starts = [together.start()[kind] for _ in range(TRIAL_BOOTS + 2)]
    assert [one.version for one in starts] == [NEW, NEW, SHIPPED, SHIPPED]
    assert [one.gave_up for one in starts] == ["", "", NEW, ""]
    assert not (tmp_path / kind / "current").is_symlink()
    assert versions_of(tmp_path, kind).slots().bad == (NEW,)


def test_two_kinds_that_wait_are_tried_one_after_the_other(tmp_path: Path) -> None:
    for kind in reversed(TOGETHER):
        add(tmp_path, kind)
    together = Together(tmp_path)
    seen = []
    for kind in TOGETHER:
        chosen = together.start()
        seen.append([one for one in TOGETHER if chosen[one].version == NEW])
        versions_of(tmp_path, kind).confirm(NEW)
    assert seen == [
        [Kind.APP], [Kind.APP, Kind.MODELS], [Kind.APP, Kind.MODELS, Kind.CONFIG]
    ]  # fmt: skip


def test_a_trial_that_began_goes_before_one_that_waits() -> None:
    held = SETTLED | {
        Kind.APP: replace(SETTLED[Kind.APP], trial=NEWER),
        Kind.CONFIG: replace(SETTLED[Kind.CONFIG], trial=NEWER, boots=1),
    }
    assert boots.next_trial(held) is Kind.CONFIG
    chosen = boots.start_together(held)
    assert [chosen[kind].version for kind in TOGETHER] == [NEW, NEW, NEWER]


@pytest.mark.parametrize("last", TOGETHER)
def test_a_crash_loop_gives_up_what_was_confirmed_last(last: Kind) -> None:
    held = SETTLED | {last: replace(SETTLED[last], turn=7)}
    for _ in range(RESTLESS_STARTS):
        chosen = boots.start_together(held)
        assert {one.gave_up for one in chosen.values()} == {""}
        held = {kind: one.slots for kind, one in chosen.items()}
    chosen = boots.start_together(held)
    assert [kind for kind, one in chosen.items() if one.gave_up] == [last]
    assert chosen[last].version == HELD[last].shipped
    held = {kind: one.slots for kind, one in chosen.items()}
    assert held[Kind.APP].restless == 1
    assert not any(one.gave_up for one in boots.start_together(held).values())


def test_a_good_release_damaged_on_the_disk_gives_way_to_what_was_shipped(tmp_path: Path) -> None:
    add(tmp_path, Kind.CONFIG)
    together = Together(tmp_path)
    together.start()
    versions_of(tmp_path, Kind.CONFIG).confirm(NEW)
    (tmp_path / "config/versions" / NEW / "VERSION").write_text("9.9.9")
    assert together.start()[Kind.CONFIG].version == SHIPPED
    # It is not bad for that: it is fetched again.
    assert versions_of(tmp_path, Kind.CONFIG).slots().bad == ()


@pytest.mark.parametrize("kind", [Kind.MODELS, Kind.CONFIG])
def test_slots_that_cannot_be_read_keep_down_no_terminal(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / kind).mkdir(parents=True)
    (tmp_path / kind / "slots.json").write_text("{")
    together = Together(tmp_path)
    assert kind not in together.start()
    with pytest.raises(NoVersions):
        versions_of(tmp_path, kind).slots()


def test_a_version_before_that_is_not_there_any_more_gives_way_to_the_installed_one(
    tmp_path: Path,
) -> None:
    add(tmp_path, Kind.APP)
    together = Together(tmp_path)
    together.start()
    versions = versions_of(tmp_path, Kind.APP)
    versions.confirm(NEW)
    (versions.tree(NEW)).rename(tmp_path / "gone")
    assert together.start()[Kind.APP].version == HELD[Kind.APP].shipped
    assert not (tmp_path / "current").is_symlink()


def test_a_disk_that_takes_nothing_tries_nothing_and_keeps_down_no_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, Kind.CONFIG)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    together = Together(tmp_path)
    assert {one.version for one in together.start().values()} == {
        held.shipped for held in HELD.values()
    }
    monkeypatch.undo()
    assert together.start()[Kind.CONFIG].version == NEW


def test_the_launcher_tells_the_program_what_it_runs_with(tmp_path: Path) -> None:
    program = b"import os\nfor name in ('MODELS', 'CONFIG'): print(os.environ['KIOSK_' + name])\n"
    versions_of(tmp_path, Kind.APP).found(release(NEW, {"told.py": program}), NEW)
    add(tmp_path, Kind.MODELS)
    command = [sys.executable, "-m", "kiosk.update.launcher", "--versions", str(tmp_path)]
    done = subprocess.run([*command, "--", "told"], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == [str(tmp_path / "models/versions" / NEW), "", ""]
