"""The trial of one presentation, on frames: what `kiosk.face.trial` is fed with.

Two threads work on it: the camera's keeps a small picture of every frame (`frame`), the looking
one follows marks through them and asks (`look`). The photograph is its first look; identities
are compared by the embedding process meanwhile.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drivers.camera.camera import Picture
from kiosk.face.face_box import FaceBox
from kiosk.face.liveness import Verdict, judge
from kiosk.face.trial import Ask, Sight, Task, Trial, is_straight
from kiosk.vision import landmarks, signals
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import Grey, Points
from kiosk.vision.tracks import Tracks, smaller, times

Embed = Callable[[Picture], NDArray[np.float64]]
IDENTITY_EVERY_S: Final = 0.5
_MOST_KEPT: Final = 64
"""Two seconds of frames: a look that takes longer is a machine in trouble."""


class Presenting:
    """One trial before one camera."""

    def __init__(
        self,
        photo: Picture,
        points: Points,
        at_s: float,
        *,
        order: tuple[Task, ...],
        finder: FaceFinder,
        embed: Embed,
        camera: Callable[[], str],
        exposes: bool,
        clock: Callable[[], float],
    ) -> None:
        """Begin with the photograph.

        Args:
            photo: a frontal look; not kept.
            points: the face's 56 points in it.
            at_s: when.
            order: see `kiosk.face.trial.tasks`.
            finder: cuts faces out; used by the looking thread alone.
            embed: face chip to descriptor, in another process.
            camera: identity of the camera that gives the frames.
            exposes: its exposure can be set.
            clock: seconds, the one by which frames are taken.
        """
        self._finder = finder
        self._embed = embed
        self._camera = camera
        self._was_camera = camera()
        self._clock = clock
        self._trial = Trial(order, exposes=exposes)
        self._eyes_px = landmarks.eye_distance(points)
        self._identities = ThreadPoolExecutor(1, "identity")
        self._first = self._identity(photo, landmarks.box_of(points))
        self._later: list[Future[NDArray[np.float64]]] = []
        self._identity_at_s = at_s
        self._tracks: Tracks | None = None
        self._restart = False
        self._times = times(points)
        self._kept: deque[tuple[Grey, Points]] = deque()
        self._fingerprints: list[int] = []
        self._seen_at_s: list[float] = []
        self.ask = Ask()
        """What is wanted now."""

    def frame(self, picture: Picture, points: Points | None, at_s: float) -> None:
        """Keep what is followed of one frame, of every one."""
        self._fingerprints.append(signals.fingerprint(picture))
        if points is None:
            return
        self._seen_at_s.append(at_s)
        if len(self._kept) < _MOST_KEPT:
            face = points / self._times
            self._kept.append((smaller(picture, self._times, face), face))

    def look(
        self, picture: Picture, points: Points | None, boxes: list[FaceBox], at_s: float
    ) -> Ask:
        """Take one look; return what is wanted next.

        Args:
            picture: a frame.
            points: the face's 56 points in it, followed.
            boxes: what the detector found in it, if it was asked.
            at_s: when it was taken.
        """
        self._follow()
        sight = None if points is None else self._sight(picture, points)
        # Descriptors of turned and of very near faces drift; meanwhile the track holds it.
        if sight is not None and boxes and is_straight(sight):
            self._ask_identity(picture, boxes, at_s)
        self.ask = self._trial.see(sight, at_s, self._clock())
        if self.ask.from_here:
            self._restart = True
        return self.ask

    def verdict(self) -> Verdict:
        """Wait for the last descriptor and judge.

        Raises:
            DeviceTimeout: the embedding process died or hangs.
        """
        first = self._first.result()
        evidence = self._trial.evidence(
            fingerprints=self._fingerprints,
            seen_at_s=self._seen_at_s,
            distances=[float(np.linalg.norm(one.result() - first)) for one in self._later],
            same_camera=self._camera() == self._was_camera,
        )
        return judge(evidence)

    def wipe(self) -> None:
        """Overwrite what is held."""
        self._identities.shutdown(wait=True, cancel_futures=True)
        for small, _ in self._kept:
            small[:] = 0
        if self._tracks is not None:
            self._tracks.wipe()

    def _follow(self) -> None:
        """Follow the marks through the frames that were kept since the last look."""
        while self._kept:
            small, points = self._kept.popleft()
            if self._restart:
                self._restart = False
                self._tracks = Tracks(small, points)
            elif self._tracks is not None:
                self._tracks.follow(small)
            else:
                small[:] = 0

    def _sight(self, picture: Picture, points: Points) -> Sight:
        red, green, blue = signals.skin(picture, points)
        tracks = self._tracks
        return Sight(
            relief=None if tracks is None else tracks.moved.relief(),
            nearer=landmarks.eye_distance(points) / self._eyes_px,
            skin=(float(red), float(green), float(blue)),
            light=signals.light(picture),
        )

    def _ask_identity(self, picture: Picture, boxes: list[FaceBox], at_s: float) -> None:
        if at_s - self._identity_at_s >= IDENTITY_EVERY_S:
            self._identity_at_s = at_s
            self._later.append(self._identity(picture, max(boxes, key=lambda face: face.width)))

    def _identity(self, picture: Picture, box: FaceBox) -> Future[NDArray[np.float64]]:
        chip = self._finder.cut(picture, box)

        def embedded() -> NDArray[np.float64]:
            try:
                return self._embed(chip)
            finally:
                chip[:] = 0

        return self._identities.submit(embedded)
