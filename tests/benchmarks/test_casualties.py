from benchmarks.casualties import MIN_PRECISION, Found, Pair, judge, readings

PAIR = Pair("cluster", "killed", "conflict", ("a", "b"), ("14", "21"))


def test_at_least_forty_pairs_were_read_by_eye() -> None:
    assert len(readings()) >= 40


def test_share_of_right_pairs_reaches_the_goal() -> None:
    read = readings()
    assert sum(read.values()) / len(read) >= MIN_PRECISION


def test_unread_pair_does_not_count() -> None:
    figures = judge([Found(PAIR, ("", ""))], {})
    assert (figures.n_read, figures.n_unread) == (0, 1)


def test_pair_that_is_no_longer_found_is_counted_apart() -> None:
    figures = judge([], {PAIR: True})
    assert (figures.n_read, figures.n_no_longer_found) == (0, 1)


def test_wrong_pair_lowers_the_precision() -> None:
    other = PAIR._replace(cluster="other")
    found = [Found(PAIR, ("", "")), Found(other, ("", ""))]
    assert judge(found, {PAIR: True, other: False}).precision == 0.5
