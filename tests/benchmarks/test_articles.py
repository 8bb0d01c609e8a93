import io
import json

from benchmarks import articles


def written(n: int, seed: int) -> str:
    file = io.StringIO()
    articles.write(n, file, seed=seed)
    return file.getvalue()


def test_seed_decides_every_character() -> None:
    assert written(20, 1) == written(20, 1) != written(20, 2)


def test_originals_have_the_words_promised_and_copies_fewer() -> None:
    rows = list(map(json.loads, written(40, 1).splitlines()))
    lengths = [len(row["text"].split()) for row in rows]
    assert len(rows) == 40
    assert all(600 <= n < 720 for n in lengths[::2])
    assert all(n < original for original, n in zip(lengths[::2], lengths[1::2], strict=True))


def test_copies_share_most_words_with_their_original_and_not_the_title() -> None:
    rows = list(map(json.loads, written(40, 1).splitlines()))
    for original, copy in zip(rows[::2], rows[1::2], strict=True):
        known = set(original["text"].split())
        words = copy["text"].split()
        assert sum(word in known for word in words) > 0.85 * len(words)
        assert original["title"] != copy["title"]
