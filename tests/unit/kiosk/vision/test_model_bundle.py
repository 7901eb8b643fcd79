"""A rolled out bundle stands in the place of the models it lists, and of no others."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.vision import model_bundle, models
from kiosk.vision.model_bundle import COHORT, FACE_POINTS, FIVE_POINTS, LIST, POLICY, ModelAltered


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A bundle with the cohort and policy that are shipped."""
    shipped = models.home(COHORT)
    content = (shipped / COHORT).read_bytes()
    (tmp_path / COHORT).write_bytes(content)
    shutil.copy(shipped / POLICY, tmp_path / POLICY)
    model_bundle.main([str(tmp_path)])
    monkeypatch.setenv("KIOSK_MODELS", str(tmp_path))
    models._rolled_out.cache_clear()
    yield tmp_path
    models._rolled_out.cache_clear()


def test_what_the_bundle_lists_is_loaded_from_it_and_the_rest_is_the_shipped(bundle: Path) -> None:
    assert (models.home(COHORT), models.home(POLICY)) == (bundle, bundle)
    assert models.home(FACE_POINTS) != bundle
    models.check_all()
    assert len(models.cohort()) >= models.match_policy().neighbours


def test_a_cohort_that_its_policy_was_not_measured_with_is_refused(bundle: Path) -> None:
    content = bytearray((bundle / COHORT).read_bytes())
    content[-1] ^= 1
    (bundle / COHORT).write_bytes(content)
    model_bundle.main([str(bundle)])
    models._rolled_out.cache_clear()
    models.check_all()
    with pytest.raises(ModelAltered, match="another network or cohort"):
        models.match_policy()


def test_a_model_altered_after_it_was_listed_is_refused(bundle: Path) -> None:
    (bundle / COHORT).write_bytes(b"another")
    with pytest.raises(ModelAltered, match="announced"):
        models.check_all()
    with pytest.raises(ModelAltered, match="announced"):
        model_bundle.check(bundle)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "schema = 2\n[files]\n",
        "schema = 1\n[files]\n",
        f'schema = 1\n[files]\n"{FIVE_POINTS}" = "short"\n',
        f'schema = 1\n[files]\n"../{FIVE_POINTS}" = "{"0" * 64}"\n',
        f'schema = 1\n[files]\n"pickle.bin" = "{"0" * 64}"\n',
        f'schema = 1\nshoe_size = 42\n[files]\n"{FIVE_POINTS}" = "{"0" * 64}"\n',
        "#" * 20_000,
    ],
)
def test_what_is_no_list_of_models_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / LIST).write_text(content)
    with pytest.raises(ModelAltered):
        model_bundle.listed(tmp_path)


def test_the_command_lists_what_lies_there(tmp_path: Path) -> None:
    (tmp_path / FACE_POINTS).write_bytes(b"weights")
    (tmp_path / "notes.txt").write_text("no model")
    model_bundle.main([str(tmp_path)])
    assert model_bundle.listed(tmp_path) == {
        FACE_POINTS: hashlib.sha256(b"weights").hexdigest()
    }  # fmt: skip
