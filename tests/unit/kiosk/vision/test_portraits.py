"""Our way of comparing, on portraits of people who consented.

Studio portraits of one session: a good score here says little about a mall in Hong Kong.
"""

from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from kiosk.face.match import Band, compare
from kiosk.vision import models
from kiosk.vision.faces import FaceFinder, decoded
from tests.support.faces import people

pytestmark = pytest.mark.slow
PEOPLE = 6
CHIP_SIZE = (240, 320)


@pytest.fixture(scope="module")
def descriptors() -> dict[str, dict[str, NDArray[np.float64]]]:
    """The first few people: neutral as a chip carries it, smiling before the camera."""
    finder, encoder = FaceFinder(), models.encoder()

    def described(image: bytes) -> NDArray[np.float64]:
        picture = decoded(image)
        assert picture is not None
        chip = finder.chip(picture)
        assert chip is not None
        return np.array(encoder.compute_face_descriptor(chip, num_jitters=1))

    chosen = sorted(people().items())[:PEOPLE]
    return {
        person: {
            "neutral": described(as_on_a_chip(paths["neutral"])),
            "smiling": described(paths["smiling"].read_bytes()),
        }
        for person, paths in chosen
    }


def as_on_a_chip(path: Path) -> bytes:
    """The portrait, cut and made small."""
    picture = cv2.imread(str(path))
    assert picture is not None
    rows, columns = picture.shape[:2]
    width = rows * CHIP_SIZE[0] // CHIP_SIZE[1]
    left = (columns - width) // 2
    small = cv2.resize(picture[:, left : left + width], CHIP_SIZE, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()


def band(chip: NDArray[np.float64], live: NDArray[np.float64]) -> Band:
    return compare(chip, live, models.cohort(), models.match_policy()).band


def test_everybody_is_supported_by_their_own_chip(
    descriptors: dict[str, dict[str, NDArray[np.float64]]],
) -> None:
    for faces in descriptors.values():
        assert band(faces["neutral"], faces["smiling"]) is Band.MATCH


def test_nobody_is_supported_by_the_chip_of_another(
    descriptors: dict[str, dict[str, NDArray[np.float64]]],
) -> None:
    bands = [
        band(one[chip], another[live])
        for one, another in combinations(descriptors.values(), 2)
        for chip, live in (("neutral", "smiling"), ("smiling", "neutral"))
    ]
    assert len(bands) == PEOPLE * (PEOPLE - 1)
    assert Band.MATCH not in bands
