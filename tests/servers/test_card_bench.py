"""``python -m drivers card``: what the workshop sees, on a virtual reader."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from drivers.card.pcsc import PcscReader
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.virtual_reader import VirtualReader, why_not
from drivers.card.reader import ReaderEvent
from kiosk.stage import until
from tests.support.pcsc import virtual_reader

pytestmark = pytest.mark.server
HOLDER = ("A1234563", "LAM", "Siu", "19680412")


@pytest.fixture(scope="module")
def virtual() -> Iterator[VirtualReader]:
    if why_not():
        pytest.skip(why_not())
    with virtual_reader() as reader:
        reader.insert(card={"longest_answer": 4_096})
        events: SimpleQueue[ReaderEvent] = SimpleQueue()
        watched = PcscReader()
        watched.watch(events.put)
        until(lambda: events.get(timeout=5).card_present)
        watched.close()
        yield reader


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    file = tmp_path / "print.toml"
    file.write_text(
        f'number = "{SPECIMEN.number}"\nbirth = "{SPECIMEN.birth}"\nissued = "{SPECIMEN.issued}"\n'
    )
    return file


def bench(*words: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "drivers", "card", *map(str, words)],
        capture_output=True,
        text=True,
        input=typed,
        timeout=30,
        check=False,
    )


def facts(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    [line] = done.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_info_says_what_a_card_offers_without_opening_it(virtual: VirtualReader) -> None:
    found = facts(bench("info", "--json"))
    assert found["offers"] == ["PACE-ECDH-GM-AES-CBC-CMAC-128/P-256"]
    assert found["card_gives_answers_of"] == 4_096


def test_read_says_that_nothing_was_verified(virtual: VirtualReader, printed: Path) -> None:
    found = facts(bench("read", "--json", "--print", printed))
    assert found["verified"] is False
    assert set(found["files"]) == {"EF.DG1", "EF.DG2", "EF.DG13", "EF.DG14"}


def test_verify_says_by_what(virtual: VirtualReader, printed: Path) -> None:
    found = facts(bench("verify", "--json", "--print", printed, "--trust", virtual.trust))
    assert found["verified"] is True
    assert found["chip"] == "CA-ECDH-AES-CBC-CMAC-128/P-256"
    assert found["signer"]["csca"].endswith("specimen_csca.pem")
    assert any(gap.startswith("revocation") for gap in found["not_verified"])


def test_nothing_of_the_holder_is_said_unless_it_is_asked_for(
    virtual: VirtualReader, printed: Path
) -> None:
    asked = ("--print", printed, "--trust", virtual.trust)
    done = bench("verify", "--trace", *asked)
    assert done.returncode == 0
    assert "GENERAL AUTHENTICATE" in done.stderr
    assert not any(word in done.stdout + done.stderr for word in HOLDER)
    assert SPECIMEN.number in bench("verify", "--holder", *asked).stdout


def test_the_print_may_be_typed(virtual: VirtualReader) -> None:
    typed = f"{SPECIMEN.number}\n{SPECIMEN.birth}\n{SPECIMEN.issued}\n"
    assert bench("read", typed=typed).returncode == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("A1234564\n19680412\n20190315\n", "card.key_refused"),
        ("A1234563\n1968\n20190315\n", "device.protocol_local"),
    ],
)
def test_what_fails_is_said_by_its_code(virtual: VirtualReader, typed: str, code: str) -> None:
    done = bench("read", "--json", typed=typed)
    assert (done.returncode, facts(done)["failed"]) == (1, code)


def test_a_file_that_is_no_print_is_said_and_not_repeated(
    virtual: VirtualReader, tmp_path: Path
) -> None:
    file = tmp_path / "print.toml"
    file.write_text('number = "A1234563"\n')
    done = bench("read", "--json", "--print", file)
    assert "print.toml" in facts(done)["why"]
    assert "A1234563" not in done.stdout + done.stderr


def test_a_card_that_nobody_trusts_is_refused(
    virtual: VirtualReader, printed: Path, tmp_path: Path
) -> None:
    done = bench("verify", "--json", "--print", printed, "--trust", tmp_path / "nobody")
    assert (done.returncode, facts(done)["failed"]) == (1, "card.signer_unknown")


def test_a_folder_of_trust_that_cannot_be_used_is_said_with_the_file(
    virtual: VirtualReader, printed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "trust"
    folder.mkdir()
    (folder / "root.pem").write_text("no certificate")
    done = bench("verify", "--json", "--print", printed, "--trust", folder)
    assert (done.returncode, facts(done)["failed"]) == (1, "trust.unusable")
    assert "root.pem" in facts(done)["why"]


def test_watch_says_that_a_card_lies_there(virtual: VirtualReader) -> None:
    command = [sys.executable, "-m", "drivers", "card", "watch", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        assert json.loads(watching.stdout.readline())["state"] == "card"
        watching.terminate()


def test_personalise_lays_a_card_down_and_says_how_to_read_it(tmp_path: Path) -> None:
    people = Path("drivers/card/personalise/people")
    done = bench(
        "personalise", "--person", people / "child.toml", "--portrait", _portrait(tmp_path)
    )
    assert done.returncode == 0
    assert "card verify --trust" in done.stdout


def test_a_person_of_another_form_is_said(tmp_path: Path) -> None:
    file = tmp_path / "nobody.toml"
    file.write_text('number = "A1234563"\n[card]\ncolour = "blue"\n')
    done = bench("personalise", "--person", file, "--portrait", _portrait(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("card.bad_person: nobody.toml: unknown: colour")


def _portrait(folder: Path) -> Path:
    from tests.support.cards import portrait

    file = folder / "portrait.jpg"
    file.write_bytes(portrait())
    return file


def test_no_reader_is_said(tmp_path: Path) -> None:
    environment = {**os.environ, "PCSCLITE_CSOCK_NAME": str(tmp_path / "nobody")}
    done = subprocess.run(
        [sys.executable, "-m", "drivers", "card", "info", "--json"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=30,
        check=False,
    )
    assert facts(done)["failed"] == "reader.missing"
