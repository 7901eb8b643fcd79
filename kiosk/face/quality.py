"""Is this picture of a face good enough to compare? Measures, their limits, a verdict.

Names follow ISO/IEC 29794-5:2025 and its reference implementation OFIQ 1.0 where they
measure the same thing; values are in plain units, not mapped to 0 to 100, so no figure
here is an OFIQ score. What needs a network of its own is not measured: unified score,
expression, occlusion maps, compression.

Rule: exposure is judged by what is clipped, never by a mean, which would ask more light
of dark skin.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Measure(StrEnum):
    """What is measured; gravest first where two cannot be mended at once."""

    SECOND_FACE = "second_face"
    INTER_EYE_DISTANCE = "inter_eye_distance"
    HEAD_SIZE = "head_size"
    OFFSET_X = "offset_x"
    OFFSET_Y = "offset_y"
    YAW = "head_pose_yaw"
    PITCH = "head_pose_pitch"
    ROLL = "head_pose_roll"
    GLASSES = "glasses"
    MASK = "mouth_occlusion"
    UNDER_EXPOSURE = "under_exposure"
    OVER_EXPOSURE = "over_exposure"
    DYNAMIC_RANGE = "dynamic_range"
    ILLUMINATION_UNIFORMITY = "illumination_uniformity"
    SHARPNESS = "sharpness"
    NATURAL_COLOUR = "natural_colour"
    HAT = "head_covering"
    EYES_OPEN = "eyes_open"
    MOUTH_OPEN = "mouth_open"


@dataclass(frozen=True, slots=True)
class Scale:
    """What a measure's numbers mean."""

    unit: str
    least: float
    most: float
    good_from: float
    good_to: float
    source: str
    """Of the measure and of its limits."""

    def holds(self, value: float) -> bool:
        """Say whether a value is good."""
        return self.good_from <= value <= self.good_to


_OWN = "our own; limits from docs/face.md, Quality"
SCALES: Final[Mapping[Measure, Scale]] = {
    Measure.SECOND_FACE: Scale("share of the first face's width", 0, 1, 0, 0.6, _OWN),
    Measure.INTER_EYE_DISTANCE: Scale(
        "px", 0, 4096, 90, 4096, "ISO/IEC 29794-5 inter-eye distance; 90 px: ISO/IEC 19794-5"
    ),
    Measure.HEAD_SIZE: Scale(
        "eyes to chin, share of the picture's height", 0, 2, 0, 0.42, "OFIQ HeadSize; 45 cm"
    ),
    Measure.OFFSET_X: Scale("share of the width, right positive", -1, 1, -0.14, 0.14, _OWN),
    Measure.OFFSET_Y: Scale(
        "share of the height, down positive; who sits is seen lower", -1, 1, -0.14, 0.22, _OWN
    ),
    Measure.YAW: Scale("degrees", -90, 90, -8, 8, "OFIQ HeadPoseYaw; ICAO 9303-3: 5 degrees"),
    Measure.PITCH: Scale(
        "degrees", -90, 90, -14, 14, "OFIQ HeadPosePitch; wide, as noses differ by 5 degrees"
    ),
    Measure.ROLL: Scale("degrees", -180, 180, -8, 8, "OFIQ HeadPoseRoll; ICAO 9303-3"),
    Measure.UNDER_EXPOSURE: Scale("share", 0, 1, 0, 0.5, "OFIQ UnderExposurePrevention: <= 25"),
    Measure.OVER_EXPOSURE: Scale("share", 0, 1, 0, 0.05, "OFIQ OverExposurePrevention: >= 247"),
    Measure.DYNAMIC_RANGE: Scale("bit", 0, 8, 4.5, 8, "OFIQ DynamicRange: entropy"),
    Measure.ILLUMINATION_UNIFORMITY: Scale(
        "overlap of the halves' histograms", 0, 1, 0.6, 1, "OFIQ IlluminationUniformity"
    ),
    Measure.SHARPNESS: Scale(
        "share of the gradient that a second blur takes", 0, 1, 0.15, 0.7, "Crete et al. 2007"
    ),
    Measure.MASK: Scale("CIELAB a, b, mouth to cheeks", 0, 180, 0, 12, _OWN),
    Measure.NATURAL_COLOUR: Scale(
        "CIELAB a, b outside of skin", 0, 180, 0, 8, "OFIQ NaturalColour; band our own"
    ),
    Measure.HAT: Scale("CIELAB distance, forehead to cheeks", 0, 180, 0, 60, _OWN),
    Measure.GLASSES: Scale("edges on the bridge, grey levels", 0, 1020, 0, 60, _OWN),
    Measure.EYES_OPEN: Scale(
        "lid gap over eye width, of the person's own", 0, 2, 0.75, 2, "Soukupova and Cech 2016"
    ),
    Measure.MOUTH_OPEN: Scale("lip gap, share of eyes to chin", 0, 1, 0, 0.08, "OFIQ MouthClosed"),
}
"""Each measure's unit, range and limits."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The verdict of one picture."""

    reasons: tuple[Measure, ...]
    """What does not hold, gravest first; empty when the picture is good."""

    @property
    def good(self) -> bool:
        """Whether the picture may be taken."""
        return not self.reasons


def judge(values: Mapping[Measure, float]) -> Quality:
    """Return what does not hold.

    Args:
        values: one number for each measure.

    Raises:
        KeyError: a measure is missing.
    """
    return Quality(tuple(one for one in Measure if not SCALES[one].holds(values[one])))
