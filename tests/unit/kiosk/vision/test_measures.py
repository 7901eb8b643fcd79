"""Each measure answers to what it is named for, and its hint follows."""

from collections.abc import Callable
from itertools import pairwise

import cv2
import numpy as np
import pytest

from drivers.camera.camera import Picture
from kiosk.face.guidance import hint_for
from kiosk.face.quality import SCALES, Measure
from kiosk.vision import landmarks, measures
from kiosk.vision.evaluate import degrade, worn
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import Points, TrainedLandmarks
from kiosk.vision.training.expression import with_lids, with_mouth
from tests.support.faces import folder_of_pictures
from wire.vision import FaceHint

Values = dict[Measure, float]
Change = Callable[[Picture, Points], Picture]
RNG = np.random.default_rng(7)


def found(picture: Picture) -> Points:
    [box] = FaceFinder().boxes(picture)
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    return TrainedLandmarks()(grey, box)


@pytest.fixture(scope="module")
def view() -> Picture:
    picture = cv2.imread(str(folder_of_pictures() / "holder_view.jpg"))
    assert picture is not None
    return picture.astype(np.uint8)


@pytest.fixture(scope="module")
def points(view: Picture) -> Points:
    return found(view)


@pytest.fixture(scope="module")
def plain(view: Picture, points: Points) -> Values:
    return measures.measure(view, points)


def test_every_measure_is_taken_and_lies_in_its_range(plain: Values) -> None:
    assert set(plain) == set(Measure)
    for one, value in plain.items():
        assert SCALES[one].least <= value <= SCALES[one].most


def test_a_portrait_by_day_is_good_but_for_the_smile(view: Picture, points: Points) -> None:
    opening = measures.eye_opening(points)
    values = measures.measure(view, points, own_eyes=opening)
    failing = {one for one in Measure if not SCALES[one].holds(values[one])}
    assert failing <= {Measure.MOUTH_OPEN, Measure.PITCH}


LESS: list[tuple[Measure, Change]] = [
    (Measure.SHARPNESS, lambda one, _: degrade.blurred(one, 3)),
    (Measure.ILLUMINATION_UNIFORMITY, lambda one, _: degrade.lit_from_side(one, 0.95)),
    (Measure.DYNAMIC_RANGE, lambda one, _: degrade.exposed(one, 0.03)),
    (Measure.EYES_OPEN, lambda one, points: with_lids(one, points, closed=1.0)[0]),
]
MORE: list[tuple[Measure, Change]] = [
    (Measure.SHARPNESS, lambda one, _: degrade.noisy(one, 20, RNG)),
    (Measure.OVER_EXPOSURE, lambda one, _: degrade.exposed(one, 4)),
    (Measure.UNDER_EXPOSURE, lambda one, _: degrade.exposed(one, 0.01)),
    (Measure.GLASSES, worn.with_glasses),
    (Measure.MASK, lambda one, points: worn.with_mask(one, points, colour=(225, 205, 180))),
    (Measure.HAT, lambda one, points: worn.with_hat(one, points, colour=(20, 20, 20))),
    (Measure.NATURAL_COLOUR, lambda one, _: (one * (1.0, 0.7, 0.4)).astype(np.uint8)),
    (Measure.MOUTH_OPEN, lambda one, points: with_mouth(one, points, open_px=40)[0]),
]


@pytest.mark.parametrize(("measure", "change"), LESS)
def test_a_fault_lowers_its_measure(
    view: Picture, points: Points, plain: Values, measure: Measure, change: Change
) -> None:
    after = change(view, points)
    assert measures.measure(after, found(after))[measure] < 0.8 * plain[measure]


@pytest.mark.parametrize(("measure", "change"), MORE)
def test_a_fault_raises_its_measure(
    view: Picture, points: Points, plain: Values, measure: Measure, change: Change
) -> None:
    after = change(view, points)
    # What is worn hides the points: they are those of the moment before.
    values = measures.measure(after, points if measure in WORN else found(after))
    assert values[measure] > 1.25 * plain[measure] + 0.01


WORN = {Measure.MASK, Measure.HAT, Measure.GLASSES, Measure.UNDER_EXPOSURE, Measure.OVER_EXPOSURE}


def test_exposure_is_not_judged_by_a_mean(view: Picture, points: Points) -> None:
    darker = measures.measure(degrade.exposed(view, 0.4), points)
    for one in (Measure.UNDER_EXPOSURE, Measure.OVER_EXPOSURE, Measure.DYNAMIC_RANGE):
        assert SCALES[one].holds(darker[one])


def test_offset_size_and_eye_distance_follow_the_face(view: Picture, points: Points) -> None:
    centre = np.array((640.0, 360.0))
    half = measures.measure(view, (points - centre) * 0.5 + centre)
    whole = measures.measure(view, points)
    assert half[Measure.INTER_EYE_DISTANCE] == pytest.approx(
        whole[Measure.INTER_EYE_DISTANCE] / 2, rel=0.02
    )
    assert half[Measure.HEAD_SIZE] == pytest.approx(whole[Measure.HEAD_SIZE] / 2)
    right = measures.measure(view, points + np.array((128.0, 72.0)))
    assert right[Measure.OFFSET_X] == pytest.approx(whole[Measure.OFFSET_X] + 0.1)
    assert right[Measure.OFFSET_Y] == pytest.approx(whole[Measure.OFFSET_Y] + 0.1)


def test_light_is_read_alike_near_and_far(view: Picture, points: Points) -> None:
    far = cv2.resize(view, (800, 450), interpolation=cv2.INTER_AREA).astype(np.uint8)
    near, away = measures.measure(view, points), measures.measure(far, points * 0.625)
    for one in (Measure.ILLUMINATION_UNIFORMITY, Measure.DYNAMIC_RANGE, Measure.MASK):
        assert away[one] == pytest.approx(near[one], rel=0.15, abs=1)


def test_roll_is_the_slope_of_the_eyes(view: Picture, points: Points) -> None:
    turn = cv2.getRotationMatrix2D((640, 330), -12, 1)
    turned = points @ turn[:, :2].T + turn[:, 2]
    before = measures.measure(view, points)[Measure.ROLL]
    assert measures.measure(view, turned)[Measure.ROLL] == pytest.approx(before + 12, abs=1)


def test_closing_eyes_close(view: Picture, points: Points) -> None:
    openings = [
        measures.eye_opening(found(with_lids(view, points, closed=closed)[0]))
        for closed in (0.0, 0.5, 1.0)
    ]
    assert all(later < 0.85 * before for before, later in pairwise(openings))


def test_a_second_face_and_a_person_with_narrow_eyes(view: Picture, points: Points) -> None:
    two = measures.measure(view, points, second_face=0.8)
    assert hint_for(two) is FaceHint.TWO_FACES
    own = measures.eye_opening(points)
    assert measures.measure(view, points, own_eyes=own)[Measure.EYES_OPEN] == pytest.approx(1)


@pytest.mark.parametrize("shift", [(-700.0, 0.0), (700.0, 0.0), (0.0, -400.0), (0.0, 500.0)])
def test_a_face_that_leaves_the_picture_is_still_measured(
    view: Picture, points: Points, shift: tuple[float, float]
) -> None:
    values = measures.measure(view, points + shift)
    assert all(np.isfinite(value) for value in values.values())
    assert not SCALES[Measure.OFFSET_X].holds(values[Measure.OFFSET_X]) or not SCALES[
        Measure.OFFSET_Y
    ].holds(values[Measure.OFFSET_Y])


def test_an_upright_face_has_its_eyes_where_they_belong(view: Picture, points: Points) -> None:
    face = measures.upright(view, points)
    first, second = landmarks.eye_centres(face.points)
    assert np.allclose(second - first, (measures.EYES_PX, 0), atol=1e-6)


def test_an_even_grey_has_no_sharpness(points: Points) -> None:
    grey = np.full((720, 1280, 3), 90, np.uint8)
    values = measures.measure(grey, points)
    assert values[Measure.SHARPNESS] == 0
    assert values[Measure.DYNAMIC_RANGE] == 0
