"""One presentation, step by step: what is asked now, and what came of it.

Two moves and the colours come in a random order; before each the citizen looks straight
again. A step that is not done in time ends the trial: another attempt is kinder than a
terminal that waits.

Rule 1: a turn counts when relief and direction hold together for some looks, and only
while the face is not turned farther than a citizen is asked to.
Rule 2: a colour begins when the screen is told of it and lasts until a frame was seen that was
taken late enough: on a busy machine, too, none goes unseen and none comes sooner than it may.
Rule 3: screen and camera follow a colour late, and nobody knows how late: of a few delays
the one that explains the skin best counts.
"""

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.face import flashes, stream
from kiosk.face.flashes import Colour
from kiosk.face.liveness import LEAST_HEIGHT, Evidence, challenges
from kiosk.face.relief import Relief
from wire.vision import Challenge

MOVE_S: Final = 9.0
STRAIGHT_S: Final = 6.0
"""So long may a move take, and looking straight again; our own, to be tried with citizens."""
HELD: Final = 3
"""Looks in a row that a move must hold for."""
LEAST_LEAD: Final = 0.04
"""Of the nose, in distances between the eyes: 12 to 14 degrees (docs/face.md, "Relief")."""
LEAST_NARROWED: Final = 0.88
FARTHEST_NARROWED: Final = 0.75
HEIGHT_FARTHER: Final = 0.045
"""Farther than 28 degrees a bent print begins to rise: a head that narrows so much has to
rise more, and farther than 41 degrees nothing counts."""
_SHEET_TURNED: Final = 0.94
"""A plane that narrows so much has turned by 20 degrees."""
NEARER: Final = 1.25
_BACK_LEAD: Final = 0.025
"""The nose is back where it was when the citizen last looked straight, to about 8 degrees."""
_AS_NEAR: Final = (0.8, 1.2)
DELAYS_S: Final = (0.0, 0.1, 0.2)
"""Painting takes 10 to 40 ms, a camera's queue 50 to 100, a busy machine more. Three delays
triple the chance that a sequence of another day fits: to once in 1,000."""
_MIXED_S: Final = 0.08
"""A frame so soon after a change may show two colours."""
_EXPOSURE_S: Final = 0.6
EXPOSURE: Final = 0.5
"""The share of the exposure time that is asked for as a question to the camera."""

Task = Challenge | tuple[Colour, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at the face during a trial."""

    relief: Relief | None
    """Since the citizen last looked straight; None when too little can be followed."""
    nearer: float
    """Distance between the eyes over that of the first frontal look."""
    skin: tuple[float, float, float]
    """Mean linear red, green, blue of cheeks and forehead."""
    light: float
    """Mean linear light of the frame."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What screen, camera and citizen should do now."""

    challenge: Challenge = Challenge.LOOK_STRAIGHT
    progress: float = 0.0
    colour: Colour | None = None
    exposure: float = 1.0
    """Factor on the exposure time that was locked."""
    from_here: bool = False
    """The citizen looks straight: motion is measured from this look on."""
    done: bool = False


def tasks(below: Callable[[int], int]) -> tuple[Task, Task, Task]:
    """Return two moves and the colours in a random order.

    Args:
        below: see `kiosk.face.flashes.sequence`.
    """
    first, second = challenges(below)
    colours = flashes.sequence(below)
    place = below(3)
    if place == 0:
        return colours, first, second
    return (first, colours, second) if place == 1 else (first, second, colours)


class Trial:
    """One presentation; times never go back."""

    def __init__(self, order: Sequence[Task], *, exposes: bool) -> None:
        """Begin.

        Args:
            order: of `tasks`.
            exposes: the camera's exposure can be set.
        """
        self._left: list[Task] = list(order)
        self._exposes = exposes
        self._task: Task | None = None
        self._since: float | None = None
        self._held = self._wrong = 0
        self._skins: list[tuple[float, tuple[float, float, float]]] = []
        self._lights: tuple[list[float], list[float]] = ([], [])
        self._exposed_s: list[float] = []
        """When the camera was asked for each exposure, while it is."""
        self._shown: tuple[Colour, ...] = ()
        self._told_s: list[float] = []
        """When the screen was told of each colour, and at last of its own."""
        self._heights: list[float] = []
        self._flat: float | None = None
        self._moved: bool | None = True
        self._done = False

    def see(self, sight: Sight | None, at_s: float, now_s: float) -> Ask:
        """Take one look; return what is asked from `now_s` on.

        Args:
            sight: None is a look without a face.
            at_s: when its frame was taken.
            now_s: by the same clock, once all of the look is done.
        """
        if self._since is None:
            self._since = at_s
        if self._done:
            return Ask(done=True)
        if self._exposed_s:
            return self._expose(sight, at_s, now_s)
        if self._task is None:
            return self._straighten(sight, at_s)
        if isinstance(self._task, Challenge):
            return self._move(self._task, sight, at_s)
        return self._colour(self._task, sight, at_s, now_s)

    def evidence(
        self,
        *,
        fingerprints: Sequence[int],
        seen_at_s: Sequence[float],
        distances: Sequence[float],
        same_camera: bool,
    ) -> Evidence:
        """Return what was measured.

        Args:
            fingerprints: of every frame, in order.
            seen_at_s: when the face was seen.
            distances: descriptors of the track to the photograph's.
            same_camera: the frames are all of the camera that the terminal began with.
        """
        correlation, amplitude = self._answer()
        before, after = self._lights
        answers = None
        if before and after and min(*before, *after) > 0:
            levels = float(np.median(before)), float(np.median(after))
            answers = stream.answers_exposure(*levels, factor=EXPOSURE)
        return Evidence(
            frozen=stream.frozen(fingerprints) if fingerprints else None,
            repeated=stream.repeated(fingerprints) if fingerprints else None,
            answers_exposure=answers,
            same_camera=same_camera,
            unbroken=stream.unbroken(seen_at_s) if seen_at_s else None,
            continuous=stream.continuous(distances) if distances else None,
            moved_as_asked=self._moved,
            height=min(self._heights) if self._heights else self._flat,
            correlation=correlation,
            amplitude=amplitude,
        )

    def _straighten(self, sight: Sight | None, at_s: float) -> Ask:
        assert self._since is not None
        straight = sight is not None and is_straight(sight)
        self._held = self._held + 1 if straight else 0
        if self._held < HELD:
            return self._given_up() if at_s - self._since > STRAIGHT_S else Ask()
        self._begin(self._left.pop(0), at_s)
        challenge = self._task if isinstance(self._task, Challenge) else Challenge.LOOK_STRAIGHT
        return Ask(challenge, from_here=True)

    def _begin(self, task: Task | None, at_s: float) -> None:
        self._task, self._since, self._held, self._wrong = task, at_s, 0, 0
        if isinstance(task, tuple):
            self._shown, self._skins, self._told_s = task, [], []

    def _move(self, challenge: Challenge, sight: Sight | None, at_s: float) -> Ask:
        assert self._since is not None
        progress, wrong = _done(challenge, sight)
        if sight is not None and sight.relief is not None:
            self._note_sheet(sight.relief)
        self._held = self._held + 1 if progress >= 1 else 0
        self._wrong = self._wrong + 1 if wrong else 0
        if progress >= 1 and challenge is not Challenge.COME_CLOSER:
            assert sight is not None
            assert sight.relief is not None
            self._heights.append(sight.relief.height)
        if self._wrong >= HELD:
            self._moved = False
            return self._end()
        if self._held >= HELD:
            return self._next(at_s)
        if at_s - self._since > MOVE_S:
            return self._given_up()
        return Ask(challenge, min(progress, 1.0))

    def _note_sheet(self, seen: Relief) -> None:
        """Remember that something turned as a sheet does: it speaks only if no head turns."""
        if LEAST_NARROWED <= seen.narrowed <= _SHEET_TURNED and seen.height < LEAST_HEIGHT:
            self._flat = max(seen.height, self._flat or 0.0)

    def _colour(
        self, colours: tuple[Colour, ...], sight: Sight | None, at_s: float, now_s: float
    ) -> Ask:
        told_s, shown = self._told_s, (*colours, None)
        if sight is not None:
            self._skins.append((at_s, sight.skin))
        if len(told_s) == len(shown):
            if at_s >= told_s[-1] + max(DELAYS_S):
                return self._coloured(at_s, now_s)
        elif not told_s or at_s - told_s[-1] >= flashes.STEP_S:
            told_s.append(now_s)
        return Ask(colour=shown[len(told_s) - 1])

    def _coloured(self, at_s: float, now_s: float) -> Ask:
        if not self._exposes:
            return self._next(at_s)
        self._exposed_s = [now_s]
        return Ask()

    def _answer(self) -> tuple[float | None, float | None]:
        """Return correlation and amplitude at the delay that fits best; None unmeasured."""
        answers = [
            flashes.answer(self._shown, skins)
            for skins in map(self._skins_after, DELAYS_S)
            if skins is not None
        ]
        return max(answers, default=(None, None))

    def _skins_after(self, delay_s: float) -> NDArray[np.float64] | None:
        """Return the mean skin under each colour; None where one was not seen, or black."""
        under: list[list[tuple[float, float, float]]] = [[] for _ in self._shown]
        for at_s, skin in self._skins:
            lit_s = at_s - delay_s
            step = bisect(self._told_s, lit_s) - 1
            if 0 <= step < len(under) and lit_s - self._told_s[step] >= _MIXED_S:
                under[step].append(skin)
        if not self._shown or not all(under):
            return None
        skins = np.array([np.mean(skins, axis=0) for skins in under])
        return skins if skins.min() > 0 else None

    def _expose(self, sight: Sight | None, at_s: float, now_s: float) -> Ask:
        """Ask the camera: first as it is, then with less."""
        asked_s = self._exposed_s
        into_s = at_s - asked_s[-1]
        if sight is not None and into_s >= _EXPOSURE_S / 2:
            self._lights[len(asked_s) - 1].append(sight.light)
        if into_s >= _EXPOSURE_S:
            if len(asked_s) == len(self._lights):
                asked_s.clear()
                return self._next(at_s)
            asked_s.append(now_s)
        return Ask(exposure=EXPOSURE if len(asked_s) > 1 else 1.0)

    def _next(self, at_s: float) -> Ask:
        if not self._left:
            return self._end()
        self._begin(None, at_s)
        return Ask()

    def _given_up(self) -> Ask:
        self._moved = None
        return self._end()

    def _end(self) -> Ask:
        self._done = True
        return Ask(done=True)


def is_straight(sight: Sight) -> bool:
    """Say whether somebody looks as at the photograph; then nothing was followed yet."""
    least, most = _AS_NEAR
    back = sight.relief is None or abs(sight.relief.lead) <= _BACK_LEAD
    return back and least <= sight.nearer <= most


def _done(challenge: Challenge, sight: Sight | None) -> tuple[float, bool]:
    """Say how much of a move is done, and whether the opposite was done instead."""
    if sight is None:
        return 0.0, False
    if challenge is Challenge.COME_CLOSER:
        return (sight.nearer - 1) / (NEARER - 1), False
    relief = sight.relief
    if relief is None or relief.narrowed < FARTHEST_NARROWED:
        return 0.0, False
    needed = LEAST_HEIGHT if relief.narrowed >= LEAST_NARROWED else HEIGHT_FARTHER
    # The picture is not mirrored: the citizen's left is its right.
    lead = relief.lead if challenge is Challenge.TURN_LEFT else -relief.lead
    turned = min(abs(lead) / LEAST_LEAD, relief.height / needed)
    return (turned, False) if lead > 0 else (0.0, turned >= 1)
