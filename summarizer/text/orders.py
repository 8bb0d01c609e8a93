"""Sentences that speak to a reader or a program instead of telling what happened.

What somebody hid in a document for a language model to obey is no news. An order need not be in
the language of its document, so the phrases of all languages are looked for in every sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from summarizer.text.facts.folding import fold
from summarizer.text.facts.patterns import any_of, starts_of
from summarizer.text.facts.wording import quotations
from summarizer.text.lexicon.orders import LANGUAGES, OrderWords, order_words
from summarizer.text.lexicon.tables import Words

_MAX_CHARS = 600  # of a text that are read; an order tells early that it is one
_MAX_POLITE = 2  # words before a command: "now, please"
_SOME_WORDS = ".{0,60}?"
_WORD_END = r"(?!\w)"
_WORD = re.compile(r"\w+")
_UNSPACED = frozenset({"zh"})
_MARKS = " \t\n>*#~|=\u2022\u2013\u2014-"
_QUOTES = "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e\u300c\u300d"
_LABEL = re.compile(r"[^\W\d_][\w ,'()-]{0,40}: ")  # "Note to the assistant: ..."
_ASKS = re.compile(rf"[?\uff1f\u061f][{_QUOTES} ]*$")
# Whose turn it is in a chat, and the marks around turns and blanks to fill in.
_TURN = re.compile(
    r"\s*(?:system|assistant|user|human|ai|chatgpt|prompt) ?:|#{2,}|```|<\|"
    r"|</?(?:system|user|assistant|instructions?)>|\[/?(?:inst|system|user|assistant|admin)\b"
    r"|\{\{|\$\{",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What orders look like, in folded text."""

    order: re.Pattern[str]  # at the beginning
    question: re.Pattern[str]  # at the beginning of what ends as a question
    about: re.Pattern[str]  # anywhere
    answers: re.Pattern[str]  # anywhere but in a quotation
    # Without these none of the patterns matches, which is seen at less cost.
    first_words: frozenset[str]  # of orders and questions in languages with spaces
    words: frozenset[str]  # one of each phrase in those languages that may stand anywhere
    unspaced: re.Pattern[str]  # the beginnings of such phrases in other languages


def is_order(text: str) -> bool:
    """Tell whether a sentence, a title or a draft tells its reader what to do, or asks for it."""
    text = text[:_MAX_CHARS]
    if _TURN.match(text):
        return True
    folded, known = fold(text), _patterns()
    words = _WORD.findall(folded)
    opening = folded.lstrip(_MARKS)
    label = _LABEL.match(opening)
    starts = (opening, opening[label.end() :]) if label else (opening,)
    forms = (known.order, known.question) if _ASKS.search(text) else (known.order,)
    may_begin = label or not folded.isascii() or not known.first_words.isdisjoint(words[:1])
    if may_begin and any(form.match(start) for form in forms for start in starts):
        return True
    if known.words.isdisjoint(words) and (folded.isascii() or not known.unspaced.search(folded)):
        return False
    if known.about.search(folded):
        return True
    return any(not _is_quoted(match.start(), text) for match in known.answers.finditer(folded))


def _is_quoted(at: int, text: str) -> bool:
    return any(quotation.start <= at < quotation.end for quotation in quotations(text))


@cache
def _patterns() -> _Patterns:
    words = [(order_words(language), language in _UNSPACED) for language in LANGUAGES]
    spaced = [each for each, is_unspaced in words if not is_unspaced]
    unspaced = [each for each, is_unspaced in words if is_unspaced]
    anywhere = [phrase for w in spaced for phrase in (*w.about, *w.answers)]
    bare = [phrase for w in unspaced for phrase in (*w.about, *w.answers)]
    return _Patterns(
        order=re.compile("|".join(_command(each, is_unspaced=bare) for each, bare in words)),
        question=re.compile("|".join(_begins(w.asks, is_unspaced=bare) for w, bare in words)),
        about=_holding([w.about for w in spaced], [w.about for w in unspaced]),
        answers=_holding([w.answers for w in spaced], [w.answers for w in unspaced]),
        first_words=frozenset(
            _WORD.findall(phrase)[0]
            for w in spaced
            for phrase in (*w.before, *w.verbs, *w.requests, *w.openers, *w.asks)
        ),
        words=frozenset(max(_WORD.findall(_opening(each)), key=len) for each in anywhere),
        unspaced=re.compile(any_of(map(_opening, bare))),
    )


def _command(words: OrderWords, *, is_unspaced: bool) -> str:
    """Return a pattern for the beginning of an order, which may be a polite one."""
    gap = "" if is_unspaced else " "
    polite = rf"(?:{any_of(words.before)}[,:\uff0c]?{gap}){{0,{_MAX_POLITE}}}"
    alone = _begins((*words.verbs, *words.requests), is_unspaced=is_unspaced)
    followed = f"{any_of(words.openers)}{gap}{_begins(words.objects, is_unspaced=is_unspaced)}"
    return f"{polite}(?:{alone}|{followed})"


def _begins(phrases: Iterable[str], *, is_unspaced: bool) -> str:
    return any_of(phrases) + ("" if is_unspaced else _WORD_END)


def _holding(spaced: Sequence[Words], unspaced: Sequence[Words]) -> re.Pattern[str]:
    """Return a pattern for phrases that may stand anywhere; "..." stands for some words."""
    followed = {first: _rest(found, _WORD_END) for first, found in _rests(spaced).items()}
    bare = [re.escape(first) + _rest(found, "") for first, found in _rests(unspaced).items()]
    return re.compile("|".join([starts_of(followed), *bare]), re.DOTALL)


def _rests(phrases: Iterable[Words]) -> Mapping[str, list[str]]:
    """Gather what may follow after "..." by what comes before it."""
    rests: dict[str, list[str]] = defaultdict(list)
    for phrase in chain.from_iterable(phrases):
        rests[_opening(phrase)].append(phrase.partition("...")[2].strip())
    return rests


def _opening(phrase: str) -> str:
    """Return the words of a phrase before "..."."""
    return phrase.partition("...")[0].strip()


def _rest(phrases: Sequence[str], end: str) -> str:
    """Return a pattern for what follows after some words, or at once where that is nothing."""
    return end if "" in phrases else f"{end}{_SOME_WORDS}{any_of(phrases)}{end}"
