"""Presentation-attack indicators of one session, fused to a verdict with named reasons.

Words of ISO/IEC 30107-1 and -3; no conformity is claimed. Every indicator is told by
name, none is weighed in secret, and one that was not measured is never taken for a good
one. What none of them tells: live relay, masks of a face, morphs, a good tablet with a
fresh recording where the screen's light is weak (docs/face.md, "What it does not stop").

Rule: the verdict says *supported*, *suspected* or *inconclusive*; the two latter lead to
another try and then to staff, never to a rejection.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wire.vision import Challenge, Indicator, Presentation

__all__ = ["Challenge", "Evidence", "Indicator", "Presentation", "Verdict", "challenges", "judge"]

LEAST_HEIGHT: Final = 0.030
"""Of `kiosk.face.relief`, in distances between the eyes (docs/face.md, "Relief")."""
LEAST_CORRELATION: Final = 0.80
LEAST_AMPLITUDE: Final = 0.012
"""Share of brightening by the screen; between a tablet's 0.005 and a face's 0.034 where
the screen gives 5 % of the light (docs/face.md, "Colours of the screen")."""

_UNMEASURED: Final = frozenset(
    {Indicator.NO_MOVE, Indicator.NO_COLOURS, Indicator.NO_IDENTITY, Indicator.NO_FRAMES}
)
_MOVES: Final = (Challenge.TURN_LEFT, Challenge.TURN_RIGHT, Challenge.COME_CLOSER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was measured; None is what was not."""

    frozen: bool | None = None
    repeated: bool | None = None
    answers_exposure: bool | None = None
    """None where the camera's exposure cannot be set: then it is not asked for."""
    same_camera: bool = True
    unbroken: bool | None = None
    continuous: bool | None = None
    moved_as_asked: bool | None = None
    """None where a move was not made in time."""
    height: float | None = None
    """Relief at the turn; None where nothing turned, as a head or as a sheet."""
    correlation: float | None = None
    amplitude: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, and every reason for it; recorded, unlike any picture."""

    presentation: Presentation
    reasons: tuple[Indicator, ...]


def challenges(below: Callable[[int], int]) -> tuple[Challenge, Challenge]:
    """Return two different moves in a random order, at least one of them a turn.

    Args:
        below: see `kiosk.face.flashes.sequence`.
    """
    left = list(_MOVES)
    first = left.pop(below(len(left)))
    return first, left[below(len(left))]


def judge(seen: Evidence) -> Verdict:
    """Fuse the evidence; what speaks against is told even where other things were not measured."""
    reasons = tuple(indicator for indicator, holds in _checks(seen) if holds)
    if not reasons:
        return Verdict(Presentation.SUPPORTED, ())
    suspected = not _UNMEASURED.issuperset(reasons)
    return Verdict(Presentation.SUSPECTED if suspected else Presentation.INCONCLUSIVE, reasons)


def _checks(seen: Evidence) -> list[tuple[Indicator, bool]]:
    coloured = seen.correlation is not None and seen.amplitude is not None
    answered = coloured and _reaches(seen.correlation, LEAST_CORRELATION)
    strong = _reaches(seen.amplitude, LEAST_AMPLITUDE)
    turned = seen.height is not None
    return [
        (Indicator.FROZEN, seen.frozen is True),
        (Indicator.REPEATED, seen.repeated is True),
        (Indicator.EXPOSURE_IGNORED, seen.answers_exposure is False),
        (Indicator.CAMERA_CHANGED, not seen.same_camera),
        (Indicator.TRACK_LOST, seen.unbroken is False),
        (Indicator.IDENTITY_CHANGED, seen.continuous is False),
        (Indicator.WRONG_MOVE, seen.moved_as_asked is False),
        (Indicator.FLAT, turned and not _reaches(seen.height, LEAST_HEIGHT)),
        (Indicator.COLOURS_UNANSWERED, coloured and not answered),
        (Indicator.ANSWER_TOO_WEAK, answered and not strong),
        (Indicator.NO_MOVE, not turned or seen.moved_as_asked is None),
        (Indicator.NO_COLOURS, not coloured),
        (Indicator.NO_IDENTITY, seen.continuous is None or seen.unbroken is None),
        (Indicator.NO_FRAMES, seen.frozen is None or seen.repeated is None),
    ]


def _reaches(value: float | None, least: float) -> bool:
    """Say whether a value reaches a limit; none, and what is no number, do not."""
    return value is not None and value >= least
