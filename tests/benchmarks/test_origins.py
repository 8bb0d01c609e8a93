from benchmarks import origins
from benchmarks.origins import Labelled
from summarizer.text.normalise import document


def text(first: int) -> str:
    """Return an article of forty words that shares no run of words with that of another number."""
    return " ".join(f"word{first}x{i}" for i in range(40))


def row(body: str, event: str = "e") -> dict[str, str]:
    return {"text": body, "title": "", "lang": "en", "cluster": event}


def test_exact_copies_score_one() -> None:
    labelled = [Labelled(document(text(n)), n) for n in (1, 2, 1, 2, 3)]
    assert origins.score(labelled) == (1.0, 1.0, 1.0, 2)


def test_copies_labelled_apart_cost_precision_only() -> None:
    labelled = [Labelled(document(text(1)), n) for n in (1, 1, 2)]
    found = origins.score(labelled)
    assert (found.precision, found.recall, found.f1) == (1 / 3, 1.0, 0.5)


def test_real_reprints_are_left_out_also_across_events() -> None:
    reprint = f"{text(1)} {text(3)}"
    rows = [row(text(1)), row(text(2)), row(reprint, "another")]
    assert origins.without_reprints(rows) == rows[:2]


def test_copies_are_the_same_for_a_seed_and_others_for_another() -> None:
    rows = [row("\n".join(text(10 * i + j) for j in range(6))) for i in range(8)]
    assert origins.make(rows, 1) == origins.make(rows, 1) != origins.make(rows, 2)
