"""Scenes for the demo and the journey tests: what a citizen does, and what must be true.

Each scene is a walk and a check; the same law ends all of them: nothing of the
citizen remains on the terminal.
"""

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from drivers.admin import ask
from drivers.card import personalise
from drivers.card.personalise.person import SPECIMEN, Person, load
from kiosk.play import Play, expect
from kiosk.robot import Lost, consent_on_phone, finish_on_phone
from kiosk.scenes_staff import staff
from kiosk.stage import until
from wire.document import CardHint
from wire.screen import Action, Screen
from wire.vision import Challenge, FaceHint

_MINOR: Final = Path(personalise.__file__).parent / "people" / "child.toml"
_MOVES: Final = frozenset(Challenge) - {Challenge.LOOK_STRAIGHT}
_UNANSWERED_S: Final = 90.0
"""Longest until a receipt whose record the register has not answered: compare and wait first."""


def _to_the_card(play: Play) -> None:
    """From the first touch to the card on the reader."""
    robot = play.robot
    robot.see(Screen.ATTRACT)
    robot.touch(Action.TOUCH)
    robot.see(Screen.LANGUAGE)
    robot.touch(Action.SET_LANGUAGE, play.language)
    robot.see(Screen.SERVICE)
    robot.touch(Action.REGISTER)
    robot.see(Screen.ELIGIBILITY)
    robot.touch(Action.CONTINUE)
    robot.see(Screen.PRIVACY_NOTICE)
    robot.touch(Action.AGREE)
    robot.see(Screen.PLACE_CARD)


def _put_card(play: Play, fault: str = "none") -> None:
    play.show("document", "front_2018.png")
    play.stage.reader.insert(fault)


def _take_card(play: Play) -> None:
    play.stage.reader.remove()
    play.show("document", "nobody")


def _type_print(play: Play, holder: Person = SPECIMEN) -> None:
    """Type what the card of `holder` prints."""
    birth, issued = holder.birth, holder.issued
    play.robot.see(Screen.TYPE_DETAILS, variant="number")
    play.robot.type(holder.number)
    play.robot.see(Screen.TYPE_DETAILS, variant="birth")
    play.robot.type(f"{birth[6:]}{birth[4:6]}{birth[:4]}")
    play.robot.see(Screen.TYPE_DETAILS, variant="issued")
    play.robot.type(f"{issued[6:]}{issued[4:6]}{issued[2:4]}")


def _to_the_photo(play: Play) -> None:
    """From the first touch to the details confirmed; somebody may stand there already."""
    _to_the_card(play)
    _put_card(play)
    play.robot.see(Screen.CHECK_DETAILS)
    play.robot.touch(Action.CONTINUE)


def _to_the_phone(play: Play) -> None:
    _to_the_photo(play)
    play.robot.see(Screen.TAKING_PHOTO)
    play.show("face", "holder_person.npz")
    play.robot.picture("taking_photo-holder")
    play.robot.asked(
        move=lambda state: state["challenge"] in _MOVES,
        colours=lambda state: state["colour"] is not None,
    )


def _home(play: Play) -> None:
    """The card back, everything wiped, the next citizen welcome."""
    play.robot.see(Screen.TAKE_CARD)
    _take_card(play)
    play.show("face", "nobody")
    play.robot.see(Screen.WIPING)
    play.robot.see(Screen.ATTRACT)


def _referred(play: Play, code: str) -> None:
    """Sent to staff for that reason, with nothing sent to the register."""
    play.robot.see(Screen.REFERRAL, within_s=60)
    play.robot.touch(Action.CONTINUE)
    _home(play)
    expect(f"failure={code}" in play.stage.log("engine"), "the code is noted")
    expect(play.records() == 0, "no enrolment at the register")


def happy(play: Play) -> None:
    """A citizen registers, finishes on the phone, takes the receipt and leaves."""
    _to_the_phone(play)
    play.robot.see(Screen.LINK_PHONE)
    page = finish_on_phone(play.robot.read_qr())
    if "calm done" not in page:
        raise Lost("the phone page did not finish")
    play.robot.see(Screen.RECEIPT)
    until(lambda: ask(play.stage.printer, "state")["receipts"], name="the receipt")
    play.robot.see(Screen.RECEIPT, variant="printed")
    play.robot.touch(Action.CONTINUE)
    _home(play)
    expect(play.records() == 1, "one enrolment at the register")


def keypad(play: Play) -> None:
    """A citizen who cannot use the glass types, registers and leaves with one arrow and enter."""
    robot = play.robot
    robot.by_keys = True
    _to_typed_details(play, SPECIMEN, None)
    robot.touch(Action.CONTINUE)
    robot.see(Screen.TAKING_PHOTO)
    play.show("face", "holder_person.npz")
    robot.see(Screen.LINK_PHONE, within_s=120)
    robot.touch(Action.SKIP)
    robot.see(Screen.RECEIPT)
    robot.touch(Action.CONTINUE)
    _home(play)
    expect(play.records() == 1, "one enrolment at the register")


def look_around(play: Play) -> None:
    """Somebody looks for a service without an account, and takes its code along."""
    robot = play.robot
    robot.see(Screen.ATTRACT)
    robot.touch(Action.BROWSE)
    robot.see(Screen.BROWSE)
    robot.touch(Action.SET_LANGUAGE, play.language)
    robot.touch(Action.CATALOGUE)
    robot.see(Screen.CATALOGUE)
    robot.touch(Action.GROUP, "transport")
    robot.see(Screen.SERVICES)
    robot.touch(Action.NEXT)
    robot.see(Screen.SERVICES, variant="second-page")
    robot.touch(Action.PICK, "51")
    robot.see(Screen.ONE_SERVICE)
    expect(robot.read_qr() == "https://www.iamsmart.gov.hk/", "the code leads to the site")
    robot.touch(Action.LEAVE)
    robot.see(Screen.WIPING)
    robot.see(Screen.ATTRACT)
    expect(play.records() == 0, "no enrolment at the register")


def walk_away(play: Play) -> None:
    """A citizen leaves in the middle; the screens end the session by themselves."""
    _to_the_photo(play)
    play.robot.see(Screen.TAKING_PHOTO)
    play.robot.see(Screen.TAKE_CARD, within_s=60)
    _take_card(play)
    play.robot.see(Screen.WIPING)
    play.robot.see(Screen.ATTRACT)
    expect(play.records() == 0, "no enrolment at the register")


def wrong_face(play: Play) -> None:
    """Somebody else stands before the camera: to staff, never an accusation."""
    _to_the_photo(play)
    play.robot.see(Screen.TAKING_PHOTO)
    play.show("face", "stranger_person.npz")
    play.robot.see(Screen.REFERRAL, within_s=120)
    play.robot.touch(Action.CONTINUE)
    _home(play)
    log = play.stage.log("engine")
    codes = ("face.unclear", "face.tries_used")
    expect(any(f"failure={code}" in log for code in codes), "the code is noted")
    expect(play.records() == 0, "no enrolment at the register")


def no_face(play: Play) -> None:
    """Nobody stands before the camera: a hint, no photograph, and the time runs out."""
    _to_the_photo(play)
    play.robot.see(Screen.TAKING_PHOTO)
    play.robot.hint(FaceHint.NO_FACE)
    play.robot.see(Screen.TAKE_CARD, within_s=60)
    _take_card(play)
    play.robot.see(Screen.WIPING)
    play.robot.see(Screen.ATTRACT)
    expect("photo.taken" not in play.stage.log("engine"), "no photograph")


def vision_crash(play: Play) -> None:
    """The process behind the cameras crashes while the citizen is tried: back at once."""
    _to_the_photo(play)
    play.robot.see(Screen.TAKING_PHOTO)
    play.show("face", "holder_person.npz")
    play.robot.asked(move=lambda state: state["challenge"] in _MOVES)
    os.kill(play.stage.child_of("engine", "kiosk.vision"), signal.SIGSEGV)
    play.robot.see(Screen.LINK_PHONE)
    play.robot.touch(Action.SKIP)
    play.robot.see(Screen.RECEIPT)
    play.robot.touch(Action.CONTINUE)
    _home(play)
    expect("child.ended child=vision" in play.stage.log("engine"), "the crash is noted")
    expect(play.records() == 1, "one enrolment at the register")


def _attack(kind: str, *reasons: str) -> Callable[[Play], None]:
    """Return a scene in which something is held before the camera instead of a face."""

    def scene(play: Play) -> None:
        _to_the_photo(play)
        play.robot.see(Screen.TAKING_PHOTO)
        play.show("face", "holder_person.npz", kind=kind)
        play.robot.see(Screen.REFERRAL, within_s=120)
        play.robot.touch(Action.CONTINUE)
        _home(play)
        log = play.stage.log("engine")
        expect("failure=face.tries_used" in log, "the tries are used")
        expect(any(f"indicator={one}" in log for one in reasons), f"one of {reasons} is noted")
        expect("photo.taken" not in log, "no photograph is kept")
        expect(play.records() == 0, "no enrolment at the register")

    scene.__doc__ = f"A {kind} is held before the camera: staff look, nobody is accused."
    return scene


def offline(play: Play) -> None:
    """The register is down: the record waits sealed, and arrives once it is up again."""
    play.stage.stop("register")
    _to_the_phone(play)
    play.robot.see(Screen.RECEIPT, within_s=_UNANSWERED_S)
    until(lambda: ask(play.stage.printer, "state")["receipts"], name="the receipt")
    play.robot.touch(Action.CONTINUE)
    _home(play)
    play.stage.start_register()
    play.await_record()


def bad_card(play: Play) -> None:
    """A forged card: its signature does not hold."""
    _to_the_card(play)
    _put_card(play, "forged")
    _referred(play, "card.signature_bad")


def copy(play: Play) -> None:
    """A copy of a card lies under the camera: staff are asked to look, nobody is accused."""
    _to_the_card(play)
    play.show("document", "front_copy.png")
    play.stage.reader.insert()
    _referred(play, "card.copy_suspected")


def _to_typed_details(play: Play, holder: Person, person: Path | None) -> None:
    """Light dazzles on the card: after two tries the citizen types what it prints."""
    _to_the_card(play)
    play.show("document", "front_glare.png")
    play.stage.reader.insert(person=person)
    play.robot.hint(CardHint.GLARE)
    _type_print(play, holder)
    play.robot.see(Screen.CHECK_DETAILS)


def typed(play: Play) -> None:
    """A print that cannot be read is typed, and the chip opens."""
    _to_typed_details(play, SPECIMEN, None)
    play.robot.touch(Action.LEAVE)
    _home(play)


def minor(play: Play) -> None:
    """A minor waits until the guardian has consented on a phone; then the photograph begins."""
    holder, _ = load(_MINOR)
    _to_typed_details(play, holder, _MINOR)
    play.robot.touch(Action.CONTINUE)
    play.robot.see(Screen.GUARDIAN, variant="asking")
    link = play.robot.until_qr()
    play.robot.see(Screen.GUARDIAN)
    expect("/g/" in link, "the code leads to the guardian's page")
    consent_on_phone(link)
    play.robot.see(Screen.TAKING_PHOTO)
    play.robot.touch(Action.LEAVE)
    _home(play)
    expect("guardian.answered state=given" in play.stage.log("engine"), "the consent is noted")


def old_card(play: Play) -> None:
    """A card of the 2003 form is refused kindly, with where to replace it."""
    _to_the_card(play)
    play.show("document", "front_2003.png")
    play.robot.see(Screen.REFERRAL)
    play.robot.touch(Action.CONTINUE)
    play.robot.see(Screen.ATTRACT)
    expect("failure=card.old_form" in play.stage.log("engine"), "the code is noted")


def _card_problem(fault: str) -> Callable[[Play], None]:
    """Return a scene whose first card fails with `fault` and whose second is read."""

    def scene(play: Play) -> None:
        _to_the_card(play)
        _put_card(play, fault)
        play.robot.see(Screen.CARD_PROBLEM)
        _take_card(play)
        play.robot.touch(Action.RETRY)
        play.robot.see(Screen.PLACE_CARD, variant="again")
        _put_card(play)
        play.robot.see(Screen.CHECK_DETAILS)
        play.robot.touch(Action.LEAVE)
        _home(play)

    scene.__doc__ = f"A card that is {fault}: said plainly, then read at the second try."
    return scene


def _camera_fault(kind: str) -> Callable[[Play], None]:
    """Return a scene whose face camera fails while the citizen stands before it."""

    def scene(play: Play) -> None:
        _to_the_photo(play)
        play.robot.see(Screen.TAKING_PHOTO)
        ask(play.stage.cameras, "fault", camera="face", kind=kind)
        play.robot.see(Screen.REFERRAL)
        play.robot.touch(Action.CONTINUE)
        _home(play)
        ask(play.stage.cameras, "fault", camera="face", kind="none")

    scene.__doc__ = f"The face camera is {kind}: a referral to staff."
    return scene


def paper_out(play: Play) -> None:
    """The paper runs out while the receipt is printed: it is shown on the screen."""
    ask(play.stage.printer, "paper_out", after_rows=200)
    _to_the_phone(play)
    play.robot.see(Screen.LINK_PHONE)
    play.robot.touch(Action.SKIP)
    play.robot.see(Screen.RECEIPT)
    until(lambda: "failure=printer.paper_out" in play.stage.log("engine"), name="the fault")
    play.robot.see(Screen.RECEIPT, variant="on-screen")
    play.robot.touch(Action.CONTINUE)
    _home(play)
    expect(play.records() == 1, "one enrolment at the register")


def _register_fault(mode: str) -> Callable[[Play], None]:
    """Return a scene with a register that misbehaves and then recovers."""

    def scene(play: Play) -> None:
        play.stage.stop("register")
        play.stage.start_register(module="enrolment.sandbox_faults", faults=("--mode", mode))
        _to_the_phone(play)
        play.robot.see(Screen.RECEIPT, within_s=_UNANSWERED_S)
        play.robot.touch(Action.CONTINUE)
        _home(play)
        play.stage.stop("register")
        play.stage.start_register()
        play.await_record()

    scene.__doc__ = f"A register that is {mode}: the record waits, and is stored once."
    return scene


SCENES: Final[Mapping[str, Callable[[Play], None]]] = MappingProxyType(
    {
        "happy": happy,
        "keypad": keypad,
        "look-around": look_around,
        "staff": staff,
        "walk-away": walk_away,
        "wrong-face": wrong_face,
        "no-face": no_face,
        "vision-crash": vision_crash,
        "print-attack": _attack("flat_print", "flat", "no_move"),
        "replay-attack": _attack("old_replay", "colours_unanswered", "wrong_move", "no_move"),
        "offline": offline,
        "bad-card": bad_card,
        "old-card": old_card,
        "copy": copy,
        "typed": typed,
        "minor": minor,
        "torn-card": _card_problem("torn"),
        "mute-card": _card_problem("mute"),
        "truncated-card": _card_problem("truncated"),
        "camera-blank": _camera_fault("blank"),
        "camera-unplugged": _camera_fault("unplugged"),
        "paper-out": paper_out,
        "register-slow": _register_fault("slow"),
        "register-rubbish": _register_fault("rubbish"),
    }
)
"""Every scene by the name that ``make demo SCENE=`` takes."""


PATIENCE: Final[Mapping[str, float]] = MappingProxyType({"walk-away": 0.2, "no-face": 0.2})
"""Scenes that wait for a time-out run with shorter ones."""
