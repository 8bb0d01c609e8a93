from typing import Any

import pytest

from summarizer.briefing.options import Options
from summarizer.briefing.topics import Topic
from summarizer.errors import InputError


def test_defaults_are_a_page_of_a_dozen_stories() -> None:
    options = Options()
    assert (options.engine, options.words, options.stories) == ("extractive", 600, 12)


@pytest.mark.parametrize(
    "given",
    [
        {"words": 1, "stories": 1},
        {"one_story": True},
        {"day": "2026-02-28", "language": "en"},
        {"day": "2024-02-29", "language": "yue"},
    ],
)
def test_values_in_range_are_kept(given: dict[str, Any]) -> None:
    options = Options(**given)
    assert all(getattr(options, name) == value for name, value in given.items())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("engine", "oracle"),
        ("engine", ""),
        ("words", 0),
        ("words", -1),
        ("words", True),
        ("words", 250.0),
        ("words", "250"),
        ("stories", 0),
        ("day", "2026-02-29"),
        ("day", "20260303"),
        ("day", "2026-03-03T06:00:00Z"),
        ("day", "yesterday"),
        ("day", ""),
        ("language", "English"),
        ("language", "EN"),
        ("language", ""),
    ],
)
def test_value_out_of_range_is_refused_by_name(name: str, value: Any) -> None:  # noqa: ANN401 - any value
    with pytest.raises(InputError, match=name):
        Options(**{name: value})


def test_two_topics_of_one_name_are_refused() -> None:
    topic = Topic(name="Dam", terms=("dam",))
    with pytest.raises(InputError, match="two topics have one name"):
        Options(topics=(topic, topic))
