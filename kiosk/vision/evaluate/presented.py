"""Let a synthetic presentation go through the terminal's own trial."""

from collections.abc import Callable
from typing import Final

from drivers.camera.camera import Picture
from kiosk.face.liveness import Verdict
from kiosk.face.trial import Ask, Task
from kiosk.vision.evaluate.embedded import Embedded
from kiosk.vision.evaluate.performer import FRAMES_PER_S, Performer
from kiosk.vision.presenting import Presenting
from kiosk.vision.tracker import Tracker

LONGEST_S: Final = 60.0
_DETECT_EVERY: Final = 3
"""In the terminal the detector sees every look; here that would only take time."""


def present(
    performer: Performer,
    order: tuple[Task, ...],
    *,
    seer: Embedded,
    watch: Callable[[Picture, float], None] = lambda *_: None,
) -> Verdict:
    """Return the terminal's verdict.

    Args:
        performer: what stands before the camera.
        order: the tasks of this trial.
        seer: finder, landmarks and network.
        watch: shown every frame with its time.

    Raises:
        RuntimeError: the trial does not end: a bug.
    """
    finder, embed = seer.finder, seer.embed
    tracker = Tracker(seer.landmarks)
    presenting: Presenting | None = None
    for count in range(round(LONGEST_S * FRAMES_PER_S)):
        at_s = count / FRAMES_PER_S
        ask = presenting.ask if presenting else Ask()
        picture = performer.frame(ask, at_s)
        watch(picture, at_s)
        points = tracker.follow(picture)
        if presenting is None:
            tracker.correct(finder.boxes(picture), at_s)
            if points is not None:
                presenting = Presenting(
                    picture, points, at_s, order=order, finder=finder, embed=embed,
                    camera=lambda: "synthetic", exposes=True, clock=lambda: performer.now_s,
                )  # fmt: skip
            continue
        presenting.frame(picture, points, at_s)
        boxes = []
        if count % _DETECT_EVERY == 0:
            boxes = finder.boxes(picture)
            tracker.correct(boxes, at_s)
        if presenting.look(picture, points, boxes, at_s).done:
            verdict = presenting.verdict()
            presenting.wipe()
            return verdict
    raise RuntimeError("a trial without an end")
