import http.server
import threading
from collections.abc import Iterator

import pytest

from summarizer.errors import ConfigurationError
from summarizer.service.fetching import fetch
from summarizer.settings import Settings

PAGE = (
    b"<html><head><title>Dam holds</title></head><body><article><h1>Dam holds</h1><p>"
    + b"The dam above the valley held overnight, officials said on Tuesday. " * 20
    + b"</p></article></body></html>"
)


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/dam" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_private_address_is_refused_unless_its_network_is_allowed(site: str) -> None:
    (refused,) = fetch([f"{site}/dam"], Settings())
    assert (refused.documents, refused.sources[0].status) == ((), "refused")
    (read,) = fetch([f"{site}/dam"], Settings(networks=("127.0.0.0/8",)))
    assert [document.title for document in read.documents] == ["Dam holds"]
    assert read.sources[0].status == "ok"


def test_network_that_is_none_is_named_with_an_example() -> None:
    with pytest.raises(ConfigurationError, match=r"networks: .* like 192\.168"):
        fetch(["https://example.org/"], Settings(networks=("everywhere",)))
