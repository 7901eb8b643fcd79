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
from enum import StrEnum
from typing import Final

from kiosk.face.planarity import LEAST_TURN_DEG

FLAT_BELOW: Final = 0.018
"""Residual of the rigid points over eye distance (docs/face.md, "Planarity")."""
LEAST_CORRELATION: Final = 0.80
LEAST_AMPLITUDE: Final = 0.012
"""Share of brightening by the screen; between a tablet's 0.005 and a face's 0.034 where
the screen gives 5 % of the light (docs/face.md, "Colours of the screen")."""


class Challenge(StrEnum):
    """What the citizen is asked to do."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    COME_CLOSER = "come_closer"


class Indicator(StrEnum):
    """Why a presentation is not supported."""

    FROZEN = "frozen"
    REPEATED = "repeated"
    EXPOSURE_IGNORED = "exposure_ignored"
    CAMERA_CHANGED = "camera_changed"
    TRACK_LOST = "track_lost"
    IDENTITY_CHANGED = "identity_changed"
    WRONG_MOVE = "wrong_move"
    FLAT = "flat"
    COLOURS_UNANSWERED = "colours_unanswered"
    ANSWER_TOO_WEAK = "answer_too_weak"
    # not measured
    NO_TURN = "no_turn"
    NO_COLOURS = "no_colours"
    NO_IDENTITY = "no_identity"
    NO_FRAMES = "no_frames"
    GENTLE = "gentle"


_UNMEASURED: Final = frozenset(
    {Indicator.NO_TURN, Indicator.NO_COLOURS, Indicator.NO_IDENTITY}
    | {Indicator.NO_FRAMES, Indicator.GENTLE}
)


class Presentation(StrEnum):
    """What a session says of the presentation."""

    SUPPORTED = "supported"
    """All was measured and nothing spoke against a bona fide presentation."""
    SUSPECTED = "suspected"
    INCONCLUSIVE = "inconclusive"


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
    turned_deg: float = 0.0
    """The farthest turn from the frontal still."""
    residual: float | None = None
    """Planarity at that turn."""
    correlation: float | None = None
    amplitude: float | None = None
    gentle: bool = False
    """The citizen asked for neither turns nor colours; staff look instead."""


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
    left = list(Challenge)
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
    turned = seen.residual is not None and seen.turned_deg >= LEAST_TURN_DEG
    coloured = seen.correlation is not None and seen.amplitude is not None
    answered = coloured and _reaches(seen.correlation, LEAST_CORRELATION)
    strong = _reaches(seen.amplitude, LEAST_AMPLITUDE)
    return [
        (Indicator.FROZEN, seen.frozen is True),
        (Indicator.REPEATED, seen.repeated is True),
        (Indicator.EXPOSURE_IGNORED, seen.answers_exposure is False),
        (Indicator.CAMERA_CHANGED, not seen.same_camera),
        (Indicator.TRACK_LOST, seen.unbroken is False),
        (Indicator.IDENTITY_CHANGED, seen.continuous is False),
        (Indicator.WRONG_MOVE, seen.moved_as_asked is False),
        (Indicator.FLAT, turned and not _reaches(seen.residual, FLAT_BELOW)),
        (Indicator.COLOURS_UNANSWERED, coloured and not answered),
        (Indicator.ANSWER_TOO_WEAK, answered and not strong),
        (Indicator.GENTLE, seen.gentle),
        (Indicator.NO_TURN, not turned and not seen.gentle),
        (Indicator.NO_COLOURS, not coloured and not seen.gentle),
        (Indicator.NO_IDENTITY, seen.continuous is None or seen.unbroken is None),
        (Indicator.NO_FRAMES, seen.frozen is None or seen.repeated is None),
    ]


def _reaches(value: float | None, least: float) -> bool:
    """Say whether a value reaches a limit; none, and what is no number, do not."""
    return value is not None and value >= least
