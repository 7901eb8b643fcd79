"""Every setting there is, with its default and what it means.

`docs/settings.md` is made from this module: the text under a setting is its help.
"""

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Terminal:
    """Which terminal this is."""

    id: str = "terminal-0"
    """Its name, as the register knows it."""
    language: str = "zh_HK"
    """Language of the first screen: zh_HK, zh_CN or en."""
    mode: str = "self_service"
    """How it is used: self_service, counter (staff beside the citizen) or mobile (a team)."""
    site: str = ""
    """Where a mobile team stands; shown as it is written, in every language."""
    statement: str = "2026-11"
    """Version of the privacy statement and terms that are shown."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours in local time; equal times mean always open."""

    opens: time = time(0)
    """First minute of the day in which sessions begin."""
    closes: time = time(0)
    """First minute in which they do not any more."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the terminal keeps its files."""

    state: Path = Path("/var/lib/kiosk")
    """Trail and other lasting state, never personal."""
    outbox: Path = Path("/var/lib/kiosk/outbox.db")
    """Sealed records that wait for the register."""
    card_policy: Path = Path("/etc/kiosk/card_policy.toml")
    """Which cards are served, by dates, ages and kinds; without it the shipped table holds."""
    content: Path = Path("/var/lib/kiosk/content")
    """Public information and services; a signed bundle is delivered into ``incoming`` there."""
    content_key: Path = Path("/etc/kiosk/content_public.pem")
    """Ed25519 key that signs such bundles; without it only the shipped services are shown."""
    versions: Path = Path("/var/lib/kiosk-versions")
    """Releases on this terminal, and which of them runs."""
    power: Path = Path("/sys/class/power_supply")
    """Where Linux tells of batteries; looked at in mode mobile."""
    screens: Path = Path("/run/kiosk/screens.sock")
    """The socket to the screens."""


@dataclass(frozen=True, slots=True)
class Devices:
    """What is plugged in where."""

    reader: str = ""
    """Name of the PC/SC reader; empty for the first one found."""
    trust: Path = Path("/etc/kiosk/csca")
    """Folder of trusted CSCA certificates."""
    service_trust: Path = Path("/etc/kiosk/service_csca")
    """Folder of those who issue service cards; without it nobody enters staff mode."""
    face_camera: str = "/dev/video0"
    """Device or address of the camera that sees the citizen."""
    document_camera: str = "/dev/video2"
    """Device or address of the camera that sees the card."""
    face_camera_identity: str = ""
    """What `python -m drivers camera` calls it; another camera is refused. The first one found,
    until the terminal starts again, if empty."""
    document_camera_identity: str = ""
    """The same of the document camera."""
    document_lag_ms: int = 45
    """How late a frame of the document camera is read after its exposure began; to be measured."""
    lights: str = ""
    """Serial port of the switched lights; empty for none: then no card is looked at for a copy."""
    printer: Path = Path("/dev/ttyUSB0")
    """Serial port of the receipt printer."""


@dataclass(frozen=True, slots=True)
class Register:
    """How records are sealed and where they go."""

    url: str = "https://register.invalid"
    """Address of the register."""
    phone_url: str = "https://phone.invalid"
    """Beginning of the link on the receipt; the phone's page."""
    ca: Path = Path("/etc/kiosk/register_ca.pem")
    """Certificate authority of the register's TLS certificate."""
    certificate: Path = Path("/etc/kiosk/terminal.pem")
    """This terminal's client certificate."""
    key: Path = Path("/etc/kiosk/terminal.key")
    """Its private key; `credential:NAME` for a systemd credential."""
    seal_key: Path = Path("/etc/kiosk/seal_public.bin")
    """The register's public key that records are sealed to, 32 bytes."""
    receipt_key: Path = Path("/etc/kiosk/receipt_public.pem")
    """The register's public key that signs receipts."""
    answer_s: float = 10.0
    """How long the register may take to answer a record; then it is sent again later."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """Where the terminal says how it is; its identity is the one of [register]."""

    url: str = ""
    """Address of the fleet's server; empty: the terminal reports to nobody."""
    ca: Path = Path("/etc/kiosk/fleet_ca.pem")
    """Certificate authority of that server's TLS certificate."""
    systemctl: Path = Path("/usr/bin/systemctl")
    """What restarts and reboots are asked of when the fleet wants them."""
    machine_key: str = ""
    """File of the machine's key as its TPM has wrapped it; empty: nothing is signed by it."""
    tpm: str = "device:/dev/tpmrm0"
    """Where that TPM is, as libtss2 names it."""
    logs: str = ""
    """Where logs of kernel and card service are read: ``journal``, or the path of a file in the
    journal's export format; empty: nowhere. Templates and counts are told, never a line."""


@dataclass(frozen=True, slots=True)
class Update:
    """Where releases come from; the terminal's identity there is the one of [register]."""

    url: str = ""
    """Address of the signed repository; empty: nothing is ever fetched."""
    ca: Path = Path("/etc/kiosk/fleet_ca.pem")
    """Certificate authority of that server's TLS certificate."""
    root: Path = Path("/etc/kiosk/update_root.json")
    """The root of trust that came with the image."""
    model: str = "k1"
    """Hardware model of this terminal."""
    district: str = "central"
    """District of its site."""
    bytes_per_s: float = 500_000.0
    """A release is fetched no faster."""
    every_s: float = 300.0
    """So often the repository is looked at, with a fifth of chance either way."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on tries, waiting and storage."""

    outbox_records: int = 500
    """So many records may wait; then nobody can register."""
    outbox_age_days: int = 14
    """So old may the oldest waiting record be."""
    print_attempts: int = 2
    """Tries to read the front of a card before the citizen types it."""
    card_attempts: int = 3
    """Tries to read a card."""
    photo_attempts: int = 3
    """Photographs before staff help."""
    wait_register_s: float = 6.0
    """How long a citizen waits for the register's answer."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the terminal keeps what names nobody, and what was refused."""

    receipts_days: int = 90
    """The register's receipts; then nothing at the terminal tells of the record."""
    dead_letters_days: int = 30
    """Sealed records that the register refuses for good; then payload and key are erased."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How patient the screens are."""

    factor: float = 1.0
    """Every time-out is multiplied by this; 2 for slow hands."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it."""

    terminal: Terminal = field(default_factory=Terminal)
    hours: Hours = field(default_factory=Hours)
    paths: Paths = field(default_factory=Paths)
    devices: Devices = field(default_factory=Devices)
    register: Register = field(default_factory=Register)
    fleet: Fleet = field(default_factory=Fleet)
    update: Update = field(default_factory=Update)
    limits: Limits = field(default_factory=Limits)
    retention: Retention = field(default_factory=Retention)
    timeouts: Timeouts = field(default_factory=Timeouts)
