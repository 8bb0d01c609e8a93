from benchmarks import calls


def test_each_kind_of_call_is_measured() -> None:
    figures = calls.measure(2)
    assert figures.keys() == {
        "new call, CPU ms",
        "recorded call, CPU ms",
        "choosing evidence, CPU ms",
    }
    assert figures.keys() >= calls.GOALS.keys()
    assert 0 < figures["recorded call, CPU ms"] < figures["new call, CPU ms"]
