"""Boot the image in QEMU and walk through it: ``python -m tests.appliance``.

Prints each step with its time and what it saw; pictures and consoles lie in the folder `--out`.
The terminal that invites citizens is kept there whole; steps behind it begin with it.
Ends with 0 if every step held, with 1 if one did not, with 3 if something is missing here.
"""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.appliance.accelerator import best
from tests.appliance.pace import Pace
from tests.appliance.parts import why_not
from tests.appliance.stand import Stand, kept_at
from tests.appliance.steps import FIRST, OFF, STEPS
from tests.appliance.walk import Walk

_INSIDE = "APPLIANCE_TEST_INSIDE"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and walk."""
    flags = argparse.ArgumentParser(prog="python -m tests.appliance", description=__doc__)
    flags.add_argument("steps", nargs="*", help="these alone; all without any")
    flags.add_argument("--image", type=Path, default=Path("dist/image"))
    flags.add_argument("--out", type=Path, default=Path("out/appliance"))
    flags.add_argument("--pictures", type=Path, default=Path(".cache/pictures"))
    flags.add_argument("--slower", type=int, help="an emulated second lasts so many of ours")
    asked = flags.parse_args(arguments)
    missing = list(why_not(asked.image))
    if missing:
        print(f"no appliance test here; missing: {'; '.join(missing)}", file=sys.stderr)
        return 3
    if _INSIDE not in os.environ:
        # The register listens on the port that terminals call, in a network of the test's own.
        os.environ[_INSIDE] = "1"
        words = sys.argv[1:] if arguments is None else arguments
        inside = f'ip link set lo up && exec {sys.executable} -m tests.appliance "$@"'
        command = ["unshare", "--net", "sh", "-c", inside, "appliance", *words]
        os.execvp("unshare", command)  # noqa: S606  (in the place of this process)
    return walk(asked)


def walk(asked: argparse.Namespace) -> int:
    """Do the steps that were asked for; return the status to end with."""
    asked.out.mkdir(parents=True, exist_ok=True)
    image, kept = asked.image, asked.out.resolve() / "kept"
    goes_on = bool(asked.steps) and not FIRST & set(asked.steps)
    if goes_on and not kept.exists():
        print("no terminal was kept: do the steps up to `attract` once", file=sys.stderr)
        return 3
    failed: list[str] = []
    began = time.monotonic()
    by = best(image / "firmware.fd", image / "variables.fd")
    if asked.slower and by.slower > 1:
        by = replace(by, slower=asked.slower)
    print(f"by {by.name}", flush=True)
    before = kept / "stand" if goes_on else None
    folder, keys = asked.out / "stand", image / "keys"
    pace = Pace(by.slower, folder=asked.out, shows=before and kept_at(before))
    with Stand(folder, keys, asked.pictures, pace=pace, kept=before) as stand:
        walking = Walk(image, asked.out.resolve(), stand, by)
        if goes_on and set(asked.steps) <= OFF:
            walking.take(kept)
        elif goes_on:
            walking.go_on(kept)
            print(f"the terminal that was kept invites after {time.monotonic() - began:.0f} s")
        try:
            for name, step in STEPS:
                if asked.steps and name not in asked.steps:
                    continue
                at = time.monotonic()
                print(f"{name:12} …", flush=True)
                try:
                    said = step(walking)
                except Exception as fault:  # noqa: BLE001  (a step may fail in any way; the next is tried)
                    failed.append(name)
                    said = f"FAILED {type(fault).__name__}: {fault}"
                    why = traceback.format_exc() + walking.journal()
                    (asked.out / f"{name}.failed").write_text(why)
                print(f"{name:12} {time.monotonic() - at:6.0f} s  {said}", flush=True)
        finally:
            walking.pull_mains()
    print(f"{len(failed)} failed {' '.join(failed)} in {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
