"""The planted series: the same every time, and every sentence of it is known."""

from benchmarks.series import N_DAYS, Series


def test_same_seed_gives_the_same_days() -> None:
    first, second, other = (list(Series(seed).days()) for seed in (1, 1, 2))
    assert first == second != other
    assert len(first) == N_DAYS


def test_every_sentence_says_a_known_fact() -> None:
    series = Series(1)
    documents = [document for day in series.days() for document in day]
    sentences = {line for d in documents for line in d.text.split("\n\n")[1:]}
    assert sentences == set(series.said)


def test_article_that_corrects_a_number_has_its_old_address() -> None:
    documents = [document for day in Series(1).days() for document in day]
    urls = [document.url for document in documents]
    again = [d for i, d in enumerate(documents) if d.url in urls[:i]]
    assert again
    for document in again:
        (old,) = (d for d in documents if d.url == document.url and d is not document)
        lines = zip(document.text.splitlines(), old.text.splitlines(), strict=True)
        assert sum(a != b for a, b in lines) == 1
