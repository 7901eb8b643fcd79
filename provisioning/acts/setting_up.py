"""Write what the terminal's programs read: settings, the register's keys, who gets the key."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from cryptography.x509.oid import NameOID

from provisioning.acts.work import Work
from provisioning.durable import replace_file
from provisioning.identity.generations import (
    CERTIFICATE,
    CURRENT,
    FLEET_CA,
    KEPT,
    KEY,
    Generations,
)
from provisioning.identity.keeper import NAME
from provisioning.identity.machine import MACHINE
from provisioning.runner import NotDone
from provisioning.steps import Figure, Step
from wire.failures import Failure
from wire.rollout import UPDATES_PATH

ANCHORS: Final = ("register_ca.pem", "seal_public.bin", "receipt_public.pem")
UPDATE_ROOT: Final = "update_root.json"
OPTIONAL: Final = (UPDATE_ROOT, "content_public.pem")
"""What releases and content are checked against, where operations roll any out."""
TRUST: Final = ("csca", "service_csca")
"""Folders of who issues cards, and service cards; where the anchors hold none, the image does."""
MACHINE_SIGNS: Final = "etc/systemd/system/kiosk-sync.service.d/machine.conf"
SIGNING: Final = """\
# Made by provisioning: sync signs what it tells the fleet with the TPM's key.
[Service]
PrivateDevices=no
DeviceAllow=/dev/tpmrm0 rw
SupplementaryGroups=tss
"""
LENT_TO: Final = ("kiosk-sync.service", "kiosk-update.service")
_CHECK_S: Final = 60.0
_TEMPLATE: Final = """\
# Made by provisioning from the site's answers; run it again rather than editing here.
[terminal]
id = "{terminal}"
language = "{language}"
mode = "{mode}"
site = "{site}"

[hours]
opens = "{opens}"
closes = "{closes}"

[devices]
trust = "{etc}/csca"
service_trust = "{etc}/service_csca"
reader = "{reader}"
face_camera = "{face_camera}"
document_camera = "{document_camera}"
face_camera_identity = {face_identity}
document_camera_identity = {document_identity}
lights = "{lights}"
document_lag_ms = {lag_ms}
printer = "{printer}"

[register]
url = "{register}"
phone_url = "{phone}"
ca = "{etc}/register_ca.pem"
seal_key = "{etc}/seal_public.bin"
receipt_key = "{etc}/receipt_public.pem"
certificate = "{identity}/terminal.pem"
key = "{key}"

[fleet]
url = "{fleet}"
ca = "{identity}/fleet_ca.pem"
machine_key = "{machine}"
tpm = "{tpm}"
logs = "journal"
"""
_ELSEWHERE: Final = """
[paths]
state = "{root}/var/lib/kiosk"
outbox = "{root}/var/lib/kiosk/outbox.db"
content = "{root}/var/lib/kiosk/content"
content_key = "{etc}/content_public.pem"
card_policy = "{etc}/card_policy.toml"
versions = "{root}/var/lib/kiosk-versions"
screens = "{root}/run/kiosk/screens.sock"
"""
_UPDATES: Final = """
[update]
url = "{fleet}{updates}"
ca = "{etc}/fleet_ca.pem"
root = "{etc}/update_root.json"
model = "{model}"
district = "{district}"
"""


def terminal_name(work: Work) -> str:
    """Return the name that the fleet gave this terminal.

    Raises:
        NotDone: it has none.
    """
    current = work.generations.current()
    certificate = current.certificate() if current else None
    if certificate is None:
        raise NotDone(Failure.IDENTITY_NONE.value)
    (name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(name.value)


def settings(work: Work) -> Mapping[str, Figure]:
    """Write the settings and have the terminal itself read them."""
    etc = work.settings.parent
    etc.mkdir(parents=True, exist_ok=True)
    anchors = Path(work.answers.register.anchors)
    try:
        for name in ANCHORS:
            replace_file(etc / name, (anchors / name).read_bytes(), mode=0o644)
        for name in OPTIONAL:
            if (anchors / name).is_file():
                replace_file(etc / name, (anchors / name).read_bytes(), mode=0o644)
        for name in TRUST:
            if (anchors / name).is_dir():
                _replace_folder(etc / name, anchors / name)
        publish(work.generations, etc)
    except FileNotFoundError:
        raise NotDone(Failure.PROVISION_NO_ANCHORS.value) from None
    replace_file(work.settings, _text(work, etc).encode(), mode=0o644)
    _lend(work)
    checked = subprocess.run(
        [sys.executable, "-m", "kiosk.config", str(work.settings)],
        capture_output=True,
        text=True,
        timeout=_CHECK_S,
        check=False,
    )
    if checked.returncode != 0:
        raise NotDone(Failure.PROVISION_SETTINGS_REFUSED.value)
    return {"terminal": terminal_name(work)}


def _replace_folder(folder: Path, wanted: Path) -> None:
    """Make `folder` what `wanted` is: whoever is not believed any more is not in it."""
    made = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(mode=0o755)
    for file in sorted(wanted.iterdir()):
        replace_file(made / file.name, file.read_bytes(), mode=0o644)
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    made.rename(folder)


def publish(generations: Generations, etc: Path) -> None:
    """Put the certificates, which everybody may read, beside the settings in `etc`.

    The identity's folder is root's alone.
    """
    identity = generations.folder / CURRENT
    for name in (CERTIFICATE, FLEET_CA):
        replace_file(etc / name, (identity / name).read_bytes(), mode=0o644)
    # Whoever reads it can do nothing with it: only this TPM unwraps it, and sync alone may ask it.
    machine = generations.folder / MACHINE
    if machine.exists():
        replace_file(etc / MACHINE, machine.read_bytes(), mode=0o644)
    else:
        (etc / MACHINE).unlink(missing_ok=True)


def _text(work: Work, etc: Path) -> str:
    answers = work.answers
    devices = answers.devices
    template = _TEMPLATE + (_UPDATES if _is_updated(work) else "")
    if work.root != Path("/"):
        template += _ELSEWHERE
    return template.format(
        terminal=terminal_name(work),
        language=answers.site.languages[0],
        mode=answers.site.mode,
        site=answers.site.id,
        opens=answers.site.opens,
        closes=answers.site.closes,
        reader=devices.reader,
        face_camera=devices.face_camera,
        document_camera=devices.document_camera,
        face_identity=_identity(work, Step.FACE_CAMERA),
        document_identity=_identity(work, Step.DOCUMENT_CAMERA),
        lights=devices.lights,
        lag_ms=devices.document_lag_ms,
        printer=devices.printer,
        register=answers.register.url,
        phone=answers.register.phone_url,
        fleet=answers.fleet.url,
        root=work.root,
        etc=etc,
        identity=etc,
        key=f"credential:{NAME}",
        updates=UPDATES_PATH,
        model=answers.machine.model,
        district=work.measured(Step.CLAIM).get("district", ""),
        machine=etc / MACHINE if (etc / MACHINE).exists() else "",
        tpm=work.tpm,
    )


def _is_updated(work: Work) -> bool:
    return (Path(work.answers.register.anchors) / UPDATE_ROOT).is_file()


def _identity(work: Work, camera: Step) -> str:
    """Return which camera was looked through, as TOML: from now on no other is believed."""
    # A JSON string is a basic string of TOML.
    return msgspec.json.encode(str(work.measured(camera).get("identity", ""))).decode()


def _lend(work: Work) -> None:
    """Have systemd lend the key to the programs with a network, and to no other."""
    current = work.generations.folder / CURRENT
    kept = (current / KEPT).read_text()
    directive = "LoadCredential" if kept == "file" else "LoadCredentialEncrypted"
    text = f"# Made by provisioning: the key is kept by {kept}.\n[Service]\n"
    text += f"{directive}={NAME}:{current / KEY}\n"
    for unit in LENT_TO:
        folder = work.root / "etc/systemd/system" / f"{unit}.d"
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / "identity.conf", text.encode(), mode=0o644)
    signing = work.root / MACHINE_SIGNS
    if (work.generations.folder / MACHINE).exists():
        replace_file(signing, SIGNING.encode(), mode=0o644)
    else:
        signing.unlink(missing_ok=True)
