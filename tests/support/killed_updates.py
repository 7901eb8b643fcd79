"""Kill updates and look at what is left: ``python -m tests.support.killed_updates``.

One round: two versions are installed one after the other, started, and the second is confirmed,
in a child that is killed at some instant; then the terminal starts once more in this process.
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
from kiosk.update.versions import Versions
from tests.support.releases import release

OLD, NEW = "1.0.0", "1.1.0"
_BODIES = {f"part{number}/file{number}": bytes([number]) * 2000 for number in range(8)}
_LAST_S = 30.0
_BOUNDARIES = ("fsync", "replace", "rename", "symlink")


def update(versions: Versions) -> None:
    """What happens on a terminal that gets a good release."""
    versions.add(release(NEW, _BODIES), NEW)
    versions.start()
    versions.confirm(NEW)


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


def broken(folder: Path) -> str:
    """Return what is wrong with a terminal whose update was killed; empty when nothing is."""
    versions = Versions(folder)
    chosen = versions.start().version
    link = (folder / "current").readlink()
    if str(link) != f"versions/{chosen}" or not whole(versions.tree(chosen)):
        return "what starts is not whole"
    slots = versions.slots()
    if slots.bad or slots.good not in {OLD, NEW}:
        return "a version was blamed for a power failure"
    if chosen == OLD:
        versions.add(release(NEW, _BODIES), NEW)
        if versions.start().version != NEW:
            return "the update cannot be made again"
    versions.confirm(NEW)
    left = sorted(place.name for place in (folder / "versions").iterdir())
    return "" if versions.slots().good == NEW and left == [OLD, NEW] else "leftovers"


def main() -> None:
    """Count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    first = options.folder / "first"
    Versions(first).found(release(OLD, _BODIES), OLD)
    Versions(first).start()
    counts: dict[str, int] = {"random": 0, "boundary": 0, "finished": 0}
    faults: list[str] = []

    def round_(kill: Callable[[Callable[[], None]], bool], name: str) -> bool:
        folder = options.folder / "round"
        shutil.copytree(first, folder, symlinks=True)
        hit = kill(lambda: update(Versions(folder)))
        counts[name if hit else "finished"] += 1
        if fault := broken(folder):
            faults.append(f"{name}: {fault}")
        shutil.rmtree(folder)
        return hit

    began = time.monotonic()
    update_copy = options.folder / "timed"
    shutil.copytree(first, update_copy, symlinks=True)
    update(Versions(update_copy))
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
