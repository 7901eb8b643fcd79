"""``python -m drivers card``: info, read, verify, watch; personalise where it is installed."""

import argparse
import importlib
import importlib.util
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from drivers.card.bench import report
from drivers.card.bench.channel import Tally, Watched
from drivers.card.bench.printed import asked_or_read
from drivers.card.pcsc import PcscReader
from drivers.card.profile.hkid import HkidProfile
from drivers.card.profile.icao import Contents, IcaoProfile
from drivers.card.profile.plan import SHORT, ReadPlan
from drivers.card.profile.reading import Step, whole
from drivers.card.protocol.access import offers
from drivers.card.protocol.dialogue import Channel, Dialogue, converse
from drivers.card.protocol.trust import TrustStore
from drivers.card.read import limits, read_card
from drivers.card.reader import ReaderEvent
from drivers.card.trust_folder import TrustUnusable
from drivers.card.trust_folder import load as load_trust
from drivers.errors import DeviceError

T = TypeVar("T")
_PROFILES: dict[str, IcaoProfile | HkidProfile] = {"icao": IcaoProfile(), "hkid": HkidProfile()}
_SIMULATORS = "drivers.card.personalise"
_BAR = 30
FAILED = 1


def add(commands: Any) -> None:
    """Add the card's commands to a program's parser."""
    for name, run, about in (
        ("info", info, "what the card that lies there offers, without opening it"),
        ("read", read, "open the card and read its files; nothing is verified"),
        ("verify", verify, "open, read and verify the card; say by what"),
        ("watch", watch, "say when a card comes and goes, until interrupted"),
    ):
        parser = commands.add_parser(name, help=about, description=about)
        parser.add_argument("--reader", default="", help="PC/SC name; the first one if empty")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.set_defaults(run=run)
        if name in {"read", "verify"}:
            _add_key(parser)
        if name == "verify":
            parser.add_argument("--trust", type=Path, required=True, help="folder of CSCA files")
            parser.add_argument("--holder", action="store_true", help="say whose card it is, too")
        if name != "watch":
            parser.add_argument("--trace", action="store_true", help="each command, without data")


def _add_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", choices=_PROFILES, default="hkid", help="kind of card")
    parser.add_argument(
        "--print",
        type=Path,
        metavar="TOML",
        help="file with number, birth and issued (YYYYMMDD); asked for without one",
    )


def add_personalise(commands: Any) -> None:
    """Add the making of virtual cards; a terminal's own package has none of that."""
    if importlib.util.find_spec(_SIMULATORS):
        importlib.import_module(f"{_SIMULATORS}.command").add(commands)


class Screen:
    """Where a bench command writes: results to standard output, the rest beside it."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._json = options.json
        self._trace = getattr(options, "trace", False)
        self._bar = sys.stderr.isatty() and not self._trace and not self._json

    def say(self, facts: report.Facts) -> None:
        """Write a result."""
        print(report.as_json(facts) if self._json else report.as_text(facts), flush=True)

    def trace(self, line: str) -> None:
        """Write a command's line, if lines were asked for."""
        if self._trace:
            print(line, file=sys.stderr)

    def progress(self, step: Step, share: float) -> None:
        """Draw how far a reading is, where somebody looks."""
        if self._bar:
            done = round(share * _BAR)
            bar = "█" * done + "·" * (_BAR - done)
            end = "\n" if share >= 1 else ""
            print(f"\r{bar} {share:4.0%}  {step:14}", end=end, file=sys.stderr, flush=True)

    def fail(self, error: DeviceError) -> int:
        """Say what went wrong, by its code; return the exit status."""
        return self.refuse(error.code, error)

    def refuse(self, code: str, why: Exception) -> int:
        """Say that something cannot be used; return the exit status."""
        self.say({"failed": code, "why": str(why)})
        return FAILED


def _timed(
    options: argparse.Namespace, screen: Screen, reading: Callable[[ReadPlan], Dialogue[T]]
) -> tuple[T, report.Cost]:
    """Read, and say what it cost."""
    tally = Tally()

    def through(channel: Channel) -> Channel:
        return Watched(channel, tally, screen.trace)

    began = time.perf_counter()
    result = read_card(PcscReader(options.reader), reading, through=through)
    whole_s = time.perf_counter() - began
    return result, report.Cost(tally.commands, whole_s * 1e3, tally.below_s * 1e3)


def info(options: argparse.Namespace) -> int:
    """Say what the card offers."""
    screen = Screen(options)
    try:
        with PcscReader(options.reader).connect() as session:
            channel = Watched(session, Tally(), screen.trace)
            answers = limits(session, channel)
            offered = converse(offers(chunk=SHORT.chunk), channel)
            screen.say(report.of_card(offered, answers, session.longest_answer))
    except DeviceError as error:
        return screen.fail(error)
    return 0


def read(options: argparse.Namespace) -> int:
    """Open the card and read it."""
    screen, profile = Screen(options), _PROFILES[options.profile]
    try:
        printed = asked_or_read(options.print)

        def reading(plan: ReadPlan) -> Dialogue[Contents]:
            opened = yield from profile.open(printed, plan, secrets.randbelow)
            return (
                yield from profile.read(
                    opened, plan, TrustStore(()), secrets.randbelow, screen.progress
                )
            )

        contents, cost = _timed(options, screen, reading)
    except DeviceError as error:
        return screen.fail(error)
    screen.progress(Step.AUTHENTICITY, 1.0)
    screen.say(report.of_files(contents, cost))
    return 0


def verify(options: argparse.Namespace) -> int:
    """Open, read and verify the card."""
    screen, profile = Screen(options), _PROFILES[options.profile]
    now = datetime.now(UTC)
    try:
        printed = asked_or_read(options.print)
        trust = load_trust(options.trust, now=now)
        card, cost = _timed(
            options,
            screen,
            lambda plan: whole(
                profile,
                printed,
                trust,
                now=now,
                draw=secrets.randbelow,
                progress=screen.progress,
                plan=plan,
            ),
        )
    except DeviceError as error:
        return screen.fail(error)
    except TrustUnusable as error:
        return screen.refuse("trust.unusable", error)
    screen.say(report.of_reading(card, cost, holder=options.holder))
    return 0


def watch(options: argparse.Namespace) -> int:
    """Say what happens at the reader."""
    screen, reader = Screen(options), PcscReader(options.reader)
    events: SimpleQueue[ReaderEvent] = SimpleQueue()
    reader.watch(events.put)
    with suppress(KeyboardInterrupt):
        while True:
            event = events.get()
            state = "card" if event.card_present else "no card"
            at = datetime.now(UTC).strftime("%H:%M:%S.%f")[:-3]
            code = {"code": event.status.code} if event.status.code else {}
            screen.say({"at": at, "reader": str(event.status.health), "state": state, **code})
    reader.close()
    return 0
