"""The chunker used to fit documents to a model's input.

Sentences are packed whole, so that nothing a model reads begins or ends in the middle of a thought
and every chunk can be traced back: the chunks of a text tile it. A separator-driven splitter
serves only the sentence that is too long for a chunk of its own, because splitting everything that
way cuts sentences wherever a budget ends.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.errors import InputError
from summarizer.types import Chunk, Sentence

_MIN_FILL = 0.75  # of the budget: a chunk this full may end early, at the end of a paragraph
_PIECE_CHARS = 4_000  # the library's splitter takes quadratic time on pieces of many parts
_SEPARATORS = ["\n", "。", "; ", ", ", "，", "、", " "]


@dataclass(frozen=True, slots=True)
class _Atom:
    """A stretch of text that is not cut any further."""

    start: int
    end: int
    size: int
    opens_paragraph: bool


def chunk(
    text: str,
    sentences: Sequence[Sentence],
    max_size: int,
    *,
    measure: Callable[[str], int] = len,
) -> tuple[Chunk, ...]:
    """Pack sentences into chunks that fit a model's input.

    The chunks tile the text: joined they are the text again. What stands between two sentences
    belongs to the chunk of the first. No sentence is cut unless it alone exceeds the budget; a run
    of whitespace that does not fit is cut too. A chunk ends at a paragraph where that leaves at
    most a quarter of the budget unused. An empty text has no chunks.

    Args:
        text: The text the sentences were cut from.
        sentences: In order, as `sentences.split` returns them; none makes the text one sentence.
        max_size: Budget of a chunk in what `measure` counts.
        measure: Size of a text, for instance its number of tokens. Only a single character may be
            larger than the budget.

    Raises:
        InputError: If `max_size` is smaller than 1.
    """
    if max_size < 1:
        raise InputError(f"max_size is {max_size}; a chunk needs a size of 1 or more")
    atoms = list(_atoms(text, sentences, max_size, measure))
    return tuple(
        Chunk(start, end, text[start:end]) for start, end in _pack(text, atoms, max_size, measure)
    )


def _atoms(
    text: str, sentences: Sequence[Sentence], max_size: int, measure: Callable[[str], int]
) -> Iterator[_Atom]:
    """Divide the text at the starts of sentences, and further where that is too much."""
    if not text:
        return
    spans = [(s.start, s.end) for s in sentences] or [(0, len(text))]
    bounds = [0, *(start for start, _ in spans[1:]), len(text)]
    paragraph = None
    for i, (start, end) in enumerate(pairwise(bounds)):
        opens = bool(sentences) and sentences[i].paragraph != paragraph
        paragraph = sentences[i].paragraph if sentences else None
        size = measure(text[start:end])
        if size <= max_size:
            yield _Atom(start, end, size, opens)
            continue
        # A sentence that fits stays whole even if the whitespace around it does not.
        for part_start, part_end in pairwise((start, *spans[i], end)):
            for piece_start, piece_end in _cut(text, part_start, part_end, max_size, measure):
                piece_size = measure(text[piece_start:piece_end])
                yield _Atom(piece_start, piece_end, piece_size, opens and piece_start == start)


def _cut(
    text: str, start: int, end: int, max_size: int, measure: Callable[[str], int]
) -> Iterator[tuple[int, int]]:
    """Cut a stretch of text into pieces within the budget."""
    position = start
    for piece in _pieces(text[start:end], max_size, measure):
        yield position, position + len(piece)
        position += len(piece)
    assert position == end, "the splitter lost or added text"


def _pieces(
    block: str, max_size: int, measure: Callable[[str], int], *, limit: int | None = None
) -> Iterator[str]:
    size = measure(block)
    if size <= max_size or len(block) <= 1:
        if block:
            yield block
        return
    # The library counts characters here; the first limit is the one that fits on average.
    limit = limit or min(_PIECE_CHARS, max(1, len(block) * max_size // size))
    for piece in _split(block, min(limit, len(block) - 1)):
        yield from _pieces(piece, max_size, measure, limit=max(1, len(piece) // 2))


def _split(block: str, max_chars: int) -> Iterator[str]:
    """Split a block at its separators, and anywhere where that is not enough.

    The library runs in the only mode in which it keeps every character: any other length
    function, an overlap or stripping makes it lose offsets. It would also cut between characters,
    but some microseconds for each of them are too much for a run of a million.
    """
    pieces = [block]
    if not block.isspace() and any(separator in block for separator in _SEPARATORS):
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(
            separators=_SEPARATORS,
            keep_separator="end",
            chunk_size=max_chars,
            chunk_overlap=0,
            length_function=len,
            strip_whitespace=False,
        )
        pieces = splitter.split_text(block)
    for piece in pieces:
        for start in range(0, len(piece), max_chars):
            yield piece[start : start + max_chars]


def _pack(
    text: str, atoms: Sequence[_Atom], max_size: int, measure: Callable[[str], int]
) -> Iterator[tuple[int, int]]:
    """Yield the spans of chunks that take as many atoms as fit."""
    first = 0
    while first < len(atoms):
        end = _fill(atoms, first, max_size)
        # Sizes need not add up: a token counter may count more in the whole than in the parts.
        surplus = 1
        while end - first > 1 and measure(text[atoms[first].start : atoms[end - 1].end]) > max_size:
            end = max(first + 1, end - surplus)
            surplus *= 2
        yield atoms[first].start, atoms[end - 1].end
        first = end


def _fill(atoms: Sequence[_Atom], first: int, max_size: int) -> int:
    """Return the end of the run of atoms from `first` that makes the best chunk."""
    size = 0
    paragraph_end = None
    for i in range(first, len(atoms)):
        if i > first and atoms[i].opens_paragraph and size >= _MIN_FILL * max_size:
            paragraph_end = i
        size += atoms[i].size
        if size > max_size and i > first:
            return paragraph_end or i
    return len(atoms)
