"""What a client prefers, in whatever form it says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.api import preferences
from summarizer.service.api.preferences import Wait


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", Wait(30)),
        ("wait=5", Wait(5, is_asked=True)),
        ("Wait = 5 ; x=y, return=minimal", Wait(5, is_asked=True)),
        ('wait="5"', Wait(5, is_asked=True)),
        ("wait=0", Wait(0, is_asked=True)),
        ("wait=600", Wait(60, is_asked=True)),
        ("wait=5, wait=6", Wait(5, is_asked=True)),
        ("respond-async, wait=5", Wait(5, is_asked=True)),
        ("respond-async", Wait(0)),
        ("wait=-1", Wait(30)),
        ("wait=1.5", Wait(30)),
        ("wait", Wait(30)),
    ],
)
def test_wait_is_what_was_asked_for_within_the_limit(header: str, expected: Wait) -> None:
    assert preferences.wait(header, default_s=30) == expected


@given(st.text())
def test_any_header_gives_a_wait_within_the_limit(header: str) -> None:
    assert 0 <= preferences.wait(header, default_s=30).seconds <= preferences.MAX_WAIT_S
