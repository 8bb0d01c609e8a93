import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources import paragraphs
from summarizer.sources.html import NoMainTextError, Page

STORM = "The storm hit the coast on Monday night and cut the power of many homes."
DAM = "The dam above the valley held overnight, officials said on Tuesday morning."


def read(body: str) -> str:
    """Return the text of a page, empty where there is none."""
    found = paragraphs.read(f"<html><body>{body}</body></html>".encode())
    return "" if found is None else str(found["text"])


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{STORM}</p><p>{DAM}</p>",
        f"<P class=x>{STORM}<p>{DAM}",
        f"<h1>{STORM}</h1><ul><li>{DAM}</ul>",
        f"<p>{STORM.replace(' the ', ' <b>the</b> ')}</p>text<blockquote>{DAM}</blockquote>",
        f"<p>{STORM}</p><p>Share</p><p>{DAM}</p>",
        f"<p>{STORM}</p><img hidden><p>{DAM}</p>",
        f"<nav><p>{DAM} {DAM}</p></nav><p>{STORM}</p><p>{DAM}</p>",
        f"<p>{STORM}</p><script>'<p>{DAM} {DAM}'</script><p>{DAM}</p>",
        f"<p>{STORM}</p><!-- <p>{DAM} {DAM}</p> --><p>{DAM}</p>",
        f"<p>{STORM}</p><div hidden><div><p>{DAM} {DAM}</p></div></div><p>{DAM}</p>",
        f"<p>{STORM}</p><p style='display: none'>{DAM} {DAM}</p><p>{DAM}</p>",
    ],
)
def test_paragraphs_are_read_and_nothing_around_them(body: str) -> None:
    assert read(body) == f"{STORM}\n\n{DAM}"


def test_references_and_white_space_are_what_they_stand_for() -> None:
    written = STORM.replace("storm", "&quot;storm&quot;\n").replace("coast", "c&ocirc;te")
    assert read(f"<p>{written}</p>") == STORM.replace("storm", '"storm"').replace(
        "coast", "c\u00f4te"
    )


def test_page_is_read_apart_with_its_title() -> None:
    page = paragraphs.extract_apart(f"<title>Storm &amp; sea</title><p>{STORM}</p>")
    assert page == Page(STORM, "Storm & sea", "", None, None, "article", is_free=True)


def test_page_without_paragraphs_has_no_text() -> None:
    with pytest.raises(NoMainTextError):
        paragraphs.extract_apart("<title>Storm</title><div>Text</div>")


@given(
    st.lists(st.sampled_from(["<", ">", "<p>", "</p>", "<!--", "<nav>", "<p hidden", "&", STORM]))
)
def test_any_text_is_read_without_an_error(parts: list[str]) -> None:
    read("".join(parts))
