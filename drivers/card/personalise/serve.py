"""Play virtual cards on the virtual reader: ``python -m drivers.card.personalise.serve``.

Runs in the network namespace of pcscd, because vpcd listens on every address; the
admin socket is a file and is reached from outside. Verbs: insert(fault, card, slot, holder),
insert_service(fault, pin, number, slot), remove(slot), state(). It ends when its standard
input does, so no caller can leave it behind.
"""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from drivers.admin import AdminServer, Verb
from drivers.card.personalise import person, pki, service
from drivers.card.personalise.card import VirtualCard, personalise
from drivers.card.personalise.spec import Fault, Spec
from drivers.card.personalise.vpcd import PORT, CardOnReader


class Player:
    """Puts one card in each of two slots; all are issued under one fresh CSCA."""

    def __init__(self, holder: person.Person, portrait: bytes, spec: Spec) -> None:
        self._csca = pki.make_csca()
        self._service = service.make_authority()
        self._holder = holder
        self._spec = spec
        self._portrait = portrait
        self._lying: dict[int, CardOnReader] = {}

    @property
    def csca(self) -> bytes:
        """The certificate that terminals are to trust, PEM."""
        return self._csca.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def service_csca(self) -> bytes:
        """The certificate of those who issue service cards, PEM."""
        return self._service.certificate.public_bytes(serialization.Encoding.PEM)

    def insert(
        self,
        fault: str = Fault.NONE,
        card: dict[str, Any] | None = None,
        slot: int = 0,
        holder: str = "",
    ) -> None:
        """Put a card down, made as `card` says; one that lies there goes first.

        `holder` is the TOML of somebody else than the usual holder.
        """
        who, how = person.load(Path(holder)) if holder else (self._holder, self._spec)
        spec = person.converted({**asdict(how), **(card or {}), "fault": fault}, Spec)
        self._put(personalise(who, self._portrait, self._csca, spec), slot)

    def insert_service(
        self,
        fault: str = Fault.NONE,
        pin: str = service.PIN,
        number: int = service.NUMBER,
        slot: int = 0,
    ) -> None:
        """Put a service card down; one that lies there goes first."""
        made = service.personalise_service(
            self._service, pin=pin, number=number, fault=Fault(fault)
        )
        self._put(made, slot)

    def _put(self, card: VirtualCard, slot: int) -> None:
        self.remove(slot)
        self._lying[slot] = CardOnReader(card, port=PORT + slot)

    def remove(self, slot: int = 0) -> None:
        """Take the card away; none is no error."""
        lying = self._lying.pop(slot, None)
        if lying is not None:
            lying.remove()

    def state(self) -> dict[str, Any]:
        """Say whether a card lies there, and which faults there are to choose from."""
        lying = 0 in self._lying and self._lying[0].is_there
        return {"card": lying, "faults": [str(fault) for fault in Fault]}


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--admin", type=Path, required=True, help="admin socket to serve")
    parser.add_argument("--trust", type=Path, required=True, help="folder for the CSCA certificate")
    parser.add_argument("--portrait", type=Path, required=True, help="JPEG of the holder")
    parser.add_argument("--person", type=Path, help="TOML of the holder; default the specimen")
    parser.add_argument("--service-trust", type=Path, help="the same for service cards")
    options = parser.parse_args()
    holder, spec = person.load(options.person) if options.person else (person.SPECIMEN, Spec())
    player = Player(holder, options.portrait.read_bytes(), spec)
    options.trust.mkdir(parents=True, exist_ok=True)
    (options.trust / "specimen_csca.pem").write_bytes(player.csca)
    if options.service_trust:
        options.service_trust.mkdir(parents=True, exist_ok=True)
        (options.service_trust / "specimen_service.pem").write_bytes(player.service_csca)
    verbs: dict[str, Verb] = {
        "insert": player.insert,
        "insert_service": player.insert_service,
        "remove": player.remove,
        "state": player.state,
    }
    AdminServer(options.admin, verbs)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
