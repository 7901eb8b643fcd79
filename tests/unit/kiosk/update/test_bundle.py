"""What is unpacked is exactly what the manifest lists; anything else leaves nothing behind."""

import gzip
import io
import os
import tarfile
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.update.bundle import BadBundle, Limits, NoRoom, unpack, whole
from tests.support.releases import FILES, archive, manifest, member, release

NAMED = [member(name, body) for name, body in FILES.items()]
GOOD = member("MANIFEST.json", manifest("1.1.0", FILES))


def test_a_release_is_unpacked_as_listed(tmp_path: Path) -> None:
    unpacked = unpack(release("1.1.0"), tmp_path, "1.1.0", Limits())
    assert unpacked.version == "1.1.0"
    assert (tmp_path / "kiosk/word.txt").read_bytes() == b"a release"
    assert whole(tmp_path)


def test_only_what_is_listed_as_a_program_can_be_run(tmp_path: Path) -> None:
    listing = manifest("1.1.0", {"run": b"x", "read": b"y"}).replace(
        b'"length": 1', b'"program": true, "length": 1', 1
    )
    unpack(archive(member("MANIFEST.json", listing), member("run", b"x", mode=0o6777),
                   member("read", b"y", mode=0o7777)), tmp_path, "1.1.0", Limits())  # fmt: skip
    assert (tmp_path / "run").stat().st_mode & 0o7777 == 0o755
    assert (tmp_path / "read").stat().st_mode & 0o7777 == 0o644


def listed(name: str) -> tuple[tarfile.TarInfo, bytes]:
    return member("MANIFEST.json", manifest("1.1.0", {name: b"x"}))


WRONG = {
    "no manifest": [*NAMED],
    "manifest second": [*NAMED[:1], GOOD, *NAMED[1:]],
    "not JSON": [member("MANIFEST.json", b"{"), *NAMED],
    "unknown field": [member("MANIFEST.json", manifest("1.1.0", FILES, run="x")), *NAMED],
    "no version": [member("MANIFEST.json", manifest("../1", FILES)), *NAMED],
    "one more": [GOOD, *NAMED, member("more", b"x")],
    "one less": [GOOD, *NAMED[1:]],
    "one twice": [GOOD, *NAMED, NAMED[0]],
    "longer": [GOOD, *NAMED[:1], member("kiosk/word.txt", b"a release!"), NAMED[2]],
    "changed": [GOOD, *NAMED[:1], member("kiosk/word.txt", b"b release"), NAMED[2]],
    "a link": [GOOD, *NAMED[:2], member("bin/run", type=tarfile.SYMTYPE, linkname="/bin/sh")],
    "a hard link": [GOOD, *NAMED[:2], member("bin/run", type=tarfile.LNKTYPE, linkname="VERSION")],
    "a device": [GOOD, *NAMED[:2], member("bin/run", type=tarfile.CHRTYPE)],
    "a pipe": [GOOD, *NAMED[:2], member("bin/run", type=tarfile.FIFOTYPE)],
    "climbs": [listed("../x"), member("../x", b"x")],
    "climbs inside": [listed("a/../../x"), member("a/../../x", b"x")],
    "absolute": [listed("/x"), member("/x", b"x")],
    "hidden": [listed("a/.x"), member("a/.x", b"x")],
    "a backslash": [listed("a\\x"), member("a\\x", b"x")],
    "a file as folder": [
        member("MANIFEST.json", manifest("1.1.0", {"a": b"x", "a/b": b"y"})),
        member("a", b"x"),
        member("a/b", b"y"),
    ],
}


@pytest.mark.parametrize("members", WRONG.values(), ids=WRONG.keys())
def test_what_is_not_exactly_as_listed_is_refused(
    members: list[tuple[tarfile.TarInfo, bytes]], tmp_path: Path
) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    with pytest.raises(BadBundle):
        unpack(archive(*members), inside, "1.1.0", Limits())
    assert [place.name for place in tmp_path.rglob("*") if place.name == "x"] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        gzip.compress(b""),
        gzip.compress(b"x" * 4096),
        release("1.1.0").read()[:-40],
    ],
    ids=["nothing", "rubbish", "an empty gzip", "no tar", "cut short"],
)
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadBundle):
        unpack(io.BytesIO(content), tmp_path, "1.1.0", Limits())


def test_a_bomb_is_stopped_before_it_is_written(tmp_path: Path) -> None:
    large = {"zeros": bytes(1 << 20)}
    tight = Limits(all_bytes=1 << 16)
    with pytest.raises(BadBundle, match="more than"):
        unpack(release("1.1.0", large), tmp_path, "1.1.0", tight)
    assert list(tmp_path.iterdir()) == []


def test_a_bomb_in_a_header_is_stopped(tmp_path: Path) -> None:
    info, body = member("zeros", bytes(4 << 20), type=tarfile.GNUTYPE_LONGNAME)
    tight = Limits(manifest_bytes=1 << 16, files=10, all_bytes=1 << 16)
    with pytest.raises(BadBundle):
        unpack(archive((info, body), GOOD), tmp_path, "1.1.0", tight)


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        unpack(release("1.1.0"), tmp_path, "1.1.0", Limits())


def test_a_tree_that_was_touched_is_not_whole(tmp_path: Path) -> None:
    unpack(release("1.1.0"), tmp_path, "1.1.0", Limits())
    (tmp_path / "kiosk/word.txt").write_bytes(b"b release")
    assert not whole(tmp_path)
    unpack_again = tmp_path / "again"
    unpack_again.mkdir()
    unpack(release("1.1.0"), unpack_again, "1.1.0", Limits())
    (unpack_again / "more").write_bytes(b"")
    assert not whole(unpack_again)
    assert not whole(tmp_path / "nowhere")


WHOLE = release("1.1.0").getvalue()


@settings(max_examples=60)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_changed_byte_never_gives_another_release(at: int, change: int) -> None:
    content = bytearray(WHOLE)
    content[at] ^= change
    with tempfile.TemporaryDirectory() as folder:
        try:
            unpack(io.BytesIO(bytes(content)), Path(folder), "1.1.0", Limits())
        except (BadBundle, NoRoom):
            return
        assert whole(Path(folder))
        assert (Path(folder) / "kiosk/word.txt").read_bytes() == b"a release"
