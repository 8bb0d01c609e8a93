import json
from pathlib import Path

from benchmarks.results import record


def test_section_is_replaced_and_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    record("speed", {"old": 1}, path=path)
    record("quality", {"r2": 22.5}, path=path)
    record("speed", {"new": 2}, path=path)
    assert json.loads(path.read_text()) == {"quality": {"r2": 22.5}, "speed": {"new": 2}}


def test_equal_figures_give_equal_bytes_in_any_order(tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    record("a", {"x": 1, "y": (0.123456, None)}, path=one)
    record("b", {"z": True}, path=one)
    record("b", {"z": True}, path=other)
    record("a", {"y": [0.123459, None], "x": 1}, path=other)
    assert one.read_bytes() == other.read_bytes()


def test_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    record("a", {}, path=path)
    assert list(tmp_path.iterdir()) == [path]
