from benchmarks.particulars import MIN_PRECISION, Found, Pair, judge, readings

PAIR = Pair("cluster", "money: fine", ("a", "b"), ("$5", "$7"))


def test_at_least_thirty_pairs_were_read_by_eye() -> None:
    assert len(readings()) >= 30


def test_share_of_right_pairs_reaches_the_goal() -> None:
    read = readings()
    assert sum(read.values()) / len(read) >= MIN_PRECISION


def test_unread_pair_does_not_count() -> None:
    figures = judge([Found(PAIR, differs=True, quotes=("", ""))], {})
    assert (figures.n_read, figures.n_unread) == (0, 1)


def test_pairs_that_differ_are_figured_apart() -> None:
    equal = PAIR._replace(values=("$5", "$5"))
    found = [
        Found(PAIR, differs=True, quotes=("", "")),
        Found(equal, differs=False, quotes=("", "")),
    ]
    figures = judge(found, {PAIR: False, equal: True})
    assert (figures.precision, figures.n_differing, figures.n_differing_wrong) == (0.5, 1, 1)
    assert figures.n_by_kind == {"money": 2}
