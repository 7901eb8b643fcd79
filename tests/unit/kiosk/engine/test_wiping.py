"""Everybody who held something forgets, or is killed."""

from collections.abc import Callable

from kiosk.engine.timers import Timers
from kiosk.engine.wiping import ANSWER_S, READABLE_S, Wiping


class Scene:
    """Two holders, and a clock that stands until it is told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.said: list[str] = []
        self.timers = Timers(lambda: self.now)
        self.wiping = Wiping(
            timers=self.timers,
            clock=lambda: self.now,
            holders={
                name: (self.says(f"{name} forget"), self.says(f"kill {name}")) for name in "ab"
            },
            done=self.says("done"),
        )

    def says(self, word: str) -> Callable[[], None]:
        return lambda: self.said.append(word)

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.timers.run_due()


def test_when_all_have_answered_the_screen_stays_readable_and_it_is_done() -> None:
    scene = Scene()
    scene.wiping.begin()
    scene.wiping.answered("a")
    scene.wiping.answered("b")
    scene.pass_time(READABLE_S - 0.1)
    assert scene.said == ["a forget", "b forget"]
    scene.pass_time(0.1)
    assert scene.said == ["a forget", "b forget", "done"]


def test_whoever_does_not_answer_in_time_is_killed() -> None:
    scene = Scene()
    scene.wiping.begin()
    scene.wiping.answered("a")
    scene.pass_time(ANSWER_S)
    assert scene.said == ["a forget", "b forget", "kill b"]
    scene.pass_time(READABLE_S)
    assert scene.said[-1] == "done"


def test_a_late_or_doubled_answer_ends_nothing_twice() -> None:
    scene = Scene()
    scene.wiping.begin()
    for holder in ("a", "a", "b", "b", "nobody"):
        scene.wiping.answered(holder)
    scene.pass_time(READABLE_S)
    scene.wiping.answered("a")
    scene.pass_time(READABLE_S)
    assert scene.said.count("done") == 1
