from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.stories import MIN_SIMILARITY, average_link, cluster, explain
from summarizer.text.normalise import document
from summarizer.types import Document

Edges = dict[tuple[int, int], float]
UNIT = 1 / 1024  # similarities are multiples of it, so that their sums are exact


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges]:
    """Make a few nodes and distinct similarities between some of them."""
    n = draw(st.integers(0, 7))
    pairs = list(combinations(range(n), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    values = draw(
        st.lists(st.integers(80, 1000), min_size=len(chosen), max_size=len(chosen), unique=True)
    )
    return n, {pair: value * UNIT for pair, value in zip(chosen, values, strict=True)}


def plain_average_link(n: int, edges: Edges) -> tuple[list[list[int]], bool]:
    """Merge the closest two as long as they are close, and tell whether there was never a tie."""
    clusters = [[i] for i in range(n)]
    is_unique = True
    while len(clusters) > 1:
        means = sorted(
            (
                (sum(Fraction(edges.get((min(i, j), max(i, j)), 0)) for i in a for j in b))
                / (len(a) * len(b)),
                a,
                b,
            )
            for a, b in combinations(clusters, 2)
        )
        best, a, b = means[-1]
        if best < Fraction(MIN_SIMILARITY):
            break
        is_unique = is_unique and [mean for mean, _, _ in means].count(best) == 1
        clusters = [c for c in clusters if c not in (a, b)] + [sorted(a + b)]
    return sorted(clusters), is_unique


@given(graphs())
def test_average_link_merges_the_closest_two_as_long_as_they_are_close(
    graph: tuple[int, Edges],
) -> None:
    expected, is_unique = plain_average_link(*graph)
    if is_unique:
        assert average_link(*graph) == expected


@given(graphs(), st.data())
def test_average_link_does_not_depend_on_the_numbering(
    graph: tuple[int, Edges], data: st.DataObject
) -> None:
    n, edges = graph
    if not plain_average_link(n, edges)[1]:
        return
    to = data.draw(st.permutations(range(n)))
    renamed = {(min(to[i], to[j]), max(to[i], to[j])): v for (i, j), v in edges.items()}
    expected = sorted(sorted(to[i] for i in members) for members in average_link(n, edges))
    assert average_link(n, renamed) == expected


@given(graphs())
def test_average_link_is_a_partition(graph: tuple[int, Edges]) -> None:
    n, edges = graph
    assert sorted(i for members in average_link(n, edges) for i in members) == list(range(n))


def test_nothing_makes_no_story() -> None:
    assert cluster([]) == []


@given(st.lists(st.sampled_from(["", "!", "dam", "the", "dam gate", "ferry port"]), max_size=6))
def test_every_document_is_in_one_story(texts: list[str]) -> None:
    stories = cluster([document(text, language="en") for text in texts])
    assert sorted(i for story in stories for i in story) == list(range(len(texts)))
    assert stories == sorted(sorted(story) for story in stories)


def together(documents: Sequence[Document]) -> bool:
    return len(cluster(documents)) == 1


def test_reports_of_one_event_are_one_story(articles: Mapping[str, Document]) -> None:
    assert together([articles["03/dam-northern-wire"], articles["03/dam-lowland-gazette"]])


def test_reports_without_dates_are_joined_too(articles: Mapping[str, Document]) -> None:
    names = ("northern-wire", "lowland-gazette")
    undated = [document(articles[f"03/dam-{name}"].text, language="en") for name in names]
    assert together(undated)


def test_unrelated_articles_stay_apart(articles: Mapping[str, Document]) -> None:
    assert not together([articles["03/dam-northern-wire"], articles["03/cup-northern-wire"]])
    assert not together([articles["03/meteorite-lowland-gazette"], articles["03/rate-al-sahil"]])


def test_stories_do_not_depend_on_the_order_of_the_documents(
    articles: Mapping[str, Document],
) -> None:
    given_order = list(articles.values())
    for order in (given_order[::-1], given_order[1::2] + given_order[::2]):
        found = {frozenset(order[i].id for i in story) for story in cluster(order)}
        assert found == {
            frozenset(given_order[i].id for i in story) for story in cluster(given_order)
        }


def test_explanation_names_the_nearest_earlier_document_and_what_they_share() -> None:
    dam = "The dam of Kessel broke on Tuesday after days of rain in the Brenn valley."
    cup = "Rovers beat Athletic in the Varrow final after extra time on Monday."
    documents = [
        document(text, id=name, language="en")
        for name, text in (
            ("a", dam),
            ("b", f"{dam} Nobody was hurt when it broke."),
            ("c", cup),
        )
    ]
    ((join,), nothing) = explain(documents, [[0, 1], [2]])
    assert nothing == ()
    assert join.documents == ("a", "b")
    assert 0.5 < join.similarity <= 1
    assert {"kessel", "brenn"} & set(join.terms)
    assert not {"rover", "varrow"} & set(join.terms)
