"""People build, sign and publish a release by commands alone."""

import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fleet import __main__ as fleets
from fleet.release import __main__ as command
from fleet.release.repository import Repository
from fleet.release.roles import DELEGATED


def run(*words: object) -> int:
    return command.main([str(word) for word in words])


def handed(people: list[Path], fleet: list[Path], **others: list[Path]) -> list[object]:
    """Return the words that hand every role to people, but the rollouts to the fleet."""
    signers = {role: fleet if role == "rollout" else people for role in DELEGATED} | others
    return [word for role, held in signers.items() for word in (f"--{role}", *held)]


class Keys:
    """Key files of a repository's people, made by command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, name: str) -> None:
        assert run("key", "--to", self.folder / name) == 0

    def named(self, name: str) -> list[object]:
        return ["--key", f"file2:{self.folder / name}.pem", "--public", self.public(name)]

    def public(self, name: str) -> Path:
        return self.folder / f"{name}.json"


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    made = Keys(tmp_path)
    for name in ("ann", "ben", "cem", "online", "eve"):
        made.make(name)
    return made


@pytest.fixture
def repository(keys: Keys, tmp_path: Path) -> Path:
    """A repository whose people are Ann, Ben and Cem for everything."""
    folder = tmp_path / "repository"
    people = [keys.public(name) for name in ("ann", "ben", "cem")]
    root = ["--root", *people, "--targets", *people, "--online", keys.public("online")]
    assert run("stage-root", "--repository", folder, *root) == 0
    assert run("stage-roles", "--repository", folder, *handed(people, [keys.public("online")])) == 0
    staged = Repository(folder, lambda: datetime.now(UTC))
    for role in command.PEOPLES:
        for name in ("ann", "ben"):
            if staged.missing(role):
                assert run("sign", "--repository", folder, "--role", role, *keys.named(name)) == 0
    assert run("publish", "--repository", folder, *keys.named("online")) == 0
    return folder


def test_a_release_is_built_staged_signed_by_two_and_published(
    keys: Keys, repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "word.txt").write_text("a release")
    archive = tmp_path / "1.1.0.tar.gz"
    assert run("build", "--tree", tree, "--to", archive, "--version", "1.1.0") == 0
    stage = ["--archive", archive, "--version", "1.1.0", "--floor", "1.0.0"]
    assert run("stage", "--repository", repository, *stage) == 0
    publish = ["publish", "--repository", repository, *keys.named("online")]
    assert run(*publish) == 1
    assert "release.signatures_missing" in capsys.readouterr().err
    sign = ["sign", "--repository", repository, "--role", "app"]
    assert run(*sign, *keys.named("ann")) == 0
    assert "1 signatures are missing" in capsys.readouterr().out
    assert run(*sign, *keys.named("ann")) == 1
    assert run(*sign, *keys.named("eve")) == 1
    assert "release.foreign_key" in capsys.readouterr().err
    assert run(*sign, *keys.named("cem")) == 0
    assert run(*publish) == 0
    assert run("show", "--repository", repository) == 0
    assert "app        version 2" in capsys.readouterr().out
    assert run("refresh", "--repository", repository, *keys.named("online")) == 0


def test_a_first_repository_is_made_by_commands_and_says_who_must_sign(
    keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [keys.public(name) for name in ("ann", "ben", "cem")]
    folder = tmp_path / "new"
    words = handed(people, [keys.public("online")])
    root = ["--root", *people, "--targets", *people, "--online", keys.public("online")]
    assert run("stage-root", "--repository", folder, *root) == 0
    capsys.readouterr()
    assert run("stage-roles", "--repository", folder, *words) == 0
    assert capsys.readouterr().out.splitlines() == [
        "targets: 2 signatures are missing",
        "app: 2 signatures are missing",
        "models: 2 signatures are missing",
        "content: 1 signatures are missing",
        "config: 2 signatures are missing",
    ]
    # Nothing of it is published before root and targets are signed too.
    assert run("publish", "--repository", folder, *keys.named("online")) == 1


def test_an_application_that_calls_itself_by_another_version_is_not_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = tmp_path / "tree" / "wire" / "versions.py"
    named.parent.mkdir(parents=True)
    named.write_text('SOFTWARE: Final = "kiosk-terminal/1.1.0"')
    build = ["build", "--tree", tmp_path / "tree", "--to", tmp_path / "a.tar.gz", "--version"]
    assert run(*build, "1.2.0") == 1
    assert "release.bad_tree" in capsys.readouterr().err
    assert run(*build, "1.1.0") == 0


def test_a_role_whose_keys_change_is_signed_anew_and_others_are_left(
    keys: Keys, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [keys.public(name) for name in ("ann", "ben", "cem")]
    config = [keys.public(name) for name in ("eve", "cem")]
    words = handed(people, [keys.public("online")], config=config)
    capsys.readouterr()
    assert run("stage-roles", "--repository", repository, *words) == 0
    assert capsys.readouterr().out.splitlines() == [
        "targets: 2 signatures are missing",
        "config: 2 signatures are missing",
    ]
    sign = ["sign", "--repository", repository, "--role"]
    assert run(*sign, "config", *keys.named("ann")) == 1
    for name in ("eve", "cem"):
        assert run(*sign, "config", *keys.named(name)) == 0
    for name in ("ann", "ben"):
        assert run(*sign, "targets", *keys.named(name)) == 0
    assert run("publish", "--repository", repository, *keys.named("online")) == 0


def test_a_role_is_not_handed_to_fewer_people_than_must_sign_it(
    keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [keys.public(name) for name in ("ann", "ben")]
    online, twice = [keys.public("online")], [keys.public("ann")] * 2
    for few in (twice, twice[:1]):
        words = handed(people, online, models=few)
        assert run("stage-roles", "--repository", tmp_path / "new", *words) == 1
        assert "release.too_few_keys" in capsys.readouterr().err
    assert list((tmp_path / "new" / "staged").iterdir()) == []


def test_what_is_no_key_is_told(
    keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    words = handed([bad], [keys.public("online")])
    assert run("stage-roles", "--repository", tmp_path / "new", *words) == 1
    assert "release.bad_key" in capsys.readouterr().err


def test_every_command_has_help_also_as_a_word_of_the_fleets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words in ([], ["build"], ["sign"], ["approve"], ["publish"], ["rotate-root"], ["stage"],
                  ["refresh"], ["key"], ["show"], ["stage-root"], ["stage-roles"]):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            fleets.main(["release", *words, "--help"])
        assert ended.value.code == 0
    assert "2 of them must" in capsys.readouterr().out


def test_the_bill_of_materials_says_what_kind_of_thing_it_is(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "models.toml").write_text("schema = 1")
    archive = tmp_path / "archive"
    words = ["--tree", tree, "--to", archive, "--version", "1.0.0", "--kind", "models"]
    assert run("build", *words) == 0
    with tarfile.open(archive) as members:
        bill = members.extractfile("SBOM.cdx.json")
        assert bill is not None
        assert json.load(bill)["metadata"]["component"] == {
            "type": "machine-learning-model", "name": "kiosk-models", "version": "1.0.0"
        }  # fmt: skip


def test_a_new_root_is_signed_by_old_and_new_people(
    keys: Keys, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [keys.public(name) for name in ("ben", "eve")]
    root = ["--root", *people, "--targets", *people, "--online", keys.public("online")]
    assert run("rotate-root", "--repository", repository, *root) == 0
    sign = ["sign", "--repository", repository, "--role", "root"]
    assert run(*sign, *keys.named("eve")) == 0
    assert run(*sign, *keys.named("ben")) == 0
    assert run("publish", "--repository", repository, *keys.named("online")) == 1
    assert run(*sign, *keys.named("ann")) == 0
    capsys.readouterr()
    assert run("publish", "--repository", repository, *keys.named("online")) == 0
    assert "published: root" in capsys.readouterr().out


def test_key_files_are_nobodys_but_their_owners(keys: Keys) -> None:
    assert (keys.folder / "ann.pem").stat().st_mode & 0o777 == 0o600
    assert "BEGIN" not in json.dumps(json.loads(keys.public("ann").read_text()))
    assert run("key", "--to", keys.folder / "ann") == 1
