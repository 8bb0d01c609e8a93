"""Stores of both kinds: an SQLite file, and a PostgreSQL server of our own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from summarizer.service.store import database as databases
from summarizer.service.store import schema
from summarizer.service.store.database import Database
from tests.conftest import _is_missing

_USER = "postgres"  # also of the system: the server refuses to run as root


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL server in a temporary folder and return its address."""
    programs = _programs()
    if programs is None:
        _is_missing("postgresql", "install a PostgreSQL server")
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _USER, _USER)
    data = str(folder / "data")
    _as_user(programs / "initdb", "-D", data, "-U", _USER, "--auth=trust", "--no-sync")
    options = f"-c listen_addresses= -c fsync=off -c max_connections=200 -k {folder}"
    control = (programs / "pg_ctl", "-D", data, "-w")
    try:
        _as_user(*control, "-o", options, "-l", str(folder / "log"), "start")
        yield f"postgresql://{_USER}@/{{}}?host={folder}"
    finally:
        _as_user(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_store(postgresql: str) -> str:
    """Return the address of one database that tests share after one another."""
    return postgresql.format(_make(postgresql))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without our tables, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite")
    server: str = request.getfixturevalue("postgresql")
    return server.format(_make(server))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Return an empty store, of each kind in turn."""
    if request.param == "sqlite":
        db = databases.open(str(tmp_path / "store.sqlite"))
    else:
        db = databases.open(request.getfixturevalue("postgresql_store"))
        _clear(db)
    yield db
    db.close()


def _make(server: str) -> str:
    """Make a database on the server and return its name."""
    name = f"test_{next(_numbers)}"
    engine = databases.connect(server.format("postgres"))
    with engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return name


def _clear(db: Database) -> None:
    """Remove what an earlier test left, which is faster than another database."""
    with db.writing() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            if table is not schema.versions:
                connection.execute(table.delete())
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS dbos CASCADE")  # of durable jobs


_numbers = count()


def _programs() -> Path | None:
    """Return the folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        return None
    if os.geteuid() == 0 and _USER not in {user.pw_name for user in pwd.getpwall()}:
        return None
    return found[-1].parent if found else Path(str(on_path)).parent


def _as_user(*command: object) -> None:
    """Run a command as somebody the server agrees to run as."""
    user = _USER if os.geteuid() == 0 else None
    subprocess.run(  # noqa: S603 - the server's own programs
        [str(part) for part in command],
        check=True,
        cwd="/",
        user=user,
        group=user,
        extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
