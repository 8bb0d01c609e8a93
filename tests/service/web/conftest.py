"""A store of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.service.store import database
from summarizer.service.store.database import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database.open(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()
