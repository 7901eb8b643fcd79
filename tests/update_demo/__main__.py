"""``make update-demo``: terminals take a good release, and undo one that crashes on one model.

Real: the fleet's server with its TLS, database, rules and console; the repository, signed by keys
in files; of each terminal its update program, launcher, slots, the part of the engine that
switches and confirms, its trail and its reports. Not real: devices, screens and citizens (visits
by chance), the reporter runs inside the engine's program, and time: the terminals' clocks of
health run `--speed` times as fast, the rollout's soaks are seconds.

Bounded: each program of a terminal may have `tests.update_demo.terminal.MOST_BYTES` of address
space, and the whole ends after `--within-s`; what the programs took stands in the report.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx

from fleet.access.roles import Grant, Person, Role
from fleet.access.sessions import Sessions
from fleet.console.guard import COOKIE
from fleet.migrations.upgrade import upgrade
from fleet.release.sandbox import Sandbox
from fleet.rollout.plan import Plan, Wave
from fleet.store.database import Database
from fleet.store.known import Inventory
from fleet.store.tables import sites
from fleet.waves.book import Rollouts
from tests.support.chromium import PROGRAM, Browser, browser
from tests.support.fleet_server import RunningFleet, let_it_roll_out, make_data, running_fleet
from tests.support.signed import signed_release
from tests.update_demo.terminal import Terminal
from tests.update_demo.trees import archive
from wire.rollout import BUCKETS, Kind, Network

PLAN: Final = Plan(
    waves=(Wave(0, 12.0), Wave(4000, 12.0), Wave(BUCKETS, 0.0)),
    silent_after_s=120.0,
    stalled_after_s=1800.0,
)
OLD, GOOD, BAD = "1.0.0", "1.1.0", "1.2.0"
CRASHES_ON: Final = "k3"
_LEAST: Final = 4
DISTRICTS: Final = ("sha_tin", "islands", "eastern")
SIGNER = Person("demo:sam", "Sam (signs)", (Grant(Role.RELEASE_SIGNER),))
APPROVER = Person("demo:ann", "Ann (approves)", (Grant(Role.RELEASE_APPROVER),))


def model(number: int, size: int) -> str:
    """Return a terminal's hardware model: one in five is of the third, and two at least."""
    every = max(2, min(5, size // 2))
    return CRASHES_ON if number % every == 0 else "k2" if number % 3 == 0 else "k1"


class Demo:
    """A fleet, its repository and its terminals."""

    def __init__(
        self, folder: Path, out: Path, size: int, *, speed: float, within_s: float
    ) -> None:
        self.out = out
        self.began = time.monotonic()
        self.ends = self.began + within_s
        names = [f"terminal-{number}" for number in range(1, size + 1)]
        self.data = folder / "fleet"
        make_data(self.data, names)
        (self.data / "console.token").write_text("a-token-of-at-least-24-letters")
        self.sandbox = Sandbox(folder / "repository", lambda: datetime.now(UTC))
        self.folder = folder
        let_it_roll_out(self.data, self.sandbox, PLAN)
        self.archives = {
            version: archive(folder, version, faults)
            for version, faults in ((OLD, {}), (GOOD, {}), (BAD, {CRASHES_ON: 1.0}))
        }
        (folder / "root.json").write_bytes(self.sandbox.root)
        self.terminals = [
            Terminal(
                name, model(number, size), DISTRICTS[number % 3], folder / "terminals" / name, speed
            )
            for number, name in enumerate(names, 1)
        ]
        self.database = Database(f"sqlite:///{self.data / 'fleet.db'}")
        upgrade(self.database.engine)
        self._settle()

    def _settle(self) -> None:
        with self.database.writing() as connection:
            rows = [
                {"id": f"site-{name}", "name_en": name, "name_zh": name, "district": name}
                | {"x": 1.0, "y": 1.0, "opens": 0, "closes": 1440, "days": 127}
                for name in DISTRICTS
            ]
            connection.execute(sites.insert(), rows)
        inventory = Inventory(self.database)
        for number, one in enumerate(self.terminals, 1):
            mobile = one.model == "k1" and number % 6 == 1
            network = Network.MOBILE if mobile else Network.WIRED
            inventory.add(one.name, site=f"site-{one.district}", model=one.model, network=network)

    def say(self, text: str) -> None:
        """Say what happens, and when."""
        sys.stdout.write(f"{time.monotonic() - self.began:6.0f} s  {text}\n")
        sys.stdout.flush()

    def run(self, fleet: RunningFleet, page: Browser | None) -> dict[str, Any]:
        """Go through it; return the report."""
        self.console = f"http://127.0.0.1:{fleet.console_port}"
        self.page = page
        self.book = Rollouts(self.database)
        for one in self.terminals:
            one.prepare(
                self.archives[OLD], OLD, self.folder / "root.json", fleet.terminal(one.name),
                fleet.url,
            )  # fmt: skip
            one.start()
        self.say(f"{len(self.terminals)} terminals run {OLD}")
        good = self.roll_out(GOOD)
        self._picture_at(good, "1-canaries", lambda row: row["confirmed"] > 0)
        self._picture_at(good, "2-second-wave", lambda row: row["wave"] == 1)
        self._picture_at(good, "3-everywhere", lambda row: row["state"] == "done")
        self._until(lambda: set(self._run().values()) == {GOOD}, f"everybody runs {GOOD}")
        bad = self.roll_out(BAD)
        self._picture_at(bad, "4-stopped", lambda row: row["state"] == "stopped", SIGNER)
        self._until(self._undone, f"every {CRASHES_ON} that tried {BAD} is back on {GOOD}")
        run_then = self._run()
        back = self._go_back(bad)
        self._until(lambda: set(self._run().values()) == {GOOD}, f"everybody runs {GOOD} again")
        self._picture_at(back, "5-back", lambda row: row["confirmed"] > 0)
        self._pictures("/releases", "6-releases", SIGNER)
        self._pictures(f"/rollouts/{good}", "7-done", SIGNER)
        crashed = next(one for one in self.terminals if BAD in one.versions.slots().bad)
        self._pictures(f"/terminals/{crashed.name}", "8-one-that-crashed", SIGNER)
        for kind in set(Kind) - {Kind.APP}:
            signed_release(self.sandbox, self.folder, "2026.11.1", kind=kind, floor=OLD)
        self._pictures("/releases", "9-roll-out", SIGNER, opened="details.card")
        return self._report(bad, run_then)

    def roll_out(self, version: str) -> int:
        """Let people sign, ask and approve."""
        content = self.archives[version].read_bytes()
        signed_release(self.sandbox, self.folder, version, content, floor=OLD)
        form = {"version": version, "reason": f"{version} for everybody"}
        number = self._post(SIGNER, "/rollouts", form)
        self._post(APPROVER, f"/rollouts/{number}/approve", {})
        self.say(f"{version}: signed by two, asked for by Sam, approved by Ann")
        return number

    def _go_back(self, number: int) -> int:
        made = self._post(SIGNER, f"/rollouts/{number}/back", {"reason": "it crashes on k3"})
        self._post(APPROVER, f"/rollouts/{made}/approve", {})
        self.say("one button back: asked for by Sam, approved by Ann")
        return made

    def _post(self, who: Person, path: str, form: dict[str, str]) -> int:
        headers = {"Sec-Fetch-Site": "same-origin"}
        cookies = {COOKIE: self._cookie(who)}
        with httpx.Client(
            base_url=self.console, cookies=cookies, headers=headers, timeout=120
        ) as client:
            answer = client.post(path, data=form)
            assert answer.status_code == 303, answer.text
        return int(answer.headers["location"].rpartition("/")[2])

    def _cookie(self, who: Person) -> str:
        return Sessions(self.database).begin(who, now=int(time.time()))[0]

    def _picture_at(
        self,
        number: int,
        name: str,
        when: Callable[[dict[str, Any]], bool],
        who: Person = APPROVER,
    ) -> None:
        self._until(lambda: when(self.book.one(number)), name)
        row = self.book.one(number)
        self.say(
            f"{row['version']}: {row['state']}, wave {row['wave'] + 1} of {len(PLAN.waves)},"
            f" {row['confirmed']} work, {row['failed']} failed"
        )
        self._pictures(f"/rollouts/{number}", name, who)

    def _pictures(self, path: str, name: str, who: Person, *, opened: str = "") -> None:
        if self.page is None:
            return
        self.page.cookie(self.console, COOKIE, self._cookie(who))
        for language, width, height, dark in (("en", 1280, 900, False), ("zh_HK", 390, 844, True)):
            self.page.screen(width, height, dark=dark, phone=width < 500)
            self.page.open(f"{self.console}{path}?lang={language}")
            if opened:
                self.page.run(
                    f"document.querySelector('{opened}').open = true;"
                    "new Promise(requestAnimationFrame)"
                )
            self.page.picture(self.out / f"{name}-{language}.png")

    def _until(self, holds: Callable[[], bool], name: str) -> None:
        while not holds():
            assert time.monotonic() < self.ends, f"not in time: {name}"
            time.sleep(0.5)

    def _run(self) -> dict[str, str]:
        return {one.name: one.versions.slots().good for one in self.terminals}

    def _undone(self) -> bool:
        slots = [one.versions.slots() for one in self.terminals if one.model == CRASHES_ON]
        tried = [one for one in slots if BAD in one.bad]
        return bool(tried) and all(one.good == GOOD for one in slots)

    def _report(self, bad: int, run_then: dict[str, str]) -> dict[str, Any]:
        crashed = [one for one in self.terminals if BAD in one.versions.slots().bad]
        in_session = sum(switches_in_a_visit(one.trail()) for one in self.terminals)
        trails = [entry for one in self.terminals for entry in one.trail()]
        return {
            "terminals": len(self.terminals),
            "crashed and undone": [f"{one.name} ({one.model})" for one in crashed],
            "of other models": [one.name for one in crashed if one.model != CRASHES_ON],
            "ran the bad release when it was stopped": sum(
                version == BAD for version in run_then.values()
            ),
            "never offered it": len(self.terminals)
            - len(crashed)
            - list(run_then.values()).count(BAD),
            "switches": sum(one["event"] == "update.switches" for one in trails),
            "switches during a visit": in_session,
            "visits": sum(one["event"] == "session.opened" for one in trails),
            "rollout": {
                name: self.book.one(bad)[name]
                for name in ("state", "because", "failed", "confirmed", "probability")
            },
            "megabytes of all terminals": round(sum(one.megabytes() for one in self.terminals)),
            "seconds": round(time.monotonic() - self.began),
        }


def switches_in_a_visit(trail: Sequence[dict[str, Any]]) -> int:
    """Return how many switches a trail has between a visit's first touch and its end."""
    here, count = False, 0
    for entry in trail:
        if entry["event"] in {"session.opened", "session.wiped"}:
            here = entry["event"] == "session.opened"
        count += here and entry["event"] == "update.switches"
    return count


def main() -> int:
    """Show it; status 0 if it went as promised."""
    parser = argparse.ArgumentParser(prog="python -m tests.update_demo", description=__doc__)
    parser.add_argument("--terminals", type=int, default=20, help="four at least: two that crash")
    parser.add_argument("--speed", type=float, default=8.0)
    parser.add_argument("--within-s", type=float, default=3600.0)
    parser.add_argument("--out", type=Path, default=Path("out/update-demo"))
    options = parser.parse_args()
    if options.terminals < _LEAST:
        parser.error(f"{_LEAST} terminals at least: the rule stops after two that fail")
    # However it is ended, it takes its programs along.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(1))
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="update-demo-", ignore_cleanup_errors=True)
            )
        )
        demo = Demo(
            folder, options.out, options.terminals,
            speed=options.speed, within_s=options.within_s,
        )  # fmt: skip
        stack.callback(demo.database.close)
        fleet = stack.enter_context(running_fleet(demo.data, console=True))
        page = stack.enter_context(browser()) if PROGRAM else None
        try:
            report = demo.run(fleet, page)
        finally:
            for one in demo.terminals:
                one.end()
            for one in demo.terminals:
                one.stop()
                shutil.copy(one.folder / "log", options.out / f"{one.name}.log")
    (options.out / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    sys.stdout.write(f"pictures, report and logs in {options.out}\n")
    well = report["crashed and undone"] and not report["of other models"]
    return 0 if well and not report["switches during a visit"] else 1


if __name__ == "__main__":
    sys.exit(main())
