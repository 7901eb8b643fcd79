"""Faces for demo and tests: ``python -m drivers.camera.pictures --to FOLDER``.

The holder is the astronaut of scikit-image (NASA, public domain). The stranger is an
official portrait by the US government (public domain) inside the source package of
face-recognition, which is fetched once and checked against its hash; no copy of
either is kept in this project. Never shipped.
"""

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import cv2
import dlib
import numpy as np

from drivers.camera.camera import Picture

PACKAGE = "face-recognition==1.3.0"
PACKAGE_SHA256 = "5e5efdd1686aa566af0d3cc1313b131e4b197657a8ffd03669e6d3fad92705ec"
MEMBER = "face_recognition-1.3.0/tests/test_images/obama.jpg"
CHIP_BYTES = 15_000
"""What a chip's portrait may take (ICAO Doc 9303-9, 3.1.3 recommends 15 to 20 kB)."""
_FACE_PX = 300
_VIEW = (1280, 720)


class NoPicture(Exception):
    """A picture cannot be had here; the message says why."""


def holder() -> Picture:
    """Return the astronaut."""
    from skimage.data import astronaut  # noqa: PLC0415  (demo group only)

    picture: Picture = cv2.cvtColor(astronaut(), cv2.COLOR_RGB2BGR)  # type: ignore[assignment,no-untyped-call]
    return picture


def stranger() -> Picture:
    """Fetch the source package, check it, and return the portrait inside.

    Raises:
        NoPicture: no package index is reached, or the package is another.
    """
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text(f"{PACKAGE} --hash=sha256:{PACKAGE_SHA256}\n")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--no-binary", ":all:", "--require-hashes", "--dest", folder]
        command += ["--requirement", str(wanted)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            raise NoPicture("the source package cannot be fetched, or is another than wanted")
        package = next(Path(folder).glob("*.tar.gz")).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        member = archive.extractfile(MEMBER)
        assert member is not None
        content = np.frombuffer(member.read(), np.uint8)
    picture: Picture = cv2.imdecode(content, cv2.IMREAD_COLOR)  # type: ignore[assignment]
    return picture


def _face(picture: Picture) -> tuple[int, int, int]:
    """Return centre and width of the one face."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    box = dlib.get_frontal_face_detector()(grey, 0)[0]
    return box.center().x, box.center().y, box.width()


def chip_portrait(picture: Picture) -> bytes:
    """Return the face as a chip carries it: 240 x 320, JPEG, at most CHIP_BYTES."""
    x, y, width = _face(picture)
    half = round(width * 0.95)
    top, bottom = max(0, y - round(half * 1.35)), y + round(half * 1.32)
    crop = picture[top:bottom, max(0, x - half) : x + half]
    small = cv2.resize(crop, (240, 320), interpolation=cv2.INTER_AREA)
    for quality in range(90, 20, -5):
        _, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if len(jpeg) <= CHIP_BYTES:
            return jpeg.tobytes()
    raise NoPicture("the portrait does not fit a chip")


def camera_view(picture: Picture) -> Picture:
    """Return what the terminal's camera sees: the person in a room, facing it."""
    x, y, width = _face(picture)
    scale = _FACE_PX / width
    columns, rows = _VIEW
    shift = (columns / 2 - x * scale, rows * 0.46 - y * scale)
    move = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float32)
    border = cv2.BORDER_REPLICATE
    person = cv2.warpAffine(picture, move, _VIEW, flags=cv2.INTER_CUBIC, borderMode=border)
    mask = cv2.warpAffine(np.full(picture.shape[:2], 255, np.uint8), move, _VIEW)
    soft = cv2.GaussianBlur(cv2.erode(mask, np.ones((25, 25), np.uint8)), (0, 0), 12)
    room = cv2.GaussianBlur(person, (0, 0), 45)
    weight = (soft / 255.0)[:, :, None]
    view: Picture = (person * weight + room * (1 - weight)).astype(np.uint8)
    return view


def write(folder: Path) -> None:
    """Write holder_chip.jpg, holder_view.jpg, stranger_chip.jpg and stranger_view.jpg.

    Raises:
        NoPicture: see `stranger`; the holder's are written all the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, take in (("holder", holder), ("stranger", stranger)):
        if (folder / f"{name}_view.jpg").exists():
            continue
        picture = take()
        (folder / f"{name}_chip.jpg").write_bytes(chip_portrait(picture))
        view = [cv2.IMWRITE_JPEG_QUALITY, 95]
        cv2.imwrite(str(folder / f"{name}_view.jpg"), camera_view(picture), view)


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    write(parser.parse_args().to)


if __name__ == "__main__":
    main()
