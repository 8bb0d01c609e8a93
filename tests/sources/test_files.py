import io
import json
import os
import threading
from pathlib import Path

import pytest

from summarizer.errors import NoUsableSourceError
from summarizer.sources import files
from summarizer.types import Source

STORM = "A storm hit the coast on Monday night and cut the power of many homes."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, data: str | bytes = STORM) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return name


def rows(*texts: str) -> str:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts)


def codes(loaded: files.Loaded) -> list[str]:
    return [note.code for note in loaded.notes]


def texts(loaded: files.Loaded) -> list[str]:
    return [document.text for document in loaded.documents]


def test_documents_come_in_the_order_of_the_sources() -> None:
    write("folder/b.txt", "Two.")
    write("folder/a.jsonl", rows("One a.", "One b."))
    write("z.md", "Zero.")
    loaded = files.load(["z.md", "folder"])
    assert texts(loaded) == ["Zero.", "One a.", "One b.", "Two."]
    assert loaded.sources == (
        Source("z.md", None, "ok", 1),
        Source("folder", None, "ok", 3),
    )
    assert loaded.notes == ()


def test_a_local_path_is_never_the_address() -> None:
    assert (
        files.load([write("a.html", f"<html><body><p>{STORM}</p></body></html>")]).documents[0].url
        is None
    )


def test_a_failing_source_is_noted_and_the_others_go_on() -> None:
    loaded = files.load(
        [
            "missing.txt",
            write("a.pdf", b"%PDF"),
            write("b.txt", b"%PDF-1.7 \x00"),
            write("empty.txt", ""),
            write("good.txt"),
            "https://harbour.example/storm",
        ]
    )
    assert [(source.status, source.documents) for source in loaded.sources] == [
        ("missing", 0),
        ("unreadable", 0),
        ("unreadable", 0),
        ("empty", 1),
        ("ok", 1),
        ("missing", 0),
    ]
    assert codes(loaded) == ["missing", "unknown_format", "unreadable", "empty", "web_source"]
    assert loaded.sources[-1].url == "https://harbour.example/storm"
    assert "offline: save the page" in loaded.notes[-1].message


def test_an_empty_file_is_a_document_for_the_ledger() -> None:
    loaded = files.load([write("empty.txt", ""), write("good.txt")])
    assert texts(loaded) == ["", STORM]
    assert loaded.notes[0].documents == (loaded.documents[0].id,)


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (["missing.txt"], "missing.txt: there is no such file or folder: correct the path"),
        (["a.txt", "b.txt", "c.txt"], r"a.txt: there is no such file .* \(and 2 more\)"),
        (["HTTP://harbour.example"], "offline: save the page"),
        (["empty"], "empty: there are no files in this folder"),
        (["*.nothing"], "no file matches"),
        (["-"], "there is no standard input"),
        ([], "no source was given"),
    ],
)
def test_nothing_usable_is_one_line_with_the_remedy(sources: list[str], message: str) -> None:
    Path("empty").mkdir()
    with pytest.raises(NoUsableSourceError, match=f"^{message}$|{message}") as refused:
        files.load(sources)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.jsonl: there is no text in it"),
        (b"no json\n", "a.jsonl, line 1: not JSON"),
        (b'{"text": ""}\n', "a.jsonl: there is no text in it"),
        (b"PK\x03\x04\x00\x00", "a.jsonl: this is a zip archive"),
    ],
)
def test_json_lines_without_text_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(NoUsableSourceError, match=message):
        files.load([write("a.jsonl", data)])


def test_notes_on_one_file_are_capped_and_the_rest_counted() -> None:
    write("folder/a.jsonl", "bad\n" * 25 + rows("One."))
    write("folder/b.jsonl", "bad\n" * 3)
    loaded = files.load(["folder"])
    assert codes(loaded) == ["bad_line"] * 24
    assert loaded.notes[20].message == "folder/a.jsonl: 5 more notes like the last"
    assert loaded.notes[19].message.startswith("folder/a.jsonl, line 20: ")


def test_notes_on_the_files_of_one_source_are_capped_together() -> None:
    for i in range(30):
        write(f"folder/{i:02}.txt", b"%PDF-")
    loaded = files.load(["folder", write("good.txt")])
    assert codes(loaded) == ["unreadable"] * 21
    assert loaded.notes[-1].message == "folder: 10 more notes like the last"
    assert loaded.sources[0].status == "unreadable"


def test_a_broken_link_is_noted() -> None:
    write("folder/good.txt")
    Path("folder/broken.txt").symlink_to("gone.txt")
    loaded = files.load(["folder"])
    assert codes(loaded) == ["unreadable"]
    assert loaded.notes[0].message.startswith("folder/broken.txt: No such file or directory")


@pytest.mark.parametrize(
    "data",
    [
        rows(STORM),
        "\ufeff" + rows(STORM),
        json.dumps({"documents": [{"text": STORM}]}, indent=1),
        json.dumps([{"text": STORM}]),
        f"<!doctype html><html><body><article><p>{STORM}</p></article></body></html>",
        f"**{STORM}** ![](a.png)",
        STORM,
    ],
)
def test_standard_input_may_hold_any_format(data: str) -> None:
    loaded = files.load(["-"], stdin=io.BytesIO(data.encode()))
    assert texts(loaded) == [STORM]
    assert loaded.sources == (Source("-", None, "ok", 1),)


def test_standard_input_is_read_line_by_line_and_named_in_notes() -> None:
    data = rows("One.", "Two.") + "bad\n"
    loaded = files.load(["-"], stdin=io.BytesIO(data.encode()))
    assert texts(loaded) == ["One.", "Two."]
    assert loaded.notes[0].message.startswith("standard input, line 3: ")


def test_empty_standard_input_is_refused() -> None:
    with pytest.raises(NoUsableSourceError, match="standard input: there is no text in it"):
        files.load(["-"], stdin=io.BytesIO())


def test_standard_input_that_cannot_be_read_is_refused() -> None:
    with (
        Path("out").open("wb") as closed_to_readers,
        pytest.raises(NoUsableSourceError, match=r"standard input: .*: correct its permissions"),
    ):
        files.load(["-"], stdin=closed_to_readers)


def test_a_pipe_given_by_name_is_read_as_a_stream() -> None:
    os.mkfifo("pipe.unknown")
    writer = threading.Thread(target=write, args=("pipe.unknown", rows("One.", "Two.")))
    writer.start()
    loaded = files.load(["pipe.unknown"])
    writer.join()
    assert texts(loaded) == ["One.", "Two."]


def test_json_lines_in_utf16_are_read() -> None:
    loaded = files.load([write("a.jsonl", rows("One.", "Two.").encode("utf-16"))])
    assert texts(loaded) == ["One.", "Two."]


def test_a_note_on_what_was_kept_is_no_failure() -> None:
    loaded = files.load([write("a.txt", "Ein Café an der Küste.".encode("cp1252"))])
    assert codes(loaded) == ["charset"]
    assert loaded.sources[0].status == "ok"


def test_documents_beyond_the_limit_are_left_out_with_a_note() -> None:
    write("a.jsonl", rows("One.", "Two.", "Three."))
    loaded = files.load(["a.jsonl", write("b.txt")], limits=files.Limits(documents=2))
    assert texts(loaded) == ["One.", "Two."]
    assert codes(loaded) == ["limit_documents", "limit_documents"]
    assert "a run reads 2 documents: split" in loaded.notes[0].message
    assert [source.status for source in loaded.sources] == ["ok", "left_out"]


def test_as_many_documents_as_the_limit_are_no_reason_for_a_note() -> None:
    loaded = files.load([write("a.jsonl", rows("One.", "Two."))], limits=files.Limits(documents=2))
    assert (texts(loaded), loaded.notes) == (["One.", "Two."], ())


def test_a_file_beyond_its_limit_is_left_out_with_a_note() -> None:
    limits = files.Limits(file_bytes=len(STORM))
    loaded = files.load([write("a.txt"), write("b.txt", STORM + ".")], limits=limits)
    assert texts(loaded) == [STORM]
    assert codes(loaded) == ["limit_bytes"]
    assert loaded.notes[0].message.startswith(
        f"b.txt: left out, a file may have {len(STORM)} bytes: split it"
    )
    assert loaded.sources[1].status == "left_out"


def test_bytes_beyond_the_limit_of_a_run_are_left_out_with_a_note() -> None:
    limits = files.Limits(input_bytes=2 * len(STORM))
    write("c.jsonl", rows("x" * len(STORM)))
    loaded = files.load([write("a.txt"), "c.jsonl", write("b.txt"), write("d.txt")], limits=limits)
    assert texts(loaded) == [STORM, STORM]
    assert codes(loaded) == ["limit_bytes", "limit_bytes"]
    assert loaded.notes[0].message.startswith("c.jsonl, from here on: left out, ")
    assert "a run reads 140 bytes: split" in loaded.notes[1].message


def test_a_line_longer_than_a_file_may_be_is_not_held_in_memory() -> None:
    long_line = json.dumps({"text": "x" * 500})
    loaded = files.load(
        [write("a.jsonl", f"{long_line}\n{rows('One.')}")], limits=files.Limits(file_bytes=100)
    )
    assert texts(loaded) == ["One."]
    assert set(codes(loaded)) == {"bad_line"}
