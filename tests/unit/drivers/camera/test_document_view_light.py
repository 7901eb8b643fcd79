"""The simple camera model: what it shows is what lies there, and straightens back."""

import cv2
import numpy as np

from drivers.camera.camera import Picture
from drivers.camera.document_view_light import STRAIGHT, View


def art() -> Picture:
    """Fields of 5 mm at 20 px/mm."""
    fields = np.random.default_rng(2).integers(60, 200, (11, 18, 3)).astype(np.uint8)
    return fields.repeat(100, axis=0).repeat(100, axis=1)[:1080, :1712]


def test_a_straightened_frame_is_the_art_within_noise_and_exposure() -> None:
    small = cv2.resize(art(), STRAIGHT, interpolation=cv2.INTER_AREA).astype(float)
    for seed in range(5):
        view = View(np.random.default_rng(seed))
        frame = view.picture(art())
        assert frame.shape == (720, 1280, 3)
        straight = view.straight(frame).astype(float)
        middles = (slice(30, 600, 60), slice(30, 1000, 60))
        gain = np.median(straight[middles] / small[middles], axis=(0, 1))
        assert (np.abs(gain - 1) < 0.2).all()
        assert np.abs(straight[middles] / gain - small[middles]).mean() < 5


def test_the_tray_is_dark_around_the_card() -> None:
    frame = View(np.random.default_rng(1)).picture(art())
    edge = np.concatenate((frame[:5].ravel(), frame[-5:].ravel(), frame[:, :5].ravel()))
    assert edge.mean() < 60


def test_two_frames_of_a_view_differ_by_noise_alone() -> None:
    view = View(np.random.default_rng(1))
    one, other = (view.picture(art()).astype(int) for _ in range(2))
    assert 0 < np.abs(one - other).mean() < 6


def test_the_same_seed_shows_the_same() -> None:
    one, other = (View(np.random.default_rng(9)).picture(art()) for _ in range(2))
    assert np.array_equal(one, other)
