"""Turn a machine into a terminal, keep it one, and undo it.

::

    python -m provisioning run                       ask at the keyboard, one step at a time
    python -m provisioning run --screen              ask at the panel, by touch: the wizard
    python -m provisioning run --answers site.toml   the same, scripted; exit status 0 when ready
    python -m provisioning run --again printer       do a step again that was done
    python -m provisioning renew [--at-once]         the certificate, by a timer or the fleet
    python -m provisioning retire --report FOLDER [--export FILE] [--offline]
    python -m provisioning verify REPORT.json --certificate terminal.pem

``run`` may be stopped at any time, by a power cut too: it goes on where it was. With ``--screen``
it listens on a unix socket for the screens (``python -m ui --engine SOCKET``) and ends when the
terminal is ready and whoever stands there has said so; ``--answers`` then fills in what it names.
"""

import argparse
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509

from drivers.errors import DeviceError
from drivers.tpm.tss import DEVICE
from provisioning import machine
from provisioning.acts.setting_up import LENT_TO, publish
from provisioning.answers import BadAnswers
from provisioning.identity.fleet_link import FleetError
from provisioning.identity.keeper import CannotKeep, CannotUnlock
from provisioning.identity.machine import existing
from provisioning.identity.renewing import Expired, NoIdentity, renew
from provisioning.identity.signed import signature_of, verify_report
from provisioning.people import Keyboard, Scripted
from provisioning.retire import NotRetired, Place, of_a_terminal, retire
from provisioning.run import SOCKET, run
from provisioning.steps import Step
from wire.signature import BadSignature

_FAILURES: Final = (
    FleetError,
    NotRetired,
    NoIdentity,
    Expired,
    CannotKeep,
    CannotUnlock,
    DeviceError,
)
_RESTART_S: Final = 60.0


def parser() -> argparse.ArgumentParser:
    """Return the command line's description."""
    flags = argparse.ArgumentParser(prog="python -m provisioning", description=__doc__)
    flags.formatter_class = argparse.RawDescriptionHelpFormatter
    flags.add_argument("--root", type=Path, default=Path("/"), help="of the machine; for trying")
    flags.add_argument("--language", choices=["en", "zh_HK"], default="en")
    flags.add_argument(
        "--key",
        choices=["tpm", "host", "file"],
        action="append",
        help="ways to keep the key, best first; all without this",
    )
    flags.add_argument("--tpm", default=DEVICE, help="where the TPM is, as libtss2 names it")
    commands = flags.add_subparsers(dest="act", required=True)
    steps = commands.add_parser("run", help="do what is due")
    steps.add_argument("--answers", type=Path, help="the site's; asked for without one")
    steps.add_argument(
        "--screen",
        type=Path,
        nargs="?",
        const=SOCKET,
        metavar="SOCKET",
        help=f"ask at the panel; the screens find it at SOCKET ({SOCKET})",
    )
    steps.add_argument("--again", type=Step, action="append", default=[], choices=list(Step))
    steps.add_argument("--wait", type=float, default=60.0, help="seconds for a card or a touch")
    renewal = commands.add_parser("renew", help="renew the certificate if it is due")
    renewal.add_argument("--at-once", action="store_true", help="although it is not due")
    retiring = commands.add_parser("retire", help="undo the terminal")
    retiring.add_argument("--report", type=Path, required=True, help="folder, not on this disk")
    retiring.add_argument("--export", type=Path, help="new file for sealed records that wait")
    retiring.add_argument("--offline", action="store_true", help="although the fleet is silent")
    verification = commands.add_parser("verify", help="hold a report against a certificate")
    verification.add_argument("report", type=Path)
    verification.add_argument("--certificate", type=Path, required=True)
    return flags


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and do it; 1 with a code if it was not done, 2 for bad answers."""
    asked = parser().parse_args(arguments)
    try:
        return _ACTS[asked.act](asked)
    except BadAnswers as bad:
        print(f"{bad.code}: {bad}", file=sys.stderr)
        return 2
    except _FAILURES as failed:
        print(f"{failed.code}: {machine.meaning(failed.code)}", file=sys.stderr)
        return 1
    except BadSignature:
        print("signature.bad", file=sys.stderr)
        return 1


def _renew(asked: argparse.Namespace) -> int:
    generations = machine.generations(asked.root)
    current = generations.current()
    if current is None:
        raise NoIdentity("no identity here")
    settings = asked.root / "etc/kiosk/terminal.toml"
    url = tomllib.loads(settings.read_text())["fleet"]["url"]
    keeper = current.keeper(machine.keepers(asked.key))
    now = datetime.now(UTC)
    signer = existing(generations, asked.tpm)
    renewed = renew(generations, keeper, url, now=now, at_once=asked.at_once, machine=signer)
    if renewed.is_new:
        publish(generations, settings.parent)
        if asked.root == Path("/"):
            _systemctl("try-restart", "--no-block", *LENT_TO)
    Scripted({}, print).told("renewed", ends=renewed.ends.date())
    return 0


def _retire(asked: argparse.Namespace) -> int:
    file = asked.root / "etc/kiosk/terminal.toml"
    # A run that was interrupted may have wiped it; then everything before that was done.
    settings = tomllib.loads(file.read_text()) if file.exists() else {}
    paths = settings.get("paths", {})
    if asked.root == Path("/"):
        _systemctl("stop", "kiosk.target")
    place = Place(
        generations=machine.generations(asked.root),
        keepers=machine.keepers(asked.key),
        outbox=Path(paths.get("outbox", asked.root / "var/lib/kiosk/outbox.db")),
        fleet_url=settings.get("fleet", {}).get("url", ""),
        state=machine.state(asked.root),
        wiped=of_a_terminal(asked.root),
        reports=asked.report,
        clock=time.time,
        tpm=asked.tpm,
    )
    retired = retire(place, export=asked.export, offline=asked.offline)
    people = Keyboard(asked.language, input, print)
    people.told(
        "retired",
        terminal=retired.terminal,
        exported=retired.exported,
        keys=retired.keys_destroyed,
        files=retired.files_wiped,
    )
    if not retired.withdrawn:
        people.told("not_withdrawn", terminal=retired.terminal)
    return 0


def _verify(asked: argparse.Namespace) -> int:
    certificate = x509.load_pem_x509_certificate(asked.certificate.read_bytes())
    signature = signature_of(asked.report).read_text()
    verify_report(asked.report.read_bytes(), signature, certificate)
    print("as the terminal signed it")
    return 0


def _systemctl(*words: str) -> None:
    command = ["systemctl", "--no-ask-password", *words]
    subprocess.run(command, timeout=_RESTART_S, check=False, capture_output=True)


def _run(asked: argparse.Namespace) -> int:
    return run(asked, clock=time.time)


_ACTS: Final = {"run": _run, "renew": _renew, "retire": _retire, "verify": _verify}


if __name__ == "__main__":
    sys.exit(main())
