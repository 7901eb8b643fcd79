"""Is what comes from the camera one living stream? Frames, exposure, and one identity.

A sensor never gives the same frame twice: its noise differs. Equal frames in a row are a
frozen picture, equal frames apart are a loop.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

FROZEN_AFTER: Final = 4
"""So many equal frames in a row; a USB camera may repeat one when it is late."""
LOOP_FRAMES: Final = 5
"""So many frames in a row that were all seen before: chance does not make five."""
CONTINUOUS_UP_TO: Final = 0.35
"""Distance of a descriptor of the track to the first still's. Measured: mean 0.09
frontal, at most 0.245 over blinks and turns of one synthetic clip; strangers of the
London set stand at 0.46 or more (docs/face.md, "One identity")."""
LONGEST_GAP_S: Final = 0.35
"""A face out of sight for longer may be another when it comes back; our own."""
_EXPOSURE_SHARE: Final = 0.5
"""An answer to a change of exposure must be at least half of it; our own, for sensors
that are not linear."""


def frozen(fingerprints: Sequence[int]) -> bool:
    """Say whether a run of equal frames is too long for a camera.

    Args:
        fingerprints: of each frame in order; only equal frames have equal ones.
    """
    run = 1
    for before, now in pairwise(fingerprints):
        run = run + 1 if now == before else 1
        if run >= FROZEN_AFTER:
            return True
    return False


def repeated(fingerprints: Sequence[int]) -> bool:
    """Say whether a piece of the stream came twice, frame by frame; repeats in a row aside."""
    seen: set[tuple[int, ...]] = set()
    changes = [
        now
        for before, now in zip((None, *fingerprints), fingerprints, strict=False)
        if now != before
    ]
    for end in range(LOOP_FRAMES, len(changes) + 1):
        piece = tuple(changes[end - LOOP_FRAMES : end])
        if piece in seen:
            return True
        seen.add(piece)
    return False


def answers_exposure(before: float, after: float, *, factor: float) -> bool:
    """Say whether a known change of exposure was seen: injected frames do not know of it.

    Args:
        before: mean linear light of the frame, clipped pixels left out.
        after: the same once the change has come through.
        factor: of the exposure time asked for, not 1.

    Raises:
        ValueError: nothing was changed, or there was no light.
    """
    if before <= 0 or after <= 0 or factor <= 0 or factor == 1:
        raise ValueError("light, and a change of exposure")
    asked, seen = factor - 1, after / before - 1
    return seen / asked >= _EXPOSURE_SHARE


def continuous(distances: Sequence[float]) -> bool:
    """Say whether every descriptor of the track is the first still's person; none says no."""
    return bool(distances) and all(distance <= CONTINUOUS_UP_TO for distance in distances)


def unbroken(seen_at_s: Sequence[float]) -> bool:
    """Say whether the face was never out of sight for longer than `LONGEST_GAP_S`."""
    return bool(seen_at_s) and all(
        now - before <= LONGEST_GAP_S for before, now in pairwise(seen_at_s)
    )
