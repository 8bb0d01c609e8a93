"""How well and how fast text is cut into sentences and chunks.

Run `python -m benchmarks.sentences [DATA] [--record]`. Boundaries are compared with Universal
Dependencies (English EWT, GUM and PUD; sentences of a paragraph joined by a space, paragraphs by a
blank line) and with the Golden Rules of the Pragmatic Segmenter, where a case counts only if all
of its sentences are equal.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.data import arguments_with_data, read_lines
from summarizer.text import chunk, sentences

LANGUAGES = {  # the golden rules name languages in words
    "amharic": "am",
    "arabic": "ar",
    "armenian": "hy",
    "bulgarian": "bg",
    "burmese": "my",
    "danish": "da",
    "deutsch": "de",
    "dutch": "nl",
    "english": "en",
    "french": "fr",
    "hindi": "hi",
    "italian": "it",
    "japanese": "ja",
    "kazakh": "kk",
    "persian": "fa",
    "russian": "ru",
    "spanish": "es",
    "urdu": "ur",
}
SHAPES = {  # what has made a splitter quadratic before, and what a hostile page may hold
    "opening quotes": "“",
    "straight quotes": "'\"",
    "guillemets": "«",
    "brackets": "([{",
    "closed brackets": "（a）",
    "newlines": "\n",
    "spaces": " ",
    "dots": ".",
    "spaced dots": ". ",
    "ideographic stops": "。",
    "questions": "? ",
    "initials": "A. ",
    "numbers": "1. ",
    "list": "1. a\n",
    "bullets": "• ",
    "headings": "# ",
    "colons": "a: ",
    "no spaces": "a",
    "no stops": "word ",
    "short lines": "ab\n",
    "quoted": '"Yes." ',
    "prose": "The minister said on Monday that the plan would go ahead. ",
}
SHAPE_CHARS = 50_000  # and four times that: short enough for a benchmark, long enough to show n²


def figures(data: Path) -> dict[str, float]:
    """Measure everything; `f1` and `ratio` are plain numbers, `_mb_s` is megabytes a second."""
    return {
        **_boundaries(data / "sentences" / "ud_english.jsonl"),
        **_golden(data / "sentences" / "golden_rules.jsonl"),
        **_speed(data / "mds" / "multinews100.jsonl"),
        **_linearity(),
    }


def errors(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, int]]:
    """Yield ("missed" or "wrong", text, offset) for every boundary that is not as in the rows."""
    for row in rows:
        text, gold = _rebuild(row)
        found = {s.end for s in sentences.split(text, language="en")}
        yield from (("missed", text, end) for end in sorted(gold - found))
        yield from (("wrong", text, end) for end in sorted(found - gold))


def _rebuild(row: dict[str, Any]) -> tuple[str, set[int]]:
    """Join the sentences of a row to a text, and say where they end."""
    text, ends = "", set[int]()
    paragraph = None
    for number, sentence in zip(row["paragraph_of"], row["sentences"], strict=True):
        if text:
            text += " " if number == paragraph else "\n\n"
        text += sentence
        ends.add(len(text))
        paragraph = number
    return text, ends


def _boundaries(path: Path) -> dict[str, float]:
    rows = read_lines(str(path))
    gold = sum(len(_rebuild(row)[1]) for row in rows)
    kinds = [kind for kind, _, _ in errors(rows)]
    missed, wrong = kinds.count("missed"), kinds.count("wrong")
    hits = gold - missed
    # The end of a document is found by anyone; without it the figure is about decisions.
    inner = hits - len(rows)
    return {
        "ud_english_f1": 2 * hits / (2 * hits + missed + wrong),
        "ud_english_f1_inner": 2 * inner / (2 * inner + missed + wrong),
        "ud_english_precision": hits / (hits + wrong),
        "ud_english_recall": hits / gold,
    }


def _golden(path: Path) -> dict[str, float]:
    """Count the cases without an error; unlike gold, a slice of the text keeps line breaks."""
    exact = {"english": 0, "others": 0}
    spaced = {"english": 0, "others": 0}
    for row in read_lines(str(path)):
        gold = [sentence.strip() for sentence in row["sentences"]]
        found = [s.text for s in sentences.split(row["text"], language=LANGUAGES[row["lang"]])]
        group = "english" if row["lang"] == "english" else "others"
        exact[group] += found == gold
        spaced[group] += [" ".join(s.split()) for s in found] == [" ".join(s.split()) for s in gold]
    return {
        "golden_english_of_99": exact["english"],
        "golden_others_of_241": exact["others"],
        "golden_english_space_aside": spaced["english"],
        "golden_others_space_aside": spaced["others"],
    }


def _speed(path: Path) -> dict[str, float]:
    texts = [document["text"] for row in read_lines(str(path)) for document in row["documents"]]
    n_bytes = sum(len(text.encode()) for text in texts)
    split = _seconds(lambda: [sentences.split(text, language="en") for text in texts])
    found = [(text, sentences.split(text, language="en")) for text in texts]
    packed = _seconds(lambda: [chunk.chunk(text, parts, 2_000) for text, parts in found])
    return {"split_mb_s": n_bytes / split / 1e6, "chunk_mb_s": n_bytes / packed / 1e6}


def _linearity() -> dict[str, float]:
    """Time at four times the length over time at the length: 4 is linear, 16 is quadratic."""
    ratios = {}
    for name, shape in SHAPES.items():
        short, long = (_fill(shape, n) for n in (SHAPE_CHARS, 4 * SHAPE_CHARS))
        ratios[f"ratio split {name}"] = _ratio(sentences.split, short, long)
        ratios[f"ratio chunk {name}"] = _ratio(_chunk, short, long)
    return ratios


def _chunk(text: str) -> object:
    return chunk.chunk(text, sentences.split(text), 500)


def _fill(shape: str, n: int) -> str:
    return (shape * (n // len(shape) + 1))[:n]


def _ratio(run: Callable[[str], object], short: str, long: str) -> float:
    return _seconds(lambda: run(long)) / _seconds(lambda: run(short))


def _seconds(run: Callable[[], object]) -> float:
    """Processor time of the best of three runs: the machine may be shared."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the table."""
    given = arguments_with_data(__doc__).parse_args()
    measured = figures(Path(given.data))
    for name, value in measured.items():
        print(f"{name:<32} {value:8.3f}")
    if given.record:
        results.record("sentences", measured)


if __name__ == "__main__":
    main()
