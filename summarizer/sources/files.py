"""Load documents from files, folders, globs and standard input.

One bad source never stops the others: it becomes a note that names it, the reason and the remedy.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from summarizer import limits as caps
from summarizer.errors import NoUsableSourceError
from summarizer.sources import charset, formats, paths, records
from summarizer.types import Document, Note, Source

_WEB = re.compile(r"https?://", re.IGNORECASE)
_MAX_NOTES = 20  # of one code on one file or source; one more says how many there were
# What a failed source is called in the briefing, by the code of its first failure.
_STATUS = {
    "missing": "missing",
    "web_source": "missing",
    "empty": "empty",
    "limit_documents": "left_out",
    "limit_bytes": "left_out",
}
_RECORD_CODES = frozenset({"bad_line", "bad_url", "bad_date", "bad_field", "id_replaced"})
# Notes on a document that was read; every other note says what was left out.
HARMLESS = frozenset({"charset", "bad_url", "bad_date", "bad_field", "id_replaced"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one run reads; what is beyond is left out with a note."""

    documents: int = caps.MAX_DOCUMENTS
    file_bytes: int = caps.MAX_FILE_BYTES  # also of one line of JSON Lines
    input_bytes: int = caps.MAX_INPUT_BYTES  # all sources together


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: documents in the order given, how each source went, and notes."""

    documents: tuple[Document, ...]
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]


Fetch = Callable[[Sequence[str]], Sequence[Loaded]]
"""Returns what each of some web addresses gave, in the order given."""


def load(
    sources: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    fetch: Fetch | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Loaded:
    """Read every document of `sources`: files, folders, globs, "-" for `stdin`, web addresses.

    Without `fetch` addresses are refused: nothing leaves this machine.

    Folders are read recursively in path order, hidden files left out. A file without text still
    gives a document, so that the ledger can show it as excluded.

    Raises:
        NoUsableSourceError: no document with text was found; the message names the first source
            that failed, why, and the remedy.
    """
    run = _Run(limits)
    urls = [name for name in dict.fromkeys(sources) if _WEB.match(name)]
    if urls and fetch is not None:
        run.fetched = dict(zip(urls, fetch(urls), strict=True))
    loaded = tuple(source for name in sources for source in run.read(name, stdin))
    if not any(document.text for document in run.documents):
        raise NoUsableSourceError(_why_nothing(run.notes, n_sources=len(sources)))
    return Loaded(tuple(run.documents), loaded, tuple(run.notes))


def _why_nothing(notes: Sequence[Note], *, n_sources: int) -> str:
    if not n_sources:
        return "no source was given: name a file, a folder, a glob, or - for standard input"
    failures = [note.message for note in notes if note.code not in HARMLESS]
    more = f" (and {len(failures) - 1:,} more)" if len(failures) > 1 else ""
    return failures[0] + more


def _unreadable(error: OSError, where: str) -> Note:
    why = f"{error.strerror or error}: correct its permissions or leave it out"
    return Note("unreadable", f"{where}: {why}")


@dataclass(slots=True)
class _Run:
    """What one call of `load` has read so far, and how much it may still read."""

    limits: Limits
    documents: list[Document] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    n_bytes: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (about, code) -> notes
    failures: list[str] = field(default_factory=list)  # codes of what left something out
    fetched: dict[str, Loaded] = field(default_factory=dict)  # by address

    def read(self, name: str, stdin: BinaryIO | None) -> tuple[Source, ...]:
        """Read one source and say how that went; a list of feeds is several."""
        n_documents, n_failures = len(self.documents), len(self.failures)
        about = paths.shown(name)
        url = name if _WEB.match(name) else None
        if url in self.fetched:
            return self._take(self.fetched[url], about)
        if url is not None:
            why = "offline: save the page and give its file, or leave out --offline"
            self._note(Note("web_source", f"{about}: {why}"), about)
        elif name != "-":
            self._read_files(name, about)
        elif stdin is None:
            why = "there is no standard input: name a file or a folder"
            self._note(Note("missing", f"{about}: {why}"), about)
        else:
            self._read_stdin(stdin, about)
        self._close(about)
        made = self.documents[n_documents:]
        status = "ok"
        if not any(document.text for document in made):
            status = _STATUS.get(next(iter(self.failures[n_failures:]), "empty"), "unreadable")
        return (Source(about, url, status, len(made)),)

    def _take(self, loaded: Loaded, about: str) -> tuple[Source, ...]:
        """Keep what an address gave, within the limits of the run."""
        self._keep(iter((*loaded.documents, *loaded.notes)), about, about)
        self._close(about)
        return loaded.sources

    def _read_stdin(self, stdin: BinaryIO, about: str) -> None:
        where = "standard input"
        try:
            self._keep(self._parse_stream(stdin, where), where, about)
        except OSError as error:
            self._note(_unreadable(error, where), about)

    def _read_files(self, name: str, about: str) -> None:
        found = paths.find(name)
        for path in found.files:
            where = paths.shown(path)
            try:
                with path.open("rb") as stream:
                    self._keep(self._parse(path, stream, where), where, about)
            except OSError as error:
                self._note(_unreadable(error, where), about)
        for note in found.notes:
            self._note(note, about)

    def _parse(self, path: Path, stream: BinaryIO, where: str) -> Iterator[Document | Note]:
        form = formats.of(path)
        if form is None or not path.is_file():
            return self._parse_stream(stream, where)
        if form == "jsonl":
            return self._parse_lines(stream.readline(self.limits.file_bytes), stream, where)
        return self._parse_whole(b"", stream, form, where)

    def _parse_stream(self, stream: BinaryIO, where: str) -> Iterator[Document | Note]:
        """Parse what has no name to tell its format by."""
        first = stream.readline(self.limits.file_bytes)
        if formats.is_json_line(first):
            return self._parse_lines(first, stream, where)
        return self._parse_whole(first, stream, None, where)

    def _parse_lines(self, first: bytes, stream: BinaryIO, where: str) -> Iterator[Document | Note]:
        """Parse JSON Lines as they come; wide characters have no lines to be read by."""
        wide = charset.byte_order(first) not in {None, "utf-8-sig"}
        if wide or charset.binary_kind(first) is not None:
            return self._parse_whole(first, stream, "jsonl", where)
        return records.parse_lines(self._lines(first, stream, where), where=where)

    def _parse_whole(
        self, first: bytes, stream: BinaryIO, form: formats.Format | None, where: str
    ) -> Iterator[Document | Note]:
        """Parse a stream of which `first` has been read; sniff the format when it is None."""
        n_allowed = min(self.limits.file_bytes, self.limits.input_bytes - self.n_bytes)
        data = first + stream.read(max(0, n_allowed + 1 - len(first)))
        if len(data) > n_allowed:
            yield self._beyond_bytes(where, n_allowed)
            return
        self.n_bytes += len(data)
        yield from formats.parse(data, form or formats.sniff(data), where=where)

    def _lines(self, first: bytes, stream: BinaryIO, where: str) -> Iterator[bytes]:
        line = first
        while line:
            if self.n_bytes + len(line) > self.limits.input_bytes:
                self._note(self._beyond_bytes(f"{where}, from here on", 0), where)
                return
            self.n_bytes += len(line)
            yield line
            line = stream.readline(self.limits.file_bytes)

    def _beyond_bytes(self, where: str, n_allowed: int) -> Note:
        if n_allowed == self.limits.file_bytes:
            why = f"a file may have {n_allowed:,} bytes: split it, or give it as JSON Lines"
        else:
            why = f"a run reads {self.limits.input_bytes:,} bytes: split it over several runs"
        return Note("limit_bytes", f"{where}: left out, {why}")

    def _beyond_documents(self, where: str) -> Note:
        why = f"a run reads {self.limits.documents:,} documents: split it over several runs"
        return Note("limit_documents", f"{where}: left out, {why}")

    def _keep(self, items: Iterator[Document | Note], where: str, source: str) -> None:
        """Keep the documents within the limit, and the notes; say so when there was no text."""
        n_documents, n_failures = len(self.documents), len(self.failures)
        if n_documents >= self.limits.documents:  # before parsing: what is left out costs no time
            self._note(self._beyond_documents(where), source)
            return
        for item in items:
            if isinstance(item, Note):
                self._note(item, where if item.code in _RECORD_CODES else source)
            elif len(self.documents) < self.limits.documents:
                self.documents.append(item)
            else:
                self._note(self._beyond_documents(f"{where}, from here on"), source)
                break
        made = self.documents[n_documents:]
        if len(self.failures) == n_failures and not any(document.text for document in made):
            ids = tuple(document.id for document in made)
            why = "there is no text in it: give a file with text"
            self._note(Note("empty", f"{where}: {why}", ids), source)
        self._close(where)

    def _note(self, note: Note, about: str) -> None:
        """Add a note unless `about` has enough of its kind."""
        self.counts[about, note.code] += 1
        if note.code not in HARMLESS:
            self.failures.append(note.code)
        if self.counts[about, note.code] <= _MAX_NOTES:
            self.notes.append(note)

    def _close(self, about: str) -> None:
        """Say how many notes on `about` were not added, and forget them."""
        for name, code in [key for key in self.counts if key[0] == about]:
            n_more = self.counts.pop((name, code)) - _MAX_NOTES
            if n_more > 0:
                self.notes.append(Note(code, f"{about}: {n_more:,} more notes like the last"))
