"""Where a face is in a picture, as the detector says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face in pixels of the whole picture."""

    x: float
    """Centre."""
    y: float
    width: float
