"""The contact sheet says what the terminal would say."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.face.guidance import hint_for
from kiosk.vision.evaluate import hints
from kiosk.vision.evaluate.people import people as read_people
from kiosk.vision.evaluate.people import picture
from kiosk.vision.look import Looker
from tests.support.faces import people
from tests.support.heads import embedded
from wire.vision import FaceHint

pytestmark = pytest.mark.slow
WANTED = {
    "as it is": FaceHint.HOLD_STILL,
    "blur 4 px": FaceHint.BLURRED,
    "moved 25 px": FaceHint.BLURRED,
    "lit from one side": FaceHint.UNEVEN_LIGHT,
    "glasses": FaceHint.GLASSES,
    "mask": FaceHint.MASK,
    "too far": FaceHint.NEARER,
    "too near": FaceHint.BACK,
    "beside": FaceHint.RIGHT,
    "tilted": FaceHint.TURN_TO_CAMERA,
    "face on a shirt": FaceHint.HOLD_STILL,
    "two people": FaceHint.TWO_FACES,
}


@pytest.mark.parametrize(("capture", "wanted"), WANTED.items())
def test_each_capture_gets_the_hint_that_mends_it(capture: str, wanted: FaceHint) -> None:
    seer = embedded()
    portrait = picture(_first())
    view = hints._view(portrait, seer)
    points = seer.points(view)
    assert points is not None
    seen = hints.CAPTURES[capture](view, points, np.random.default_rng(1))
    values = Looker(seer.landmarks).see(seen, seer.finder.boxes_near_or_far(seen), None)
    assert hint_for(values) is wanted


def _first() -> Path:
    return min(people().values(), key=lambda one: one["neutral"])["neutral"]


def test_the_sheet_has_a_row_for_each_person_and_a_column_for_each_capture(tmp_path: Path) -> None:
    persons = read_people(_first().parent)[:1]
    hints.draw(persons, tmp_path / "out" / "sheet.png", seed=1)
    sheet = cv2.imread(str(tmp_path / "out" / "sheet.png"))
    assert sheet is not None
    assert sheet.shape[1] > len(hints.CAPTURES) * 320
