"""What stays of a citizen is found after the session it stayed from, also if it goes later."""

from pathlib import Path

import pytest

from kiosk.leftovers import WatchedEnds, found_in

CANARY = b"A1234563"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "engine.log"
    path.write_text("session.opened\n")
    return path


def end_a_session(log: Path) -> None:
    with log.open("a") as file:
        file.write("session.wiped ms=3\n")


def seen(watch: WatchedEnds, ends: int) -> None:
    while watch.ends < ends:
        watch._stop.wait(0.01)


def test_a_leftover_is_found_at_the_end_it_stayed_from(log: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    watch = WatchedEnds(log, [CANARY], state)
    end_a_session(log)
    seen(watch, 1)
    assert watch.found == set()
    (state / "spool").write_bytes(b"..." + CANARY)
    end_a_session(log)
    seen(watch, 2)
    (state / "spool").unlink()
    end_a_session(log)
    watch.close()
    assert watch.ends == 3
    assert watch.found == {"spool"}
    assert found_in([CANARY], state) == []


def test_what_a_session_holds_before_its_end_is_no_leftover(log: Path, tmp_path: Path) -> None:
    (tmp_path / "held").write_bytes(CANARY)
    watch = WatchedEnds(log, [CANARY], tmp_path)
    (tmp_path / "held").unlink()
    watch.close()
    assert (watch.ends, watch.found) == (0, set())
