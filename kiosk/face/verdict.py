"""What the local pre-check says of a distance: supports, or unclear; never more.

The register decides against its own record; a machine here never calls anybody an
impostor. The model's own default of 0.6 would accept 6 of 16 pairs of East Asian
strangers (docs/face.md), so it is not used.
"""

from typing import Final

from wire.vision import Comparison

SUPPORTS_UP_TO: Final = 0.40
"""Euclidean distance of two 128-d descriptors. At this limit, on portraits of 102
consenting Londoners: no false match in 20,604 pairs of strangers, 1 % of genuine pairs
left unclear; no figure for Hong Kong exists (docs/face.md)."""


def verdict(distance: float) -> Comparison:
    """Return the class of a distance."""
    return Comparison.SUPPORTS if distance <= SUPPORTS_UP_TO else Comparison.UNCLEAR
