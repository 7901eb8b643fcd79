"""Whoever sets the terminal up: asked for what only eyes and ears can judge.

Scripted, by the answers; at the keyboard, in English or Chinese; at the panel, by touch
(`provisioning.screen`). The words of the first two stand in ``words.toml`` by id.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol

from drivers.camera.camera import Picture
from provisioning.acts.touch_corners import Point
from provisioning.steps import Figure, Step


class Look(StrEnum):
    """What somebody says of a living picture."""

    NOBODY = "nobody"
    """Nobody sees it: what is measured must do."""
    STILL = "still"
    """They still look."""
    GOOD = "good"
    BAD = "bad"


class Taps(Protocol):
    """A panel on which targets are shown and touched."""

    def tap(self, target: Point, touched: Sequence[Point]) -> Point | None:
        """Show a target; return where the finger came down, None if it did not.

        Args:
            target: in shares of the panel.
            touched: where the targets before it were touched, in the same.
        """


class People(Protocol):
    """Somebody who can be asked."""

    def told(self, word: str, **values: object) -> None:
        """Tell something, by its id."""

    def judge(self, step: Step) -> bool | None:
        """Ask whether what can be seen or heard is good; None if nobody can say."""

    def asked(self, word: str) -> str:
        """Ask for a line of text; empty if nobody answers."""

    def look(self, step: Step, picture: Picture, figures: Mapping[str, Figure]) -> Look:
        """Show what a camera sees now and what was measured so far."""

    def keeps(self, step: Step, picture: Picture) -> bool:
        """Ask whether a still, in which no person was found, may stand in the report."""

    def stops(self) -> bool:
        """Say whether they do not want to wait any longer."""

    def taps(self) -> Taps | None:
        """Return the panel they touch; None if the glass itself must be asked."""


class _Unseen:
    """What is common to whoever sees no picture of this program's."""

    def look(self, step: Step, picture: Picture, figures: Mapping[str, Figure]) -> Look:
        """See `People`."""
        del step, picture, figures
        return Look.NOBODY

    def stops(self) -> bool:
        """See `People`."""
        return False

    def taps(self) -> Taps | None:
        """See `People`."""
        return None


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of a language."""
    tables = tomllib.loads((Path(__file__).parent / "words.toml").read_text())
    return {word: said[language] for word, said in tables.items()}


def _filled(said: Mapping[str, str], word: str, values: Mapping[str, object]) -> str:
    """Return a sentence with its values; steps are called by their names."""
    named = {
        name: said[f"step_{value}"] if isinstance(value, Step) else value
        for name, value in values.items()
    }
    return said[word].format(**named)


class Scripted(_Unseen):
    """Nobody stands there: what people judge was answered beforehand."""

    def __init__(self, judged: Mapping[Step, bool], say: Callable[[str], None]) -> None:
        """Answer by `judged`; tell by `say`, in English."""
        self._judged = judged
        self._say = say

    def told(self, word: str, **values: object) -> None:
        """See `People`."""
        self._say(_filled(words("en"), word, values))

    def judge(self, step: Step) -> bool | None:
        """See `People`."""
        return self._judged.get(step)

    def asked(self, word: str) -> str:
        """See `People`."""
        del word
        return ""

    def keeps(self, step: Step, picture: Picture) -> bool:
        """See `People`: only what was said beforehand counts."""
        del picture
        return self._judged.get(step) is True


class Keyboard(_Unseen):
    """Somebody at the keyboard."""

    def __init__(
        self, language: str, read: Callable[[str], str], say: Callable[[str], None]
    ) -> None:
        """Talk in `language` (en or zh_HK), by `read` and `say`."""
        self._words = words(language)
        self._read = read
        self._say = say

    def told(self, word: str, **values: object) -> None:
        """See `People`."""
        self._say(_filled(self._words, word, values))

    def judge(self, step: Step) -> bool | None:
        """See `People`."""
        yes, no = self._words["yes"], self._words["no"]
        question = f"{self._words[f'judge_{step}']} [{yes}/{no}] "
        while True:
            said = self._answer(question).lower()
            if said in {yes, no, "y", "n"}:
                return said in {yes, "y"}
            if not said:
                return None

    def asked(self, word: str) -> str:
        """See `People`."""
        return self._answer(f"{self._words[word]} ")

    def keeps(self, step: Step, picture: Picture) -> bool:
        """See `People`: a picture that nobody can look at is not kept."""
        del step, picture
        return False

    def _answer(self, question: str) -> str:
        try:
            return self._read(question).strip()
        except EOFError:
            return ""
