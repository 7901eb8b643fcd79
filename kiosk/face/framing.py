"""Where must the citizen go so that the photograph succeeds? One hint at a time.

Rule 1: a hint stays for `DEBOUNCE_S` before another replaces it.
Rule 2: the photograph is taken after all was well for `HOLD_S` without a break.
Quality and liveness are not judged here; they come with their own measures.
Source of the limits: our own, for a 60 degree camera at 0.45 to 0.9 m.
"""

from dataclasses import dataclass
from typing import Final

from wire.vision import FaceHint

DEBOUNCE_S: Final = 0.8
HOLD_S: Final = 0.6
NEAREST: Final = 0.40
"""Widest face box, as a share of the picture's width; 45 cm."""
FARTHEST: Final = 0.17
OFF_CENTRE: Final = 0.14
"""Farthest the face's centre may lie from the picture's, as a share of its side."""
SECOND_FACE: Final = 0.6
"""A second face of this share of the first one's width is another person in front."""


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face in pixels of the whole picture."""

    x: float
    """Centre."""
    y: float
    width: float


def hint_for(faces: list[FaceBox], *, width: int, height: int) -> FaceHint:
    """Return what the citizen should do, gravest first."""
    if not faces:
        return FaceHint.NO_FACE
    first, *others = sorted(faces, key=lambda face: -face.width)
    if any(other.width >= SECOND_FACE * first.width for other in others):
        return FaceHint.TWO_FACES
    share = first.width / width
    if share < FARTHEST:
        return FaceHint.NEARER
    if share > NEAREST:
        return FaceHint.BACK
    off = max(abs(first.x / width - 0.5), abs(first.y / height - 0.5))
    return FaceHint.CENTRE if off > OFF_CENTRE else FaceHint.HOLD_STILL


@dataclass(frozen=True, slots=True)
class Guided:
    """What follows from one look at the citizen."""

    show: FaceHint | None
    """A hint to show now, or None to leave the one that stands."""
    take: bool
    """Take the photograph now."""


class Guide:
    """The hints of one citizen over time; `now_s` is passed in and never goes back."""

    def __init__(self) -> None:
        self._shown: FaceHint | None = None
        self._shown_at = 0.0
        self._well_since: float | None = None

    def see(self, hint: FaceHint, now_s: float) -> Guided:
        """Take one look; after `take` start a new guide."""
        well = hint is FaceHint.HOLD_STILL
        self._well_since = (
            (now_s if self._well_since is None else self._well_since) if well else None
        )
        due = self._shown is None or now_s - self._shown_at >= DEBOUNCE_S
        show = hint if due and hint is not self._shown else None
        if show is not None:
            self._shown, self._shown_at = show, now_s
        held = self._well_since is not None and now_s - self._well_since >= HOLD_S
        return Guided(show, take=held and self._shown is FaceHint.HOLD_STILL)
