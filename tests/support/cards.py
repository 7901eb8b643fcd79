"""Virtual cards in the same process: a software chip as a channel."""

from io import BytesIO

from PIL import Image

from drivers.card.personalise.card import VirtualCard
from drivers.card.personalise.chip import Chip


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
