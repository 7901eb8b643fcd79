"""Synthetic people: every sample makes a card that is read with all that it says."""

from pathlib import Path

import pytest

import drivers.card.personalise
from drivers.card.personalise import pki
from drivers.card.personalise.card import personalise
from drivers.card.personalise.person import SPECIMEN, BadPerson, load
from drivers.card.personalise.spec import Layout, Spec
from drivers.card.profile import hkid
from drivers.card.profile.reading import Print
from drivers.card.protocol import policy
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, FileNotOnCard
from drivers.card.protocol.trust import TrustStore
from tests.support.cards import ChipChannel, portrait, reading

PEOPLE = sorted((Path(drivers.card.personalise.__file__).parent / "people").glob("*.toml"))
CSCA = pki.make_csca()
TRUST = TrustStore((CSCA.certificate,))


def test_the_adult_is_the_specimen_and_all_defaults() -> None:
    [adult] = (path for path in PEOPLE if path.stem == "adult")
    assert load(adult) == (SPECIMEN, Spec())


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_each_sample_makes_a_card(path: Path) -> None:
    person, spec = load(path)
    card = personalise(person, portrait(), CSCA, spec)
    printed = Print(person.number, person.birth, person.issued)
    dialogue = reading(hkid.HkidProfile(), printed, TRUST)
    if spec.layout is Layout.HKID_2003:
        with pytest.raises(FileNotOnCard):
            converse(dialogue, ChipChannel(card))
        return
    assert hkid.details(converse(dialogue, ChipChannel(card))) == person.details


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("number = 7", "unknown|missing|Expected"),
        ('colour = "blue"', "unknown: colour"),
        ("[card]\npace = 7", "Expected"),
        ("= 7", "nobody.toml"),
    ],
)
def test_another_form_is_refused_with_the_name_of_the_file(
    tmp_path: Path, text: str, why: str
) -> None:
    file = tmp_path / "nobody.toml"
    file.write_text(text)
    with pytest.raises(BadPerson, match=why):
        load(file)


@pytest.mark.parametrize(
    "spec",
    [
        Spec(signer="RSA-2048"),
        Spec(signer="RSA-3072", signer_pss=True, digest="sha512"),
        Spec(signer="brainpoolP384r1", signer_explicit=True, digest="sha384"),
        Spec(signer="P-224", digest="sha224"),
        Spec(portrait="ISO 39794-5", can="123456", bac=True),
    ],
    ids=["PKCS #1", "PSS", "spelt out", "P-224", "newer portrait"],
)
def test_each_kind_of_signer_makes_a_card_that_is_believed(spec: Spec) -> None:
    printed = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
    card = personalise(SPECIMEN, portrait(), CSCA, spec)
    read = converse(reading(hkid.HkidProfile(), printed, TRUST), ChipChannel(card))
    assert read.number == SPECIMEN.number


def test_a_card_signed_with_sha_1_is_refused_unless_a_policy_says_otherwise() -> None:
    printed = Print(SPECIMEN.number, SPECIMEN.birth, SPECIMEN.issued)
    card = personalise(SPECIMEN, portrait(), CSCA, Spec(digest="sha1"))
    with pytest.raises(CardUnreadable, match="digest"):
        converse(reading(hkid.HkidProfile(), printed, TRUST), ChipChannel(card))
    taken = policy.parse('[sha1]\nlds_hashes = "accept"\nsigner_signatures = "accept"\n')
    lenient = TrustStore((CSCA.certificate,), policy=taken)
    read = converse(reading(hkid.HkidProfile(), printed, lenient), ChipChannel(card))
    assert read.number == SPECIMEN.number
