"""What is held before the camera moves, and is lit, as such a thing would be."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from drivers.camera.liveliness import Liveliness
from drivers.camera.motion import Pose
from drivers.camera.person import BadPerson, Person
from drivers.camera.presented import Kind, Presented
from drivers.camera.sensor import WALL, Light, Sensor
from drivers.camera.serve import Cameras
from kiosk.vision import card_finder
from tests.support.faces import folder_of_pictures
from wire.document import CardHint

FACE = (slice(270, 400), slice(580, 700))
CORNER = (slice(20, 120), slice(970, 1070))
"""Of the room, which neither head nor print hides."""
SHARE = 0.2


@pytest.fixture(scope="module")
def holder() -> Person:
    return Person.load(folder_of_pictures() / "holder_person.npz")


def lit(picture: Picture, light: Light | None) -> NDArray[np.float64]:
    """Return linear light as a locked camera sees it, without noise to speak of."""
    sensor = Sensor(seed=1, follows=False)
    seen = np.mean([sensor.expose(picture, light, frame / 30) for frame in range(8)], axis=0)
    linear: NDArray[np.float64] = (seen / 255) ** 2.2
    return linear


def gained(presented: Presented, where: tuple[slice, slice]) -> float:
    """Return by how much a place becomes brighter in a green screen's light."""
    picture, before = presented.at(5.0)
    presented.light(np.array((0, SHARE, 0)))
    same, after = presented.at(5.0)
    assert np.array_equal(picture, same)
    more = lit(picture, after)[where] / np.maximum(lit(picture, before)[where], 1e-6)
    assert np.median(more[..., 0]) == pytest.approx(1, abs=0.01)
    return float(np.median(more[..., 1])) - 1


@pytest.mark.parametrize(
    ("kind", "face", "wall"),
    [
        (Kind.ALIVE, 1.0, WALL),
        (Kind.FLAT_PRINT, 1.3, 1.3 * WALL),
        (Kind.FRESH_REPLAY, 0.14, 0.14),
    ],
)
def test_the_screens_light_comes_back_from_a_face_most_from_a_print_hardly_from_a_tablet(
    holder: Person, kind: Kind, face: float, wall: float
) -> None:
    assert gained(Presented(holder, kind), FACE) == pytest.approx(SHARE * face, rel=0.1)
    assert gained(Presented(holder, kind), CORNER) == pytest.approx(SHARE * wall, rel=0.2)


def grey(picture: Picture) -> NDArray[np.uint8]:
    """Return a picture without colours."""
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def unflatness(presented: Presented, yaw: float) -> float:
    """Follow points of the face through a turn; return how badly a plane explains them, in px."""
    presented.go(Pose(yaw=yaw), 0.0)
    last = grey(presented.at(0.0)[0])
    face = np.zeros_like(last)
    cv2.ellipse(face, (640, 360), (110, 160), 0, 0, 360, 255, -1)
    start = points = cv2.goodFeaturesToTrack(last, 150, 0.01, 8, mask=face)
    alive = np.ones(len(points), bool)
    for frame in range(1, 50):
        now = grey(presented.at(frame / 30)[0])
        points, found, _ = cv2.calcOpticalFlowPyrLK(last, now, points, np.zeros_like(points))
        alive &= np.ravel(found) == 1
        last = now
    here, there = start[alive].reshape(-1, 2), points[alive].reshape(-1, 2)
    plane, _ = cv2.findHomography(here, there, cv2.RANSAC, 2.0)
    seen = cv2.perspectiveTransform(here[:, None], plane)[:, 0]
    return float(np.mean(np.linalg.norm(seen - there, axis=1)))


def test_a_head_that_turns_is_not_flat_and_a_print_is(holder: Person) -> None:
    head = unflatness(Presented(holder, Kind.ALIVE), 20)
    sheet = unflatness(Presented(holder, Kind.FLAT_PRINT), 20)
    assert head > 2.0
    assert sheet < 0.4


def test_between_two_poses_that_were_drawn_nothing_jumps(holder: Person) -> None:
    patch = holder.seen(yaw=9.0).picture[FACE]
    moved = []
    for yaw in np.arange(9.0, 13.01, 0.5):
        picture = holder.seen(yaw=float(yaw)).picture
        found = cv2.matchTemplate(picture[200:470, 520:800], patch, cv2.TM_CCOEFF_NORMED)
        _, score, _, place = cv2.minMaxLoc(found)
        assert score > 0.9
        moved.append(place[0])
    steps = np.diff(moved)
    assert steps.min() >= 0
    assert steps.max() <= 3
    assert moved[-1] - moved[0] >= 4


def test_who_comes_closer_grows_and_the_room_stays(holder: Person) -> None:
    near, far = holder.seen(nearer=1.4), holder.seen(nearer=1.0)
    assert (near.near > 128).sum() > 1.35 * (far.near > 128).sum()
    assert np.array_equal(near.picture[:, :100], far.picture[:, :100])


def test_an_old_replay_turns_when_it_turned_and_is_lit_as_it_was(holder: Person) -> None:
    old = Presented(holder, Kind.OLD_REPLAY)
    before = [old.stands(second / 4).yaw for second in range(80)]
    old.go(Pose(yaw=20, nearer=1.5), 0.0)
    assert [old.stands(second / 4).yaw for second in range(80)] == before
    assert max(before) > 15
    assert min(before) < -15
    shares = {tuple(light.share) for second in range(20) if (light := old.at(second / 2)[1])}
    assert len(shares) > 3


def test_an_old_replay_never_jumps(holder: Person) -> None:
    old = Presented(holder, Kind.OLD_REPLAY)
    yaws = np.array([old.stands(frame / 30).yaw for frame in range(900)])
    assert np.abs(np.diff(yaws)).max() < 2


def test_no_pose_is_taken_that_was_not_drawn(holder: Person) -> None:
    alive = Presented(holder, Kind.ALIVE)
    for pose in (Pose(yaw=40), Pose(nearer=3.0), Pose(nearer=0.1)):
        with pytest.raises(ValueError, match="farther"):
            alive.go(pose, 0.0)


def test_something_else_than_a_person_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.npz").write_bytes(b"")
    (tmp_path / "text.npz").write_text("no person")
    np.savez(tmp_path / "other.npz", canvas=np.zeros(3))
    for path in tmp_path.iterdir():
        with pytest.raises(BadPerson):
            Person.load(path)


def test_the_admin_verbs_move_and_light_whoever_stands_there() -> None:
    cameras = Cameras()
    with pytest.raises(ValueError, match="nobody"):
        cameras.pose(10)
    what = str(folder_of_pictures() / "holder_person.npz")
    cameras.show("face", what, kind="flat_print")
    assert cameras.state()["face"]["kind"] == "flat_print"
    cameras.pose(10, nearer=1.2)
    cameras.light(0.1, 0.0, 0.2)
    assert 0 <= cameras.state()["face"]["yaw"] <= 10
    with pytest.raises(ValueError, match="light"):
        cameras.light(-1, 0, 0)
    with pytest.raises(ValueError, match="sculpture"):
        cameras.show("face", what, kind="sculpture")


def test_whoever_stands_there_moves_by_the_clock_that_was_given() -> None:
    now = [100.0]
    cameras = Cameras(clock=lambda: now[0])
    cameras.show("face", str(folder_of_pictures() / "holder_person.npz"))
    cameras.pose(20)
    yaws = []
    for later in (0.0, 0.5, 1.0):
        now[0] = 100.0 + later
        yaws.append(cameras.state()["face"]["yaw"])
    assert yaws == pytest.approx([0, 10, 20])


def test_a_tray_without_a_card_is_seen_to_be_empty() -> None:
    seen = Cameras().scenes["document"].at(1.0)
    Liveliness().check(seen)
    assert card_finder.find(seen) is CardHint.NOTHING
