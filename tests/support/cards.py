"""Virtual cards in the same process: a software chip as a channel."""

import secrets
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from drivers.card.personalise.card import VirtualCard
from drivers.card.personalise.chip import Chip
from drivers.card.profile.plan import SHORT, ReadPlan
from drivers.card.profile.reading import CardProfile, CardRead, Print, whole
from drivers.card.protocol.dialogue import Dialogue
from drivers.card.protocol.trust import TrustStore
from tests.support.certificates import NOW


def portrait() -> bytes:
    """Return a small grey JPEG; what it shows does not matter here."""
    image = BytesIO()
    Image.new("L", (96, 128), 128).save(image, "JPEG")
    return image.getvalue()


class ChipChannel:
    """One power-up of a virtual card."""

    def __init__(self, card: VirtualCard) -> None:
        self._chip = Chip(card)
        self.commands: list[bytes] = []
        self.responses: list[bytes] = []

    def transmit(self, command: bytes) -> bytes:
        """Let the chip answer."""
        self.commands.append(command)
        self.responses.append(self._chip.answer(command))
        return self.responses[-1]


def reading(
    profile: CardProfile[Any, Any],
    printed: Print,
    trust: TrustStore,
    *,
    plan: ReadPlan = SHORT,
    now: datetime = NOW,
) -> Dialogue[CardRead]:
    """Return the whole dialogue with a card, unpredictable and silent."""
    return whole(
        profile,
        printed,
        trust,
        now=now,
        draw=secrets.randbelow,
        progress=lambda *_: None,
        plan=plan,
    )
