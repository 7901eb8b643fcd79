"""What any receipt printer must do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from drivers.health import DeviceStatus


@dataclass(frozen=True, slots=True, repr=False)
class Bitmap:
    """One-bit rows, most significant bit left, 1 is black."""

    width_px: int
    """A multiple of eight."""
    rows: bytes

    @property
    def row_bytes(self) -> int:
        """Bytes of one row."""
        return self.width_px // 8

    @property
    def height_px(self) -> int:
        """Number of whole rows."""
        return len(self.rows) // self.row_bytes


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the printer can do."""

    width_px: int = 576
    dots_per_inch: int = 203


class Printer(Protocol):
    """One printer."""

    @property
    def capabilities(self) -> Capabilities:
        """What the printer can do."""

    def watch(self, on_event: Callable[[DeviceStatus], None]) -> None:
        """Call `on_event` with the present status at once and after each change.

        The calls come on a thread of the printer's own.
        """

    def print_bitmap(self, bitmap: Bitmap) -> None:
        """Print and cut; return when the paper is out of the printer.

        Raises:
            DeviceError: it did not; `code` says why (printer.*).
        """

    def close(self) -> None:
        """Stop watching and let the port go."""
