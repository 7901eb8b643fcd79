"""The register's keys in a hardware module, by PKCS#11: no private half ever leaves it.

``python -m enrolment.hsm_keys --data FOLDER`` makes what is missing in the module that
``register.toml`` names, and a new key to seal to at the head of ``keys.toml``.

Records sealed to a key in the module are sealed with X25519 alone: PKCS#11 2.40 has no
ML-KEM, so a plan with a hybrid key is refused at the start.

Labels in the token: ``seal-ID`` (X25519), ``receipt`` (Ed25519), ``number`` (HMAC),
``account`` and ``template`` (AES).

Source: PKCS#11 2.40 with the curves of 3.0: ECDH1_DERIVE, EDDSA, SHA256_HMAC.
"""

import argparse
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pkcs11
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import KDF, Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass

from enrolment import hpke, settings
from enrolment.kept import Purpose
from enrolment.keys import Plan, new_period, write_plan
from enrolment.settings import Hsm
from wire.record import SealSuite, key_id

_X25519 = bytes.fromhex("06032b656e")
_ED25519 = bytes.fromhex("06032b6570")
"""Object identifiers of the curves (RFC 8410), DER."""
_LENT = {Attribute.TOKEN: False, Attribute.SENSITIVE: False, Attribute.EXTRACTABLE: True}
"""A product or key that the module hands out; it keeps none of them."""
_POINT_BYTES = 32
_SECRET_BITS = 256


class HsmKeys:
    """Uses keys in a token; one act at a time."""

    def __init__(self, plan: Plan, hsm: Hsm) -> None:
        """Log in to the token.

        Raises:
            ValueError: the plan holds a key that is not X25519.
            pkcs11.PKCS11Error: no such module, token, PIN or key.
            OSError: no PIN file.
        """
        if any(key.suite is not SealSuite.X25519 for key in plan.seal):
            raise ValueError("a key in a hardware module is X25519; keys.toml names another kind")
        self.plan = plan
        self._lock = threading.Lock()
        self._session = _open(hsm)
        self._sealing = {
            key.id: (self._private(KeyType.EC_EDWARDS, f"seal-{key.id}"), bytes.fromhex(key.public))
            for key in plan.seal
        }
        self._receipt = self._private(KeyType.EC_EDWARDS, "receipt")
        self._number = self._session.get_key(
            object_class=ObjectClass.SECRET_KEY, key_type=KeyType.GENERIC_SECRET, label="number"
        )

        self._wrapping = {
            purpose: self._session.get_key(
                object_class=ObjectClass.SECRET_KEY, key_type=KeyType.AES, label=purpose.value
            )
            for purpose in Purpose
        }

    def close(self) -> None:
        """Log out."""
        self._session.close()

    def open_sealed(self, sealed: bytes, info: bytes, *, key_id: str) -> bytes:
        """Return what was sealed to the key `key_id`; see `enrolment.hpke`."""
        key, public = self._sealing[key_id]
        return hpke.open_sealed(
            sealed, product=lambda point: self._product(key, point), public=public, info=info
        )

    def sign(self, content: bytes) -> bytes:
        """Return the Ed25519 signature of the receipt key."""
        with self._lock:
            signature: bytes = self._receipt.sign(content, mechanism=Mechanism.EDDSA)
        return signature

    def number_digest(self, number: bytes) -> bytes:
        """Return a keyed digest (HMAC-SHA256)."""
        with self._lock:
            digest: bytes = self._number.sign(number, mechanism=Mechanism.SHA256_HMAC)
        return digest

    def wrap(self, purpose: Purpose, key: bytes) -> bytes:
        """Return a 32-byte key wrapped by the key of a purpose (RFC 3394)."""
        with self._lock:
            inside = self._session.create_object(
                {
                    Attribute.CLASS: ObjectClass.SECRET_KEY,
                    Attribute.KEY_TYPE: KeyType.AES,
                    Attribute.VALUE: key,
                    Attribute.TOKEN: False,
                    Attribute.EXTRACTABLE: True,
                }
            )
            wrapped: bytes = self._wrapping[purpose].wrap_key(
                inside, mechanism=Mechanism.AES_KEY_WRAP
            )
            inside.destroy()
        return wrapped

    def unwrap(self, purpose: Purpose, wrapped: bytes) -> bytes:
        """Return what was wrapped; ValueError if it was not, or by another key."""
        with self._lock:
            try:
                inside = self._wrapping[purpose].unwrap_key(
                    ObjectClass.SECRET_KEY,
                    KeyType.AES,
                    wrapped,
                    mechanism=Mechanism.AES_KEY_WRAP,
                    template=_LENT,
                )
            except pkcs11.PKCS11Error as refused:
                raise ValueError("not wrapped by this key") from refused
            key: bytes = inside[Attribute.VALUE]
            inside.destroy()
        return key

    def _product(self, key: Any, point: bytes) -> bytes:
        with self._lock:
            try:
                derived = key.derive_key(
                    KeyType.GENERIC_SECRET,
                    _SECRET_BITS,
                    mechanism=Mechanism.ECDH1_DERIVE,
                    mechanism_param=(KDF.NULL, None, point),
                    template=_LENT,
                )
            except pkcs11.PKCS11Error as refused:
                raise ValueError("the module makes no product with this point") from refused
            product: bytes = derived[Attribute.VALUE]
            derived.destroy()
        return product

    def _private(self, kind: KeyType, label: str) -> Any:
        return self._session.get_key(
            object_class=ObjectClass.PRIVATE_KEY, key_type=kind, label=label
        )


def make(folder: Path, hsm: Hsm, now: datetime) -> None:
    """Make what is missing, and a new key to seal to, in the token and in `folder`."""
    with _open(hsm) as session:
        public = _pair(session, _X25519, "new", MechanismFlag.DERIVE)
        name = key_id(public)
        for kind in (ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY):
            for key in session.get_objects({Attribute.CLASS: kind, Attribute.LABEL: "new"}):
                key[Attribute.LABEL] = f"seal-{name}"
        if not _has(session, "receipt"):
            (folder / "receipt_public.pem").write_bytes(_new_receipt_key(session))
        if not _has(session, "number"):
            session.generate_key(
                KeyType.GENERIC_SECRET,
                _SECRET_BITS,
                label="number",
                store=True,
                mechanism=Mechanism.GENERIC_SECRET_KEY_GEN,
                capabilities=MechanismFlag.SIGN | MechanismFlag.VERIFY,
            )
        for purpose in Purpose:
            if not _has(session, purpose.value):
                session.generate_key(KeyType.AES, _SECRET_BITS, label=purpose.value, store=True)
    write_plan(folder, new_period(public, now), now)
    (folder / "seal_public.bin").write_bytes(public)


def _new_receipt_key(session: Any) -> bytes:
    point = _pair(session, _ED25519, "receipt", MechanismFlag.SIGN | MechanismFlag.VERIFY)
    return Ed25519PublicKey.from_public_bytes(point).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )


def _open(hsm: Hsm) -> Any:
    token = pkcs11.lib(hsm.module).get_token(token_label=hsm.token)
    return token.open(rw=True, user_pin=Path(hsm.pin_file).read_text().strip())


def _pair(session: Any, curve: bytes, label: str, capabilities: MechanismFlag) -> bytes:
    parameters = session.create_domain_parameters(
        KeyType.EC_EDWARDS, {Attribute.EC_PARAMS: curve}, local=True
    )
    public, _ = parameters.generate_keypair(
        mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
        store=True,
        label=label,
        capabilities=capabilities,
    )
    point: bytes = public[Attribute.EC_POINT]
    return point[-_POINT_BYTES:]


def _has(session: Any, label: str) -> bool:
    return next(session.get_objects({Attribute.LABEL: label}), None) is not None


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and make the keys."""
    flags = argparse.ArgumentParser(prog="python -m enrolment.hsm_keys", description=__doc__)
    flags.add_argument("--data", type=Path, required=True, help="the register's data folder")
    folder: Path = flags.parse_args(arguments).data
    hsm = settings.load(folder).hsm
    if hsm is None:
        raise settings.BadSettings("register.toml names no [hsm]")
    make(folder, hsm, datetime.now(UTC))


if __name__ == "__main__":
    main()
