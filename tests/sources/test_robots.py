import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources.robots import parse

TEXT = st.text(alphabet="abA/*$%2ü?:# \n", max_size=60)


def allows(rules: str, path: str) -> bool:
    return parse(rules.encode(), program="summarizer").allow(path)


def under(*lines: str) -> str:
    return "\n".join(("User-agent: *", *lines))


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/", "/any", True),
        ("/news", "/news", True),
        ("/news", "/newsroom?page=2", True),
        ("/news/", "/news", False),
        ("/News", "/news", False),
        ("/*.pdf", "/a/b.pdf?x", True),
        ("/*.pdf$", "/a/b.pdf", True),
        ("/*.pdf$", "/a/b.pdf?x", False),
        ("/*.pdf$", "/a.pdf/b.pdf", True),
        ("/a*b*c", "/a-b-c", True),
        ("/a*b*c", "/a-c-b", False),
        ("/news$", "/news", True),
        ("/news$", "/news/", False),
        ("*/print", "/a/print", True),
        ("/a*$", "/abc", True),
        ("/ab*b$", "/ab", False),
        ("/ü", "/%C3%BC", True),
        ("/%c3%bc", "/ü", True),
    ],
)
def test_pattern_matches_the_paths_that_begin_with_it(
    pattern: str, path: str, *, matches: bool
) -> None:
    assert allows(under(f"Disallow: {pattern}"), path) is not matches


def test_longest_pattern_decides_and_allowing_wins_a_tie() -> None:
    rules = under("Disallow: /news", "Allow: /news/open", "Disallow: /news/open/not")
    assert not allows(rules, "/news/x")
    assert allows(rules, "/news/open/x")
    assert not allows(rules, "/news/open/not")
    assert allows(under("Disallow: /a", "Allow: /a"), "/a")


def test_own_group_replaces_that_for_anyone() -> None:
    rules = (
        "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Summarizer/2\nDisallow: /x"
    )
    assert allows(rules, "/news")
    assert not allows(rules, "/x")


def test_groups_for_one_program_count_together() -> None:
    rules = "User-agent: summarizer\nDisallow: /a\nUser-agent: summarizer\nDisallow: /b"
    assert [allows(rules, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_rules_for_others_are_not_ours() -> None:
    assert allows("User-agent: summarizerbot-news\nDisallow: /", "/news")


@pytest.mark.parametrize(
    "rules",
    ["", "Disallow: /", "<html>not found</html>", "User-agent: *\nDisallow:", "\x00\xff" * 20],
)
def test_without_a_rule_all_may_be_read(rules: str) -> None:
    assert allows(rules, "/news")


def test_comments_blank_lines_and_a_byte_order_mark_are_no_rules() -> None:
    rules = "\ufeff# hello\nuser-agent : * # anyone\n\nSitemap: x\n disallow: /a # not this\n"
    assert not allows(rules, "/a")
    assert allows(rules, "/b")


def test_rules_beyond_the_limit_are_not_read() -> None:
    assert allows(under("#" + "x" * 600_000, "Disallow: /"), "/a")


@given(TEXT, TEXT)
def test_any_rules_are_read_and_say_yes_or_no(rules: str, path: str) -> None:
    assert allows(under(rules), f"/{path}") in {True, False}


def test_hostile_pattern_takes_no_time() -> None:
    rules = under(*["Disallow: /" + "*a" * 2_000 + "b"] * 100)
    started = time.process_time()
    allows(rules, "/" + "a" * 8_000)
    assert time.process_time() - started < 2
