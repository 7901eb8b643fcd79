"""The engine knows whether its last run ended without a word."""

from pathlib import Path

from kiosk.engine.last_run import LastRun


def test_only_a_run_that_did_not_end_in_good_order_is_a_crash(tmp_path: Path) -> None:
    first = LastRun(tmp_path)
    assert not first.crashed
    first.end()
    assert not LastRun(tmp_path).crashed
    assert LastRun(tmp_path).crashed


def test_a_folder_that_takes_nothing_keeps_no_engine_down(tmp_path: Path) -> None:
    run = LastRun(tmp_path / "not there")
    assert not run.crashed
    run.end()
