"""A bundle of models that the fleet rolled out: which files it has, held against their hashes.

::

    models.toml     schema = 1, and under [files] the SHA-256 of each
    NAME            any of NAMES; the others stay those that were shipped

``python -m kiosk.vision.model_bundle FOLDER`` writes models.toml for the files that lie there.

Rule 1: a file is believed by the list that came signed with it, and only under a known name.
Rule 2: no model is loaded here, so that the engine may hold a bundle against its list before it
starts anything with it.
"""

import argparse
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

FIVE_POINTS: Final = "shape_predictor_5_face_landmarks.dat"
RESNET: Final = "dlib_face_recognition_resnet_model_v1.dat"
FACE_POINTS: Final = "face_landmarks_56.dat"
COHORT: Final = "cohort.bin"
POLICY: Final = "match_policy.toml"
NAMES: Final = (FIVE_POINTS, RESNET, FACE_POINTS, COHORT, POLICY)
LIST: Final = "models.toml"
_LONGEST_LIST: Final = 16 * 1024


class ModelAltered(Exception):
    """A model is missing, or not the one that was announced."""

    code = "vision.model_altered"


class _Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """models.toml."""

    schema: Literal[1]
    files: Annotated[dict[str, Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]], Meta(min_length=1)]


def listed(folder: Path) -> Mapping[str, str]:
    """Return the models of a bundle, each with its SHA-256.

    Raises:
        ModelAltered: the list cannot be read, or names what is no model of ours.
    """
    place = folder / LIST
    try:
        if place.is_symlink() or place.stat().st_size > _LONGEST_LIST:
            raise ModelAltered(f"{LIST} is a link or too long")
        read = msgspec.convert(tomllib.loads(place.read_text("utf-8")), _Listed)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError):
        raise ModelAltered(f"{LIST} is no list of models") from None
    if not set(read.files) <= set(NAMES):
        raise ModelAltered(f"{LIST} names what is no model of ours")
    return read.files


def held_against(folder: Path, name: str, sha256: str) -> Path:
    """Return where a model lies whose content is the announced one.

    Raises:
        ModelAltered: it is missing or another.
    """
    path = folder / name
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        raise ModelAltered(f"{name} is missing") from None
    if digest != sha256:
        raise ModelAltered(f"{name} is not the announced one")
    return path


def check(folder: Path) -> None:
    """Hold every model of a bundle against the list; nothing is loaded.

    Raises:
        ModelAltered: see `listed` and `held_against`.
    """
    for name, sha256 in listed(folder).items():
        held_against(folder, name, sha256)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the list of the models in a folder."""
    parser = argparse.ArgumentParser(
        prog="python -m kiosk.vision.model_bundle", description="Write models.toml."
    )
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    lines = ["schema = 1", "", "[files]"]
    for name in NAMES:
        if (folder / name).is_file():
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            lines.append(f'"{name}" = "{digest}"')
    (folder / LIST).write_text("\n".join(lines) + "\n", encoding="utf-8")
    check(folder)


if __name__ == "__main__":
    main()
