"""``python -m drivers card personalise``: make a virtual card and lay it on a virtual reader."""

import argparse
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from drivers.card.personalise import person
from drivers.card.personalise.person import BadPerson
from drivers.card.personalise.spec import Fault
from drivers.card.personalise.virtual_reader import VirtualReader, why_not

FAILED, USAGE = 1, 2
_ABOUT = """Make the card of a synthetic person and lay it on a virtual reader, until interrupted.

The person's TOML has number, surname, given, chinese, birth, sex, issued and, under
[card], how the card is made: see drivers/card/personalise/spec.py. Samples stand in
drivers/card/personalise/people."""


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "personalise",
        help="make a virtual card and lay it on a virtual reader",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--person", type=Path, help="TOML; the specimen without one")
    parser.add_argument("--portrait", type=Path, required=True, help="JPEG or JPEG 2000")
    parser.add_argument("--fault", choices=[str(fault) for fault in Fault], default="none")
    parser.add_argument("--folder", type=Path, help="for trust and sockets; a temporary one")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Lay the card down and keep it there."""
    try:
        if options.person:
            person.load(options.person)
    except (OSError, BadPerson) as error:
        print(f"card.bad_person: {error}", file=sys.stderr)
        return USAGE
    if why_not():
        print(f"reader.missing: {why_not()}", file=sys.stderr)
        return FAILED
    with tempfile.TemporaryDirectory(prefix="kiosk-") as temporary:
        folder = options.folder or Path(temporary)
        reader = VirtualReader(folder, portrait=options.portrait, person=options.person)
        with reader, suppress(KeyboardInterrupt, EOFError):
            reader.insert(options.fault)
            settings = " ".join(f"{name}={value}" for name, value in reader.environment.items())
            print(f"the card lies on the reader; trust folder {reader.trust}")
            print(f"{settings} python -m drivers card verify --trust {reader.trust}", flush=True)
            while True:
                input("Enter lifts it, Ctrl-C ends ")
                reader.remove()
                input("Enter lays it down, Ctrl-C ends ")
                reader.insert(options.fault)
    return 0
