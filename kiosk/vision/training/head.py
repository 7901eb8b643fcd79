"""A portrait with points by hand, as a head that can be turned."""

from typing import Final

from kiosk.vision.evaluate.head import Head
from kiosk.vision.training.portraits import Portrait

# Depth towards the camera in distances between the pupils, by number of the hand's point;
# mirrored pairs stand together.
_DEPTH: Final[dict[tuple[int, ...], float]] = {
    (109, 112): -1.10, (125, 133): -0.78, (126, 132): -0.40, (128, 130): 0.02, (129,): 0.10,
    (71, 82): -0.20, (73, 80): 0.06, (76, 77): 0.14,
    (18, 27): -0.13, (19, 26): -0.02, (20, 25): 0.05, (21, 24): 0.03, (22, 23): 0.0,
    (28, 33): -0.04, (29, 32): 0.02, (30, 31): 0.02, (0, 1): 0.05,
    (51, 57): 0.14, (52, 58): 0.22, (53, 59): 0.33, (54, 60): 0.46, (55,): 0.30,
    (62, 67): 0.16, (64, 69): 0.24, (45, 48): 0.02, (44, 49): -0.02,
    (87, 93): 0.08, (89, 91): 0.28, (90,): 0.30, (106,): 0.26, (105, 107): 0.24,
    (95, 97): 0.24, (96,): 0.26, (101,): 0.25, (100, 102): 0.23, (177,): 0.16, (174,): 0.2,
    (159, 162): 0.08, (165, 168): -0.12, (164, 167): -0.30, (139, 140): -0.02,
    (137, 141): -0.15, (135, 143): -0.60, (134, 144): -0.85, (151,): -0.5, (145, 157): -0.7,
}  # fmt: skip


def head_of(portrait: Portrait) -> Head:
    """Cut a portrait about its pupils and lay the depth of 58 of its points over it."""
    depths = {index: z for pair, z in _DEPTH.items() for index in pair}
    eyes = (portrait.hand[0], portrait.hand[1])
    return Head.framed(portrait.picture, portrait.points, portrait.hand, depths, eyes)
