"""What a site answers: one TOML file, read strictly; the wizard writes the same.

::

    [site]
    id = "sha_tin_library"
    mode = "self_service"
    languages = ["zh_HK", "en", "zh_CN"]     # the first is the first screen's
    opens = "09:00"
    closes = "20:00"

    [machine]
    model = "k1"
    panel = "1080x1920"

    [devices]
    face_camera = "/dev/v4l/by-path/…"
    document_camera = "/dev/v4l/by-path/…"
    printer = "/dev/serial/by-path/…"
    reader = ""
    lights = ""
    document_lag_ms = 45       # from a light to its frame; to be measured where lights are set up
    sound = "default"

    [fleet]
    url = "https://fleet.example:8443"
    code = ""                  # the claim code; empty: the slip is laid under the card camera

    [register]
    url = "https://register.example"
    phone_url = "https://iamsmart.example"
    anchors = "/usr/share/kiosk/register"   # register_ca.pem, seal_public.bin, receipt_public.pem,
                                            # update_root.json, content_public.pem: for releases,
                                            # csca/, service_csca/: who issues cards

    [judged]                   # what a person looks at, answered beforehand
    printer = true

    [skipped]
    sound = "no loudspeaker ordered"
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from drivers.camera.burst import LAG_MS
from provisioning.steps import MAY_BE_SKIPPED, Step

_Id = Annotated[str, Meta(pattern="^[a-z0-9_-]{1,32}$")]
_Time = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
_Https = Annotated[str, Meta(pattern="^https://[^\\s]{1,200}$")]
_Device = Annotated[str, Meta(max_length=200, pattern='^[^\\n"\\\\]*$')]
_Reason = Annotated[str, Meta(min_length=3, max_length=120, pattern="^[^\\n]*$")]
LANGUAGES: Final = ("zh_HK", "zh_CN", "en")


class BadAnswers(ValueError):
    """The answers cannot be used; the message says where."""

    code = "provision.bad_answers"


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Site(_Table, frozen=True):
    """Where it stands and how it is used."""

    id: _Id
    mode: Annotated[str, Meta(pattern="^(self_service|counter|mobile)$")] = "self_service"
    languages: Annotated[list[str], Meta(min_length=1, max_length=3)] = msgspec.field(
        default_factory=lambda: list(LANGUAGES)
    )
    opens: _Time = "00:00"
    closes: _Time = "00:00"


class Machine(_Table, frozen=True):
    """What it is."""

    model: Annotated[str, Meta(pattern="^[A-Za-z0-9._-]{1,32}$")] = "k1"
    panel: Annotated[str, Meta(pattern="^[0-9]{3,5}x[0-9]{3,5}$")] = "1080x1920"


class Devices(_Table, frozen=True):
    """What is plugged in where."""

    face_camera: _Device = "/dev/video0"
    document_camera: _Device = "/dev/video2"
    printer: _Device = "/dev/ttyUSB0"
    reader: _Device = ""
    lights: _Device = ""
    document_lag_ms: Annotated[int, Meta(ge=0, le=1000)] = LAG_MS
    """From the first light on a frame of the card camera to its time (`drivers.camera.burst`)."""
    sound: _Device = "default"
    touch: _Device = ""
    """Its event device; empty for the first touchscreen found."""


class Fleet(_Table, frozen=True):
    """Who it reports to."""

    url: _Https
    code: Annotated[str, Meta(max_length=400)] = ""

    def __repr__(self) -> str:
        return f"<Fleet {self.url}>"


class Register(_Table, frozen=True):
    """Who it hands in to; its keys come with the package, never from the fleet."""

    url: _Https
    phone_url: Annotated[str, Meta(pattern="^https?://[^\\s]{1,200}$")]
    anchors: _Device = "/usr/share/kiosk/register"


class Answers(_Table, frozen=True):
    """All of it."""

    site: Site
    fleet: Fleet
    register: Register
    machine: Machine = Machine()
    devices: Devices = Devices()
    judged: dict[Step, bool] = {}
    skipped: dict[Step, _Reason] = {}

    def digests(self) -> dict[Step, str]:
        """Return, for each step, a hash of the answers that it depends on."""
        return {step: _digest([_part(self, path) for path in OF_STEP[step]]) for step in Step}


OF_STEP: Final[Mapping[Step, tuple[str, ...]]] = MappingProxyType(
    {
        Step.NETWORK: ("fleet.url", "register.url"),
        Step.CLOCK: (),
        Step.SITE: ("site",),
        Step.PANEL: ("machine.panel",),
        Step.TOUCH: ("machine.panel", "devices.touch"),
        Step.FACE_CAMERA: ("devices.face_camera",),
        Step.DOCUMENT_CAMERA: ("devices.document_camera",),
        Step.LIGHTS: ("devices.lights",),
        Step.READER: ("devices.reader",),
        Step.PRINTER: ("devices.printer",),
        Step.SOUND: ("devices.sound",),
        # Not the code: it is used up by the step itself.
        Step.CLAIM: ("fleet.url", "site.id"),
        Step.SETTINGS: ("site", "machine", "devices", "fleet.url", "register"),
        Step.SELF_TEST: ("site", "machine", "devices", "fleet.url", "register"),
    }
)
"""Which answers each step depends on."""


def _part(answers: Answers, path: str) -> Any:
    part: Any = answers
    for name in path.split("."):
        part = getattr(part, name)
    return part


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:16]


Tables = Mapping[str, Mapping[str, object]]
"""Answers as they stand in a file: by table and key."""
_COMPLETE: Final[Tables] = MappingProxyType(
    {
        "site": {"id": "x"},
        "fleet": {"url": "https://x"},
        "register": {"url": "https://x", "phone_url": "https://x"},
    }
)


def load(path: Path) -> Answers:
    """Read the file at `path`.

    Raises:
        BadAnswers: an unknown key, an unusable value, or a step that may not be skipped.
        OSError: it cannot be read.
    """
    return parse(path.read_bytes())


def parse(content: bytes) -> Answers:
    """Read answers.

    Raises:
        BadAnswers: as in `load`.
    """
    try:
        tables = msgspec.toml.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise BadAnswers(str(cause)) from cause
    return convert(tables)


def convert(tables: Tables) -> Answers:
    """Read answers that are tables already.

    Raises:
        BadAnswers: as in `load`.
    """
    try:
        answers = msgspec.convert(tables, Answers)
    except msgspec.ValidationError as cause:
        raise BadAnswers(str(cause)) from cause
    unknown = set(answers.site.languages) - set(LANGUAGES)
    if unknown or len(set(answers.site.languages)) != len(answers.site.languages):
        raise BadAnswers(f"site.languages: each of {', '.join(LANGUAGES)} once at most")
    if not set(answers.skipped) <= MAY_BE_SKIPPED:
        named = ", ".join(sorted(set(answers.skipped) - MAY_BE_SKIPPED))
        raise BadAnswers(f"skipped: {named} cannot be")
    return answers


def written(tables: Tables) -> bytes:
    """Return tables as TOML."""
    lines = []
    for table, values in tables.items():
        lines.append(f"[{table}]")
        # JSON strings, lists of them, true and false are the same in TOML.
        lines += [f"{key} = {msgspec.json.encode(value).decode()}" for key, value in values.items()]
    return ("\n".join(lines) + "\n").encode()


def fits(table: str, key: str, value: object) -> bool:
    """Say whether one answer can be used, whatever the others are."""
    trial = {name: dict(values) for name, values in _COMPLETE.items()}
    trial.setdefault(table, {})[key] = value
    try:
        convert(trial)
    except BadAnswers:
        return False
    return True
