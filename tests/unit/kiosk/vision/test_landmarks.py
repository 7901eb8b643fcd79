"""The shipped landmark model sees a face that it never learnt, wherever it stands."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face.face_box import FaceBox
from kiosk.vision import landmarks
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import Points, TrainedLandmarks, box_of, eye_distance, mirrored
from tests.support.faces import folder_of_pictures


@pytest.fixture(scope="module")
def view() -> Picture:
    picture = cv2.imread(str(folder_of_pictures() / "holder_view.jpg"))
    assert picture is not None
    return picture.astype(np.uint8)


def grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8)


def found(picture: Picture) -> Points:
    [box] = FaceFinder().boxes(picture)
    return TrainedLandmarks()(grey(picture), box)


def apart(one: Points, other: Points) -> float:
    """Mean distance in shares of the eye distance."""
    return float(np.linalg.norm(one - other, axis=1).mean()) / eye_distance(other)


# Read off the picture by hand.
BY_HAND = {
    landmarks.PUPILS.start: (572, 243),
    landmarks.PUPILS.start + 1: (719, 250),
}


def test_the_parts_of_a_face_lie_in_their_order(view: Picture) -> None:
    points = found(view)
    assert points.shape == (landmarks.COUNT, 2)
    x, y = points.T
    assert (np.diff(x[landmarks.JAW]) > 0).all()
    assert np.argmax(y[landmarks.JAW]) == landmarks.CHIN
    for eye in (landmarks.EYE_FIRST, landmarks.EYE_SECOND):
        assert y[eye][1:4].max() < y[eye][5:].min()
    assert x[landmarks.EYE_FIRST].max() < x[landmarks.EYE_SECOND].min()
    assert (np.diff(y[landmarks.NOSE][:5]) > 0).all()
    assert y[landmarks.LIPS_INNER][:3].max() <= y[landmarks.LIPS_INNER][3:].min()
    assert y[landmarks.BROW_FIRST].max() < y[landmarks.EYE_FIRST].min()


def test_pupils_are_found_where_they_are(view: Picture) -> None:
    points = found(view)
    for index, place in BY_HAND.items():
        assert np.linalg.norm(points[index] - place) < 0.06 * eye_distance(points)


def test_a_mirrored_face_has_mirrored_points(view: Picture) -> None:
    points = found(view)
    back = mirrored(found(view[:, ::-1].copy()), view.shape[1])
    assert apart(back, points) < 0.05


def test_mirroring_twice_changes_nothing(view: Picture) -> None:
    points = found(view)
    assert np.allclose(mirrored(mirrored(points, 1280), 1280), points)


@pytest.mark.parametrize("scale", [0.5, 0.75, 1.5])
def test_the_distance_of_the_person_does_not_matter(view: Picture, scale: float) -> None:
    size = (round(1280 * scale), round(720 * scale))
    other = cv2.resize(view, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    assert apart(found(other) / scale, found(view)) < 0.03


def test_a_coarse_box_leads_to_the_same_points(view: Picture) -> None:
    [box] = FaceFinder().boxes(view)
    model, level = TrainedLandmarks(), grey(view)
    exact = model(level, box)
    for dx, dy, wider in ((0.08, 0, 1), (0, -0.08, 1), (0, 0, 1.15), (0, 0, 0.88)):
        moved = FaceBox(box.x + dx * box.width, box.y + dy * box.width, box.width * wider)
        assert apart(model(level, moved), exact) < 0.04


def test_a_face_is_followed_by_its_own_points(view: Picture) -> None:
    model = TrainedLandmarks()
    points = found(view)
    for step in range(1, 6):
        shifted = np.roll(view, 12 * step, axis=1)
        now = model(grey(shifted), box_of(points))
        assert apart(now - (12 * step, 0), found(view)) < 0.03
        points = now


def test_a_face_followed_closely_trembles_less(view: Picture) -> None:
    model, exact = TrainedLandmarks(), found(view)
    noise = np.random.default_rng(5)

    def spread(*, closely: bool) -> float:
        seen = [
            model.follow(
                np.clip(view + noise.normal(0, 4, view.shape), 0, 255).astype(np.uint8),
                box_of(exact + noise.normal(0, 2, 2)),
                closely=closely,
            )
            for _ in range(12)
        ]
        return float(np.std(seen, axis=0).mean())

    assert spread(closely=True) < 0.8 * spread(closely=False)


def test_the_box_of_points_turns_and_grows_with_them() -> None:
    points = np.zeros((landmarks.COUNT, 2))
    points[[15, 19, 23, 27], 0] = (80, 120, 180, 220)
    points[[15, 19, 23, 27], 1] = 300
    upright = box_of(points)
    assert upright.x == 150
    assert upright.width == pytest.approx(244)
    assert upright.y > 300
    assert box_of(points * 2).width == pytest.approx(488)
    assert eye_distance(points) == 100


def test_a_colour_picture_is_cut_as_its_grey_one_also_over_its_edge() -> None:
    picture = np.random.default_rng(3).integers(0, 255, (240, 320, 3)).astype(np.uint8)
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    for box in (FaceBox(160, 120, 100), FaceBox(20, 200, 150)):
        assert np.array_equal(landmarks.upright(picture, box)[0], landmarks.upright(grey, box)[0])


def test_a_cut_leads_back_to_the_picture() -> None:
    picture = np.zeros((400, 600), np.uint8)
    picture[180:184, 290:294] = 255
    for width in (64.0, 200.0, 900.0):
        cut, into = landmarks.upright(picture, FaceBox(300.0, 190.0, width))
        place = into @ (291.5, 181.5, 1)
        x, y = np.round(place).astype(int)
        assert cut.shape == (384, 384)
        assert cut[y - 2 : y + 3, x - 2 : x + 3].max() > 40
        assert cut.mean() < 60
