"""Play virtual cards on the virtual reader: ``python -m drivers.card.personalise.serve``.

Runs in the network namespace of pcscd, because vpcd listens on every address; the
admin socket is a file and is reached from outside. Verbs: insert(fault), remove(),
state(). It ends when its standard input does, so no caller can leave it behind.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from drivers.admin import AdminServer
from drivers.card.personalise import person, pki
from drivers.card.personalise.card import Fault, personalise
from drivers.card.personalise.vpcd import CardOnReader


class Player:
    """Puts one card at a time on the reader; all are issued under one fresh CSCA."""

    def __init__(self, holder: person.Person, portrait: bytes) -> None:
        self._csca = pki.make_csca()
        self._holder = holder
        self._portrait = portrait
        self._lying: CardOnReader | None = None

    @property
    def csca(self) -> bytes:
        """The certificate that terminals are to trust, PEM."""
        return self._csca.certificate.public_bytes(serialization.Encoding.PEM)

    def insert(self, fault: str = Fault.NONE) -> None:
        """Put a card down; one that lies there goes first."""
        card = personalise(self._holder, self._portrait, self._csca, fault=Fault(fault))
        self.remove()
        self._lying = CardOnReader(card)

    def remove(self) -> None:
        """Take the card away; none is no error."""
        if self._lying is not None:
            self._lying.remove()
            self._lying = None

    def state(self) -> dict[str, Any]:
        """Say whether a card lies there, and which faults there are to choose from."""
        lying = self._lying is not None and self._lying.is_there
        return {"card": lying, "faults": [str(fault) for fault in Fault]}


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--admin", type=Path, required=True, help="admin socket to serve")
    parser.add_argument("--trust", type=Path, required=True, help="folder for the CSCA certificate")
    parser.add_argument("--portrait", type=Path, required=True, help="JPEG of the holder")
    parser.add_argument("--person", type=Path, help="TOML of the holder; default the specimen")
    options = parser.parse_args()
    holder = person.load(options.person) if options.person else person.SPECIMEN
    player = Player(holder, options.portrait.read_bytes())
    options.trust.mkdir(parents=True, exist_ok=True)
    (options.trust / "specimen_csca.pem").write_bytes(player.csca)
    verbs = {"insert": player.insert, "remove": player.remove, "state": player.state}
    AdminServer(options.admin, verbs)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
