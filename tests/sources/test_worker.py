import json

import pytest

from summarizer.sources import worker


@pytest.mark.parametrize(
    ("name", "data", "answer"),
    [
        ("json:loads", b'{"a": null}', {"value": {"a": None}}),
        ("summarizer.sources.html:read", b"", {"value": None}),
        ("summarizer.sources.opml:read", b"<rss/>", {"refused": "this is no OPML list of feeds"}),
        ("json:loads", b"secret", {"broken": "JSONDecodeError"}),
        ("builtins:eval", b"object()", {"broken": "TypeError"}),
        ("json:no_such", b"", {"broken": "AttributeError"}),
        ("no.such", b"", {"broken": "ModuleNotFoundError"}),
    ],
)
def test_parser_is_called_and_its_result_or_failure_told(
    name: str, data: bytes, answer: object
) -> None:
    assert json.loads(worker.reply(name, data, {})) == answer


def test_options_reach_the_parser() -> None:
    assert json.loads(worker.reply("builtins:int", b"ff", {"base": 16})) == {"value": 255}
