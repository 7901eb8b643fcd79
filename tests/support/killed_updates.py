"""Kill updates and look at what is left: ``python -m tests.support.killed_updates``.

One round: a version of one kind is added beside another and started, and confirmed or undone, in
a child that is killed at some instant; then the terminal starts once more in this process.
Prints counts as JSON. The child is killed at random instants, or at each call of fsync, rename
and symlink in turn (before it, and just after it).
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.update.bundle import whole
from kiosk.update.kinds import HELD, versions_of
from kiosk.update.together import Together
from tests.support.releases import release
from wire.rollout import Kind

OLD, NEW = "1.0.0", "1.1.0"
_FILES = {Kind.APP: 8, Kind.MODELS: 3}
_LAST_S = 30.0
_BOUNDARIES = ("fsync", "replace", "rename", "symlink")


class Terminal:
    """A terminal that gets a release of one kind, which works or not."""

    def __init__(self, folder: Path, kind: Kind, *, works: bool) -> None:
        self.folder, self.kind, self.works = folder, kind, works
        self.versions = versions_of(folder, kind)

    def archive(self, version: str) -> Any:
        count = _FILES.get(self.kind, 1)
        return release(version, {f"part{n}/file{n}": bytes([n]) * 2000 for n in range(count)})

    def begin(self) -> None:
        """Be provisioned."""
        self.versions.found(self.archive(OLD), OLD)
        self.start()

    def start(self) -> str:
        """Start as the launcher, or for content the engine, does; return what runs."""
        if HELD[self.kind].restarts:
            return Together(self.folder).start()[self.kind].version
        slots = self.versions.slots()
        return self.versions.start().version if slots.trial else slots.good

    def update(self) -> None:
        """Take the release, and confirm it or undo it."""
        self.versions.add(self.archive(NEW), NEW)
        self.start()
        self.settle()

    def settle(self) -> None:
        if self.works:
            self.versions.confirm(NEW)
        else:
            self.versions.give_up(NEW)
            self.start()

    def fault(self) -> str:
        """Return what is wrong after the kill; empty when nothing is."""
        chosen = self.start()
        link = self.versions.tree("x").parent.parent / "current"
        # Content is read by the name in the slots; nobody follows its link.
        leads = not HELD[self.kind].restarts or str(link.readlink()) == f"versions/{chosen}"
        if not leads or not whole(self.versions.tree(chosen)):
            return "what starts is not whole"
        slots = self.versions.slots()
        if slots.good not in {OLD, NEW} or (self.works and slots.bad):
            return "a version was blamed for a power failure"
        if not self.works and slots.good != OLD:
            return "what does not work was believed"
        if chosen == OLD and NEW not in slots.bad:
            self.versions.add(self.archive(NEW), NEW)
            if self.start() != NEW:
                return "the update cannot be made again"
        self.settle()
        return self._left_wrong()

    def _left_wrong(self) -> str:
        slots = self.versions.slots()
        if not self.works:
            good = slots.good == OLD and slots.bad == (NEW,) and self.start() == OLD
            return "" if good else "the old version is not back"
        left = sorted(place.name for place in self.versions.tree("x").parent.iterdir())
        return "" if slots.good == NEW and left == [OLD, NEW] else "leftovers"


def killed_at(act: Callable[[], None], boundary: int, *, after: bool) -> bool:
    """Run `act` in a child that dies at that boundary; say whether it came so far."""
    child = os.fork()
    if child == 0:
        seen = 0
        for name in _BOUNDARIES:
            real = getattr(os, name)

            def dying(*arguments: Any, _real: Any = real, **named: Any) -> Any:
                nonlocal seen
                seen += 1
                if seen == boundary and not after:
                    os._exit(99)
                result = _real(*arguments, **named)
                if seen == boundary:
                    os._exit(99)
                return result

            setattr(os, name, dying)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 99


def killed_after(act: Callable[[], None], seconds: float) -> bool:
    """Run `act` in a child that is killed so much later; say whether it still ran."""
    child = os.fork()
    if child == 0:
        act()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def main() -> None:
    """Count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", type=Kind, default=Kind.APP)
    parser.add_argument("--undo", action="store_true", help="the release does not work")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    first = options.folder / "first"

    def terminal(folder: Path) -> Terminal:
        return Terminal(folder, options.kind, works=not options.undo)

    terminal(first).begin()
    counts: dict[str, int] = {"random": 0, "boundary": 0, "finished": 0}
    faults: list[str] = []

    def round_(kill: Callable[[Callable[[], None]], bool], name: str) -> bool:
        folder = options.folder / "round"
        shutil.copytree(first, folder, symlinks=True)
        hit = kill(terminal(folder).update)
        counts[name if hit else "finished"] += 1
        if fault := terminal(folder).fault():
            faults.append(f"{name}: {fault}")
        shutil.rmtree(folder)
        return hit

    began = time.monotonic()
    update_copy = options.folder / "timed"
    shutil.copytree(first, update_copy, symlinks=True)
    terminal(update_copy).update()
    lasts_s = min(time.monotonic() - began, _LAST_S)
    for after in (False, True):
        boundary = 1
        while round_(lambda act: killed_at(act, boundary, after=after), "boundary"):  # noqa: B023
            boundary += 1
    while counts["random"] < options.kills:
        round_(lambda act: killed_after(act, chance.uniform(0, lasts_s)), "random")
    json.dump({**counts, "faults": faults}, sys.stdout)


if __name__ == "__main__":
    main()
