"""A full verified read over the links that real cards have, against those links' own time.

Limit: the time that the modelled wire and chip take for the bytes that went over them; a
ratio of 1 would mean that our own arithmetic costs nothing. The model sleeps that time, less
what the software chip needed to answer, so that work beside the link is really beside it.

Model (assumed, no card was measured): ISO/IEC 14443-A with nine bits a byte, or T=1 with
eleven, three bytes of framing every 254; 2 ms of USB and 4 ms of chip a command, 10 us of
chip a byte. PACE and chip authentication on a real chip take 0.3 to 1.5 s more.

``python -m benchmarks.card_link [--reads 2] [--json]``
"""

import argparse
import json
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Any

from benchmarks.card_reading import Timed, portrait
from drivers.card.personalise import pki
from drivers.card.personalise.card import VirtualCard, personalise
from drivers.card.personalise.chip import Chip
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.spec import Spec
from drivers.card.protocol.dialogue import Channel
from drivers.card.protocol.trust import TrustStore
from drivers.card.simulated import SimulatedReader

FRAME, FRAMING = 254, 3
USB_S, CHIP_S, CHIP_BYTE_S = 0.002, 0.004, 10e-6


@dataclass(frozen=True)
class Link:
    """What carries bytes to a card."""

    name: str
    bits_per_s: float
    bits_per_byte: int

    def seconds(self, command: bytes, response: bytes) -> float:
        """Return how long one exchange takes, wire and chip."""
        carried = len(command) + len(response)
        framed = carried + FRAMING * (2 + carried // FRAME)
        wire = framed * self.bits_per_byte / self.bits_per_s
        return wire + USB_S + CHIP_S + carried * CHIP_BYTE_S


LINKS = (
    Link("contactless 106 kbit/s", 106e3, 9),
    Link("contactless 424 kbit/s", 424e3, 9),
    Link("contactless 848 kbit/s", 848e3, 9),
    Link("contact T=1, 250 kbaud", 250e3, 11),
)
CARDS = {"short answers": Spec(), "long answers": Spec(longest_answer=65_536)}


class Slow:
    """A chip behind a link."""

    def __init__(self, card: VirtualCard, link: Link) -> None:
        self._chip = Chip(card)
        self._link = link
        self.modelled_s = 0.0

    def transmit(self, command: bytes) -> bytes:
        """Answer when the link and the chip would have."""
        began = time.perf_counter()
        response = self._chip.answer(command)
        takes = self._link.seconds(command, response)
        self.modelled_s += takes
        time.sleep(max(0.0, began + takes - time.perf_counter()))
        return response


def measure(reads: int) -> list[dict[str, Any]]:
    """Return one line for each link and card."""
    csca = pki.make_csca()
    trust = TrustStore((csca.certificate,))
    lines = []
    for link in LINKS:
        for kind, spec in CARDS.items():
            card = personalise(SPECIMEN, portrait(), csca, spec)
            ratios, totals = zip(*(one(card, link, trust) for _ in range(reads)), strict=True)
            lines.append(
                {
                    "link": link.name,
                    "card": kind,
                    "read_ms": round(statistics.median(totals) * 1000),
                    "ratio": round(statistics.median(ratios), 3),
                }
            )
    return lines


def one(card: VirtualCard, link: Link, trust: TrustStore) -> tuple[float, float]:
    """Read once; return total over modelled time, and the total in seconds."""
    slow = Slow(card, link)

    class Linked(Timed):
        def begins(self) -> None:
            slow.modelled_s = 0.0

        def around(self, channel: Channel) -> Channel:
            del channel
            return super().around(slow)

    reader = SimulatedReader()
    reader.insert(card)
    timed = Linked()
    _, seconds = timed.read(reader, trust)
    # A sleep ends some tenths of a millisecond late: that is the clock's time, not ours.
    total = slow.modelled_s + seconds - timed.below_s
    return total / slow.modelled_s, total


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reads", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    lines = measure(options.reads)
    if options.json:
        sys.stdout.write(json.dumps(lines) + "\n")
        return
    for line in lines:
        print(
            f"card over {line['link']}, {line['card']}: {line['read_ms']} ms, "
            f"ratio to wire and chip {line['ratio']}"
        )


if __name__ == "__main__":
    main()
