"""A cohort file is descriptors and nothing else."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.face.cohort import BadCohort, pack, parse

FACES = np.random.default_rng(1).normal(0, 0.12, (7, 128))
CONTENT = pack(FACES)


def test_what_was_packed_is_read() -> None:
    assert np.allclose(parse(CONTENT), FACES, atol=1e-6)
    assert len(CONTENT) == 12 + 7 * 128 * 4


def with_number(value: float) -> bytes:
    return CONTENT[:12] + struct.pack("<f", value) + CONTENT[16:]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        CONTENT[:11],
        CONTENT[:-1],
        CONTENT + b"\0",
        b"COHORT02" + CONTENT[8:],
        CONTENT[:8] + struct.pack("<I", 6) + CONTENT[12:],
        CONTENT[:8] + struct.pack("<I", 0),
        CONTENT[:8] + struct.pack("<I", 2**32 - 1) + CONTENT[12:],
        with_number(float("nan")),
        with_number(float("inf")),
        with_number(3.5),
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(BadCohort) as caught:
        parse(content)
    assert caught.value.code == "vision.model_altered"


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(content: bytes) -> None:
    with pytest.raises(BadCohort):
        parse(content)
