"""The cohort file: descriptors of people who agreed, for the ratio of `match`.

Layout, little endian: eight bytes `COHORT01`, the number of faces as 32 bits, then for
each 128 numbers of 32 bits. No name, no picture, no order that says who is who.
"""

import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.face.match import DESCRIPTOR

MOST_FACES: Final = 10_000
_MAGIC: Final = b"COHORT01"
_HEAD: Final = struct.Struct("<8sI")
_LONGEST: Final = 3.0
"""No descriptor of this network is longer; those of portraits measure 1.2 to 1.6."""


class BadCohort(ValueError):
    """Bytes that are no cohort."""

    code = "vision.model_altered"


def parse(content: bytes) -> NDArray[np.float64]:
    """Return the descriptors, one a row.

    Raises:
        BadCohort: another layout, no face or too many, or numbers that are no descriptor.
    """
    if len(content) < _HEAD.size:
        raise BadCohort("too short")
    magic, faces = _HEAD.unpack_from(content)
    if magic != _MAGIC:
        raise BadCohort("no cohort")
    if not 1 <= faces <= MOST_FACES or len(content) != _HEAD.size + faces * DESCRIPTOR * 4:
        raise BadCohort("another number of faces than it says")
    rows = np.frombuffer(content, "<f4", offset=_HEAD.size).reshape(faces, DESCRIPTOR)
    wide = rows.astype(np.float64)
    if not np.isfinite(wide).all() or np.linalg.norm(wide, axis=1).max() > _LONGEST:
        raise BadCohort("not descriptors")
    return wide


def pack(descriptors: NDArray[np.float64]) -> bytes:
    """Return the file of descriptors, one a row."""
    return _HEAD.pack(_MAGIC, len(descriptors)) + descriptors.astype("<f4").tobytes()
