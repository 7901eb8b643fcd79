"""A full verified read of an 18 KB portrait, against the bare round trips of its commands.

Peer: the time inside `transmit` in the same read: pcscd, the virtual reader and the
software chip's own answers. What comes on top is our cryptography, parsing and
verification at the terminal's end; a ratio of 1 would mean that it costs as much as all
the rest. The commands are held against the fewest that the file sizes allow.

``python -m benchmarks.card_read [--reads 15] [--json]``
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.card_reading import FIXED_COMMANDS, Timed, portrait, until_card
from drivers.card import trust_folder
from drivers.card.pcsc import PcscReader
from drivers.card.personalise import pki
from drivers.card.personalise.card import personalise
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.virtual_reader import VirtualReader
from drivers.card.protocol.files import least_commands
from drivers.card.protocol.lds import SOD
from drivers.card.protocol.trust import TrustStore

CARDS: dict[str, dict[str, Any]] = {
    "short answers": {},
    "long answers": {"longest_answer": 65_536},
}


def measure(reads: int) -> dict[str, dict[str, Any]]:
    """Return medians in milliseconds and their ratio, for each kind of card."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        folder = Path(name)
        (folder / "portrait.jpg").write_bytes(portrait())
        with VirtualReader(folder, portrait=folder / "portrait.jpg") as reader:
            os.environ.update(reader.environment)
            trust = trust_folder.load(reader.trust, now=datetime.now(UTC))
            for kind, card in CARDS.items():
                reader.insert(card=card)
                until_card(present=True)
                found[kind] = of_card(trust, reads)
                reader.remove()
                until_card(present=False)
    return found


def of_card(trust: TrustStore, reads: int) -> dict[str, Any]:
    """Read the card that lies there."""
    whole, below, ratios = [], [], []
    timed = Timed()
    card, _ = timed.read(PcscReader(), trust)
    for _ in range(reads):
        timed = Timed()
        card, seconds = timed.read(PcscReader(), trust)
        whole.append(seconds * 1000)
        below.append(timed.below_s * 1000)
        ratios.append((seconds - timed.below_s) / timed.below_s)
    chunk = timed.plan.chunk
    sod = personalise(SPECIMEN, portrait(), pki.make_csca()).files[SOD]
    files = [*card.groups.values(), sod]
    return {
        "chunk_bytes": chunk,
        "commands": timed.commands,
        "least_commands": FIXED_COMMANDS + sum(least_commands(len(f), chunk) for f in files),
        "read_ms": round(statistics.median(whole), 1),
        "round_trips_ms": round(statistics.median(below), 1),
        "own_over_round_trips": round(statistics.median(ratios), 2),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reads", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.reads)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for kind, of in figures.items():
        print(
            f"card read, {kind}: {of['read_ms']} ms in pieces of {of['chunk_bytes']} bytes, "
            f"{of['commands']} commands (fewest possible {of['least_commands']}); round trips, "
            f"card included, {of['round_trips_ms']} ms; our own time over them "
            f"{of['own_over_round_trips']}"
        )


if __name__ == "__main__":
    main()
