"""From one version of the schema to the next."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from summarizer.errors import ConfigurationError
from summarizer.service.store import database as databases
from summarizer.service.store import migrations, schema
from summarizer.service.store.database import Database
from tests.service.store.samples import accepted


def add_column(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE leases ADD COLUMN host TEXT")


def break_down(connection: sa.Connection) -> None:
    add_column(connection)
    raise RuntimeError("broke")


def advance(db: Database, **given: object) -> bool:
    with db.writing() as connection:
        return migrations.advance(connection, **given)  # type: ignore[arg-type]


@pytest.fixture
def opened(empty_url: str) -> Database:
    return databases.open(empty_url)


def test_older_store_goes_through_each_step_once(opened: Database) -> None:
    made: list[int] = []
    steps = {
        schema.VERSION + 1: lambda _: made.append(1),
        schema.VERSION + 2: lambda _: made.append(2),
    }

    def finish(_: int) -> None:
        while advance(opened, steps=steps, newest=schema.VERSION + 2):
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(finish, range(4)))
    assert made == [1, 2]
    with opened.reading() as connection:
        assert migrations.version_of(connection) == schema.VERSION + 2
    opened.close()


def test_step_that_breaks_leaves_the_version_before(opened: Database) -> None:
    newest = schema.VERSION + 1
    run = accepted(opened)
    with pytest.raises(RuntimeError, match="broke"):
        advance(opened, steps={newest: break_down}, newest=newest)
    assert advance(opened, steps={newest: add_column}, newest=newest)
    assert accepted(opened, id=run.id) == run
    opened.close()


def test_newer_store_is_refused_with_both_versions(empty_url: str) -> None:
    db = databases.open(empty_url)
    with db.writing() as connection:
        connection.execute(schema.versions.insert().values(version=schema.VERSION + 7))
    db.close()
    expected = f"version {schema.VERSION + 7}, this program knows {schema.VERSION}: install"
    with pytest.raises(ConfigurationError, match=expected):
        databases.open(empty_url)


def test_every_version_after_the_first_has_its_step() -> None:
    assert sorted(migrations.STEPS) == list(range(2, schema.VERSION + 1))
