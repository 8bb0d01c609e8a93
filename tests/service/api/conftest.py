"""The application over a store of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from summarizer.service.api import Service
from summarizer.service.store import database
from summarizer.service.store.database import Database
from tests.service.api.clients import NOW, SETTINGS, Maker, client_of


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database.open(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def maker(db: Database) -> Maker:
    return Maker(db)


@pytest.fixture
def service(db: Database, maker: Maker) -> Service:
    return Service(SETTINGS, db, maker, clock=lambda: NOW)


@pytest.fixture
def client(service: Service) -> TestClient:
    return client_of(service)
