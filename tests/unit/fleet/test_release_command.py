"""People build, sign and publish a release by commands alone."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fleet.release import __main__ as command
from fleet.release.keys import public
from fleet.release.repository import Repository, delegate
from fleet.release.roles import DELEGATED
from wire.rollout import Kind


def run(*words: object) -> int:
    return command.main([str(word) for word in words])


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
    held = {
        role: [public(keys.public("online"))]
        if role == "rollout"
        else [public(one) for one in people]
        for role in DELEGATED
    }
    staged = Repository(folder, lambda: datetime.now(UTC))
    staged.stage("targets", lambda targets: delegate(targets, held))
    for kind in Kind:
        staged.stage(kind, lambda _: None)
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


def test_a_new_root_is_signed_by_old_and_new_people(
    keys: Keys, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [keys.public(name) for name in ("ben", "eve")]
    root = ["--root", *people, "--targets", *people, "--online", keys.public("online")]
    assert run("stage-root", "--repository", repository, *root) == 0
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
