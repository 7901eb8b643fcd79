"""``python -m ui.drafts FOLDER``: draft clips of every text by espeak-ng (not shipped).

Drafts hold the place of recorded voices: ``FOLDER/draft/LANGUAGE/ID.wav``. A recording of
the same name in ``FOLDER/recorded`` goes before a draft. Cantonese and English can be
understood; Putonghua is spelled letter by letter by some versions of espeak-ng, so it
has no drafts unless they are asked for.

Source: espeak-ng(1).
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from ui.words import Words
from wire.screen import Language

VOICES: Final = {Language.ZH_HK: "yue", Language.EN: "en-gb", Language.ZH_CN: "cmn"}
DIGITS: Final = {
    Language.ZH_HK: "零一二三四五六七八九",
    Language.ZH_CN: "零一二三四五六七八九",
    Language.EN: "0123456789",
}
_WORDS_A_MINUTE: Final = 150


def spoken(text: str) -> str:
    """Return what is said of a text: the places of numbers are said after it."""
    return re.sub(r"%\d", "", text).strip()


def main(argv: list[str]) -> int:
    """Write the clips; exit status 1 without espeak-ng."""
    reader = argparse.ArgumentParser(prog="python -m ui.drafts", description=__doc__)
    reader.add_argument("folder", type=Path)
    usual = [Language.ZH_HK, Language.EN]
    reader.add_argument("--languages", nargs="+", type=Language, default=usual)
    options = reader.parse_args(argv)
    if shutil.which("espeak-ng") is None:
        sys.stderr.write("espeak-ng is not installed\n")
        return 1
    words = Words()
    for language in options.languages:
        folder = options.folder / "draft" / language
        folder.mkdir(parents=True, exist_ok=True)
        said = {one: spoken(words.text(language, one)) for one in sorted(words.ids())}
        said |= {f"digit_{number}": digit for number, digit in enumerate(DIGITS[language])}
        for text_id, text in said.items():
            _write(folder / f"{text_id}.wav", VOICES[language], text)
        sys.stdout.write(f"{language}: {len(said)} clips\n")
    return 0


def _write(path: Path, voice: str, text: str) -> None:
    command = ["espeak-ng", "-v", voice, "-s", str(_WORDS_A_MINUTE), "-w", str(path), "--stdin"]
    subprocess.run(command, input=text.encode(), check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
