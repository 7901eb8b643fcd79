"""Synthetic people: every sample makes a card that is read with all that it says."""

import secrets
from pathlib import Path

import pytest

import drivers.card.personalise
from drivers.card.personalise import pki
from drivers.card.personalise.card import personalise
from drivers.card.personalise.person import SPECIMEN, BadPerson, load
from drivers.card.personalise.spec import Layout, Spec
from drivers.card.profile import hkid
from drivers.card.profile.plan import SHORT
from drivers.card.profile.reading import Print, whole
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import FileNotOnCard
from drivers.card.protocol.trust import TrustStore
from tests.support.cards import ChipChannel, portrait
from tests.support.certificates import NOW

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
    reading = whole(
        hkid.HkidProfile(),
        printed,
        TRUST,
        now=NOW,
        draw=secrets.randbelow,
        progress=lambda *_: None,
        plan=SHORT,
    )
    if spec.layout is Layout.HKID_2003:
        with pytest.raises(FileNotOnCard):
            converse(reading, ChipChannel(card))
        return
    assert hkid.details(converse(reading, ChipChannel(card))) == person.details


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
