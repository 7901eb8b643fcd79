"""The register works with keys in a hardware module as with the sandbox's files."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pkcs11
import pytest
from cryptography.exceptions import InvalidTag
from pkcs11 import Attribute, ObjectClass

from enrolment import hsm_keys, sandbox
from enrolment import kept as kept_
from enrolment.__main__ import main
from enrolment.file_keys import FileKeys
from enrolment.hsm_keys import HsmKeys
from enrolment.kept import Purpose
from enrolment.keys import Keys, load_plan
from enrolment.settings import BadSettings, Hsm
from kiosk.session.seal import seal
from kiosk.sync.jws import receipt_key_in
from kiosk.sync.outbox import Outbox
from kiosk.sync.uploader import Delivered
from tests.support.delivery import key_of, rows, store, uploader
from tests.support.enrolment_records import TERMINAL, record
from tests.support.register import make_data, running_register
from tests.support.softhsm import fresh_token
from wire.record import Verdict, seal_info

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> Hsm:
    return fresh_token(tmp_path_factory.mktemp("hsm"))


@pytest.fixture(scope="module")
def kept(hsm: Hsm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register's data folder without a single private key in it."""
    folder = make_data(tmp_path_factory.mktemp("register"))
    for file in [*folder.glob("seal/*.bin"), folder / "receipt_private.pem", folder / "keys.toml"]:
        file.unlink()
    for file in folder.glob("*_key.bin"):
        file.unlink()
    (folder / "register.toml").write_text(
        f'sandbox = true\n[hsm]\nmodule = "{hsm.module}"\n'
        f'token = "{hsm.token}"\npin_file = "{hsm.pin_file}"\n'
    )
    hsm_keys.main(["--data", str(folder)])
    return folder


@pytest.fixture(params=["files", "hardware"])
def held(
    request: pytest.FixtureRequest, hsm: Hsm, kept: Path, tmp_path: Path
) -> Iterator[tuple[Keys, Path]]:
    if request.param == "hardware":
        keys = HsmKeys(load_plan(kept), hsm)
        yield keys, kept
        keys.close()
    else:
        folder = make_data(tmp_path / "files")
        yield FileKeys(folder), folder


def test_what_is_sealed_to_the_register_opens(held: tuple[Keys, Path]) -> None:
    keys, folder = held
    content = record()
    public = (folder / "seal_public.bin").read_bytes()
    sealed = seal(content, register_key=public, terminal=TERMINAL)
    info = seal_info(terminal=TERMINAL, record_id=content.record_id)
    assert content.name.encode() in keys.open_sealed(sealed, info, key_id=key_of(folder))
    with pytest.raises(InvalidTag):
        keys.open_sealed(sealed, info + b"x", key_id=key_of(folder))


def test_a_plan_with_a_hybrid_key_starts_no_register_on_hardware(hsm: Hsm, tmp_path: Path) -> None:
    sandbox.main(["--to", str(make_data(tmp_path / "files")), "--rotate", "--hybrid"])
    with pytest.raises(ValueError, match="hardware module is X25519"):
        HsmKeys(load_plan(tmp_path / "files"), hsm)


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(80), b"\xff" * 80], ids=len)
def test_what_is_not_sealed_is_refused(held: tuple[Keys, Path], sealed: bytes) -> None:
    keys, folder = held
    with pytest.raises((InvalidTag, ValueError)):
        keys.open_sealed(sealed, b"", key_id=key_of(folder))


def test_what_the_register_signs_is_verified_by_its_public_key(held: tuple[Keys, Path]) -> None:
    keys, folder = held
    receipt_key_in(folder / "receipt_public.pem").verify(keys.sign(b"content"), b"content")


def test_a_number_has_one_digest_that_needs_the_key(held: tuple[Keys, Path]) -> None:
    keys, _ = held
    digest = keys.number_digest(b"A1234563")
    assert digest == keys.number_digest(b"A1234563")
    assert digest not in {hashlib.sha256(b"A1234563").digest(), keys.number_digest(b"A1234564")}
    assert digest != hmac.digest(b"", b"A1234563", hashlib.sha256)


@pytest.mark.usefixtures("kept")
def test_what_is_kept_opens_for_its_record_and_purpose_alone(held: tuple[Keys, Path]) -> None:
    keys, _ = held
    sealed = kept_.seal(b"content", purpose=Purpose.TEMPLATE, record_id="r1", keys=keys)
    opened = partial(kept_.open_, sealed, keys=keys)
    assert opened(purpose=Purpose.TEMPLATE, record_id="r1") == b"content"
    assert b"content" not in sealed
    with pytest.raises(InvalidTag):
        opened(purpose=Purpose.TEMPLATE, record_id="r2")
    with pytest.raises(ValueError, match="wrapped"):
        opened(purpose=Purpose.ACCOUNT, record_id="r1")


@pytest.mark.usefixtures("kept")
def test_no_private_key_can_be_taken_out_of_the_module(hsm: Hsm) -> None:
    token = pkcs11.lib(hsm.module).get_token(token_label=hsm.token)
    with token.open(user_pin=Path(hsm.pin_file).read_text().strip()) as session:
        secrets = [
            key
            for kind in (ObjectClass.PRIVATE_KEY, ObjectClass.SECRET_KEY)
            for key in session.get_objects({Attribute.CLASS: kind})
        ]
        assert len(secrets) >= 5
        for key in secrets:
            assert key[Attribute.SENSITIVE]
            assert not key[Attribute.EXTRACTABLE]
            with pytest.raises(pkcs11.PKCS11Error):
                key[Attribute.VALUE]


def test_a_register_with_hardware_keys_takes_records_over_a_rotation(
    kept: Path, hsm: Hsm, outbox: Outbox
) -> None:
    store(outbox, kept, record(number="B111111(1)"))
    hsm_keys.make(kept, hsm, datetime.now(UTC))
    store(outbox, kept, record())
    with running_register(kept) as register:
        sync = uploader(outbox, register)
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 1)
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 1)
    assert rows(kept) == 2


def test_keys_in_files_and_stand_ins_are_the_sandboxs_alone(tmp_path: Path) -> None:
    folder = make_data(tmp_path / "register")
    (folder / "register.toml").unlink()
    with pytest.raises(BadSettings, match="sandbox"):
        main(["--data", str(folder), "--port", "0", "--phone-port", "0"])
