import base64
import json
from pathlib import Path

from benchmarks import feeds

GOOD = "<rss version='2.0'><channel><item><title>{}</title></item></channel></rss>"


def test_feeds_of_lines_and_of_folders_are_served_and_judged(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    rows = [
        {"xml": GOOD.format("Storm"), "encoding": "utf-8"},
        {"xml": base64.b64encode(b"<rss").decode(), "encoding": "base64"},
    ]
    lines = "\n".join(map(json.dumps, rows))
    (tmp_path / "feeds" / "a.jsonl").write_text(lines)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.xml").write_text(GOOD.format("About javascript: the language"))
    figures = feeds.measure(feeds.feeds(str(tmp_path), [tmp_path / "more"]))
    assert (figures["feeds"], figures["documents"]) == (3, 2)
    assert figures["feeds that ended without a status"] == 0
    assert figures["documents with a script"] == 1  # it tells by the letter, not by the sense
