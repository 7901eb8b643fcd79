"""A citizen before the terminal, and what people do to it meanwhile."""

import signal
import time

from kiosk.robot import finish_on_phone
from tests.appliance.citizen import Citizen
from tests.appliance.walk import Walk

_ENDED_S = 240.0
"""A session that was broken is over after this, with its notice read."""
_DETAILS = "Are these your details"
_STORED = (
    "/opt/kiosk/venv/bin/python -c 'import sqlite3, sys; "
    'box = sqlite3.connect("file:/var/lib/kiosk/outbox.db?mode=ro", uri=True); '
    'sys.exit(not box.execute("SELECT count(*) FROM payloads").fetchone()[0])\''
)
"""Whether a sealed record waits on the disk, asked in the bench's shell."""


def register(walk: Walk) -> str:
    """The robot citizen registers: reads the glass, presses, lays the card down, takes paper."""
    began = time.monotonic()
    _to_the_details(walk, "03")
    read_s = time.monotonic() - began
    _look(walk, "03", then="Finish on your phone")
    assert "calm done" in finish_on_phone(walk.stand.on_host(walk.read_qr()))
    walk.see("03-i-receipt", "Take your receipt", within_s=120)
    walk.until(lambda: walk.stand.printer.roll.receipts, "a receipt", within_s=120)
    walk.press("03-j-card", "Done", then=("Take your card back",))
    _take_card(walk)
    walk.see("03-k-attract", "Touch to begin", within_s=120)
    assert walk.stand.records() == 1
    return f"details after {read_s:.0f} s, {time.monotonic() - began:.0f} s in all"


def _to_the_details(walk: Walk, number: str) -> None:
    """From the first touch to what the card says."""
    to_the_card(walk, number)
    _lay_card(walk)
    walk.see(f"{number}-f-details", _DETAILS, within_s=240)


def _lay_card(walk: Walk, *, torn_under: int = 0) -> None:
    """Lay the card where camera and reader find it, to be torn out under a command or to stay."""
    walk.stand.lay_card()
    walk.in_slot.insert(walk.stand.card(), torn_under=torn_under)


def _take_card(walk: Walk) -> None:
    """Take the card, or tear it away."""
    walk.in_slot.remove()
    walk.stand.walk_away()


def _look(walk: Walk, number: str, *, then: str) -> None:
    """Confirm the details and look at the camera until the panel says `then`."""
    walk.press(f"{number}-g-photo", "Yes, they are mine", then=("Look at the camera",))
    walk.stand.stand_before_it()
    with Citizen(walk) as citizen:
        walk.until(lambda: citizen.reads(then), then, within_s=420)
    walk.picture(f"{number}-h-sent")


def to_the_card(walk: Walk, number: str) -> None:
    """From the first touch to the card on the reader."""
    walk.press(f"{number}-a-language", "Touch to begin", then=("Choose your language",))
    walk.press(f"{number}-b-service", "English", then=("What would you like to do",))
    walk.press(f"{number}-c-check", "Register for iAM Smart", then=("three things first",))
    walk.press(f"{number}-d-notice", "Yes, all three", then=("how we use your data",))
    walk.press(f"{number}-e-card", "I agree", then=("Place your identity card",))


def card_pulled(walk: Walk) -> str:
    """The card is torn out in the middle of being read: a kind word, and the next try goes well."""
    to_the_card(walk, "04")
    _lay_card(walk, torn_under=12)
    assert walk.in_slot.wait_torn(within_s=walk.wait(120))
    torn = time.monotonic()
    walk.stand.walk_away()
    walk.see("04-f-again", "The card was lifted too early", within_s=120)
    told_s = time.monotonic() - torn
    walk.press("04-g-place", "Try again", then=("Place your identity card",))
    _lay_card(walk)
    walk.see("04-h-details", _DETAILS, within_s=240)
    _leave(walk, "04-i")
    return f"told after {told_s:.0f} s, read at the second try"


def reader_unplugged(walk: Walk) -> str:
    """The reader is pulled while nobody is there: out of service, and back by itself."""
    walk.see("05-a-attract", "Touch to begin", within_s=60)
    walk.in_slot.close()
    walk.on.unplug("reader")
    walk.see("05-b-out", "Out of service", within_s=120)
    went = time.monotonic()
    walk.slot = walk.stand.plug_reader(walk.on)
    walk.see("05-c-back", "Touch to begin", within_s=240)
    return f"back {time.monotonic() - went:.0f} s after it was plugged in"


def reader_unplugged_under_a_card(walk: Walk) -> str:
    """The reader is pulled while it reads: the citizen is told whose fault it is, and may go."""
    to_the_card(walk, "05-d")
    _lay_card(walk)
    walk.see("05-d-reading", "Reading your card", within_s=60)
    walk.in_slot.close()
    walk.on.unplug("reader")
    pulled = time.monotonic()
    walk.see("05-e-told", "The card reader has a problem", within_s=60)
    told_s = time.monotonic() - pulled
    walk.stand.walk_away()
    walk.press("05-f-out", "Done", then=("Out of service",), within_s=_ENDED_S)
    walk.slot = walk.stand.plug_reader(walk.on)
    walk.see("05-g-back", "Touch to begin", within_s=240)
    return f"told after {told_s:.0f} s, shut behind the citizen, and back by itself"


def printer_unplugged(walk: Walk) -> str:
    """The printer is pulled: citizens are still served, and the glass says so."""
    walk.on.unplug("printer")
    walk.on.cut("paper")
    walk.see("06-a-no-paper", "No printing today", within_s=120)
    walk.stand.plug_printer(walk.on)
    went = time.monotonic()
    walk.until(
        lambda: not walk.shows("06-b-paper", "No printing today"), "paper again", within_s=240
    )
    return f"printing again {time.monotonic() - went:.0f} s after it was plugged in"


def camera_unplugged(walk: Walk) -> str:
    """The face camera is pulled: whoever wants to register is sent to a counter at once."""
    walk.on.unplug("usb-face")
    walk.hear("camera=face", "missing")
    walk.press("06-c-language", "Touch to begin", then=("Choose your language",))
    walk.press("06-d-service", "English", then=("What would you like to do",))
    walk.press("06-e-counter", "Register for iAM Smart", then=("The camera has a problem",))
    walk.stand.plug_camera(walk.on, "face")
    walk.press("06-f-attract", "Done", then=("Touch to begin",))
    walk.hear("camera=face", "ready")
    return "sent to a counter before the first question"


def card_service_killed(walk: Walk) -> str:
    """The card service is killed: the terminal is away for a moment, and back by itself."""
    walk.on.run("systemctl kill --signal=KILL pcscd.service")
    began = time.monotonic()
    walk.until(
        lambda: walk.on.tried("systemctl is-active pcscd.service")[0] == 0,
        "pcscd runs again",
        within_s=120,
    )
    walk.see("07-back", "Touch to begin", within_s=240)
    return f"back after {time.monotonic() - began:.0f} s"


def mains_while_sending(walk: Walk) -> str:
    """The mains go while the record is on its way: it arrives after the next start, once."""
    before = walk.stand.records()
    register = walk.stand.register.process
    register.send_signal(signal.SIGSTOP)
    try:
        _to_the_details(walk, "08")
        _look(walk, "08", then="Sending securely")
        walk.on.run(f"until {_STORED}; do sleep 0.2; done; sleep 1")
        walk.pull_mains()
    finally:
        register.send_signal(signal.SIGCONT)
    walk.start_anew("after-sending")
    walk.see("08-i-attract", "Touch to begin", within_s=500)
    walk.until(lambda: walk.stand.records() == before + 1, "the record arrives", within_s=300)
    return f"arrived {walk.on.age_s:.0f} s after the mains came back"


def mains_while_printing(walk: Walk) -> str:
    """The mains go while the receipt is printed: the next citizen gets a slip of their own."""
    if walk.stand.records():
        # Whoever is enrolled gets no second receipt.
        walk.go_back(walk.out / "kept")
    roll = walk.stand.printer.roll
    roll.rows_per_s = 30
    _to_the_details(walk, "09")
    _look(walk, "09", then="Finish on your phone")
    finish_on_phone(walk.stand.on_host(walk.read_qr()))
    walk.until(lambda: roll.printing, "the printer prints", within_s=120)
    walk.pull_mains()
    roll.lose_power()
    roll.rows_per_s = float("inf")
    roll.tear()
    papers = len(roll.receipts)
    walk.start_anew("after-printing")
    walk.see("09-i-attract", "Touch to begin", within_s=500)
    assert walk.stand.records() == 1
    assert len(roll.receipts) == papers, "a slip of a citizen who has gone was printed"
    return f"invites again {walk.on.age_s:.0f} s after the mains came back"


def _leave(walk: Walk, name: str) -> None:
    """Cancel, take the card, and see the terminal invite again."""
    walk.press(f"{name}-card", "Cancel", then=("Take your card back",))
    _take_card(walk)
    walk.see(f"{name}-attract", "Touch to begin", within_s=_ENDED_S)
