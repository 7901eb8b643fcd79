"""Turn a machine into a terminal, keep it one, and undo it.

::

    python -m provisioning run                       ask at the keyboard, one step at a time
    python -m provisioning run --answers site.toml   the same, scripted; exit status 0 when ready
    python -m provisioning run --again printer       do a step again that was done
    python -m provisioning renew [--at-once]         the certificate, by a timer or the fleet
    python -m provisioning retire --report FOLDER [--export FILE] [--offline]
    python -m provisioning verify REPORT.json --certificate terminal.pem

``run`` may be stopped at any time, by a power cut too: it goes on where it was.
"""

import argparse
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography import x509

from drivers.errors import DeviceError
from drivers.tpm.tss import DEVICE
from provisioning import report
from provisioning.acts.all import acts
from provisioning.acts.setting_up import LENT_TO, publish, terminal_name
from provisioning.acts.work import Work
from provisioning.answers import Answers, BadAnswers, load
from provisioning.asking import ask
from provisioning.durable import replace_file
from provisioning.identity.fleet_link import FleetError
from provisioning.identity.generations import Generations
from provisioning.identity.keeper import (
    CannotKeep,
    CannotUnlock,
    CredentialKeeper,
    FileKeeper,
    Keeper,
)
from provisioning.identity.machine import existing
from provisioning.identity.renewing import Expired, NoIdentity, renew
from provisioning.identity.signed import sign_report, verify_report
from provisioning.kept import Kept
from provisioning.people import Keyboard, People, Scripted
from provisioning.retire import NotRetired, Place, of_a_terminal, retire
from provisioning.runner import NotDone, Runner
from provisioning.steps import Figure, Step, latest, missing
from wire.screen import Language
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
_PAINT_S: Final = 120.0
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
    run = commands.add_parser("run", help="do what is due")
    run.add_argument("--answers", type=Path, help="the site's; asked for without one")
    run.add_argument("--again", type=Step, action="append", default=[], choices=list(Step))
    run.add_argument("--wait", type=float, default=60.0, help="seconds for a card or a touch")
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
        print(f"{failed.code}: {_meaning(failed.code)}", file=sys.stderr)
        return 1
    except BadSignature:
        print("signature.bad", file=sys.stderr)
        return 1


def _run(asked: argparse.Namespace) -> int:
    people: People
    site = asked.root / "etc/kiosk/site.toml"
    if asked.answers is not None:
        answers = load(asked.answers)
        people = Scripted(answers.judged, print)
    else:
        people = Keyboard(asked.language, input, print)
        answers = load(site) if site.exists() else _asked(people, site)
    kept = Kept(_state(asked.root) / "results.jsonl")

    def measured(step: Step) -> Mapping[str, Figure]:
        last = latest(kept.results).get(step)
        return last.figures if last else {}

    work = Work(
        answers=answers,
        people=people,
        generations=_generations(asked.root),
        keepers=_keepers(asked.key),
        clock=time.time,
        root=asked.root,
        wait_s=asked.wait,
        tpm=asked.tpm,
        measured=measured,
    )
    runner = Runner(answers, kept, acts(work), people, clock=time.time, meaning=_meaning)
    lacking = runner.run(again=asked.again)
    _report(work, kept, people, Language(asked.language))
    if lacking:
        people.told("not_ready", steps=" ".join(lacking))
        return 1
    people.told("ready", terminal=terminal_name(work))
    return 0


def _asked(people: People, site: Path) -> Answers:
    answers, content = ask(people, input)
    site.parent.mkdir(parents=True, exist_ok=True)
    replace_file(site, content)
    return answers


def _report(work: Work, kept: Kept, people: People, language: Language) -> None:
    """Keep the readiness report: JSON, its signature once there is a key, and a page of PDF."""
    digests, last = work.answers.digests(), latest(kept.results)
    try:
        terminal = terminal_name(work)
    except NotDone:
        terminal = "-"
    made = report.compiled(
        kept.results,
        last,
        missing(last, digests),
        terminal=terminal,
        site=work.answers.site.id,
        made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M"),
    )
    folder = _state(work.root)
    content = report.encoded(made)
    replace_file(folder / "readiness.json", content)
    current = work.generations.current()
    if current is not None:
        key = current.key(current.keeper(work.keepers))
        replace_file(folder / "readiness.sig", sign_report(content, key).encode())
    order = msgspec.json.encode(report.page(made, language))
    page = folder / "readiness.pdf"
    command = [sys.executable, "-m", "ui.readiness", str(page)]
    painted = subprocess.run(
        command, input=order, timeout=_PAINT_S, check=False, capture_output=True
    )
    people.told("report", path=page if painted.returncode == 0 else folder / "readiness.json")


def _renew(asked: argparse.Namespace) -> int:
    generations = _generations(asked.root)
    current = generations.current()
    if current is None:
        raise NoIdentity("no identity here")
    settings = asked.root / "etc/kiosk/terminal.toml"
    url = tomllib.loads(settings.read_text())["fleet"]["url"]
    keeper = current.keeper(_keepers(asked.key))
    now = datetime.now(UTC)
    machine = existing(generations, asked.tpm)
    renewed = renew(generations, keeper, url, now=now, at_once=asked.at_once, machine=machine)
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
        generations=_generations(asked.root),
        keepers=_keepers(asked.key),
        outbox=Path(paths.get("outbox", asked.root / "var/lib/kiosk/outbox.db")),
        fleet_url=settings.get("fleet", {}).get("url", ""),
        state=_state(asked.root),
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
    signature = asked.report.with_suffix(".sig").read_text()
    verify_report(asked.report.read_bytes(), signature, certificate)
    print("as the terminal signed it")
    return 0


def _systemctl(*words: str) -> None:
    command = ["systemctl", "--no-ask-password", *words]
    subprocess.run(command, timeout=_RESTART_S, check=False, capture_output=True)


def _generations(root: Path) -> Generations:
    return Generations(root / "var/lib/kiosk-identity")


def _state(root: Path) -> Path:
    return root / "var/lib/kiosk-provisioning"


def _keepers(kinds: Sequence[str] | None) -> list[Keeper]:
    made: Mapping[str, Callable[[], Keeper]] = {
        "tpm": lambda: CredentialKeeper("tpm"),
        "host": lambda: CredentialKeeper("host"),
        "file": FileKeeper,
    }
    return [made[kind]() for kind in kinds or made]


def _meaning(code: str) -> str:
    """Return what a failure code means, in the catalogue's words."""
    tables = tomllib.loads((Path(__file__).parents[1] / "wire/failures.toml").read_text())
    part, _, what = code.partition(".")
    meaning: str = tables.get(part, {}).get(what, {}).get("meaning", "")
    return meaning


_ACTS: Final = {"run": _run, "renew": _renew, "retire": _retire, "verify": _verify}


if __name__ == "__main__":
    sys.exit(main())
