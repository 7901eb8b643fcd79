"""A trial asks step by step, waits no longer than it must, and tells what was not measured."""

import itertools
import random
from collections.abc import Callable

import pytest

from kiosk.face import flashes, trial
from kiosk.face.flashes import Colour
from kiosk.face.liveness import Evidence, Verdict, judge
from kiosk.face.relief import Relief
from kiosk.face.trial import Ask, Sight, Task, Trial, tasks
from wire.vision import Challenge, Indicator, Presentation

FRAME_S = 1 / 15
COLOURS: tuple[Colour, ...] = flashes.sequence(random.Random(4).randrange)
STILL = Relief(height=0.004, lead=0.0, narrowed=0.99)
SKIN = (0.30, 0.22, 0.18)


class Citizen:
    """Does what is asked a moment later, and reflects the screen."""

    def __init__(self, share: float = 0.10) -> None:
        self.share = share
        self.asks: list[Ask] = [Ask()] * 5
        self.changes_s: list[float] = []
        self._lit: Colour | None = None

    def told(self, ask: Ask, now_s: float) -> None:
        """Note when the screen is another colour."""
        if ask.colour != self._lit:
            self._lit = ask.colour
            self.changes_s.append(now_s)

    def moved(self, challenge: Challenge) -> tuple[Relief, float]:
        """Return relief and nearness a moment after that was asked."""
        if challenge is Challenge.COME_CLOSER:
            return STILL, 1.4
        lead = {Challenge.TURN_LEFT: 0.08, Challenge.TURN_RIGHT: -0.08}.get(challenge, 0.0)
        return (Relief(0.045, lead, 0.94) if lead else STILL), 1.0

    def seen(self, ask: Ask) -> Sight | None:
        """Return the next look."""
        self.asks.append(ask)
        relief, nearer = self.moved(self.asks[-5].challenge)
        shown = self.asks[-2]
        colour = shown.colour or (0.0, 0.0, 0.0)
        light = [one * (1 + self.share * part) for one, part in zip(SKIN, colour, strict=True)]
        return Sight(
            relief=relief,
            nearer=nearer,
            skin=(light[0], light[1], light[2]),
            light=0.2 * shown.exposure,
        )


def walk(
    order: tuple[Task, ...],
    citizen: Citizen | None = None,
    *,
    exposes: bool = True,
    seen: Callable[[Sight | None, float], Sight | None] = lambda sight, _: sight,
    look_s: Callable[[], float] = lambda: 0.0,
) -> tuple[Evidence, list[Ask], float]:
    """Return the evidence of a whole trial, all that was asked, and how long it took."""
    citizen = citizen or Citizen()
    one, ask, frame, at_s = Trial(order, exposes=exposes), Ask(), 0, 0.0
    asks: list[Ask] = []
    times: list[float] = []
    while not ask.done:
        assert at_s < 60, "a trial without an end"
        sight = seen(citizen.seen(ask), at_s)
        now_s = at_s + look_s()
        ask = one.see(sight, at_s, now_s)
        citizen.told(ask, now_s)
        asks.append(ask)
        # The next frame that is looked at is taken once this look is done; all are followed.
        following = int(now_s / FRAME_S + 1e-6) + 1
        times += [passed * FRAME_S for passed in range(frame, following)] if sight else []
        frame, at_s = following, following * FRAME_S
    assert one.see(None, at_s, at_s).done
    evidence = one.evidence(
        fingerprints=range(len(asks)), seen_at_s=times, distances=[0.1, 0.2], same_camera=True
    )
    return evidence, asks, at_s


def verdict(evidence: Evidence) -> Verdict:
    return judge(evidence)


@pytest.mark.parametrize(
    "order",
    [
        (Challenge.TURN_LEFT, Challenge.TURN_RIGHT, COLOURS),
        (COLOURS, Challenge.COME_CLOSER, Challenge.TURN_RIGHT),
        (Challenge.TURN_LEFT, COLOURS, Challenge.COME_CLOSER),
    ],
)
@pytest.mark.parametrize("exposes", [True, False])
def test_who_does_what_is_asked_is_supported_within_ten_seconds(
    order: tuple[Task, ...],
    exposes: bool,  # noqa: FBT001
) -> None:
    evidence, asks, took_s = walk(order, exposes=exposes)
    assert verdict(evidence).presentation is Presentation.SUPPORTED
    assert evidence.answers_exposure is (True if exposes else None)
    assert took_s < 10
    assert {ask.colour for ask in asks} == {None, *COLOURS}
    assert (trial.EXPOSURE in {ask.exposure for ask in asks}) == exposes
    assert max(ask.progress for ask in asks) <= 1


def test_motion_is_measured_from_the_look_at_which_the_citizen_looked_straight() -> None:
    _, asks, _ = walk((Challenge.TURN_LEFT, COLOURS, Challenge.TURN_RIGHT))
    assert sum(ask.from_here for ask in asks) == 3


def test_the_tasks_are_two_moves_and_the_colours_in_any_order() -> None:
    drawn = {
        tuple(type(task).__name__ for task in tasks(random.Random(seed).randrange))
        for seed in range(40)
    }
    assert len(drawn) == 3
    assert all(sorted(one) == ["Challenge", "Challenge", "tuple"] for one in drawn)


class Wrong(Citizen):
    """Turns to the other side."""

    def moved(self, challenge: Challenge) -> tuple[Relief, float]:
        relief, nearer = super().moved(challenge)
        return Relief(relief.height, -relief.lead, relief.narrowed), nearer


def test_the_other_side_is_a_wrong_move_and_ends_the_trial() -> None:
    evidence, _, took_s = walk((Challenge.TURN_LEFT, COLOURS, Challenge.TURN_RIGHT), Wrong())
    assert Indicator.WRONG_MOVE in verdict(evidence).reasons
    assert took_s < 3


class Sheet(Citizen):
    """A print, held and turned."""

    def moved(self, challenge: Challenge) -> tuple[Relief, float]:
        relief, nearer = super().moved(challenge)
        return Relief(0.013, relief.lead / 4, 0.90 if relief.lead else 0.99), nearer


def test_a_sheet_that_turns_is_flat() -> None:
    evidence, _, took_s = walk((Challenge.TURN_LEFT, COLOURS, Challenge.TURN_RIGHT), Sheet())
    assert evidence.height == 0.013
    assert {Indicator.FLAT, Indicator.NO_MOVE} <= set(verdict(evidence).reasons)
    assert trial.MOVE_S < took_s < trial.MOVE_S + 3


class Farther(Citizen):
    """Turns as far as that."""

    def __init__(self, height: float, narrowed: float) -> None:
        super().__init__()
        self.height, self.narrowed = height, narrowed

    def moved(self, challenge: Challenge) -> tuple[Relief, float]:
        relief, nearer = super().moved(challenge)
        return Relief(self.height, relief.lead, self.narrowed if relief.lead else 1.0), nearer


@pytest.mark.parametrize(
    ("height", "narrowed", "counts"),
    [(0.04, 0.9, True), (0.04, 0.8, False), (0.05, 0.8, True), (0.09, 0.7, False)],
)
def test_what_is_turned_farther_has_to_rise_more_and_at_last_counts_for_nothing(
    height: float,
    narrowed: float,
    counts: bool,  # noqa: FBT001
) -> None:
    farther = Farther(height, narrowed)
    evidence, _, _ = walk((Challenge.TURN_LEFT, COLOURS, Challenge.TURN_RIGHT), farther)
    assert (evidence.height is not None) == counts
    assert (Indicator.NO_MOVE in verdict(evidence).reasons) == (not counts)


class Statue(Citizen):
    """Does not move."""

    def moved(self, _: Challenge) -> tuple[Relief, float]:
        return STILL, 1.0


@pytest.mark.parametrize("move", [Challenge.TURN_LEFT, Challenge.COME_CLOSER])
def test_who_does_not_move_is_not_accused_only_not_measured(move: Challenge) -> None:
    evidence, _, _ = walk((move, COLOURS, Challenge.TURN_RIGHT), Statue())
    assert verdict(evidence).presentation is Presentation.INCONCLUSIVE
    assert evidence.correlation is None


class Lopsided(Citizen):
    """Never looks straight."""

    def moved(self, _: Challenge) -> tuple[Relief, float]:
        return Relief(0.045, 0.08, 0.94), 1.0


def test_who_never_looks_straight_is_asked_only_so_long() -> None:
    evidence, asks, took_s = walk((COLOURS, Challenge.TURN_LEFT, Challenge.TURN_RIGHT), Lopsided())
    assert all(ask.colour is None for ask in asks)
    assert evidence.moved_as_asked is None
    assert took_s < trial.STRAIGHT_S + 1


def test_a_tablet_that_shines_by_itself_answers_too_weakly() -> None:
    order = (COLOURS, Challenge.TURN_LEFT, Challenge.TURN_RIGHT)
    evidence, _, _ = walk(order, Citizen(share=0.005))
    assert verdict(evidence).reasons == (Indicator.ANSWER_TOO_WEAK,)


def test_a_colour_that_nobody_was_seen_under_leaves_colours_unmeasured() -> None:
    order = (COLOURS, Challenge.TURN_LEFT, Challenge.TURN_RIGHT)
    hidden = lambda sight, at_s: None if 0.5 < at_s < 1.5 else sight  # noqa: E731
    evidence, _, _ = walk(order, seen=hidden)
    assert Indicator.NO_COLOURS in verdict(evidence).reasons
    assert evidence.unbroken is False


def test_black_skin_readings_leave_colours_unmeasured() -> None:
    order = (COLOURS, Challenge.TURN_LEFT, Challenge.TURN_RIGHT)
    evidence, _, _ = walk(
        order,
        seen=lambda sight, _: sight and Sight(sight.relief, sight.nearer, (0, 0, 0), 0),
    )
    assert evidence.correlation is None
    assert evidence.answers_exposure is None


def test_a_look_without_a_face_or_without_marks_is_no_move() -> None:
    order = (Challenge.TURN_LEFT, COLOURS, Challenge.TURN_RIGHT)
    lost = lambda sight, at_s: None if 0.3 < at_s < 0.5 else sight  # noqa: E731
    evidence, _, _ = walk(order, seen=lost)
    assert evidence.moved_as_asked is True
    evidence, _, _ = walk(
        order,
        seen=lambda sight, _: sight and Sight(None, sight.nearer, sight.skin, 0.2),
    )
    assert evidence.height is None


def test_nothing_seen_at_all_is_nothing_measured() -> None:
    one = Trial((COLOURS, Challenge.TURN_LEFT, Challenge.TURN_RIGHT), exposes=True)
    evidence = one.evidence(fingerprints=[], seen_at_s=[], distances=[], same_camera=False)
    assert evidence.frozen is evidence.unbroken is evidence.continuous is None
    assert Indicator.CAMERA_CHANGED in verdict(evidence).reasons


class Late(Citizen):
    """Is seen by a camera that is a quarter of a second late."""

    def seen(self, ask: Ask) -> Sight | None:
        sight = super().seen(ask)
        assert sight is not None
        colour = self.asks[-5].colour or (0.0, 0.0, 0.0)
        red, green, blue = (
            one * (1 + self.share * part) for one, part in zip(SKIN, colour, strict=True)
        )
        return Sight(sight.relief, sight.nearer, (red, green, blue), sight.light)


def test_a_late_camera_is_no_old_recording() -> None:
    evidence, _, _ = walk((COLOURS, Challenge.TURN_LEFT, Challenge.TURN_RIGHT), Late())
    assert verdict(evidence).presentation is Presentation.SUPPORTED


@pytest.mark.parametrize("longest_s", [0.1, 0.2, 0.3, 0.35])
def test_a_machine_whose_looks_take_long_asks_every_colour_long_enough_and_hears_the_answer(
    longest_s: float,
) -> None:
    """WCAG 2.3.1: three changes a second at most, however late a look is done."""
    took = random.Random(3)
    for _ in range(20):
        citizen = Citizen()
        evidence, asks, _ = walk(
            (COLOURS, Challenge.TURN_LEFT, Challenge.TURN_RIGHT),
            citizen,
            look_s=lambda: took.uniform(0.03, longest_s),
        )
        assert verdict(evidence).presentation is Presentation.SUPPORTED
        lit = itertools.groupby(ask.colour for ask in asks if ask.colour is not None)
        assert [colour for colour, _ in lit] == list(COLOURS)
        apart = [now - then for then, now in itertools.pairwise(citizen.changes_s)]
        assert min(apart) >= flashes.STEP_S


class Recorded(Citizen):
    """Was lit by the colours of another day."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.then = flashes.sequence(random.Random(seed).randrange)
        self.count = 0

    def seen(self, ask: Ask) -> Sight | None:
        sight = super().seen(ask)
        assert sight is not None
        self.count += 1
        step = int(self.count * FRAME_S / flashes.STEP_S) % len(self.then)
        red, green, blue = (
            one * (1 + self.share * part) for one, part in zip(SKIN, self.then[step], strict=True)
        )
        return Sight(sight.relief, sight.nearer, (red, green, blue), sight.light)


def test_recordings_of_other_days_hardly_ever_fit_at_any_delay() -> None:
    order = (COLOURS, Challenge.TURN_LEFT, Challenge.TURN_RIGHT)
    fitted = sum(
        Indicator.COLOURS_UNANSWERED not in verdict(walk(order, Recorded(seed))[0]).reasons
        for seed in range(200)
    )
    assert fitted <= 2
