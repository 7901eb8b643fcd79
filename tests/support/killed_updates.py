"""Kill updates and look at what is left: ``python -m tests.support.killed_updates``.

One round: a version of one kind is added beside another and started, and confirmed or undone, in
a child that is killed at some instant; then the terminal starts once more in this process.
The child is killed at random instants, or at each step (a call of fsync, rename or symlink) in
turn, before it and just after it. Prints counts as JSON, and how many of the random kills fell
after how many steps.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from kiosk.update.bundle import whole
from kiosk.update.kinds import HELD, versions_of
from kiosk.update.together import Together
from tests.support.releases import release
from wire.rollout import Kind

OLD, NEW = "1.0.0", "1.1.0"
_FILES = {Kind.APP: 8, Kind.MODELS: 3}
_STEPS = ("fsync", "replace", "rename", "symlink")
_STEP_S = 0.001
"""Each takes so long at least, as on a disk: in memory no random instant would fall near one."""
_DIED = 99


class Terminal:
    """A terminal that gets a release of one kind, which works or not."""

    def __init__(self, folder: Path, kind: Kind, *, works: bool) -> None:
        self.folder, self.kind, self.works = folder, kind, works
        self.versions = versions_of(folder, kind)
        count = _FILES.get(kind, 1)
        self._files = {f"part{n}/file{n}": bytes([n]) * 2000 for n in range(count)}
        self._new = self.archive(NEW)

    def archive(self, version: str) -> IO[bytes]:
        return release(version, self._files)

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
        self.versions.add(self._new, NEW)
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


class Killed:
    """Runs something in a child that dies meanwhile."""

    def __init__(self) -> None:
        self.steps = 0
        """What the last child made of them."""

    def at(self, act: Callable[[], None], step: int, *, after: bool) -> bool:
        """Run `act` in a child that dies at that step; say whether it came so far."""
        child, made = self._child(act, step, after=after)
        return self._ended(child, made) == _DIED

    def at_random(self, act: Callable[[], None], step: int, seconds: float) -> bool:
        """Run `act` in a child that is killed so long after so many steps; say if it still ran."""
        child, made = self._child(act)
        for _ in range(step):
            made.read(1)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        self.steps = step
        return self._ended(child, made) == -signal.SIGKILL

    def _ended(self, child: int, made: IO[bytes]) -> int:
        with made:
            self.steps += len(made.read())
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)

    def _child(
        self, act: Callable[[], None], dies: int = 0, *, after: bool = False
    ) -> tuple[int, IO[bytes]]:
        """Return a child that tells of each step that it made."""
        self.steps = 0
        tells, told = os.pipe()
        child = os.fork()
        if child:
            os.close(told)
            return child, open(tells, "rb", buffering=0)  # noqa: PTH123  (a pipe has no path)
        for name in _STEPS:
            real = getattr(os, name)

            def step(*arguments: Any, _real: Any = real, **named: Any) -> Any:
                self.steps += 1
                if self.steps == dies and not after:
                    os._exit(_DIED)
                result = _real(*arguments, **named)
                if self.steps == dies:
                    os._exit(_DIED)
                time.sleep(_STEP_S)
                os.write(told, b".")
                return result

            setattr(os, name, step)
        act()
        os._exit(0)


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
    killed, fell = Killed(), Counter[int]()

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

    for after in (False, True):
        step = 1
        while round_(lambda act: killed.at(act, step, after=after), "boundary"):  # noqa: B023
            step += 1
    steps = killed.steps
    while counts["random"] < options.kills:
        # Within a step and the next, and before the first.
        instant = chance.randrange(steps), chance.uniform(0, 2 * _STEP_S)
        if round_(lambda act: killed.at_random(act, *instant), "random"):  # noqa: B023
            fell[killed.steps] += 1
    spread = [fell[step] for step in range(steps + 1)]
    json.dump({**counts, "faults": faults, "fell_after_steps": spread}, sys.stdout)


if __name__ == "__main__":
    main()
