"""From measures to one hint, and from hints to a photograph.

Rule 1: one hint at a time, the gravest; it stays for `DEBOUNCE_S` before another.
Rule 2: after all held for `HOLD_S` a countdown runs; the best frame of it is the photograph.
Rule 3: what breaks during the countdown for longer than `FORGIVE_S` ends it.

"Left" and "right" are the citizen's own, who sees a mirrored preview.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.face.quality import SCALES, Measure, judge
from wire.vision import FaceHint

DEBOUNCE_S: Final = 0.8
HOLD_S: Final = 0.6
COUNTDOWN_S: Final = 2.0
FORGIVE_S: Final = 0.25
"""A blink takes 0.1 to 0.4 s: it must not end the countdown; our own estimate."""
LOOKS_FOR_PHOTO: Final = 10
"""A photograph is the best of at least so many good looks."""


_HINTS: Final[Mapping[Measure, tuple[FaceHint, FaceHint]]] = {
    Measure.SECOND_FACE: (FaceHint.TWO_FACES, FaceHint.TWO_FACES),
    Measure.INTER_EYE_DISTANCE: (FaceHint.NEARER, FaceHint.BACK),
    Measure.HEAD_SIZE: (FaceHint.NEARER, FaceHint.BACK),
    # The left of the camera's picture is where the citizen's right side is.
    Measure.OFFSET_X: (FaceHint.LEFT, FaceHint.RIGHT),
    Measure.OFFSET_Y: (FaceHint.DOWN, FaceHint.UP),
    Measure.YAW: (FaceHint.TURN_TO_CAMERA, FaceHint.TURN_TO_CAMERA),
    Measure.PITCH: (FaceHint.TURN_TO_CAMERA, FaceHint.TURN_TO_CAMERA),
    Measure.ROLL: (FaceHint.TURN_TO_CAMERA, FaceHint.TURN_TO_CAMERA),
    Measure.UNDER_EXPOSURE: (FaceHint.TOO_DARK, FaceHint.TOO_DARK),
    Measure.OVER_EXPOSURE: (FaceHint.TOO_BRIGHT, FaceHint.TOO_BRIGHT),
    Measure.DYNAMIC_RANGE: (FaceHint.TOO_DARK, FaceHint.TOO_DARK),
    Measure.ILLUMINATION_UNIFORMITY: (FaceHint.UNEVEN_LIGHT, FaceHint.UNEVEN_LIGHT),
    # Below the band a lens or a hand moved; above it is the noise of too little light.
    Measure.SHARPNESS: (FaceHint.BLURRED, FaceHint.TOO_DARK),
    Measure.MASK: (FaceHint.MASK, FaceHint.MASK),
    Measure.NATURAL_COLOUR: (FaceHint.UNEVEN_LIGHT, FaceHint.UNEVEN_LIGHT),
    Measure.HAT: (FaceHint.HAT, FaceHint.HAT),
    Measure.GLASSES: (FaceHint.GLASSES, FaceHint.GLASSES),
    Measure.EYES_OPEN: (FaceHint.EYES_CLOSED, FaceHint.EYES_CLOSED),
    Measure.MOUTH_OPEN: (FaceHint.MOUTH_OPEN, FaceHint.MOUTH_OPEN),
}
"""The hint for a value below its limits, and for one above."""


def hint_for(values: Mapping[Measure, float] | None) -> FaceHint:
    """Return the one hint of a look; None is a look without a face."""
    if values is None:
        return FaceHint.NO_FACE
    reasons = judge(values).reasons
    if not reasons:
        return FaceHint.HOLD_STILL
    below, above = _HINTS[reasons[0]]
    return below if values[reasons[0]] < SCALES[reasons[0]].good_from else above


def worth(values: Mapping[Measure, float]) -> float:
    """Say how well a good look will compare, higher is better: frontal, open eyes, sharp.

    Source: distance to the chip's portrait rises by 0.03 from yaw below 3 to 8 to 14
    degrees, and by 0.06 with closed eyes (docs/face.md, "Best frame").
    """
    turned = abs(values[Measure.YAW]) + abs(values[Measure.PITCH]) + abs(values[Measure.ROLL])
    shut = max(0.0, 1.0 - values[Measure.EYES_OPEN])
    return values[Measure.SHARPNESS] - turned / 30 - 2 * shut - 2 * values[Measure.MOUTH_OPEN]


@dataclass(frozen=True, slots=True)
class Guided:
    """What follows from one look."""

    show: FaceHint | None = None
    """A hint to show now; None leaves the one that stands."""
    keep: bool = False
    """This frame is the best so far: keep it, wipe the one kept before."""
    drop: bool = False
    """The countdown ended without a photograph: wipe what was kept."""
    left_s: float | None = None
    """What is left of the countdown; None while there is none."""
    take: bool = False
    """The frame kept is the photograph."""


class Guide:
    """The hints of one citizen over time; `now_s` never goes back.

    After `take`, start a new guide.
    """

    def __init__(self) -> None:
        self._shown: FaceHint | None = None
        self._shown_at = 0.0
        self._good_since: float | None = None
        self._good_at = 0.0
        self._counting_since: float | None = None
        self._looks = 0
        self._best: float | None = None

    def see(self, values: Mapping[Measure, float] | None, now_s: float) -> Guided:
        """Take one look."""
        hint = hint_for(values)
        good = values if hint is FaceHint.HOLD_STILL else None
        if good is not None:
            self._good_since = now_s if self._good_since is None else self._good_since
            self._good_at = now_s
        if self._counting_since is not None:
            return self._count(good, hint, now_s)
        if good is None:
            self._good_since = None
        show = self._due(hint, now_s)
        if (
            self._good_since is not None
            and now_s - self._good_since >= HOLD_S
            and self._shown is FaceHint.HOLD_STILL
        ):
            self._counting_since = now_s
            return self._count(good, hint, now_s)
        return Guided(show)

    def _count(self, good: Mapping[Measure, float] | None, hint: FaceHint, now_s: float) -> Guided:
        assert self._counting_since is not None
        if good is None and now_s - self._good_at > FORGIVE_S:
            kept = self._best is not None
            self._counting_since = self._good_since = self._best = None
            self._looks = 0
            return Guided(self._due(hint, now_s), drop=kept)
        keep = False
        if good is not None:
            value = worth(good)
            keep = self._best is None or value > self._best
            self._best = value if keep else self._best
            self._looks += 1
        left_s = max(0.0, self._counting_since + COUNTDOWN_S - now_s)
        take = left_s == 0 and self._looks >= LOOKS_FOR_PHOTO
        return Guided(keep=keep, left_s=left_s, take=take)

    def _due(self, hint: FaceHint, now_s: float) -> FaceHint | None:
        """Return the hint if it is new and the one that stands has stood long enough."""
        if self._shown is not None and now_s - self._shown_at < DEBOUNCE_S:
            return None
        if hint is self._shown:
            return None
        self._shown, self._shown_at = hint, now_s
        return hint
