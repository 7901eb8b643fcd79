"""One attempt at a photograph: guidance, the best frame, then the trial of its presentation.

Two threads work on it: the camera's follows every frame (`frame`), the looking one judges
what was followed (`look`). What is to be said comes back as messages, for the vision
process to say while the attempt is still wanted.

Rule: `wipe` overwrites every picture that is held; it may be called twice.
"""

from collections.abc import Callable
from math import ceil
from typing import Final

import cv2

from drivers.camera.camera import Picture
from kiosk.face import trial
from kiosk.face.face_box import FaceBox
from kiosk.face.guidance import Guide, Guided
from kiosk.face.liveness import Verdict
from kiosk.face.trial import Ask
from kiosk.vision.faces import FaceFinder
from kiosk.vision.landmarks import Landmarks, Points
from kiosk.vision.look import Looker
from kiosk.vision.presenting import Embed, Presenting
from kiosk.vision.tracker import Tracker
from wire.vision import (
    Asked,
    Challenge,
    Coloured,
    FaceHint,
    FromVision,
    Hint,
    Indicator,
    Photo,
    Presentation,
    Presented,
)

LOOK_EVERY_S: Final = 0.09
TRY_EVERY_S: Final = 0.06
"""Ten looks a second for hints, fifteen while a presentation is tried."""
DETECT_EVERY_S: Final = 0.25
"""So often the detector corrects while a presentation is tried."""
_PHOTO: Final = [cv2.IMWRITE_JPEG_QUALITY, 92]
_TOLD_STEP: Final = 0.1
_OWN_COLOUR: Final = -1
_GOES_ON: Final = frozenset({Presentation.SUPPORTED, Presentation.NOT_MADE})


class Attempt:
    """One citizen before the camera, until a photograph is taken or refused."""

    def __init__(
        self,
        *,
        finder: FaceFinder,
        find: Landmarks,
        embed: Embed,
        below: Callable[[int], int],
        camera: Callable[[], str],
        exposes: Callable[[], bool],
        gentle: bool,
        clock: Callable[[], float],
    ) -> None:
        """Begin with nothing known.

        Args:
            finder: of faces; used by the looking thread alone.
            find: landmarks.
            embed: face chip to descriptor, in another process.
            below: see `kiosk.face.flashes.sequence`.
            camera: identity of the camera that gives the frames.
            exposes: whether its exposure can be set.
            gentle: no moves, no colours.
            clock: seconds, the one by which frames are taken.
        """
        self._finder = finder
        self._tracker = Tracker(find)
        self._looker = Looker(find)
        self._guide = Guide()
        self._embed = embed
        self._below = below
        self._camera = camera
        self._exposes = exposes
        self._gentle = gentle
        self._clock = clock
        self._looked_at_s = float("-inf")
        self._detected_at_s = float("-inf")
        self._seconds_told = 0
        self._told: tuple[Challenge, float] | None = None
        self._colour_told = _OWN_COLOUR
        self._presenting: Presenting | None = None
        self.photo: Picture | None = None
        """The best frame of the countdown so far."""
        self.over = False
        """Nothing more comes of it; `photo` is the photograph, or None."""

    @property
    def locked(self) -> bool:
        """Whether exposure and white balance must stand still."""
        return self._presenting is not None

    @property
    def exposure(self) -> float:
        """The factor on the locked exposure that is wanted now."""
        return self._presenting.ask.exposure if self._presenting else 1.0

    def frame(self, picture: Picture, at_s: float, *, closely: bool = True) -> Points | None:
        """Follow one frame, every one; return the face's points in it.

        Args:
            picture: the frame.
            at_s: when it was taken.
            closely: it will be looked at.
        """
        points = self._tracker.follow(picture, closely=closely)
        if self._presenting is not None:
            self._presenting.frame(picture, points, at_s)
        return points

    def due(self, at_s: float) -> bool:
        """Say whether this frame should be looked at: not every one, that others get time."""
        every_s = LOOK_EVERY_S if self._presenting is None else TRY_EVERY_S
        if at_s - self._looked_at_s < every_s:
            return False
        self._looked_at_s = at_s
        return True

    def look(self, picture: Picture, points: Points | None, at_s: float) -> list[FromVision]:
        """Judge one frame; return what is to be said.

        Raises:
            DeviceTimeout: the embedding process died or hangs.
        """
        if self._presenting is None:
            boxes = self._finder.boxes_near_or_far(picture)
            self._tracker.correct(boxes, at_s)
            seen = self._looker.see(picture, boxes, points)
            return self._guided(self._guide.see(seen, at_s), picture, at_s)
        boxes = self._detected(picture, at_s)
        ask = self._presenting.look(picture, points, boxes, at_s)
        return self._ended(self._presenting.verdict()) if ask.done else self._told_now(ask)

    def _detected(self, picture: Picture, at_s: float) -> list[FaceBox]:
        """Return what the detector finds in this frame, if it is asked."""
        if at_s - self._detected_at_s < DETECT_EVERY_S:
            return []
        self._detected_at_s = at_s
        boxes = self._finder.boxes(picture)
        self._tracker.correct(boxes, at_s)
        return boxes

    def wipe(self) -> None:
        """Overwrite what is held."""
        self.over = True
        self._drop()
        if self._presenting is not None:
            self._presenting.wipe()

    def _drop(self) -> None:
        if self.photo is not None:
            self.photo[:] = 0
            self.photo = None

    def _guided(self, guided: Guided, picture: Picture, at_s: float) -> list[FromVision]:
        messages: list[FromVision] = []
        if guided.drop or guided.keep:
            self._drop()
        if guided.keep:
            self.photo = picture.copy()
        if guided.left_s is not None and ceil(guided.left_s) != self._seconds_told:
            self._seconds_told = ceil(guided.left_s)
            messages.append(Hint(FaceHint.HOLD_STILL, self._seconds_told))
        if guided.show is not None:
            self._seconds_told = 0
            messages.append(Hint(guided.show))
        if guided.take and self.photo is not None:
            messages += self._taken(self.photo, at_s)
        return messages

    def _taken(self, photo: Picture, at_s: float) -> list[FromVision]:
        """The photograph is taken: it is the first look of the trial."""
        points = self._looker.points(photo, self._finder.boxes(photo))
        if self._gentle:
            return self._ended(Verdict(Presentation.NOT_MADE, ()))
        if points is None:
            return self._ended(Verdict(Presentation.INCONCLUSIVE, (Indicator.NO_FRAMES,)))
        self._presenting = Presenting(
            photo,
            points,
            at_s,
            order=trial.tasks(self._below),
            finder=self._finder,
            embed=self._embed,
            camera=self._camera,
            exposes=self._exposes(),
            clock=self._clock,
        )
        return self._told_now(self._presenting.ask)

    def _ended(self, verdict: Verdict) -> list[FromVision]:
        messages: list[FromVision] = []
        if self._colour_told != _OWN_COLOUR:
            messages.append(Coloured(_OWN_COLOUR))
        messages.append(Presented(verdict.presentation, verdict.reasons))
        if verdict.presentation not in _GOES_ON:
            self._drop()
        elif self.photo is not None:
            _, jpeg = cv2.imencode(".jpg", self.photo, _PHOTO)
            messages.append(Photo(jpeg.tobytes()))
        self.over = True
        return messages

    def _told_now(self, ask: Ask) -> list[FromVision]:
        """Return what changed for the screen."""
        messages: list[FromVision] = []
        rgb = _OWN_COLOUR
        if ask.colour is not None:
            red, green, blue = (round(255 * part) for part in ask.colour)
            rgb = red << 16 | green << 8 | blue
        if rgb != self._colour_told:
            self._colour_told = rgb
            messages.append(Coloured(rgb))
        told = self._told
        if (
            told is None
            or ask.challenge is not told[0]
            or abs(ask.progress - told[1]) >= _TOLD_STEP
        ):
            self._told = ask.challenge, ask.progress
            messages.append(Asked(ask.challenge, max(ask.progress, 0.0)))
        return messages
