"""An attempt on moving faces: guided, photographed, tried; nothing of it stays."""

import random
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from drivers.camera.camera import Picture
from kiosk.face.liveness import Indicator, Presentation
from kiosk.face.trial import Ask
from kiosk.vision.attempt import Attempt
from kiosk.vision.evaluate.performer import FRAMES_PER_S, Performer, Species
from kiosk.vision.presenting import Embed
from tests.support.heads import embedded, holder_head
from wire.vision import Asked, Challenge, Coloured, FaceHint, FromVision, Hint, Photo, Presented

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
LONGEST_S = 50
ORDER_SEED = 11


class Scene:
    """One attempt before one performer, which hears what the screen is told."""

    def __init__(
        self,
        species: Species = Species.BONA_FIDE,
        *,
        gentle: bool = False,
        embed: Embed | None = None,
    ) -> None:
        seer = embedded()
        self.performer = Performer(holder_head(), species, np.random.default_rng(5), chasing=False)
        self.camera = "camera one"
        self.attempt = Attempt(
            finder=seer.finder,
            find=seer.landmarks,
            embed=embed or seer.embed,
            below=random.Random(ORDER_SEED).randrange,
            camera=lambda: self.camera,
            exposes=lambda: True,
            gentle=gentle,
            clock=lambda: self.performer.now_s,
        )
        self.said: list[FromVision] = []
        self.challenge, self.colour = Challenge.LOOK_STRAIGHT, -1

    def ask(self) -> Ask:
        """What the citizen sees on the screen, and the camera is told."""
        lit = None
        if self.colour >= 0:
            red, green, blue = (float(self.colour >> shift & 1) for shift in (16, 8, 0))
            lit = (red, green, blue)
        return Ask(self.challenge, colour=lit, exposure=self.attempt.exposure)

    def run(self, until: Callable[["Scene"], bool] = lambda _: False) -> list[FromVision]:
        """Play until the attempt is over, or until that."""
        for count in range(LONGEST_S * FRAMES_PER_S):
            at_s = count / FRAMES_PER_S
            picture = self.performer.frame(self.ask(), at_s)
            points = self.attempt.frame(picture, at_s)
            for message in self.attempt.look(picture, points, at_s):
                self.hear(message)
            if self.attempt.over or until(self):
                return self.said
        raise AssertionError("an attempt without an end")

    def hear(self, message: FromVision) -> None:
        self.said.append(message)
        match message:
            case Asked(challenge=challenge):
                self.challenge = challenge
            case Coloured(rgb=rgb):
                self.colour = rgb

    def heard(self, kind: type) -> list[FromVision]:
        return [message for message in self.said if isinstance(message, kind)]


def decoded(message: FromVision) -> Picture:
    assert isinstance(message, Photo)
    seen = cv2.imdecode(np.frombuffer(message.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None
    return seen.astype(np.uint8, copy=False)


def test_a_citizen_who_does_what_is_asked_is_photographed_and_supported() -> None:
    scene = Scene()
    *before, presented, photo = scene.run()
    assert presented == Presented(Presentation.SUPPORTED)
    assert decoded(photo).shape == holder_head().picture.shape
    assert [one for one in before if isinstance(one, Hint)][-1] == Hint(FaceHint.HOLD_STILL, 0)
    challenges = {one.challenge for one in before if isinstance(one, Asked)}
    assert Challenge.LOOK_STRAIGHT in challenges
    assert len(challenges) == 3
    colours = [one.rgb for one in scene.said if isinstance(one, Coloured)]
    assert len(colours) == 9
    assert colours[-1] == -1


def test_the_photograph_is_none_of_the_coloured_or_turned_frames() -> None:
    scene = Scene()
    scene.run(until=lambda one: bool(one.heard(Asked)))
    photo = scene.attempt.photo
    assert photo is not None
    was = photo.copy()
    scene.run()
    assert scene.attempt.photo is photo
    assert np.array_equal(photo, was)


@pytest.mark.parametrize(
    ("species", "told"),
    [
        (Species.FLAT_PRINT, {Indicator.FLAT}),
        pytest.param(Species.BENT_PRINT, {Indicator.FLAT}, marks=pytest.mark.night),
        (Species.FROZEN, {Indicator.FROZEN}),
    ],
)
def test_what_is_held_before_the_camera_is_told_by_name_and_gives_no_photograph(
    species: Species, told: set[Indicator]
) -> None:
    scene = Scene(species)
    scene.run()
    [presented] = scene.heard(Presented)
    assert isinstance(presented, Presented)
    assert presented.presentation is Presentation.SUSPECTED
    assert told <= set(presented.reasons)
    assert not scene.heard(Photo)
    assert scene.attempt.photo is None


def test_the_gentle_way_asks_for_nothing_and_says_so() -> None:
    scene = Scene(gentle=True)
    *_, presented, photo = scene.run()
    assert presented == Presented(Presentation.NOT_MADE)
    assert isinstance(photo, Photo)
    assert not scene.heard(Asked)
    assert not scene.heard(Coloured)
    assert not scene.attempt.locked


def test_another_camera_in_the_middle_is_told() -> None:
    scene = Scene()
    scene.run(until=lambda one: bool(one.heard(Asked)))
    scene.camera = "camera two"
    scene.run()
    [presented] = scene.heard(Presented)
    assert isinstance(presented, Presented)
    assert Indicator.CAMERA_CHANGED in presented.reasons


def test_another_person_in_the_middle_is_told() -> None:
    seer, asked = embedded(), []

    def somebody_else_later(chip: Picture) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        asked.append(chip)
        return seer.embed(chip) + (0.1 if len(asked) > 4 else 0.0)

    scene = Scene(embed=somebody_else_later)
    scene.run()
    [presented] = scene.heard(Presented)
    assert isinstance(presented, Presented)
    assert presented.reasons == (Indicator.IDENTITY_CHANGED,)
    assert not any(chip.any() for chip in asked)


def test_a_wiped_attempt_holds_no_picture() -> None:
    scene = Scene()
    scene.run(until=lambda one: len(one.heard(Asked)) > 2)
    photo = scene.attempt.photo
    assert photo is not None
    scene.attempt.wipe()
    scene.attempt.wipe()
    assert not photo.any()
    assert scene.attempt.photo is None
