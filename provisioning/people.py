"""Whoever sets the terminal up: asked for what only eyes and ears can judge.

Scripted, by the answers; at the keyboard, in English or Chinese. The words stand in
``words.toml`` by id.
"""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from provisioning.steps import Step


class People(Protocol):
    """Somebody who can be asked."""

    def told(self, word: str, **values: object) -> None:
        """Tell something, by its id."""

    def judge(self, step: Step) -> bool | None:
        """Ask whether what can be seen or heard is good; None if nobody can say."""

    def asked(self, word: str) -> str:
        """Ask for a line of text; empty if nobody answers."""


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


class Scripted:
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


class Keyboard:
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

    def _answer(self, question: str) -> str:
        try:
            return self._read(question).strip()
        except EOFError:
            return ""
