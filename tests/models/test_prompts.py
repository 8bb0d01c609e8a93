"""The prompt files: read strictly, filled once, and changed only with their version."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.models import prompts
from summarizer.models.prompts import TASKS, PromptFile

LOCK = Path(__file__).with_name("prompts.lock")
OWN = Path(__file__).parents[2] / "prompts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OWN, tmp_path / "prompts"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_text_changes_only_with_its_version() -> None:
    """On a change: raise `version`, then put the new version and digest into the lock."""
    locked = json.loads(LOCK.read_text(encoding="utf-8"))
    files = prompts.load()
    assert {t: {"version": f.version, "digest": f.digest} for t, f in files.items()} == locked


def test_every_task_has_its_file_and_names_itself_first() -> None:
    files = prompts.load()
    assert tuple(files) == TASKS
    assert {p.stem for p in OWN.glob("*.toml")} == set(TASKS)
    assert all(f.system.strip().startswith(f"Task: {t}\n") for t, f in files.items())


def test_forms_ask_for_json_and_for_lines() -> None:
    for file in prompts.load().values():
        assert "JSON" in file.json_form
        assert "JSON" not in file.lines_form
        assert file.lines_form.strip().startswith("Answer in plain lines")


def test_comments_and_order_are_no_part_of_the_digest(folder: Path) -> None:
    path = folder / "lead.toml"
    before = prompts.load(str(folder))["lead"].digest
    version, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    other = folder.parent / "other"
    shutil.copytree(folder, other)
    (other / "lead.toml").write_text(f"{rest}\n# More.\n{version}\n", encoding="utf-8")
    assert prompts.load(str(other))["lead"].digest == before == prompts.load()["lead"].digest


def test_folder_of_ones_own_is_used(folder: Path) -> None:
    edit(folder / "write.toml", "at most 30 words", "at most 20 words")
    assert "20 words" in prompts.load(str(folder))["write"].system


@given(st.text(st.characters(codec="utf-8")))
def test_text_of_documents_is_substituted_once(text: str) -> None:
    file = PromptFile(1, "S", "<$nonce>$sentences</$nonce>", "J", "L")
    told = f"{text}$nonce ${{sentences}} $$"
    filled = file.fill("write", {"nonce": "n", "sentences": told}, schema={}, max_output_tokens=1)
    assert filled.user == f"<n>{told}</n>"
    assert filled.digest == file.digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version = 2", 'version = "1"', "version is of the wrong type"),
        ("version = 2", "version = true", "version is of the wrong type"),
        ("version = 2", "version = 2\nmodel = 1", "needs exactly .* see model"),
        ("version = 2", "", "see version"),
        ("version = 2", "version = ", "not a readable TOML file"),
        ("$max_words", "$n_words", r"unknown \$n_words"),
        ("$max_words", "$5", "write \\$\\$ for a dollar"),
        ("$sentences\n", "\n", r"needs \$sentences"),
    ],
)
def test_file_that_would_fail_later_is_refused_at_once(
    folder: Path, old: str, new: str, message: str
) -> None:
    edit(folder / "write.toml", old, new)
    with pytest.raises(ConfigurationError, match=rf"write\.toml: .*{message}"):
        prompts.load(str(folder))


def test_empty_and_missing_folders_name_the_file(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ConfigurationError, match=r"write\.toml: no such prompt file"):
            prompts.load(str(place))


def test_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "lead.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match=r"lead\.toml: not a readable"):
        prompts.load(str(folder))


def test_installed_package_carries_its_own_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "summarizer"
    shutil.copytree(folder, package / "_prompts")
    edit(package / "_prompts" / "lead.toml", "at most three", "at most four")
    monkeypatch.setattr("importlib.resources.files", lambda _: package)
    prompts.load.cache_clear()
    packaged = prompts.load()
    prompts.load.cache_clear()
    assert "at most four" in packaged["lead"].system
