"""Editions of a file in a store that others share."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError, InputError
from summarizer.service.editions import specs
from summarizer.service.store import editions
from summarizer.service.store.database import Database
from summarizer.settings import Settings
from summarizer.settings.editions import Edition

NOW = datetime(2026, 3, 4, tzinfo=UTC)
LATER = datetime(2026, 3, 5, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("clean_folder")


def configured(**named: dict[str, object]) -> Settings:
    return Settings.model_validate({"editions": named})


def stored(db: Database) -> dict[tuple[str, str], str]:
    return {(each.owner, each.name): each.origin for each in editions.all(db)}


def test_editions_of_the_file_come_and_go_with_it(db: Database, tmp_path: Path) -> None:
    two = configured(a={"sources": ["x"]}, b={"sources": ["x"]})
    specs.sync(db, two, folder=tmp_path, now=NOW)
    assert stored(db) == {("local", "a"): "file", ("local", "b"): "file"}
    specs.sync(db, configured(b={"sources": ["x"]}), folder=tmp_path, now=LATER)
    assert stored(db) == {("local", "b"): "file"}


def test_edition_that_did_not_change_is_left_alone(db: Database, tmp_path: Path) -> None:
    for now in (NOW, LATER):
        specs.sync(db, configured(a={"sources": ["x"]}), folder=tmp_path, now=now)
    assert [each.updated for each in editions.all(db)] == [NOW]
    specs.sync(db, configured(a={"sources": ["y"]}), folder=tmp_path, now=LATER)
    assert [each.updated for each in editions.all(db)] == [LATER]


def test_editions_put_over_http_stay(db: Database, tmp_path: Path) -> None:
    editions.put(db, "local", "p", {"sources": ["x"]}, origin="http", now=NOW)
    editions.put(db, "desk", "a", {"sources": ["x"]}, origin="http", now=NOW)
    specs.sync(db, configured(a={"sources": ["x"]}), folder=tmp_path, now=NOW)
    specs.sync(db, configured(), folder=tmp_path, now=NOW)
    assert stored(db) == {("local", "p"): "http", ("desk", "a"): "http"}


def test_editions_of_another_folder_stay(db: Database, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    specs.sync(db, configured(a={"sources": ["x"]}), folder=here, now=NOW)
    specs.sync(db, configured(), folder=there, now=NOW)
    specs.sync(db, configured(b={"sources": ["x"]}), folder=there, now=NOW)
    assert set(stored(db)) == {("local", "a"), ("local", "b")}


def test_paths_are_those_of_the_folder_and_addresses_stay(tmp_path: Path) -> None:
    edition = Edition(
        sources=("news", "/abs", "https://a.example/feed", "x[1]/*.md", "http://[bad"),
        files=("out/{day}.md",),
        on_failure="failures.txt",
    )
    made = specs.absolute(edition, tmp_path)
    folder = tmp_path.resolve()
    assert made.sources == (
        f"{folder}/news",
        "/abs",
        "https://a.example/feed",
        f"{folder}/x[1]/*.md",
        f"{folder}/http:/[bad",
    )
    assert made.files == (f"{folder}/out/{{day}}.md",)
    assert made.on_failure == f"{folder}/failures.txt"
    mail = edition.model_copy(update={"on_failure": "mailto:a@b.example"})
    assert specs.absolute(mail, tmp_path).on_failure == "mailto:a@b.example"
    assert specs.absolute(Edition(sources=("a",)), tmp_path).on_failure is None


def test_own_edition_is_found_before_that_of_others(db: Database) -> None:
    for owner in ("desk", "local", "zoo"):
        editions.put(db, owner, "a", {"sources": ["x"]}, origin="http", now=NOW)
    editions.put(db, "desk", "b", {"sources": ["x"]}, origin="http", now=NOW)
    assert specs.find(db, "a").owner == "local"
    assert specs.find(db, "b").owner == "desk"


def test_unknown_edition_is_refused_with_the_nearest(db: Database) -> None:
    with pytest.raises(InputError, match=r"there is no edition 'a': write \[editions\.NAME\]"):
        specs.find(db, "a")
    editions.put(db, "local", "morning", {"sources": ["x"]}, origin="file", now=NOW)
    with pytest.raises(InputError, match="there is no edition 'mornin': did you mean morning"):
        specs.find(db, "mornin")


@pytest.mark.parametrize("spec", [{"sources": []}, {}, {"sources": ["a"], "at": "6"}, "x"])
def test_spec_of_no_use_is_refused_by_its_field(db: Database, spec: object) -> None:
    editions.put(db, "local", "a", spec, origin="http", now=NOW)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match=r"edition a: .* cannot be read: put it again"):
        specs.read(editions.all(db)[0])
