"""The card host: a child process that owns one reader.

``python -m kiosk.engine.card_host --reader NAME --trust FOLDER --service-trust FOLDER
--channel-fd N``.
It keeps nothing of a card or its print: what it read goes out in one message, and
both are dropped before it waits for the next order. A card that goes mute blocks it
for ever; then the engine kills it.
"""

import argparse
import contextlib
import secrets
import sys
import threading
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from drivers.card import trust_folder
from drivers.card.pcsc import PcscReader
from drivers.card.profile import service
from drivers.card.profile.hkid import HkidProfile, details
from drivers.card.profile.hkid_details import CardType
from drivers.card.profile.plan import ReadPlan
from drivers.card.profile.reading import CardRead, Print, Step, whole
from drivers.card.protocol.dialogue import Channel, Dialogue, converse
from drivers.card.protocol.trust import TrustStore
from drivers.card.read import read_card
from drivers.card.reader import CardReader, ReaderEvent
from drivers.errors import DeviceError
from drivers.host import CHANNEL_ARGUMENT, LONGEST_MESSAGE_BYTES, channel_of_parent
from kiosk.session.memory import guard
from wire.card import (
    CardContents,
    CardFailed,
    CardPresence,
    CardProbed,
    FromCardHost,
    OpenServiceCard,
    ProbeCard,
    ReadCard,
    ReaderChanged,
    ReadProgress,
    ReadStep,
    ServiceCardOpened,
    ToCardHost,
)
from wire.framing import decode, encode
from wire.message import DeviceState

PROFILE = HkidProfile()


class _Counted:
    """A channel that counts its commands."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.commands = 0

    def transmit(self, command: bytes) -> bytes:
        self.commands += 1
        return self._channel.transmit(command)


class CardHost:
    """Answers the engine, one reading at a time."""

    def __init__(
        self, reader: CardReader, trust: TrustStore, service_trust: TrustStore, channel: Connection
    ) -> None:
        self._reader = reader
        self._trust = trust
        self._service_trust = service_trust
        self._channel = channel
        self._saying = threading.Lock()

    def serve(self) -> None:
        """Serve until the engine closes the channel."""
        self._reader.watch(self._changed)
        try:
            while True:
                self._obey(self._channel.recv_bytes(LONGEST_MESSAGE_BYTES))
        except (EOFError, OSError):
            self._reader.close()

    def _obey(self, body: bytes) -> None:
        """Do as ordered; order and answer live no longer than this call."""
        order: ToCardHost = decode(body, ToCardHost)
        match order:
            case ProbeCard():
                self._say(self._probe())
            case OpenServiceCard(pin=pin):
                self._say(self._open_service(pin))
            case _:
                self._say(self._read(order))

    def _probe(self) -> CardProbed:
        """Ask for our own application; a card that cannot answer is no service card."""
        try:
            with self._reader.connect() as session:
                return CardProbed(converse(service.probe(), session))
        except DeviceError:
            return CardProbed(service=False)

    def _open_service(self, pin: str) -> ServiceCardOpened | CardFailed:
        """Let the service card check the PIN, and verify it."""

        def opening(plan: ReadPlan) -> Dialogue[service.ServiceCard]:
            now, trust = datetime.now(UTC), self._service_trust
            return service.whole(pin, trust, now=now, draw=secrets.randbelow, plan=plan)

        try:
            return ServiceCardOpened(read_card(self._reader, opening).number)
        except DeviceError as error:
            return CardFailed(error.code)

    def _say(self, message: FromCardHost) -> None:
        # The reader's thread speaks too, and a long message goes out in two pieces.
        with self._saying, contextlib.suppress(OSError):
            # An engine that is gone is noticed where its next order is awaited.
            self._channel.send_bytes(encode(message))

    def _changed(self, event: ReaderEvent) -> None:
        self._say(ReaderChanged(DeviceState(event.status.health), event.status.code))
        self._say(CardPresence(event.card_present))

    def _read(self, order: ReadCard) -> CardContents | CardFailed:
        began = time.monotonic()
        printed = Print(order.number, order.birth, order.issued)
        counters: list[_Counted] = []

        def counted(channel: Channel) -> Channel:
            counters.append(_Counted(channel))
            return counters[-1]

        def reading(plan: ReadPlan) -> Dialogue[CardRead]:
            return whole(
                PROFILE,
                printed,
                self._trust,
                now=datetime.now(UTC),
                draw=secrets.randbelow,
                progress=self._progress,
                plan=plan,
            )

        try:
            card = read_card(self._reader, reading, through=counted)
        except DeviceError as error:
            return CardFailed(error.code)
        said = details(card)
        return CardContents(
            number=card.number,
            name=card.name,
            birth=card.birth,
            sex=card.sex,
            chinese=said.chinese,
            codes=said.commercial_codes,
            issued=said.issued,
            first=said.first_registered,
            consular=said.card_type is CardType.CONSULAR,
            portrait=card.portrait,
            sod_digest=card.provenance.sod_digest,
            document_signer=card.provenance.chain.signer,
            access=card.provenance.access,
            chip=card.provenance.chip,
            apdus=sum(counter.commands for counter in counters),
            ms=round((time.monotonic() - began) * 1000),
        )

    def _progress(self, step: Step, share: float) -> None:
        self._say(ReadProgress(ReadStep(step), share))


def main() -> None:
    """Run the card host that the engine started."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", default="", help="PC/SC name; the first reader if empty")
    parser.add_argument("--trust", type=Path, required=True, help="folder of CSCA certificates")
    parser.add_argument(
        "--service-trust", type=Path, required=True, help="folder of those who issue service cards"
    )
    parser.add_argument(CHANNEL_ARGUMENT, type=int, required=True, help="given by the engine")
    options = parser.parse_args()
    guard(lock=True)
    channel = channel_of_parent(sys.argv[1:])
    trust, service_trust = (
        trust_folder.load(folder, now=datetime.now(UTC))
        for folder in (options.trust, options.service_trust)
    )
    CardHost(PcscReader(options.reader), trust, service_trust, channel).serve()


if __name__ == "__main__":
    main()
