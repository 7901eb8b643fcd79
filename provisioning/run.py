"""Do the steps: scripted, asked at the keyboard, or at the panel; then make the report."""

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from provisioning import machine, pictures, report
from provisioning.acts.all import acts
from provisioning.acts.setting_up import terminal_name
from provisioning.acts.work import Work
from provisioning.answers import Answers, BadAnswers, load, written
from provisioning.asking import ask
from provisioning.durable import forget, replace_file
from provisioning.identity.signed import sign_report, signature_of
from provisioning.kept import Kept
from provisioning.people import Keyboard, People, Scripted
from provisioning.runner import NotDone, Runner
from provisioning.screen.draft import Draft
from provisioning.screen.panel import Panel
from provisioning.screen.standing import AtThePanel
from provisioning.screen.wizard import Reported, Wizard
from provisioning.steps import Figure, Step, latest, missing
from wire.screen import Language

SOCKET: Final = Path("/run/kiosk-provisioning/screens.sock")
UNFINISHED: Final = "unfinished"
"""A file by which the units know that nobody has handed the terminal over yet."""
_PAINT_S: Final = 120.0


def run(asked: argparse.Namespace, *, clock: Callable[[], float]) -> int:
    """Do what is due; 0 when the terminal is ready, 1 when something is missing.

    Args:
        asked: the command line.
        clock: seconds since 1970.

    Raises:
        BadAnswers: the site's answers cannot be used.
    """
    if asked.screen is not None:
        return _at_the_panel(asked, clock)
    people: People
    site = asked.root / "etc/kiosk/site.toml"
    if asked.answers is not None:
        answers = load(asked.answers)
        people = Scripted(answers.judged, print)
    else:
        people = Keyboard(asked.language, input, print)
        answers = load(site) if site.exists() else _asked(people, site)
    kept = Kept(machine.state(asked.root) / "results.jsonl")
    work = _work(asked, answers, people, kept, clock)
    lacking = _runner(work, kept).run(again=asked.again)
    made = make_report(work, kept, Language(asked.language))
    people.told("report", path=made)
    if lacking:
        people.told("not_ready", steps=" ".join(lacking))
        return 1
    # The wizard may have been at the panel before: a script that ends well hands over as well.
    unfinished = machine.state(asked.root) / UNFINISHED
    if unfinished.exists():
        forget(unfinished)
    people.told("ready", terminal=terminal_name(work))
    return 0


def _at_the_panel(asked: argparse.Namespace, clock: Callable[[], float]) -> int:
    state = machine.state(asked.root)
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = state / UNFINISHED
    replace_file(unfinished, b"")
    kept = Kept(state / "results.jsonl")
    site = asked.root / "etc/kiosk/site.toml"
    given = _given(asked.answers) if asked.answers is not None else _prepared(site)

    def do(step: Step, answers: Answers, people: AtThePanel) -> None:
        _runner(_work(asked, answers, people, kept, clock), kept).do(step)

    def named(answers: Answers) -> str:
        with suppress(NotDone):
            return terminal_name(_work(asked, answers, Scripted({}, print), kept, clock))
        return ""

    with Panel(asked.screen, Language(asked.language)) as panel:

        def reported(answers: Answers) -> Reported:
            work = _work(asked, answers, Scripted({}, print), kept, clock)
            path = make_report(work, kept, panel.language)
            shown = [what.value for what in pictures.kept(state)]
            return Reported(named(answers), shown, painted=path.suffix == ".pdf")

        wizard = Wizard(
            panel,
            state=state,
            root=asked.root,
            given=given,
            results=kept,
            do=do,
            report=reported,
            terminal=lambda: named(given.answers()),
            wait_s=asked.wait,
        )
        answered = wizard.run()
    replace_file(site, written(answered.tables))
    forget(unfinished)
    return 0


def _given(path: Path) -> Draft:
    """Return what was answered beforehand; it need not be whole.

    Raises:
        BadAnswers: it cannot be used.
    """
    try:
        given = Draft(tomllib.loads(path.read_text()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise BadAnswers(str(cause)) from cause
    given.answers()
    return given


def _prepared(site: Path) -> Draft:
    """Return the answers that came with the machine, if there are any that can be used.

    At a site nobody can mend a file: a bad one costs typing, never the panel.
    """
    try:
        return _given(site)
    except (FileNotFoundError, BadAnswers):
        return Draft()


def _work(
    asked: argparse.Namespace,
    answers: Answers,
    people: People,
    kept: Kept,
    clock: Callable[[], float],
) -> Work:
    def measured(step: Step) -> Mapping[str, Figure]:
        last = latest(kept.results).get(step)
        return last.figures if last else {}

    return Work(
        answers=answers,
        people=people,
        generations=machine.generations(asked.root),
        keepers=machine.keepers(asked.key),
        clock=clock,
        root=asked.root,
        wait_s=asked.wait,
        tpm=asked.tpm,
        measured=measured,
    )


def _runner(work: Work, kept: Kept) -> Runner:
    return Runner(
        work.answers,
        kept,
        acts(work),
        work.people,
        clock=work.clock,
        meaning=machine.meaning,
    )


def _asked(people: People, site: Path) -> Answers:
    answers, content = ask(people, input)
    site.parent.mkdir(parents=True, exist_ok=True)
    replace_file(site, content)
    return answers


def make_report(work: Work, kept: Kept, language: Language) -> Path:
    """Keep the readiness report: JSON and a page of PDF, each signed once there is a key.

    Returns:
        The PDF, or the JSON where it could not be painted.

    Raises:
        OSError: the disk did not take it.
    """
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
        made_at=datetime.fromtimestamp(work.clock(), UTC).strftime("%Y-%m-%dT%H:%M"),
        pictures=pictures.kept(work.state),
    )
    file = work.state / "readiness.json"
    replace_file(file, report.encoded(made))
    _sign(work, file)
    page = file.with_suffix(".pdf")
    command = [sys.executable, "-m", "ui.readiness", str(page)]
    order = msgspec.json.encode(report.page(made, language))
    painted = subprocess.run(
        command, input=order, timeout=_PAINT_S, check=False, capture_output=True
    )
    if painted.returncode != 0:
        return file
    _sign(work, page)
    return page


def _sign(work: Work, file: Path) -> None:
    current = work.generations.current()
    if current is not None:
        key = current.key(current.keeper(work.keepers))
        replace_file(signature_of(file), sign_report(file.read_bytes(), key).encode())
