"""What the servers' packages bring for PostgreSQL does what it says, on a PostgreSQL of its own."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from enrolment.migrations.upgrade import upgrade as upgrade_register
from fleet.migrations.upgrade import upgrade as upgrade_fleet
from tests.support.postgres import Cluster, _found, available, running_cluster

ROOT = Path(__file__).resolve().parents[2]
SERVERS = ROOT / "packaging/servers"
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not available(), reason="no PostgreSQL here"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Return a cluster set up by the file that is shipped."""
    with running_cluster("fsync=off") as running:
        run(
            "psql",
            "-v",
            "ON_ERROR_STOP=1",
            "-f",
            SERVERS / "postgresql.sql",
            of=(running, "postgres"),
        )
        yield running


def run(program: str, *words: str | Path, of: tuple[Cluster, str]) -> str:
    found = _found(program)
    assert found is not None
    cluster, account = of
    place = {"PGHOST": str(cluster.folder), "PGUSER": account}
    ended = subprocess.run(
        [found, *words], env=os.environ | place, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def engine(cluster: Cluster, account: str, database: str) -> sa.Engine:
    url = f"postgresql+psycopg://{account}@/{database}?host={cluster.folder}"
    return sa.create_engine(url, poolclass=sa.NullPool)


@pytest.mark.parametrize(
    ("account", "upgrade"), [("fleet", upgrade_fleet), ("register", upgrade_register)]
)
def test_each_server_makes_its_tables_in_its_own_database(
    cluster: Cluster, account: str, upgrade: object
) -> None:
    own = engine(cluster, account, account)
    assert callable(upgrade)
    upgrade(own)
    assert sa.inspect(own).get_table_names()
    with own.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("synchronous_commit", "statement_timeout", "server_encoding")
        }
    assert told == {
        "synchronous_commit": "on",
        "statement_timeout": "30s",
        "server_encoding": "UTF8",
    }


@pytest.mark.parametrize(("account", "other"), [("fleet", "register"), ("register", "fleet")])
def test_neither_server_gets_into_the_others_database(
    cluster: Cluster, account: str, other: str
) -> None:
    with pytest.raises(sa.exc.OperationalError, match="permission denied"):
        engine(cluster, account, other).connect()


def test_the_registers_backup_is_whole_and_seven_days_deep(
    cluster: Cluster, tmp_path: Path
) -> None:
    upgrade_register(engine(cluster, "register", "register"))
    unit = (SERVERS / "kiosk-register-backup.service").read_text()
    command, after = (
        line.replace("/var/backups/register", str(tmp_path)).replace("%%", "%")
        for line in re.findall(r"^ExecStart(?:Post)?=(.*)$", unit, re.MULTILINE)
    )
    program, *words = shlex.split(command)
    run(Path(program).name, *words, of=(cluster, "register"))
    for _ in range(2):
        (tmp_path / "today.part").touch()
        subprocess.run(shlex.split(after), check=True)
    assert len(list(tmp_path.iterdir())) == 1, "the eldest of a weekday is replaced"
    run(Path(program).name, *words, of=(cluster, "register"))
    listed = run("pg_restore", "--list", tmp_path / "today.part", of=(cluster, "register"))
    assert "TABLE DATA public records register" in listed
