"""Writes that share a commit are answered after it, each with its own result."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from enrolment.commits import Commits, Overloaded


class Disk:
    """Doubles numbers; the first commit waits until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun = threading.Event()
        self.go = threading.Event()

    def write(self, numbers: list[int]) -> list[int]:
        self.begun.set()
        assert self.go.wait(10)
        if 13 in numbers:
            raise OSError("no room for 13")
        self.batches.append(numbers)
        return [2 * number for number in numbers]


def gathered(disk: Disk, numbers: range, **limits: int) -> list[int | BaseException]:
    """Write a first number, and all `numbers` while its commit is on its way."""
    commits: Commits[int, int] = Commits(disk.write, **limits)
    waiting = threading.Semaphore(0)

    def one(number: int) -> int | BaseException:
        try:
            future = commits.begin(number)
        except Overloaded as full:
            waiting.release()
            return full
        waiting.release()
        try:
            return future.result(10)
        except OSError as failure:
            return failure

    with ThreadPoolExecutor(len(numbers) + 1) as threads:
        first = threads.submit(one, 0)
        assert disk.begun.wait(10)
        rest = [threads.submit(one, number) for number in numbers]
        for _ in range(len(numbers) + 1):
            waiting.acquire()
        disk.go.set()
        results = [first.result(10), *(future.result(10) for future in rest)]
    commits.close()
    return results


def test_what_comes_during_a_commit_shares_the_next() -> None:
    disk = Disk()
    assert gathered(disk, range(1, 11)) == [2 * number for number in range(11)]
    assert [len(batch) for batch in disk.batches] == [1, 10]


def test_no_commit_is_shared_by_more_than_may() -> None:
    disk = Disk()
    gathered(disk, range(1, 11), together=4)
    assert [len(batch) for batch in disk.batches] == [1, 4, 4, 2]


def test_one_write_that_fails_fails_alone() -> None:
    results = gathered(Disk(), range(10, 16))
    failed = [result for result in results if isinstance(result, OSError)]
    assert len(failed) == 1
    assert [result for result in results if result not in failed] == [0, 20, 22, 24, 28, 30]


def test_too_many_that_wait_are_turned_away() -> None:
    results = gathered(Disk(), range(1, 6), waiting=3)
    assert sum(isinstance(result, Overloaded) for result in results) == 2


def test_what_waits_at_the_end_is_written() -> None:
    disk = Disk()
    disk.go.set()
    commits: Commits[int, int] = Commits(disk.write)
    future = commits.begin(4)
    commits.close()
    assert future.result(0) == 8


def test_a_write_returns_when_it_is_durable() -> None:
    disk = Disk()
    disk.go.set()
    commits: Commits[int, int] = Commits(disk.write)
    assert commits.write(4) == 8
    assert disk.batches == [[4]]
    with pytest.raises(OSError, match="13"):
        commits.write(13)
    commits.close()
