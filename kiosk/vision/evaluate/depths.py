"""How deep a face's landmarks lie; our own estimate, for drawing turned heads."""

from typing import Final

DEPTH: Final[dict[int, float]] = {
    **dict(enumerate((-1.10, -0.78, -0.40, 0.02, 0.10, 0.02, -0.40, -0.78, -1.10))),
    **dict(zip(range(9, 15), (-0.20, 0.06, 0.14, 0.14, 0.06, -0.20), strict=True)),
    **dict(zip(range(15, 23), (-0.13, -0.02, 0.05, 0.03, 0.0, 0.02, 0.02, -0.04), strict=True)),
    **dict(zip(range(23, 31), (0.0, 0.03, 0.05, -0.02, -0.13, -0.04, 0.02, 0.02), strict=True)),
    **dict(zip(range(33, 42), (0.14, 0.22, 0.33, 0.46, 0.3, 0.16, 0.16, 0.24, 0.24), strict=True)),
    **dict(zip(range(42, 50), (0.08, 0.28, 0.3, 0.28, 0.08, 0.24, 0.26, 0.24), strict=True)),
}
"""Depth of the landmarks in distances between the eyes; our own estimate."""
