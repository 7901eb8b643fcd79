"""``python -m kiosk.vision evaluate document|face|pad``: measure where the truth is known."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import cv2

from kiosk.vision.evaluate import document, face, hints, pad, sheet
from kiosk.vision.evaluate.copies import table
from kiosk.vision.evaluate.people import BadFolder, people
from kiosk.vision.evaluate.performer import Species

DEFAULT_SEED = 2026
DEFAULT_CAPTURES = 520


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.vision evaluate", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    one = what.add_parser("document", help="the front of a card is read")
    one.add_argument("--seed", type=int, default=DEFAULT_SEED)
    one.add_argument("--captures", type=int, default=DEFAULT_CAPTURES, help="at least 13")
    one.add_argument("--pictures", type=Path, default=Path(".cache/pictures"))
    one.add_argument("--sheet", type=Path, default=Path("out/document/sheet.png"))
    one.add_argument("--json", action="store_true", help="all figures, for programs")
    one.set_defaults(run=_document)
    one = what.add_parser("face", help="a chip's portrait against a photograph")
    one.add_argument("--seed", type=int, default=DEFAULT_SEED)
    one.add_argument("--data", type=Path, required=True, help="portraits with MANIFEST.csv")
    one.add_argument("--json", action="store_true", help="without it, indented")
    one.add_argument("--sheet", type=Path, help="write a contact sheet of captures and stop")
    one.add_argument("--people", type=int, default=6, help="rows of the contact sheet")
    one.set_defaults(run=_face)
    one = what.add_parser("pad", help="synthetic presentations, an hour of one core for 50 people")
    one.add_argument("--seed", type=int, default=DEFAULT_SEED)
    one.add_argument("--data", type=Path, required=True, help="portraits with MANIFEST.csv")
    one.add_argument("--json", action="store_true", help="without it, indented")
    one.add_argument("--species", nargs="+", type=Species, default=list(Species))
    one.add_argument(
        "--white-balance", nargs="+", choices=pad.WHITE_BALANCE, default=pad.WHITE_BALANCE
    )
    one.set_defaults(run=_pad)
    options = parser.parse_args()
    try:
        sys.stdout.write(options.run(options) + "\n")
    except BadFolder as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 2
    return 0


def _document(options: argparse.Namespace) -> str:
    _on_one_core()
    report, shown = document.evaluate(options.seed, options.captures, options.pictures)
    sheet.draw(shown, options.sheet)
    return json.dumps(report, indent=2) if options.json else _readable(report).rstrip()


def _face(options: argparse.Namespace) -> str:
    if options.sheet:
        hints.draw(people(options.data)[: options.people], options.sheet, seed=options.seed)
        return str(options.sheet)
    return json.dumps(face.face(options.data, options.seed), indent=None if options.json else 2)


def _pad(options: argparse.Namespace) -> str:
    figures = pad.pad(
        options.data, options.seed, species=options.species, balances=options.white_balance
    )
    return json.dumps(figures, indent=None if options.json else 2)


def _on_one_core() -> None:
    """Times are those of one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    cv2.setNumThreads(1)


def _readable(report: dict[str, Any]) -> str:
    """Return the figures a person asks for first."""

    def line(name: str, of: dict[str, Any]) -> str:
        low, high = of["ci95"]
        shown = "  none  " if of["share"] is None else f"{of['share']:8.2%}"
        return (
            f"{name:<28}{shown}  {of['hits']:>4} of {of['of']:<4} 95 %: {low:.2%} to {high:.2%}\n"
        )

    text = f"{report['what']}, seed {report['seed']}\n"
    text += line("accepted by the gate", report["accepted"])
    text += line("record exact of accepted", report["record_exact"])
    for name, of in report["field_exact"].items():
        text += line(f"  {name}", of)
    for name, of in report["chip_comparison"].items():
        text += line(name.replace("_", " "), of)
    for name, tally in report["by_condition"].items():
        text += line(f"{name}: accepted", tally["accepted"])
        text += line(f"{name}: exact", tally["record_exact"])
    text += table(report["copies"]) + "\n"
    ms = report["ms_per_still"]
    return text + f"one still on one core: median {ms['median']} ms, p95 {ms['p95']} ms\n"


if __name__ == "__main__":
    sys.exit(main())
