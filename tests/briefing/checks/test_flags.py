import pytest

from summarizer.briefing.checks.flags import CONTRADICTING, Flag, Kind, quoted, verdict


def test_no_flag_is_support() -> None:
    assert verdict([]) == "supported"


@pytest.mark.parametrize("kind", sorted(CONTRADICTING))
def test_one_contradiction_among_other_flags_contradicts(kind: Kind) -> None:
    assert verdict([Flag("detail", "a"), Flag(kind, "b")]) == "contradicted"


def test_other_flags_leave_it_unsupported() -> None:
    assert verdict([Flag("number", "a"), Flag("hedge", "b")]) == "unsupported"


def test_texts_are_quoted() -> None:
    assert quoted("may") == "“may”"
