"""The scene of staff mode: tests, a report, and nothing left behind (not shipped)."""

from drivers.admin import ask
from drivers.card.personalise.service import NUMBER, PIN
from kiosk.play import Play, expect
from kiosk.stage import until
from wire.screen import Action, Screen
from wire.staff import DeviceTest


def _type(play: Play, pin: str) -> None:
    for digit in pin:
        play.robot.touch(Action.KEY, digit)
    play.robot.touch(Action.CONTINUE)


def staff(play: Play) -> None:
    """Staff tests reader, printer and glass, makes a report, and takes the card along."""
    robot = play.robot
    robot.see(Screen.ATTRACT)
    play.stage.reader.insert_service()
    robot.see(Screen.STAFF_PIN)
    robot.touch(Action.SET_LANGUAGE, play.language)
    _type(play, "000000")
    until(lambda: "staff.refused" in play.stage.log("engine"), name="the refusal")
    robot.see(Screen.STAFF_PIN, variant="refused")
    _type(play, PIN)
    robot.see(Screen.STAFF_MENU)
    robot.touch(Action.TESTS)
    robot.see(Screen.STAFF_TESTS)
    robot.touch(Action.TEST, DeviceTest.READER)
    robot.see(Screen.STAFF_TESTS, variant="reader")
    robot.touch(Action.TEST, DeviceTest.PRINTER)
    until(lambda: ask(play.stage.printer, "state")["receipts"], name="the test slip")
    robot.see(Screen.STAFF_TEST, variant="printer")
    robot.touch(Action.PASSED)
    robot.see(Screen.STAFF_TESTS, variant="printer")
    robot.touch(Action.TEST, DeviceTest.TOUCH)
    for number in range(1, 10):
        robot.touch(Action.TARGET, str(number))
    robot.see(Screen.STAFF_TESTS, variant="touch")
    robot.touch(Action.BACK)
    robot.touch(Action.CAMERA)
    robot.see(Screen.STAFF_CAMERA)
    robot.touch(Action.PASSED)
    robot.touch(Action.BACK)
    robot.touch(Action.REPORT)
    robot.touch(Action.CONTINUE)
    reports = play.stage.state / "reports"
    until(lambda: list(reports.glob("*.pdf")), name="the report")
    robot.see(Screen.STAFF_REPORT)
    robot.touch(Action.BACK)
    robot.see(Screen.STAFF_MENU, variant="tested")
    play.stage.reader.remove()
    robot.see(Screen.ATTRACT)
    log = play.stage.log("engine")
    expect("staff.refused failure=staff.pin_refused tries=1" in log, "the wrong PIN is noted")
    expect(f"staff.admitted card={NUMBER}" in log, "who came in is noted")
    expect("staff.ended" in log and "why=card_taken" in log, "how it ended is noted")
    expect(PIN not in log, "the PIN is not noted")
    expect("photo.taken" not in log, "nobody was photographed")
