import pytest

from summarizer.service.web import wording
from summarizer.settings.editions import Edition
from tests.service.web.shown import NOW

SOURCES = ("https://example.org/feed.xml",)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"at": "06:00"}, "Every day at 06:00, UTC"),
        (
            {"at": "06:00", "days": ("mon", "tue", "wed", "thu", "fri")},
            "Monday to Friday at 06:00, UTC",
        ),
        ({"at": "06:00", "days": ("sun", "mon")}, "Mon, Sun at 06:00, UTC"),
        ({"cron": "0 6 1 * *"}, "By the schedule 0 6 1 * *, UTC"),
        ({}, "Made when somebody asks for it"),
    ],
)
def test_schedule_is_said_in_words(spec: dict[str, object], words: str) -> None:
    assert wording.schedule(Edition.model_validate({"sources": SOURCES, **spec})) == words


def test_moment_is_written_as_clocks_show_it_there() -> None:
    assert wording.clock(NOW, "Asia/Tokyo") == "Wednesday, 4 March 2026, 14:40"
    assert wording.instant(NOW) == "2026-03-04T05:40:00+00:00"


def test_state_of_a_source_that_has_no_words_is_told_as_it_is() -> None:
    assert wording.source("unreachable") == "no answer"
    assert wording.source("odd") == "odd"
