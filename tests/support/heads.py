"""A drawn head of the demo's holder, for tests that need a face that moves."""

from functools import cache

import cv2
import numpy as np

from kiosk.vision.evaluate.depths import DEPTH
from kiosk.vision.evaluate.embedded import Embedded
from kiosk.vision.evaluate.head import Head
from tests.support.faces import folder_of_pictures


@cache
def embedded() -> Embedded:
    return Embedded()


@cache
def holder_head() -> Head:
    """Return the holder, who is not one of those that the landmarks learnt from."""
    view = cv2.imread(str(folder_of_pictures() / "holder_view.jpg"))
    assert view is not None
    portrait = view.astype(np.uint8, copy=False)
    points = embedded().points(portrait)
    assert points is not None
    return Head.of(portrait, points, DEPTH)
