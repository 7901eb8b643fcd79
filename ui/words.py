"""The words of the screens, by text id, read from ``ui/texts/*.ts``.

Qt Linguist files are read as they are: nothing is compiled, nothing can be stale.
Rule: a text without a finished translation stops the program at the start, not
the citizen in the middle.

Source: Qt Linguist TS file format; `qsTrId` asks every installed QTranslator with no
context and the id as source text.
"""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QFile, QIODevice, QTranslator, QXmlStreamReader

from wire.screen import Language

FOLDER: Final = Path(__file__).parent / "texts"

Forms = tuple[str, ...]
"""One text; with numerus, one per plural form."""


class BadTexts(Exception):
    """A file of texts is malformed, or not finished."""


def read_texts(path: Path) -> dict[str, Forms]:
    """Read one Qt Linguist file.

    Raises:
        BadTexts: not XML, an id twice or none, or a translation that is not finished.
    """
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise BadTexts(f"{path.name} cannot be opened")
    texts: dict[str, Forms] = {}
    reader = QXmlStreamReader(file)
    while not reader.atEnd():
        if reader.readNext() == _START and reader.name() == "message":
            text_id = str(reader.attributes().value("id"))
            if not text_id or text_id in texts:
                raise BadTexts(f"{path.name}: id {text_id!r} is empty or there twice")
            texts[text_id] = _forms(reader)
            if not texts[text_id] or not all(texts[text_id]):
                raise BadTexts(f"{path.name}: {text_id} is not finished")
    if reader.hasError():
        raise BadTexts(f"{path.name}: line {reader.lineNumber()} is no XML")
    return texts


_START: Final = QXmlStreamReader.TokenType.StartElement


def _forms(reader: QXmlStreamReader) -> Forms:
    """Read one message up to its end; nothing for an unfinished one."""
    forms: Forms = ()
    while reader.readNextStartElement():
        if reader.name() != "translation" or reader.attributes().hasAttribute("type"):
            reader.skipCurrentElement()
        else:
            forms = _translation(reader)
    return forms


def _translation(reader: QXmlStreamReader) -> Forms:
    """Read the text of a translation, or its numerus forms."""
    text, forms = "", []
    while not reader.atEnd():
        token = reader.readNext()
        if token == QXmlStreamReader.TokenType.Characters:
            text += reader.text()
        elif token == _START:
            forms.append(str(reader.readElementText()))
        elif token == QXmlStreamReader.TokenType.EndElement:
            break
    return tuple(forms) or (text,)


_BETWEEN: Final = re.compile(r"(?<=[.。])\s*|\s\u00b7\s")
"""What joins two texts on one line."""


def _by_text(texts: dict[str, Forms]) -> dict[str, str]:
    return {form: text_id for text_id, forms in texts.items() for form in forms}


def _numbers(text: str, shown: str) -> str | None:
    """Return the digits that stand in the places of `text`; None if it is another text."""
    pattern = re.sub(r"%\d", r"([0-9:-]+)", re.escape(text).replace(r"\%", "%"))
    match = re.fullmatch(pattern, shown)
    return "".join(re.findall("[0-9]", " ".join(match.groups()))) if match else None


class Words(QTranslator):
    """Gives Qt the texts of one language at a time."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the texts of every language.

        Raises:
            BadTexts: a file is malformed, not finished, or names other ids than the others.
        """
        super().__init__()
        self._texts = {language: read_texts(folder / f"{language}.ts") for language in Language}
        self._glasses = 0
        self.spoken = Language.ZH_HK
        self._spoken_ids: dict[Language, dict[str, str]] = {}
        self.missing: set[str] = set()
        """Ids that were asked for and do not exist."""
        everywhere = set.intersection(*(set(texts) for texts in self._texts.values()))
        for language, texts in self._texts.items():
            if surplus := set(texts) - everywhere:
                raise BadTexts(f"{language} has {min(surplus)}, another language has not")

    def install(self) -> None:
        """Have Qt ask for these words, on behalf of one glass more."""
        if not self._glasses:
            QCoreApplication.installTranslator(self)
        self._glasses += 1

    def uninstall(self) -> None:
        """Have Qt ask no more, once no glass is left that needs them."""
        self._glasses -= 1
        if not self._glasses:
            QCoreApplication.removeTranslator(self)

    def ids(self) -> frozenset[str]:
        """Return every text id."""
        return frozenset(self._texts[self.spoken])

    def text(self, language: Language, text_id: str) -> str:
        """Return one text.

        Raises:
            KeyError: there is no such text.
        """
        return self._texts[language][text_id][0]

    def ids_of(self, language: Language, shown: str) -> list[str]:
        """Return the ids of what is shown, to be spoken; nothing for what is no text of ours.

        A text with a number in it is its id and then the number's digits.
        """
        ids = self._spoken_ids.setdefault(language, _by_text(self._texts[language]))
        if shown in ids:
            return [ids[shown]]
        for text, text_id in ids.items():
            if "%1" in text and (told := _numbers(text, shown)) is not None:
                return [text_id, *(f"digit_{digit}" for digit in told)]
        if shown.endswith((".", "\u3002")) and shown[:-1] in ids:
            return [ids[shown[:-1]]]
        parts = [part for part in _BETWEEN.split(shown) if part]
        if len(parts) < 2:
            return []
        return [one for part in parts for one in self.ids_of(language, part)]

    def isEmpty(self) -> bool:  # noqa: N802  (Qt's name)
        """Tell Qt that there are texts, before it asks for one."""
        return False

    def translate(
        self, context: str | None, text_id: str, _disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Answer `qsTrId`; None, Qt's null, leaves Qt's own texts and unknown ids as they are."""
        if context:
            return None
        forms = self._texts[self.spoken].get(text_id)
        if forms is None:
            self.missing.add(text_id)
            return None
        # English has two forms and writes the singular first; Chinese has one.
        return forms[0] if n == 1 else forms[-1]
