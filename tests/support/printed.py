"""What a card prints, as lines of glyphs, as a reading, and as its chip says it."""

import msgspec

from drivers.card.personalise.person import SPECIMEN, Person
from kiosk.document.glyphs import Glyph, Line
from kiosk.vision.evaluate.document import truth_of
from wire.card import CardContents
from wire.document import Form, PrintedField, PrintRead

SURE = 0.95


def line(text: str, **others: tuple[str, float]) -> Line:
    """Return a line that was read well, but for the places named ``at_N=(other, confidence)``."""
    glyphs: list[Glyph] = []
    begins = False
    for character in text:
        if character == " ":
            begins = True
            continue
        other = others.get(f"at_{len(glyphs)}")
        choices = ((character, SURE), *([other] if other else []))
        glyphs.append(Glyph(choices, begins_word=begins))
        begins = False
    return tuple(glyphs)


def lines(person: Person = SPECIMEN) -> dict[PrintedField, Line]:
    """Return the front of a card, read well."""
    born, issued, first = person.birth, person.issued, person.first_registered
    return {
        PrintedField.TITLE: line("HONG KONG PERMANENT IDENTITY CARD"),
        PrintedField.CHINESE: line(person.chinese),
        PrintedField.NAME: line(f"{person.surname}, {person.given}"),
        PrintedField.CODES: line(" ".join(person.commercial_codes)),
        PrintedField.BIRTH: line(f"{born[6:]}-{born[4:6]}-{born[:4]}"),
        PrintedField.SEX: line({"F": "女F", "M": "男M"}[person.sex]),
        PrintedField.FIRST: line(f"({first[4:]}-{first[2:4]})"),
        PrintedField.ISSUED: line(f"{issued[6:]}-{issued[4:6]}-{issued[2:4]}"),
        PrintedField.NUMBER: line(f"{person.number[:-1]}({person.number[-1]})"),
    }


def reading(person: Person = SPECIMEN, *, form: Form = Form.FORM_2018) -> PrintRead:
    """Return what a card prints, read whole."""
    return PrintRead(
        form=form,
        number=person.number,
        name=f"{person.surname}, {person.given}",
        chinese=person.chinese,
        codes=person.commercial_codes,
        birth=person.birth,
        sex=person.sex,
        first=person.first_registered,
        issued=person.issued,
    )


def contents(person: Person = SPECIMEN) -> CardContents:
    """Return what the chip of the same card says."""
    truth = truth_of(person)
    return msgspec.structs.replace(truth, name=truth.name.upper(), portrait=b"\xff\xd8portrait")
