"""How soon a card is seen, and how soon a reader is back after pcscd died.

Peers in the same run: the bare PC/SC calls. A loop of its own waits in SCardGetStatusChange
beside ours; after a kill another one asks for a context, and for the reader, every
millisecond. pcscd polls a virtual reader every 400 ms, so a card is seen after 0 to 400 ms
whoever waits; the ratio says what our watch adds. From the event to the painted screen:
`benchmarks.screen_painted`.

``python -m benchmarks.card_seen [--cards 12] [--json]``
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from smartcard import scard

from benchmarks.card_reading import portrait
from drivers.card.pcsc import PcscReader
from drivers.card.personalise.virtual_reader import READER_NAME, VirtualReader
from drivers.card.reader import ReaderEvent
from drivers.health import Health

SEEN_S = 5.0
Events = SimpleQueue[tuple[float, ReaderEvent]]


def bare_sight(ready: threading.Event) -> float:
    """Return when a bare loop sees the next card."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    state = scard.SCARD_STATE_UNAWARE
    while True:
        code, states = scard.SCardGetStatusChange(context, 10_000, [(READER_NAME, state)])
        at = time.perf_counter()
        [(_, state, _)] = states
        if code == scard.SCARD_S_SUCCESS and state & scard.SCARD_STATE_PRESENT:
            scard.SCardReleaseContext(context)
            return at
        ready.set()


def bare_return() -> float:
    """Return when the service gives a context and knows the reader again."""
    while True:
        code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        if code == scard.SCARD_S_SUCCESS:
            code, names = scard.SCardListReaders(context, [])
            scard.SCardReleaseContext(context)
            if code == scard.SCARD_S_SUCCESS and READER_NAME in names:
                return time.perf_counter()
        time.sleep(0.001)


def _next(events: Events, health: Health, *, present: bool) -> float:
    while True:
        at, event = events.get(timeout=SEEN_S)
        if (event.status.health, event.card_present) == (health, present):
            return at


def sight(virtual: VirtualReader, events: Events) -> tuple[float, float]:
    """Lay a card down; return after how many seconds we and the bare loop saw it."""
    bare: SimpleQueue[float] = SimpleQueue()
    ready = threading.Event()
    threading.Thread(target=lambda: bare.put(bare_sight(ready)), daemon=True).start()
    ready.wait(SEEN_S)
    began = time.perf_counter()
    virtual.insert()
    ours = _next(events, Health.READY, present=True) - began
    theirs = bare.get(timeout=SEEN_S) - began
    virtual.remove()
    _next(events, Health.READY, present=False)
    return ours, theirs


def recovery(virtual: VirtualReader, events: Events) -> tuple[float, float]:
    """Kill pcscd; return after how many seconds we and the bare loop had the reader back."""
    began = time.perf_counter()
    virtual.kill_service()
    _next(events, Health.MISSING, present=False)
    theirs = bare_return() - began
    ours = _next(events, Health.READY, present=False) - began
    return ours, theirs


def measure(cards: int) -> dict[str, dict[str, Any]]:
    """Return medians in milliseconds and their ratios."""
    events: Events = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        folder = Path(name)
        (folder / "portrait.jpg").write_bytes(portrait())
        with VirtualReader(folder, portrait=folder / "portrait.jpg") as virtual:
            os.environ.update(virtual.environment)
            reader = PcscReader(READER_NAME)
            reader.watch(lambda event: events.put((time.perf_counter(), event)))
            _next(events, Health.READY, present=False)
            seen = [sight(virtual, events) for _ in range(cards)]
            back = [recovery(virtual, events) for _ in range(3)]
            reader.close()
    return {"card seen": _figures(seen), "reader back": _figures(back)}


def _figures(pairs: list[tuple[float, float]]) -> dict[str, Any]:
    ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return {"ours_ms": round(ours), "bare_ms": round(theirs), "ratio": round(ratio, 3)}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.cards)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for what, of in figures.items():
        print(f"{what}: {of['ours_ms']} ms; bare PC/SC {of['bare_ms']} ms; ratio {of['ratio']}")


if __name__ == "__main__":
    main()
