"""The command line, in this process: options, formats, notes and exit codes."""

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import summarizer
from summarizer.cli import run
from summarizer.cli.brief import shortfall
from summarizer.types import Withheld

ARTICLE = (
    "Council closes bridge\n\nThe city council voted on Tuesday to close the old bridge. "
    "Drivers will have to use the ferry until the new one opens in May.\n"
)

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(clean_folder: Path) -> Path:
    (clean_folder / "a.txt").write_text(ARTICLE)
    (clean_folder / "b.txt").write_text(f"---\npublished: 2026-03-04\n---\n{ARTICLE}It was old.\n")
    return clean_folder


def error(capsys: Captured) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"summarizer: .+\n", err), err
    return err.removeprefix("summarizer: ").rstrip("\n")


def briefing(capsys: Captured, *arguments: str) -> dict[str, object]:
    assert run(["brief", "a.txt", "b.txt", "--format", "json", *arguments]) == 0
    made: dict[str, object] = json.loads(capsys.readouterr().out)
    return made


def test_briefing_is_markdown_without_a_format(capsys: Captured) -> None:
    assert run(["brief", "a.txt", "b.txt"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# Briefing\n\nWednesday, 4 March 2026\n")
    assert err == ""


@pytest.mark.parametrize(
    ("format_", "start"),
    [("md", "# "), ("html", "<!DOCTYPE html>"), ("json", "{"), ("text", "Briefing")],
)
def test_format_is_that_of_the_option(format_: str, start: str, capsys: Captured) -> None:
    assert run(["brief", "a.txt", "--format", format_]) == 0
    assert capsys.readouterr().out.startswith(start)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out.md", "# "),
        ("out.HTML", "<!DOCTYPE html>"),
        ("out.json", "{"),
        ("out.txt", "Briefing"),
        ("out", "# "),
    ],
)
def test_format_is_that_of_the_suffix(name: str, start: str, capsys: Captured) -> None:
    assert run(["brief", "a.txt", "-o", name]) == 0
    assert Path(name).read_text().startswith(start)
    assert capsys.readouterr() == ("", "")


def test_format_option_beats_the_suffix() -> None:
    assert run(["brief", "a.txt", "-o", "out.md", "--format", "json"]) == 0
    assert Path("out.md").read_text().startswith("{")


def test_options_reach_the_briefing(capsys: Captured) -> None:
    made = briefing(capsys, "--day", "2026-03-09", "--language", "de", "--include-text")
    assert (made["day"], made["language"]) == ("2026-03-09", "de")
    documents = made["documents"]
    assert isinstance(documents, list)
    assert "text" in documents[0]


def test_one_story_has_no_lead(capsys: Captured) -> None:
    made = briefing(capsys, "--one-story", "--words", "20", "--stories", "1")
    assert made["lead"] == []


def test_flag_beats_environment_beats_file(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("summarizer.toml").write_text('language = "fr"')
    assert briefing(capsys)["language"] == "fr"
    monkeypatch.setenv("SUMMARIZER_LANGUAGE", "es")
    assert briefing(capsys)["language"] == "es"
    assert briefing(capsys, "--language", "de")["language"] == "de"


def test_source_is_shown_instead_of_the_briefing(capsys: Captured) -> None:
    assert run(["brief", "a.txt", "b.txt", "--show", "1"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("[1] ")
    assert "\n> " in shown
    assert run(["brief", "a.txt", "b.txt", "--show", "999"]) == 2
    assert "no source [999]" in capsys.readouterr().err


def test_ledger_is_added_when_asked_for(capsys: Captured) -> None:
    run(["brief", "a.txt", "b.txt"])
    without = capsys.readouterr().out
    run(["brief", "a.txt", "b.txt", "--ledger"])
    assert len(capsys.readouterr().out) > len(without)


def test_standard_input_is_a_source(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert run(["brief", "-"]) == 0
    assert "old bridge" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["a.txt", "--words", "0"], 2, "words must be a whole number of at least 1"),
        (["a.txt", "--words", "-1"], 2, "words must be a whole number of at least 1"),
        (["a.txt", "--words", "many"], 2, "--words"),
        (["a.txt", "--stories", "0"], 2, "stories must be a whole number of at least 1"),
        (["a.txt", "--day", "tomorrow"], 2, "day must be a calendar date"),
        (["a.txt", "--language", "English"], 2, "language must be an ISO 639 code"),
        (["a.txt", "--engine", "extractiv"], 2, "unknown engine: choose extractive, openai:MODEL"),
        (["a.txt", "--format", "htm"], 2, "unknown format 'htm': did you mean html?"),
        (["a.txt", "--format", "pdf"], 2, "choose one of eml, html, json, md, text"),
        (["a.txt", "--wrods", "3"], 2, "--words"),
        (["a.txt", "--previous", "x.json"], 2, "x.json: No such file or directory"),
        (["a.txt", "--words"], 2, "--words"),
        ([], 2, "(see summarizer brief --help)"),
        (["a.txt", "-o", "."], 2, "this is a folder"),
        (["a.txt", "-o", "x" * 300], 2, "File name too long: name another file"),
        (["a.txt", "-o", "missing/out.md"], 2, "there is no folder missing: make it first"),
        (["missing.txt"], 3, "missing.txt: there is no such file or folder: correct the path"),
        (["https://example.org", "--offline"], 3, "offline: save the page"),
        (["bad\x1b[2Jname.txt"], 3, "bad\ufffd[2Jname.txt"),
    ],
)
def test_mistake_is_one_line_with_its_exit_code(
    arguments: list[str], code: int, message: str, capsys: Captured
) -> None:
    assert run(["brief", *arguments]) == code
    assert message in error(capsys)


@pytest.mark.parametrize("arguments", [["breif"], [], ["config"], ["--verison"]])
def test_unknown_or_missing_command_is_one_line(arguments: list[str], capsys: Captured) -> None:
    assert run(arguments) == 2
    assert re.search(r"\(see summarizer.* --help\)$", error(capsys))


def test_misspelt_command_gets_a_suggestion(capsys: Captured) -> None:
    run(["breif"])
    assert "'brief'" in error(capsys)


@pytest.mark.parametrize("command", [["brief", "a.txt"], ["config", "show"], ["serve"]])
def test_wrong_configuration_ends_with_5(command: list[str], capsys: Captured) -> None:
    Path("summarizer.toml").write_text("wrods = 3")
    assert run(command) == 5
    assert error(capsys) == "summarizer.toml: unknown key 'wrods': did you mean words?"


def test_what_was_left_out_is_said_and_the_rest_summarised(capsys: Captured) -> None:
    Path("lines.jsonl").write_text('{"text": "The new bridge opens in May, they say."}\nnot JSON\n')
    assert run(["brief", "a.txt", "missing.txt", "lines.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert "old bridge" in out
    missing, line = err.splitlines()
    assert missing.startswith("summarizer: missing.txt: ")
    assert line.startswith("summarizer: lines.jsonl, line 2: ")


def test_note_on_a_document_that_stays_is_not_repeated(capsys: Captured) -> None:
    Path("c.json").write_text('{"text": "The new bridge opens in May.", "published": "May"}')
    assert run(["brief", "c.json"]) == 0
    assert capsys.readouterr().err == ""


def test_strict_passes_a_complete_briefing(capsys: Captured) -> None:
    assert run(["brief", "a.txt", "b.txt", "--strict"]) == 0
    assert capsys.readouterr().err == ""


def test_strict_ends_with_4_when_a_source_is_missing(capsys: Captured) -> None:
    assert run(["brief", "a.txt", "missing.txt", "--strict"]) == 4
    out, err = capsys.readouterr()
    assert out.startswith("# Briefing")
    assert err.splitlines()[-1] == "summarizer: --strict: the briefing is partial"


def test_withheld_draft_is_a_shortfall() -> None:
    complete = summarizer.brief([ARTICLE])
    assert shortfall(complete) is None
    draft = Withheld("It opened.", "unsupported", "no source says so", "s1", ())
    assert shortfall(replace(complete, withheld=(draft,))) == "drafts withheld: 1"


def test_interrupted_run_ends_with_130(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: object) -> int:
            raise KeyboardInterrupt

    stdin = io.TextIOWrapper(io.BufferedReader(Interrupted()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run(["brief", "-"]) == 130
    assert error(capsys) == "interrupted"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
def test_write_that_fails_is_one_line(capsys: Captured) -> None:
    assert run(["brief", "a.txt", "-o", "/dev/full"]) == 1
    assert error(capsys) == "/dev/full: No space left on device: write to another file"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
def test_unforeseen_failure_is_one_line(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    with io.TextIOWrapper(io.FileIO("/dev/full", "w"), write_through=True) as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert run(["--help"]) == 1
    assert re.fullmatch(
        r"internal error \(OSError: .*No space left on device\): add --debug .*", error(capsys)
    )


def test_bar_is_shown_on_a_terminal_without_colour_where_asked_for(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["brief", "a.txt", "b.txt"]) == 0
    assert capsys.readouterr().out.startswith("# Briefing")
    assert "stories" in screen.getvalue()
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", screen.getvalue())


def test_debug_adds_a_traceback(capsys: Captured) -> None:
    assert run(["brief", "missing.txt", "--debug"]) == 3
    err = capsys.readouterr().err
    assert err.startswith("Traceback")
    assert err.splitlines()[-1].startswith("summarizer: missing.txt")


def test_help_names_every_command_and_exits_with_0(capsys: Captured) -> None:
    assert run(["--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    for command in ("brief", "verify", "serve", "doctor", "config"):
        assert re.search(rf"^ +{command} ", out, re.MULTILINE)


def test_version_is_printed(capsys: Captured) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"summarizer \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


def test_config_show_names_every_setting_and_its_origin(capsys: Captured) -> None:
    Path("summarizer.toml").write_text("[server]\nport = 9000\n")
    assert run(["config", "show"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["server.port", "9000", "summarizer.toml"] in lines
    assert ["words", "600", "default"] in lines


def test_doctor_prints_a_line_a_check(capsys: Captured) -> None:
    assert run(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split("  ")[-2].strip() for line in lines if line} == {"ok"}
    assert any(line.startswith("briefing ") for line in lines)


def test_doctor_ends_with_5_when_something_failed(capsys: Captured) -> None:
    Path("summarizer.toml").write_text("words = 0")
    assert run(["doctor"]) == 5
    assert re.search(
        r"^configuration +failed +summarizer\.toml: words must",
        capsys.readouterr().out,
        re.MULTILINE,
    )


def test_serve_refuses_an_address_others_can_reach(capsys: Captured) -> None:
    assert run(["serve", "--host", "0.0.0.0", "--port", "0"]) == 5  # noqa: S104 - refused
    assert "token" in error(capsys)


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_serve_refuses_a_port_that_cannot_be(port: str, capsys: Captured) -> None:
    assert run(["serve", "--port", port]) == 2
    assert "--port" in error(capsys)


def test_text_is_checked_against_its_sources(capsys: Captured) -> None:
    Path("said.txt").write_text("The city council voted on Tuesday to close the old bridge.")
    assert run(["verify", "said.txt", "a.txt", "b.txt"]) == 0
    out, err = capsys.readouterr()
    assert "verbatim" in out
    assert "\x1b" not in out
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (["--format", "text"], "Checked against the sources"),
        (["--format", "md"], "# Checked"),
        (["--format", "html"], "<!DOCTYPE html>"),
        (["--format", "json"], "{"),
    ],
)
def test_review_is_in_the_format_asked_for(
    arguments: list[str], start: str, capsys: Captured
) -> None:
    Path("said.txt").write_text("The council closed the bridge on Tuesday.")
    assert run(["verify", "said.txt", "a.txt", *arguments]) == 0
    assert capsys.readouterr().out.startswith(start)


def test_review_is_written_to_a_file_in_the_format_of_its_suffix() -> None:
    Path("said.txt").write_text("The council closed the bridge on Tuesday.")
    assert run(["verify", "said.txt", "a.txt", "-o", "out.json", "--include-text"]) == 0
    assert json.loads(Path("out.json").read_text())["documents"][0]["text"]


def test_review_on_a_terminal_is_a_table(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("said.txt").write_text("The council closed the bridge on Tuesday.")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["verify", "said.txt", "a.txt"]) == 0
    assert "\u2500" * 20 in capsys.readouterr().out


def test_text_to_check_may_come_from_standard_input(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"The bridge was old.")))
    assert run(["verify", "-", "a.txt", "--language", "en"]) == 0
    assert "The bridge was old." in capsys.readouterr().out


def test_strict_review_ends_with_4_when_a_sentence_failed(capsys: Captured) -> None:
    voted = "voted on Tuesday to close the old bridge."
    Path("said.txt").write_text(f"The city council {voted} The 73 members of the council {voted}")
    assert run(["verify", "said.txt", "b.txt"]) == 0
    capsys.readouterr()
    assert run(["verify", "said.txt", "b.txt", "--strict"]) == 4
    assert capsys.readouterr().err.startswith("summarizer: --strict: sentences neither verbatim")


def test_strict_review_passes_when_all_is_verbatim(capsys: Captured) -> None:
    Path("said.txt").write_text("The city council voted on Tuesday to close the old bridge.")
    assert run(["verify", "said.txt", "a.txt", "--strict"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["a.txt"], 2, "missing argument 'SOURCE"),
        (["none.txt", "a.txt"], 2, "the text to check: none.txt: there is no such file"),
        (["empty.txt", "a.txt"], 2, "the text to check: empty.txt: "),
        (["-", "-"], 2, "give one of them as a file"),
        (["a.txt", "none.txt"], 3, "none.txt: there is no such file or folder"),
        (["a.txt", "empty.txt"], 3, "empty.txt: "),
        (["a.txt", "b.txt", "--format", "pdf"], 2, "unknown format 'pdf'"),
        (["a.txt", "b.txt", "--language", "English"], 2, "ISO 639"),
        (["a.txt", "b.txt", "-o", "."], 2, "this is a folder"),
    ],
)
def test_mistake_with_verify_is_one_line_with_its_exit_code(
    arguments: list[str], code: int, message: str, capsys: Captured
) -> None:
    Path("empty.txt").write_text(" \n")
    assert run(["verify", *arguments]) == code
    assert message in error(capsys)


def test_source_that_was_left_out_of_a_review_is_said(capsys: Captured) -> None:
    assert run(["verify", "a.txt", "b.txt", "none.txt"]) == 0
    assert capsys.readouterr().err.startswith("summarizer: none.txt: there is no such file")


@hypothesis_settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(), max_size=4))
def test_any_words_after_brief_end_with_a_known_code(words: list[str]) -> None:
    assert run(["brief", "--words", "5", *words]) in {0, 2, 3}


def test_earlier_briefings_may_be_named_repeatedly(capsys: Captured) -> None:
    for name in ("monday.json", "tuesday.json"):
        assert run(["brief", "a.txt", "-o", name]) == 0
    made = briefing(capsys, "--previous", "monday.json", "--previous", "tuesday.json")
    assert made["schema"] == "summarizer.briefing/1"


def test_file_that_is_no_earlier_briefing_is_named(capsys: Captured) -> None:
    assert run(["brief", "a.txt", "--previous", "b.txt"]) == 2
    assert error(capsys).startswith("b.txt: not JSON")
