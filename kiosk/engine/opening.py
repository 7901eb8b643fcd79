"""What the settings say, opened: tables, outbox, keys, and how children are started."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.config import Settings
from kiosk.config.settings import Devices
from kiosk.document.policy import CardPolicy
from kiosk.document.policy import parse as parse_policy
from kiosk.sync.jws import receipt_key_in
from kiosk.sync.outbox import Outbox
from kiosk.sync.register_keys import RegisterKeys, beside

SHIPPED_POLICY: Final = Path(__file__).parents[1] / "document" / "card_policy.toml"
SECONDS_A_DAY: Final = 86_400


def reader_arguments(devices: Devices) -> list[str]:
    """Return how the card host is started."""
    trust = ["--trust", str(devices.trust), "--service-trust", str(devices.service_trust)]
    return ["--reader", devices.reader, *trust]


def camera_arguments(devices: Devices) -> list[str]:
    """Return how vision is started, but for what the engine lends it."""
    cameras = ["--face", devices.face_camera, "--document", devices.document_camera]
    cameras += ["--face-identity", devices.face_camera_identity]
    cameras += ["--document-identity", devices.document_camera_identity]
    return [*cameras, "--lights", devices.lights, "--lag-ms", str(devices.document_lag_ms)]


def card_policy(path: Path) -> CardPolicy:
    """Read the site's table of cards that are served, else the shipped one."""
    return parse_policy((path if path.exists() else SHIPPED_POLICY).read_text())


def open_outbox(settings: Settings, clock: Callable[[], float]) -> Outbox:
    """Open the outbox, with the limits of the site.

    Raises:
        OutboxError: it cannot be opened.
    """
    path: Path = settings.paths.outbox
    path.parent.mkdir(parents=True, exist_ok=True)
    limits = settings.limits
    return Outbox(
        path,
        limit_records=limits.outbox_records,
        limit_age_s=limits.outbox_age_days * SECONDS_A_DAY,
        clock=clock,
    )


def register_keys(settings: Settings, clock: Callable[[], float]) -> RegisterKeys:
    """Return the keys of the register that records are sealed to."""
    register = settings.register
    return RegisterKeys(
        beside(settings.paths.outbox),
        signer=receipt_key_in(register.receipt_key),
        provisioned=register.seal_key.read_bytes(),
        clock=clock,
    )
