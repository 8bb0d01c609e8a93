"""Mutations: is a sentence with one wrong thing in it caught, and a faithful rewording left alone?

Run `python -m benchmarks.mutations [DATA] [--texts SOURCE ...] [--languages xx ...] [--seed N]
[--each N] [--show N] [--record]`. Sentences of the source texts are changed in exactly one way of a
named class and judged against the original sentence, which is what they cite. Caught means neither
verbatim nor supported. Each mutation is measured twice: near-verbatim, and paraphrased, that is
after one faithful rewording too. The faithful classes say the same as their source, so whatever is
caught of them is a false alarm. Source texts are the evaluation data, and invented reports beside
the generators for languages it does not have; `--texts` takes any files, folders or globs instead.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from benchmarks import results
from benchmarks.data import arguments_with_data, as_document, read_lines
from benchmarks.mutate import dates
from benchmarks.mutate.classes import CITES_NEXT, FAITHFUL, MUTATIONS, Generator, paraphrases
from benchmarks.mutate.source import Source, sources
from benchmarks.mutate.words import LANGUAGES, words
from summarizer.briefing.verify import Cited, Judgement, judge
from summarizer.sources import files
from summarizer.types import Document

SEED = 1
N_EACH = 200  # of one class and language
SETS = (
    "days/clustmcms_days",
    "mds/clustmcms",
    "mds/multiling2011_en",
    "mds/multiling2011_xx",
    "mds/multinews100",
    "mds/single_news",
    "mds/t17_daily",
)
TEXTS = Path(__file__).with_name("mutate") / "texts"
FIRST_LINE_CHARS = 40
SOUND = frozenset({"verbatim", "supported"})


@dataclass(frozen=True, slots=True)
class Case:
    """A changed sentence and the sentences it cites."""

    language: str
    name: str  # of its class
    form: str  # "near", "paraphrased" or "faithful"
    text: str
    cited: tuple[Cited, ...]


class Share(NamedTuple):
    """How many of `n` were caught."""

    caught: int
    n: int


Tally = Mapping[tuple[str, str, str], Share]  # by form, class and language


def make(found: Sequence[Source], seed: int, n_each: int) -> Iterator[Case]:
    """Yield up to `n_each` cases of each class and language; the seed decides which."""
    by_language: dict[str, list[Source]] = defaultdict(list)
    for source in found:
        by_language[source.language].append(source)
    for language in sorted(by_language.keys() & {*LANGUAGES}):
        for form, classes in (("near", MUTATIONS), ("faithful", FAITHFUL)):
            for name, generate in classes.items():
                rng = random.Random(f"{seed} {language} {name}")  # noqa: S311 - the same every time
                shuffled = rng.sample(by_language[language], len(by_language[language]))
                cases = _cases(shuffled, name, form, generate, rng)
                yield from chain.from_iterable(islice(cases, n_each))


def measure(cases: Sequence[Case]) -> tuple[Tally, list[tuple[Case, Judgement]]]:
    """Return the share caught, and each case with its judgement."""
    judged = [(case, judge(case.text, case.cited)) for case in cases]
    tally: dict[tuple[str, str, str], Share] = defaultdict(lambda: Share(0, 0))
    for case, judgement in judged:
        key = (case.form, case.name, case.language)
        n_caught, n = tally[key]
        tally[key] = Share(n_caught + is_caught(judgement), n + 1)
    return dict(tally), judged


def is_caught(judgement: Judgement) -> bool:
    """Tell whether a sentence would not be printed as it is."""
    return judgement.verdict not in SOUND


def default_documents(folder: str) -> list[Document]:
    """Return the articles of the evaluation data and the invented ones."""
    rows = [
        document
        for name in SETS
        for line in read_lines(f"{folder}/{name}.jsonl")
        for document in line["documents"]
    ]
    invented = files.load([str(TEXTS)]).documents if TEXTS.is_dir() else ()
    return [_dated(document) for document in (*map(as_document, rows), *invented)]


def _dated(document: Document) -> Document:
    """Take the first line for the date of publication where nothing else says it."""
    first = document.text.lstrip()[:FIRST_LINE_CHARS].partition("\n")[0]
    if document.published is not None or document.language not in LANGUAGES:
        return document
    found = dates.read(first, words(document.language))
    return replace(document, published=found.isoformat()) if found else document


def _cases(
    found: Sequence[Source], name: str, form: str, generate: Generator, rng: random.Random
) -> Iterator[list[Case]]:
    """Yield one case of each source that has any, with its paraphrase if there is one."""
    for source in found:
        known = words(source.language)
        texts = list(dict.fromkeys(generate(source, known)))
        if form == "near":
            texts = [text for text in texts if text != source.text]
        if texts:
            text = rng.choice(texts)
            case = Case(source.language, name, form, text, _cited(source, name))
            reworded = list(paraphrases(text, source, known)) if form == "near" else []
            also = (
                replace(case, text=rng.choice(reworded), form="paraphrased") if reworded else None
            )
            yield [case] if also is None else [case, also]


def _cited(source: Source, name: str) -> tuple[Cited, ...]:
    texts = (source.text, source.after) if name in CITES_NEXT else (source.text,)
    return tuple(Cited(text, source.language, source.published, source.title) for text in texts)


def _print(tally: Tally, form: str, classes: Iterable[str]) -> None:
    languages = sorted({language for f, _, language in tally if f == form})
    print(f"{form:<30}" + "".join(f"{language:>14}" for language in languages))
    for name in classes:
        shares = [tally.get((form, name, language)) for language in languages]
        if any(shares):
            cells = (f"{s.caught / s.n:>7.3f} ({s.n:>4})" if s else " " * 14 for s in shares)
            print(f"{name:<30}" + "".join(cells))
    print()


def show(judged: Sequence[tuple[Case, Judgement]], n: int, *, wrong_only: bool) -> None:
    """Print up to `n` cases of each language, form and class, with their verdict and reason."""
    shown: dict[tuple[str, str, str], int] = defaultdict(int)
    for case, judgement in judged:
        key = (case.language, case.form, case.name)
        is_wrong = is_caught(judgement) == (case.form == "faithful")
        if shown[key] < n and (is_wrong or not wrong_only):
            shown[key] += 1
            print(f"[{' | '.join(key)}] {judgement.verdict}: {judgement.reason}")
            for cited in case.cited:
                print(f"   {cited.text}")
            print(f"-> {case.text}")


def figures(tally: Tally) -> dict[str, dict[str, dict[str, object]]]:
    """Return the shares by form, class and language."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    for (form, name, language), share in tally.items():
        cell = {"caught": share.caught / share.n, "n": share.n}
        found.setdefault(form, {}).setdefault(name, {})[language] = cell
    return found


def _arguments() -> argparse.Namespace:
    parser = arguments_with_data(__doc__ or "")
    parser.add_argument("--texts", nargs="+", metavar="SOURCE", help="source texts of your own")
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES), choices=LANGUAGES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--each", type=int, default=N_EACH, help="sentences of a class and language"
    )
    parser.add_argument("--show", type=int, default=0, help="print so many cases of each")
    parser.add_argument("--wrong", action="store_true", help="show only what is judged wrongly")
    parser.add_argument("--classes", nargs="+", help="only these classes")
    return parser.parse_args()


def main() -> None:
    """Print the tables."""
    given = _arguments()
    loaded = files.load(given.texts).documents if given.texts else default_documents(given.data)
    found = [source for source in sources(loaded) if source.language in given.languages]
    cases = list(make(found, given.seed, given.each))
    if given.classes:
        cases = [case for case in cases if case.name in given.classes]
    tally, judged = measure(cases)
    show(judged, given.show, wrong_only=given.wrong)
    _print(tally, "near", MUTATIONS)
    _print(tally, "paraphrased", MUTATIONS)
    _print(tally, "faithful", FAITHFUL)
    if given.record:
        results.record("mutations", figures(tally))


if __name__ == "__main__":
    main()
