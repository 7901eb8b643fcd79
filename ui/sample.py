"""One picture of a screen, for pictures and tests (not shipped)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wire.document import CardHint
from wire.screen import Facts, Language, Mode, Screen, SetupScreen
from wire.vision import Challenge, FaceHint


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture of a screen."""

    screen: Screen | SetupScreen
    variant: str = ""
    facts: Facts = field(default_factory=dict)
    hint: FaceHint | None = None
    seconds_left: int = 0
    card_hint: CardHint | None = None
    challenge: Challenge | None = None
    turned: float = 0.0
    rgb: int = -1
    progress: float | None = None
    is_warning: bool = False
    connected: bool = True
    focus: str = ""
    """Where the keypad is: a button's action."""
    mode: Mode = Mode.SELF_SERVICE
    site: str = ""
    battery: int = -1
    charging: bool = False
    seen: str = ""
    """What the camera sees: a picture of `ui.backdrop`."""
    told: Mapping[Language, Facts] | None = None
    """Facts that are words of the content, by language; instead of `facts`."""

    def facts_in(self, language: Language) -> Facts:
        """Return what its screen is told in one language."""
        return self.told[language] if self.told else self.facts

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.screen.value.lower()}{'-' if self.variant else ''}{self.variant}"
