"""The self-check: healthy here, and clear about what is broken."""

from importlib import metadata
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError
from summarizer.service import doctor
from summarizer.service.doctor import Check


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_sound_installation_passes_every_check() -> None:
    checks = list(doctor.examine())
    assert [check for check in checks if not check.ok] == []
    details = {check.name: check.detail for check in checks}
    assert details["summarizer"] == metadata.version("summarizer")
    assert details["numpy"] == metadata.version("numpy")
    assert details["pystemmer"] == metadata.version("PyStemmer")
    assert {"python", "language model", "briefing", "temporary folder"} <= set(details)
    assert details["configuration"] == "no summarizer.toml, defaults"


def test_configuration_file_is_named() -> None:
    Path("summarizer.toml").write_text("words = 100")
    assert Check("configuration", ok=True, detail="summarizer.toml") in doctor.examine()


def test_wrong_configuration_fails_one_check() -> None:
    Path("summarizer.toml").write_text("wrods = 100")
    failed = [check for check in doctor.examine() if not check.ok]
    assert failed == [
        Check(
            "configuration",
            ok=False,
            detail="summarizer.toml: unknown key 'wrods': did you mean words?",
        )
    ]


def test_check_that_raises_is_reported_on_one_line_with_the_remedy() -> None:
    def broken() -> str:
        raise ImportError("libblas.so:\n  no such file")

    found = doctor.run("numpy", broken, "install summarizer again")
    assert found == Check(
        "numpy",
        ok=False,
        detail="ImportError: libblas.so: no such file: install summarizer again",
    )


def test_check_that_knows_its_remedy_is_quoted() -> None:
    def wrong() -> str:
        raise ConfigurationError("summarizer.toml: words must be at least 1")

    assert doctor.run("configuration", wrong, "x").detail == (
        "summarizer.toml: words must be at least 1"
    )
