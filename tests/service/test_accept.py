"""Content negotiation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render import FORMATS
from summarizer.service.accept import choose


@pytest.mark.parametrize(
    ("header", "format_"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("application/*", "json"),
        ("text/html", "html"),
        ("text/markdown", "md"),
        ("text/plain", "text"),
        ("TEXT/HTML ; Q=1.000", "html"),
        ("text/html; charset=utf-8", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/plain;q=0.5, text/markdown;q=0.7", "md"),
        ("text/*, application/json;q=0.9", "html"),
        ("*/*, application/json;q=0", "html"),
        ("text/*;q=0.9, text/html;q=0.1, text/markdown;q=0", "text"),
        ("image/png, text/plain;q=0.001", "text"),
        ("text/html;q=high, text/plain;q=0.1", "text"),
    ],
)
def test_best_acceptable_format_is_chosen(header: str, format_: str) -> None:
    assert choose(header) == format_


@pytest.mark.parametrize(
    "header", ["image/png", "*/*;q=0", "application/json;q=0.0", "application/problem+json", ","]
)
def test_nothing_is_chosen_when_nothing_is_acceptable(header: str) -> None:
    assert choose(header) is None


@given(st.sampled_from(sorted(FORMATS.items())))
def test_media_type_alone_chooses_its_format(item: tuple[str, str]) -> None:
    name, media_type = item
    assert choose(media_type) == name


@given(st.text(max_size=100))
def test_any_header_is_understood(header: str) -> None:
    assert choose(header) in {None, *FORMATS}
