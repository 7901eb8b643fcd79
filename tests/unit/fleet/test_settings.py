"""The server's settings are read strictly, and secrets stay out of what is shown."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner

from fleet.rollout.plan import URGENT
from fleet.settings import BadSettings, load

WHOLE = """
[mail]
host = "mail.example"
port = 587
sender = "fleet@ops.example"
recipients = ["duty@ops.example", "deputy@ops.example"]
console = "https://fleet.example/"
[webhook]
url = "https://desk.example/hook"
secret = "SECRET"
"""


def written(folder: Path, text: str, secret: bytes = b"s" * 32) -> Path:
    (folder / "secret.bin").write_bytes(secret)
    path = folder / "fleet.toml"
    path.write_text(text.replace("SECRET", str(folder / "secret.bin")))
    return path


def test_without_a_file_nobody_is_told(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml").channels() == {}


def test_what_is_set_is_used_and_no_secret_is_shown(tmp_path: Path) -> None:
    channels = load(written(tmp_path, WHOLE)).channels()
    assert set(channels) == {"mail", "webhook"}
    assert "ssss" not in repr(channels)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("port = 587", "port = 0"),
        ("port = 587", "prt = 587"),
        ("https://desk", "ftp://desk"),
        ("fleet@ops.example", "fleet"),
        ("[mail]", "[mial]"),
        ("[webhook]", '[claims]\nserver = "https://fleet.example"\n[webhook]'),
        ("[mail]", "[mail"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(BadSettings) as caught:
        load(written(tmp_path, WHOLE.replace(old, new, 1)))
    assert caught.value.code == "config.bad_value"


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        load(written(tmp_path, WHOLE, b"short")).channels()


PEOPLE = """
[people]
issuer = "https://login.example"
client_id = "fleet"
secret = "SECRET"
redirect = "https://fleet.example/sign-in/back"
[[people.rule]]
group = "operators"
role = "operator"
where = "district:sha_tin"
"""


def test_people_sign_in_where_it_is_set_and_no_secret_is_shown(tmp_path: Path) -> None:
    provider = load(written(tmp_path, PEOPLE)).provider()
    assert provider is not None
    assert provider.client.secret == "s" * 32
    assert "ssss" not in repr(provider.client)
    assert load(tmp_path / "none.toml").provider() is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://login.example", "http://login.example"),
        ("/sign-in/back", "/back"),
        ('role = "operator"', 'role = "root"'),
        ("district:sha_tin", "colour:red"),
        ('[[people.rule]]\ngroup = "operators"\nrole = "operator"\nwhere', "where"),
    ],
)
def test_people_that_cannot_be_meant_are_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(BadSettings):
        load(written(tmp_path, PEOPLE.replace(old, new))).provider()


def releases(folder: Path, **changes: str) -> Path:
    """Write settings that name a repository and a key of its own."""
    key = CryptoSigner.generate_ed25519()
    (folder / "online.pem").write_bytes(key.private_bytes)
    public = key.public_key
    (folder / "online.json").write_text(json.dumps({"keyid": public.keyid, **public.to_dict()}))
    named = {
        "repository": str(folder / "repository"),
        "key": f"file2:{folder / 'online.pem'}",
        "public": str(folder / "online.json"),
    } | changes
    lines = "".join(f'{name} = "{value}"\n' for name, value in named.items())
    waves = "waves = [{share = 0, soak_s = 60.0}, {share = 10000, soak_s = 0.0}]\n"
    file = folder / "fleet.toml"
    file.write_text(f"[releases]\n{lines}[releases.plans.usual]\n{waves}")
    return file


def test_a_repository_and_plans_are_named_in_the_settings(tmp_path: Path) -> None:
    read = load(releases(tmp_path))
    publishing = read.publishing(lambda: datetime(2026, 11, 25, tzinfo=UTC))
    assert publishing is not None
    assert publishing.releases() == []
    assert read.releases is not None
    assert [wave.share for wave in read.releases.plans.usual.waves] == [0, 10_000]
    assert read.releases.plans.urgent == URGENT
    assert (
        load(tmp_path / "none.toml").publishing(lambda: datetime(2026, 11, 25, tzinfo=UTC)) is None
    )


@pytest.mark.parametrize("changes", [{"key": "magic:1"}, {"public": "/dev/null"}], ids=str)
def test_a_key_that_cannot_be_used_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    with pytest.raises(BadSettings):
        load(releases(tmp_path, **changes)).publishing(lambda: datetime(2026, 11, 25, tzinfo=UTC))


@pytest.mark.parametrize(
    "wrong",
    [
        "waves = []",
        "waves = [{share = 10000, soak_s = 0.0, sauce = 1}]",
        "waves = [{share = 5000, soak_s = 0.0}]",
        "confirmed_share = 0.1",
        "sauce = 1",
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(tmp_path: Path, wrong: str) -> None:
    file = releases(tmp_path)
    text = file.read_text()
    file.write_text(text[: text.index("waves")] + wrong)
    with pytest.raises(BadSettings):
        load(file)
