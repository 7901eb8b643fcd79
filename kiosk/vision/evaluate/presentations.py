"""Synthetic presentations: a face, or what an attacker holds, before a simulated camera.

Rendered with perspective, light of the screen, noise of the sensor, and white balance
locked or chasing. **They are drawings.** They show what a cue answers to; how often it errs
before a real print is for a real print to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face.flashes import Colour, sequence
from kiosk.vision.evaluate import degrade
from kiosk.vision.evaluate.head import Head, Pose

Floats = NDArray[np.float64]
HELD: Final = 4
"""Frames of a pose that are averaged."""
_NOISE: Final = 3.0
_GAMMA: Final = 2.2
_BACKGROUND: Final = 0.3
"""Share of the screen's light that reaches the wall."""


class Species(StrEnum):
    """What is presented (ISO/IEC 30107-3: attack instrument species).

    A print with eye holes is a flat print here: no verdict looks at blinks.
    """

    BONA_FIDE = "bona_fide"
    FLAT_PRINT = "flat_print"
    BENT_PRINT = "bent_print"
    OLD_REPLAY = "old_replay"
    FRESH_REPLAY = "fresh_replay"
    INJECTION = "injection"
    FROZEN = "frozen"


_PRINTS: Final = {Species.FLAT_PRINT, Species.BENT_PRINT}
_RECORDED: Final = {Species.OLD_REPLAY, Species.INJECTION}
_REFLECTS: Final = {
    **dict.fromkeys(_PRINTS, 1.3),
    Species.OLD_REPLAY: 0.14,
    Species.FRESH_REPLAY: 0.14,
    Species.INJECTION: 0.0,
}
"""How much of the screen's light comes back, over a face's: a print stands flat towards it,
a tablet shows its own light (facts: 0.045 and 0.005 over 0.034)."""


@dataclass(frozen=True, slots=True)
class Presentation:
    """One session's frames."""

    frontal: list[Picture]
    turned: list[Picture]
    lit: list[Picture]
    """One for each colour, frontal."""
    exposed: tuple[Picture, Picture]
    """Before and after the exposure time was halved."""
    moved_as_asked: bool
    points: Floats
    """Where the face is in the first frame: what the detector would say."""


def present(
    head: Head,
    species: Species,
    shown: Sequence[Colour],
    rng: np.random.Generator,
    *,
    chasing: bool,
) -> Presentation:
    """Render one session.

    Args:
        head: whose face.
        species: what is held before the camera.
        shown: the colours of this session.
        rng: draws hands, light and noise.
        chasing: white balance follows the light instead of being locked.
    """
    seen = _instrument(head, species, rng)
    # Attackers turn a print farther than a head, as it seems to turn less.
    farther = float(rng.uniform(1.0, 2.0)) if species in _PRINTS else 1.0
    turn = float(rng.choice((-1, 1)) * rng.uniform(18, 24)) * farther
    share = float(rng.uniform(0.05, 0.15))
    recorded = sequence(lambda count: int(rng.integers(count))) if species in _RECORDED else shown
    own = share * _REFLECTS.get(species, 1.0)
    lights = [1 + own * np.array(colour) for colour in shown]
    if species in _RECORDED:
        # What lit the victim then is in the recording; the tablet adds a little of today.
        lights = [
            today * (1 + share * np.array(then))
            for today, then in zip(lights, recorded, strict=True)
        ]
    frontal = list(_frames(seen, 0.0, species, rng))
    base, points = seen.seen(Pose())
    gains = np.ones(3)
    lit = []
    for light in lights:
        frame, gains = _white_balanced(_lit(base, seen, light), gains, chasing=chasing)
        lit.append(_sensed(frame, species, rng))
    dark = base if species is Species.INJECTION else degrade.exposed(base, 0.5)
    frames = (frontal, list(_frames(seen, turn, species, rng)))
    if species is Species.FROZEN:
        frames, lit, dark = (
            ([frontal[0]] * HELD, [frontal[0]] * HELD),
            [frontal[0]] * len(lit),
            base,
        )
    as_asked = species not in _RECORDED or bool(rng.integers(6) == 0)
    return Presentation(
        *frames, lit, (_sensed(base, species, rng), _sensed(dark, species, rng)), as_asked, points
    )


def _instrument(head: Head, species: Species, rng: np.random.Generator) -> Head:
    """Return what turns: a head, a plane, or a plane bent about an upright axis."""
    if species not in _PRINTS:
        return head
    if species is not Species.BENT_PRINT:
        return replace(head, flat=True)
    side = head.picture.shape[0]
    across = (np.arange(side) - side / 2) / (side / 4.8)
    bend = -float(rng.uniform(0.1, 0.35)) * across**2
    return replace(head, depth=np.tile(bend, (side, 1)).astype(np.float32))


def _frames(
    head: Head, yaw: float, species: Species, rng: np.random.Generator
) -> Iterator[Picture]:
    """Render some frames about one pose: nobody holds still."""
    for _ in range(HELD):
        away = rng.normal(0, 0.7, 3)
        pose = Pose(yaw=yaw + away[0], pitch=away[1], roll=away[2])
        yield _sensed(head.seen(pose)[0], species, rng)


def _lit(picture: Picture, head: Head, light: Floats) -> Picture:
    """Light a picture, the face fully and the wall a little; `light` is red, green, blue."""
    near = np.clip((head.depth[:, :, None] + 1.3) / 1.3, 0, 1)
    gain = 1 + (light[::-1] - 1) * (_BACKGROUND + (1 - _BACKGROUND) * near)
    linear = (picture / 255.0) ** _GAMMA * 0.7 * gain
    return np.array(255 * np.clip(linear, 0, 1) ** (1 / _GAMMA) + 0.5, np.uint8)


def _white_balanced(picture: Picture, gains: Floats, *, chasing: bool) -> tuple[Picture, Floats]:
    """Apply the camera's gains, which move half way to a grey world with each colour."""
    if not chasing:
        return picture, gains
    linear = (picture / 255.0) ** _GAMMA * gains
    seen = np.array(255 * np.clip(linear, 0, 1) ** (1 / _GAMMA) + 0.5, np.uint8)
    means = linear.mean(axis=(0, 1))
    return seen, gains * (means.mean() / means) ** 0.5


def _sensed(picture: Picture, species: Species, rng: np.random.Generator) -> Picture:
    """Add a tablet's grid where there is one, and the sensor's noise."""
    if species in {Species.OLD_REPLAY, Species.FRESH_REPLAY}:
        rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]]
        grid = 1 + 0.03 * np.sin(rows * 2.1) * np.sin(columns * 1.9)
        picture = np.clip(picture * grid[:, :, None], 0, 255).astype(np.uint8)
    return degrade.noisy(picture, _NOISE, rng)
