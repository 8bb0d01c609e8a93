import pytest

from summarizer.briefing import background, pipeline, stories
from summarizer.briefing.background import NO_BACKGROUND, Background
from summarizer.briefing.options import Options
from summarizer.errors import InputError
from summarizer.text.normalise import document

FERRY = "The ferry sank off the harbour on Monday."
STRIKE = "The strike closed the harbour on Monday."


def test_document_that_repeats_a_term_counts_once() -> None:
    counted = background.count([document("Ferry after ferry left."), document(STRIKE)])
    assert counted.n_documents == 2
    assert counted.frequency["ferri"] == 1


def test_days_counted_apart_add_up_to_the_days_counted_together() -> None:
    first, second = document(FERRY), document(STRIKE)
    apart = background.add(background.count([first]), background.count([second]))
    assert apart == background.count([first, second])


def test_digest_depends_on_the_table_and_not_on_its_order() -> None:
    assert Background(2, {"a": 1, "b": 2}).digest == Background(2, {"b": 2, "a": 1}).digest
    assert Background(2, {"a": 1}).digest != Background(2, {"a": 2}).digest
    assert Background(2, {"a": 1}).digest != Background(3, {"a": 1}).digest


@pytest.mark.parametrize("frequency", [0, 3])
def test_frequency_that_no_documents_can_have_is_refused(frequency: int) -> None:
    with pytest.raises(InputError, match="frequencies of 1 to 2"):
        Background(2, {"ferry": frequency})


def test_words_common_on_earlier_days_join_nothing() -> None:
    reports = [
        document("Harbour council meets Monday evening over budget and benches in Kessel."),
        document("Harbour council meets Monday evening over budget and trees in Ostrand."),
    ]
    held = [background.count([report]).frequency for report in reports]
    earlier = Background(20_000, dict.fromkeys(held[0].keys() & held[1].keys(), 19_999))
    assert stories.cluster(reports) == [[0, 1]]
    assert stories.cluster(reports, earlier) == [[0], [1]]


def test_briefing_records_the_digest_of_the_background() -> None:
    documents = [document(FERRY)]
    earlier = background.count([document(STRIKE)])
    assert pipeline.brief(documents, Options()).background is None
    with_background = pipeline.brief(documents, Options(background=earlier))
    assert with_background.background == earlier.digest
    assert NO_BACKGROUND.n_documents == 0
