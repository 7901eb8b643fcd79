"""What card host and screens held is in neither once it was told, or told to forget.

Each is the real program, by itself and given what it is given in a visit; all that it can
write to is searched, while it holds the citizen and after. What they free is overwritten
(`kiosk.session.forgetful`). One that frees as usual is searched beside it, and there
something is found.

Left out is a thread's stack: what a call leaves there stands until the next call (docs/privacy.md).
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.virtual_reader import VirtualReader, why_not
from kiosk.session import forgetful
from kiosk.stage import NotStarted, until
from tests.support.engine_end import EngineEnd
from tests.support.faces import folder_of_pictures
from tests.support.pcsc import virtual_reader
from tests.unit.kiosk.engine.test_card_host import Host
from wire.card import CardPresence
from wire.screen import (
    Facts,
    Forget,
    Forgot,
    Language,
    Painted,
    PaintReceipt,
    ReceiptPainted,
    Screen,
    Show,
)

pytestmark = [pytest.mark.server, pytest.mark.slow]

STRIDE = 1 << 24
OVERLAP = 256
LINK = "https://phone.example/a/QzWxVkJqQzWxVkJq"
REFERENCE = "QZWX-VKJQ"
DETAILS: Facts = {
    "name": "QZWXVK, Yjkqpz",
    "chinese": "鑫淼犇",
    "number": "K71••••(•)",
    "birth": "••-••-1987",
    "sex": "F",
}
SOON_S = 5.0


def held(pid: int, wanted: Mapping[str, bytes]) -> set[str]:
    """Return the names of what the process holds in anything it can write to but its stack."""
    found: set[str] = set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            if "w" not in rights or line.endswith(("[stack]", "[vvar]", "[vsyscall]")):
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            for at in range(start, end, STRIDE):
                try:
                    memory.seek(at)
                    content = memory.read(min(STRIDE + OVERLAP, end - at))
                except OSError:
                    # A mapping without pages behind it holds nothing.
                    break
                found |= {name for name, canary in wanted.items() if canary in content}
    return found


def left(pid: int, wanted: Mapping[str, bytes]) -> set[str]:
    """Return what is held after a while: an answer goes out before its call ends."""
    try:
        until(lambda: not held(pid, wanted), within_s=SOON_S)
    except NotStarted:
        return held(pid, wanted)
    return set()


def words(**of: str) -> dict[str, bytes]:
    """Texts as Python and as Qt keep them."""
    return {name: text.encode() for name, text in of.items()} | {
        f"{name}, in Qt": text.encode("utf-16-le") for name, text in of.items()
    }


@pytest.fixture(scope="module")
def virtual() -> Iterator[VirtualReader]:
    if why_not():
        pytest.skip(why_not())
    with virtual_reader() as reader:
        yield reader


@pytest.fixture(params=["overwriting what is freed", "as usual"])
def overwrites(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether programs started in this test overwrite what they free."""
    does: bool = request.param == "overwriting what is freed"
    for name, value in forgetful.ENVIRONMENT.items():
        monkeypatch.delenv(name, raising=False)
        if does:
            monkeypatch.setenv(name, value)
    return does


def test_a_card_host_holds_nothing_of_a_card_it_has_told(
    virtual: VirtualReader, *, overwrites: bool
) -> None:
    portrait = (folder_of_pictures() / "holder_chip.jpg").read_bytes()
    wanted = words(number=SPECIMEN.number, chinese=SPECIMEN.chinese)
    wanted |= {"portrait": portrait[len(portrait) // 2 :][:32], "mrz": b"LAM<<SIU<MUI"}
    host = Host(virtual)
    try:
        # Else a card of the test before, of which pcscd still speaks, is the one that is read.
        host.hears(CardPresence(present=False))
        virtual.insert()
        host.read()
        assert bool(left(host.child.pid, wanted)) is not overwrites
    finally:
        host.child.close()
        virtual.remove()


def test_the_screens_hold_nothing_of_a_citizen_they_were_told_to_forget(
    tmp_path: Path, *, overwrites: bool
) -> None:
    engine = EngineEnd(tmp_path / "engine.sock")
    command = [sys.executable, "-m", "ui", "--engine", str(tmp_path / "engine.sock")]
    program = subprocess.Popen(
        [*command, "--size", "540x960"],
        stderr=subprocess.DEVNULL,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    wanted = words(name=str(DETAILS["name"]), number=str(DETAILS["number"]), link=LINK)

    def show(sequence: int, screen: Screen, facts: Facts) -> None:
        engine.send(Show(sequence=sequence, screen=screen, language=Language.EN, facts=facts))
        until(lambda: engine.heard(Painted(sequence)), name=screen)

    try:
        until(engine.meets, name="the screens")
        show(1, Screen.CHECK_DETAILS, DETAILS)
        assert {"name", "name, in Qt"} <= held(program.pid, wanted)
        show(2, Screen.LINK_PHONE, {"link": LINK, "reference": REFERENCE})
        engine.send(PaintReceipt(Language.EN, REFERENCE, LINK, "2026-11-25T10:00", sent=True))
        until(lambda: engine.heard_kind(ReceiptPainted), name="the receipt")
        engine.send(Forget())
        until(lambda: engine.heard(Forgot()), name="forgotten")
        assert bool(left(program.pid, wanted)) is not overwrites
    finally:
        program.kill()
        program.wait()
        engine.close()
