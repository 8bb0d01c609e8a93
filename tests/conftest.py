"""What every test may ask for, and how properties are explored: the same way on every machine."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from summarizer.sources.files import load
from summarizer.types import Document

settings.register_profile("summarizer", deadline=None, derandomize=True, database=None)
settings.load_profile("summarizer")


def _is_missing(what: str, remedy: str) -> NoReturn:
    """Skip with the reason, or fail where TEST_REQUIRE names what is missing."""
    required = os.environ.get("TEST_REQUIRE", "")  # noqa: TID251 - CI says what must be there
    if what in required.replace(",", " ").split():
        pytest.fail(f"TEST_REQUIRE names {what}, which is not there: {remedy}")
    pytest.skip(f"no {what}: {remedy}")


@pytest.fixture(scope="session")
def evaluation_data() -> Path:
    """Return the folder of evaluation data, which is not part of the repository."""
    folder = os.environ.get("EVALUATION_DATA", "")  # noqa: TID251 - where it is differs by machine
    if not folder or not Path(folder, "README.md").is_file():
        _is_missing("data", "set EVALUATION_DATA to its folder")
    return Path(folder)


@pytest.fixture(scope="session")
def local_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for models that run in this process, which takes the extra `local`."""
    if find_spec("torch") is None or find_spec("transformers") is None:
        _is_missing("torch", "install torch and transformers, the extra local")
    import torch

    torch.set_num_threads(1)  # more threads cost more time than tiny models take
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def examples() -> Path:
    """Return the folder of articles written for this project."""
    return Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="session")
def articles(examples: Path) -> dict[str, Document]:
    """Return the example articles by day and file, "03/dam-northern-wire"; lines are numbered."""
    return {
        f"{path.parent.name[-2:]}/{path.stem}" + (f"-{n}" if n else ""): document
        for path in sorted(examples.glob("2026-*/*.*"))
        for n, document in enumerate(load([str(path)]).documents)
    }


@pytest.fixture
def clean_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, without a setting of the environment."""
    for name in list(os.environ):  # noqa: TID251 - what is tested reads it
        if name.upper().startswith("SUMMARIZER_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path
