"""Bundles: all of one is genuine, whole and newer, or the last good one stays."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from kiosk.content.__main__ import main
from kiosk.content.bundle import SHIPPED, Shelf, shipped, sign, verified
from kiosk.content.model import LONGEST_FILE, BadContent, information, services
from kiosk.engine.reading import Reading
from wire.failures import Failure

KEY = Ed25519PrivateKey.generate()
MADE_AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
INFORMATION = "schema = 1\nnotices = []\n"


def bundle(folder: Path, *, serial: int = 1, key: Ed25519PrivateKey = KEY) -> Path:
    """Make a good bundle in `folder`."""
    folder.mkdir(parents=True)
    shutil.copy(SHIPPED, folder / "services.toml")
    (folder / "information.toml").write_text(INFORMATION)
    sign(folder, key, serial=serial, made_at=MADE_AT)
    return folder


def flip(folder: Path, name: str) -> None:
    body = bytearray((folder / name).read_bytes())
    body[len(body) // 2] ^= 1
    (folder / name).write_bytes(body)


def test_what_was_signed_is_shown(tmp_path: Path) -> None:
    content = verified(bundle(tmp_path / "b", serial=7), KEY.public_key())
    assert (content.serial, len(content.services.services)) == (7, 51)


BREAKS: list[tuple[str, Callable[[Path], object], Failure]] = [
    ("manifest", lambda b: flip(b, "manifest.toml"), Failure.CONTENT_SIGNATURE_BAD),
    ("signature", lambda b: flip(b, "manifest.sig"), Failure.CONTENT_SIGNATURE_BAD),
    ("services", lambda b: flip(b, "services.toml"), Failure.CONTENT_SIGNATURE_BAD),
    ("information", lambda b: flip(b, "information.toml"), Failure.CONTENT_SIGNATURE_BAD),
    ("no signature", lambda b: (b / "manifest.sig").unlink(), Failure.CONTENT_MALFORMED),
    ("half", lambda b: (b / "services.toml").unlink(), Failure.CONTENT_MALFORMED),
    (
        "too large",
        lambda b: (b / "services.toml").write_bytes(bytes(LONGEST_FILE + 1)),
        Failure.CONTENT_MALFORMED,
    ),
]


@pytest.mark.parametrize(("name", "spoil", "code"), BREAKS, ids=[one[0] for one in BREAKS])
def test_a_broken_bundle_is_thrown_away_and_the_last_good_one_stays(
    tmp_path: Path, name: str, spoil: Callable[[Path], object], code: Failure
) -> None:
    bundle(tmp_path / "current", serial=3)
    spoil(bundle(tmp_path / "incoming", serial=4))
    shelf = Shelf(tmp_path, KEY.public_key())
    shown = shelf.open()
    with pytest.raises(BadContent) as caught:
        shelf.take(shown)
    assert caught.value.code is code, name
    assert not (tmp_path / "incoming").exists()
    assert shelf.open() == shown


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (folder / "information.toml").rename(tmp_path / "outside.toml")
    (folder / "information.toml").symlink_to(tmp_path / "outside.toml")
    with pytest.raises(BadContent):
        verified(folder, KEY.public_key())


def test_another_key_signs_nothing(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", key=Ed25519PrivateKey.generate())
    with pytest.raises(BadContent) as caught:
        verified(folder, KEY.public_key())
    assert caught.value.code is Failure.CONTENT_SIGNATURE_BAD


@pytest.mark.parametrize(("serial", "taken"), [(2, False), (3, False), (4, True)])
def test_only_a_newer_bundle_takes_the_place(tmp_path: Path, serial: int, *, taken: bool) -> None:
    bundle(tmp_path / "current", serial=3)
    bundle(tmp_path / "incoming", serial=serial)
    shelf = Shelf(tmp_path, KEY.public_key())
    shown = shelf.open()
    if taken:
        assert shelf.take(shown) == shelf.open()
        assert shelf.open().serial == serial
    else:
        with pytest.raises(BadContent) as caught:
            shelf.take(shown)
        assert caught.value.code is Failure.CONTENT_OLD


def test_nothing_arrived_changes_nothing(tmp_path: Path) -> None:
    assert Shelf(tmp_path, KEY.public_key()).take(shipped()) is None
    bundle(tmp_path / "incoming")
    assert Shelf(tmp_path, None).take(shipped()) is None
    assert Shelf(tmp_path, None).open() == shipped()


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("schema = 1", "schema = 2"),
        ('site = "https://', 'site = "http://'),
        ('department = "bd"', 'department = "nobody"'),
        ('themes = ["business"]', 'themes = ["nothing"]'),
        ('ages = ["adults"]', 'ages = ["nobody"]'),
        ('words = ["building"]', 'words = ["nothing"]'),
        ("number = 2\n", "number = 1\n"),
        ("number = 2\n", 'number = 2\nextra = "x"\n'),
        ('id = "youth"', 'id = "home"'),
        ("[departments]", "[departments"),
    ],
)
def test_services_of_another_form_are_refused(was: str, becomes: str) -> None:
    text = SHIPPED.read_text()
    assert was in text
    with pytest.raises(BadContent) as caught:
        services(text.replace(was, becomes, 1))
    assert caught.value.code is Failure.CONTENT_MALFORMED


def test_a_time_without_a_zone_is_refused() -> None:
    said = '{ en = "T", zh_HK = "T", zh_CN = "T" }'
    text = f"""schema = 1
[[notices]]
kind = "weather"
issued_at = 2026-11-25T12:00:00
source = {said}
title = {said}
text = {said}
"""
    with pytest.raises(BadContent):
        information(text)
    assert information(text.replace("12:00:00", "12:00:00+08:00")).notices


def test_the_engine_takes_what_arrives_and_keeps_what_it_has(tmp_path: Path) -> None:
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    reading = Reading(tmp_path / "content", tmp_path / "key.pem")
    assert (reading.content.serial, reading.renew()) == (0, False)
    bundle(tmp_path / "content" / "incoming", serial=5)
    assert reading.renew()
    flip(bundle(tmp_path / "content" / "incoming", serial=6), "services.toml")
    assert not reading.renew()
    assert reading.content.serial == 5
    flip(tmp_path / "content" / "current", "services.toml")
    assert Reading(tmp_path / "content", tmp_path / "key.pem").content.serial == 0


@pytest.mark.parametrize("key", [b"", b"no key"])
def test_a_key_that_is_none_opens_nothing(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "key.pem").write_bytes(key)
    bundle(tmp_path / "content" / "incoming", serial=5)
    reading = Reading(tmp_path / "content", tmp_path / "key.pem")
    assert not reading.renew()


def test_the_command_signs_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    private = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "private.pem").write_bytes(private)
    (tmp_path / "public.pem").write_bytes(public)
    folder = str(bundle(tmp_path / "b"))
    signing = ["sign", folder, "--key", str(tmp_path / "private.pem"), "--serial", "9"]
    assert main([*signing, "--made-at", "2026-11-25T12:00:00+08:00"]) == 0
    checking = ["check", folder, "--key", str(tmp_path / "public.pem")]
    assert main(checking) == 0
    assert "serial 9: 51 services" in capsys.readouterr().out
    flip(Path(folder), "services.toml")
    assert main(checking) == 1
    assert "content.signature_bad" in capsys.readouterr().err
