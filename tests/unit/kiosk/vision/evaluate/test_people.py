"""A folder is measured on only when it says whose pictures it holds."""

from pathlib import Path

import pytest

from kiosk.vision.evaluate.people import BadFolder, people, picture

HEAD = "file,person,expression,age,gender,self_declared_ethnicity,licence\n"
ROWS = "".join(
    f"{name}_{how}.jpg,{name},{how},30,female,white,CC BY 4.0\n"
    for name in ("b", "a")
    for how in ("neutral", "smiling")
)


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "MANIFEST.csv").write_text(text)
    return tmp_path


def test_people_with_both_portraits_are_read_by_name(tmp_path: Path) -> None:
    found = people(folder(tmp_path, HEAD + ROWS + "c.jpg,c,neutral,1,male,black,x\n"))
    assert [one.name for one in found] == ["a", "b"]
    assert found[0].group == "female/white"
    assert found[0].smiling == tmp_path / "a_smiling.jpg"


@pytest.mark.parametrize(
    "text", ["", HEAD, HEAD + ROWS.splitlines()[0], "file,person\na.jpg,a\n", ROWS]
)
def test_anything_less_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFolder) as caught:
        people(folder(tmp_path, text))
    assert caught.value.code == "config.bad_value"


def test_no_manifest_and_no_picture_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFolder):
        people(tmp_path)
    with pytest.raises(BadFolder):
        picture(tmp_path / "none.jpg")
