"""Where evaluation data is found, how it is read, and the arguments all benchmarks share."""

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from summarizer.text.normalise import document
from summarizer.types import Document


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser that knows `--record`; `description` is the docstring of a benchmark."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--record", action="store_true", help="keep the figures in results.json")
    return parser


def arguments_with_data(description: str) -> argparse.ArgumentParser:
    """Return a parser that knows `[DATA] [--record]`; `data` is the folder, as a string."""
    parser = arguments(description)
    parser.add_argument(
        "data",
        nargs="?",
        type=_folder,
        default=os.environ.get("EVALUATION_DATA", ""),
        metavar="DATA",
        help="folder of the evaluation data (default: EVALUATION_DATA)",
    )
    return parser


def read_lines(path: str) -> list[dict[str, Any]]:
    """Read a JSON Lines file."""
    with Path(path).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def inputs(folder: str) -> Iterator[tuple[str, list[Document]]]:
    """Yield a name and the documents of everything that can be summarised in the folder.

    That is the sample article, each day, and each cluster of documents.
    """
    sample = Path(folder, "sample", "news-article.txt")
    yield sample.name, [document(sample.read_text(encoding="utf-8"))]
    for path in sorted([*Path(folder, "days").glob("*"), *Path(folder, "mds").glob("*")]):
        whole = path.suffix == ".json"
        rows = [json.loads(path.read_text(encoding="utf-8"))] if whole else read_lines(str(path))
        for i, row in enumerate(rows):
            if "documents" in row:
                yield f"{path.stem} {row.get('id', i)}", list(map(as_document, row["documents"]))


def as_document(row: Mapping[str, Any]) -> Document:
    """Make a document of a line of the data; its language is detected."""
    return document(
        row["text"],
        title=row.get("title") or "",
        source=row.get("source") or "",
        published=row.get("date"),
    )


def _folder(named: str) -> str:
    if not Path(named, "README.md").is_file():
        raise argparse.ArgumentTypeError(
            "name the folder of the evaluation data, here or in EVALUATION_DATA"
        )
    return str(Path(named).resolve())  # some benchmarks change the working folder
