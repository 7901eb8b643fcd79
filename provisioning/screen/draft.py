"""The site's answers while they are given at the panel, some of them not yet. NO I/O.

Rule: a step is done with what is there; it waits only for its own answers. So cameras and printer
can be tried on the bench, before anybody knows the site.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import msgspec

from provisioning.answers import LANGUAGES, OF_STEP, Answers, Tables, convert, fits
from provisioning.steps import Step

_UNKNOWN: Final[Tables] = {
    "site": {"id": "unnamed"},
    "fleet": {"url": "https://not.answered"},
    "register": {"url": "https://not.answered", "phone_url": "https://not.answered"},
}
"""In the place of an answer that is not there; no step that needs it is done."""
REASONS: Final = ("not ordered", "comes later", "not possible here")
"""Why a step is skipped."""


@dataclass(frozen=True, slots=True)
class Field:
    """One answer that is given at the panel."""

    table: str
    key: str
    choices: tuple[str, ...] = ()
    """All there are; empty where it is typed."""
    found: str = ""
    """Which kind of device is looked for, where a device is chosen."""

    @property
    def name(self) -> str:
        """Return what it is called, as in the file."""
        return f"{self.table}.{self.key}"


FIELDS: Final = {
    Step.NETWORK: (
        Field("fleet", "url"),
        Field("register", "url"),
        Field("register", "phone_url"),
    ),
    Step.SITE: (
        Field("site", "id"),
        Field("site", "mode", ("self_service", "counter", "mobile")),
        Field("site", "opens"),
        Field("site", "closes"),
        Field("site", "languages", LANGUAGES),
    ),
    Step.PANEL: (Field("machine", "panel", ("1080x1920", "1920x1080", "800x1280", "1280x800")),),
    Step.FACE_CAMERA: (Field("devices", "face_camera", found="video"),),
    Step.DOCUMENT_CAMERA: (Field("devices", "document_camera", found="video"),),
    Step.LIGHTS: (Field("devices", "lights", found="serial"),),
    Step.PRINTER: (Field("devices", "printer", found="serial"),),
}
"""What each step asks; the others ask nothing."""


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What outlives a power cut."""

    tables: dict[str, dict[str, Any]] = {}
    standing: Step | None = None
    """At which step whoever sets up stood; None at the list."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far."""

    tables: Tables = field(default_factory=dict)

    def answers(self) -> Answers:
        """Return the answers, with unusable ones for what is not there.

        Raises:
            BadAnswers: what is there cannot be used.
        """
        filled = {name: dict(self.tables.get(name, {})) for name in {**_UNKNOWN, **self.tables}}
        for table, values in _UNKNOWN.items():
            filled[table] = dict(values) | filled[table]
        return convert(filled)

    def lacking(self, step: Step) -> list[str]:
        """Return the answers that a step needs and that are not there."""
        asked = [f"{table}.{key}" for table, values in _UNKNOWN.items() for key in values]
        return [
            name
            for name in asked
            if any(name == path or name.startswith(f"{path}.") for path in OF_STEP[step])
            and self.said(name) == ""
        ]

    def is_whole(self) -> bool:
        """Say whether every answer is there."""
        return not any(self.lacking(step) for step in Step)

    def said(self, name: str) -> str:
        """Return what was answered, as it was given; empty for nothing."""
        table, _, key = name.partition(".")
        value = self.tables.get(table, {}).get(key, "")
        return str(value[0]) if isinstance(value, list) else str(value)

    def shown(self, asked: Field) -> str:
        """Return an answer, or what counts without one."""
        said = self.said(asked.name)
        if said or asked.name in {f"{t}.{k}" for t, values in _UNKNOWN.items() for k in values}:
            return said
        value = getattr(getattr(self.answers(), asked.table), asked.key)
        return str(value[0]) if isinstance(value, list) else str(value)

    def with_answer(self, asked: Field, text: str) -> Self | None:
        """Return the draft with one more answer; None if it cannot be used."""
        value: object = text
        if asked.key == "languages":
            # The first is the first screen's; all are shipped and offered.
            value = [text, *(one for one in LANGUAGES if one != text)]
        if not fits(asked.table, asked.key, value):
            return None
        return self._with(asked.table, asked.key, value)

    def skipping(self, step: Step, reason: str) -> Self:
        """Return the draft with a step skipped."""
        return self._with("skipped", step.value, reason)

    def doing(self, step: Step) -> Self:
        """Return the draft with a step not skipped any more."""
        left = {k: v for k, v in self.tables.get("skipped", {}).items() if k != step.value}
        return replace(self, tables={**self.tables, "skipped": left})

    def _with(self, table: str, key: str, value: object) -> Self:
        return replace(
            self, tables={**self.tables, table: {**self.tables.get(table, {}), key: value}}
        )
