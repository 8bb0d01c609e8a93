import io
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.terminal import columns, progress, say

Captured = pytest.CaptureFixture[str]


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=1))
def test_cells_of_a_column_begin_at_the_same_place(rows: list[tuple[str, str, str]]) -> None:
    rows = [tuple(re.sub(r"\s", "_", cell) for cell in row) for row in rows]  # type: ignore[misc]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for line, row in zip(columns(rows).split("\n"), rows, strict=False):
        assert line.ljust(sum(widths) + 4)[: widths[0]].rstrip() == row[0]
        assert line[widths[0] + widths[1] + 4 :] == row[2]


def test_message_is_one_line_that_cannot_steer_the_terminal(capsys: Captured) -> None:
    say("no\nsuch \x1b[2Jfile")
    assert capsys.readouterr() == ("", "summarizer: no such \ufffd[2Jfile\n")


def test_nothing_is_shown_of_the_progress_where_nobody_looks(capsys: Captured) -> None:
    with progress() as advance:
        assert advance is None
    assert capsys.readouterr() == ("", "")


def test_stage_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress() as advance:
        assert advance is not None
        advance("stories", 1, 2)
    assert "stories" in screen.getvalue()
