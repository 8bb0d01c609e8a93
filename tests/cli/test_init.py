"""The command `init`, in this process."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import settings
from summarizer.cli import init, run
from summarizer.errors import InputError
from summarizer.settings.editions import Edition

Captured = pytest.CaptureFixture[str]
ARTICLE = (
    "Council closes bridge\n\nThe city council voted on Tuesday to close the old bridge. "
    "Drivers will have to use the ferry until the new one opens in May.\n"
)
OPML = (
    '<opml version="2.0"><body><outline text="News"><outline text="Wire # one" '
    'xmlUrl="http://127.0.0.1:9/feed"/></outline></body></opml>'
)

pytestmark = pytest.mark.usefixtures("clean_folder")
texts = st.text(st.characters(exclude_categories=["Cs"]))


def morning() -> Edition:
    """Return the edition that was written, as the program reads it."""
    return settings.load().editions["morning"]


def test_folder_becomes_an_edition_and_is_briefed(capsys: Captured) -> None:
    Path("news").mkdir()
    Path("news/a.txt").write_text(ARTICLE)
    assert run(["init", "news"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# Briefing\n")
    assert "old bridge" in out
    assert err.startswith("summarizer: wrote summarizer.toml: ")
    assert morning().sources == ("news",)
    assert morning().at == "06:00"


def test_empty_folder_is_an_edition_without_a_briefing_yet(capsys: Captured) -> None:
    Path("news").mkdir()
    assert run(["init", "news"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "no briefing yet: " in err
    assert morning().sources == ("news",)


def test_feeds_of_a_list_become_sources_with_their_titles(capsys: Captured) -> None:
    Path("feeds.OPML").write_text(OPML)
    assert run(["init", "feeds.OPML"]) == 0
    assert "no briefing yet: " in capsys.readouterr().err
    assert morning().sources == ("http://127.0.0.1:9/feed",)
    assert '    "http://127.0.0.1:9/feed",  # Wire # one\n' in Path("summarizer.toml").read_text()


def test_address_becomes_a_source() -> None:
    assert run(["init", "http://127.0.0.1:9/feed.opml"]) == 0
    assert morning().sources == ("http://127.0.0.1:9/feed.opml",)


def test_without_sources_everything_is_commented_out(capsys: Captured) -> None:
    assert run(["init"]) == 0
    assert capsys.readouterr().out == ""
    assert tomllib.loads(Path("summarizer.toml").read_text()) == {}


@pytest.mark.parametrize("argument", [[], ["news"]])
def test_configuration_is_never_overwritten(argument: list[str], capsys: Captured) -> None:
    Path("news").mkdir()
    Path("summarizer.toml").write_text("words = 300\n")
    assert run(["init", *argument]) == 2
    assert "summarizer.toml: there is one already: " in capsys.readouterr().err
    assert Path("summarizer.toml").read_text() == "words = 300\n"


@pytest.mark.parametrize(
    ("name", "content", "code", "message"),
    [
        ("gone", None, 3, "gone: there is no such file or folder: correct the path"),
        ("*.md", None, 3, "no file matches"),
        ("a.opml", "<opml><body/></opml>", 3, "a.opml: there is no feed in it"),
        ("a.opml", "<html></html>", 2, "this is no OPML list of feeds"),
    ],
)
def test_source_of_no_use_leaves_no_file(
    name: str, content: str | None, code: int, message: str, capsys: Captured
) -> None:
    if content is not None:
        Path(name).write_text(content)
    assert run(["init", name]) == code
    assert message in capsys.readouterr().err
    assert not Path("summarizer.toml").exists()


def test_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(InputError, match="go to a folder you may write in"):
        init.write(Path("missing/summarizer.toml"), "")


@given(st.dictionaries(texts.filter(bool), texts, min_size=1, max_size=3))
def test_any_source_is_read_as_it_was_given(sources: dict[str, str]) -> None:
    read = tomllib.loads(init.configuration(sources, zone="Europe/Paris"))
    edition = Edition.model_validate(read["editions"]["morning"])
    assert edition.sources == tuple(sources)
    assert read.keys() == {"editions"}


def test_everything_that_is_commented_out_can_be_used() -> None:
    lines = init.configuration({"news": ""}, zone="UTC").splitlines()
    used = [line.removeprefix("# ") if " = " in line or "# [" in line else line for line in lines]
    read = tomllib.loads("\n".join(used))
    assert {"engine", "email", "editions"} <= read.keys()
    assert "topics" in read["editions"]["morning"]
    settings.Settings.model_validate(read)


@pytest.mark.parametrize(
    ("named", "link", "zone"),
    [
        ("Europe/Paris", "UTC", "Europe/Paris"),
        (":Asia/Tokyo", "UTC", "Asia/Tokyo"),
        (None, "America/New_York", "America/New_York"),
        ("CET-1CEST", "America/New_York", "America/New_York"),
        (None, "nowhere", "UTC"),
    ],
)
def test_zone_is_that_of_the_machine(named: str | None, link: str, zone: str) -> None:
    target = Path("zoneinfo", link)
    target.parent.mkdir(parents=True)
    target.touch()
    Path("localtime").symlink_to(target)
    assert init.local_zone(named, Path("localtime")) == zone
