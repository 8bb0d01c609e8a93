import threading
from collections.abc import Iterator

import pytest

from summarizer.errors import ConfigurationError
from summarizer.service.delivery import web
from summarizer.service.delivery.attempts import DeliveryError
from summarizer.service.delivery.web import Web
from summarizer.sources.addresses import PUBLIC_ONLY
from tests.service.delivery.servers import Hook, free_port, script


@pytest.fixture
def here() -> Iterator[Web]:
    """Asks loopback addresses."""
    found = Web(web.policy(["127.0.0.0/8"]), timeout_s=5.0)
    yield found
    found.close()


def failing(asking: Web, url: str) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        asking.post(url, b"{}", {})
    return caught.value


def test_body_and_headers_arrive(hook: Hook, here: Web) -> None:
    here.post(hook.url, b"body", {"Content-Type": "text/plain"})
    (posted,) = hook.posted
    assert (posted.method, posted.path, posted.body) == ("POST", "/hook?key=hidden", b"body")
    assert posted.headers["content-type"] == "text/plain"


def test_address_is_called(hook: Hook, here: Web) -> None:
    here.get(hook.url)
    assert hook.posted[0].method == "GET"


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (301, "refused"),
        (400, "refused"),
        (401, "refused"),
        (404, "refused"),
        (410, "refused"),
        (408, "later"),
        (409, "later"),
        (425, "later"),
        (429, "later"),
        (500, "later"),
        (503, "later"),
    ],
)
def test_status_tells_whether_to_try_again(hook: Hook, here: Web, status: int, fate: str) -> None:
    hook.status = status
    error = failing(here, hook.url)
    assert error.fate == fate
    assert f"status {status}" in str(error)


def test_redirect_is_not_followed(hook: Hook, here: Web) -> None:
    hook.status, hook.location = 307, hook.url
    assert failing(here, hook.url).fate == "refused"
    assert len(hook.posted) == 1


def test_private_network_is_asked_only_where_the_settings_allow_it(hook: Hook) -> None:
    asking = Web(PUBLIC_ONLY)
    error = failing(asking, hook.url)
    asking.close()
    assert error.fate == "refused"
    assert "allow its network in the settings" in str(error)
    assert hook.posted == []


def test_server_that_is_not_there_is_asked_later(here: Web) -> None:
    error = failing(here, f"http://127.0.0.1:{free_port()}/")
    assert error.fate == "later"
    assert "the connection failed" in str(error)


def test_connection_that_breaks_is_tried_again_later(here: Web) -> None:
    with script(b"HTTP/1.1 2", None) as port:
        assert failing(here, f"http://127.0.0.1:{port}/").fate == "later"


def test_slow_server_is_given_up(hook: Hook) -> None:
    hook.wait = threading.Event()
    asking = Web(web.policy(["127.0.0.0/8"]), timeout_s=0.1)
    error = failing(asking, hook.url)
    hook.wait.set()
    asking.close()
    assert error.fate == "later"
    assert "it did not answer in time" in str(error)


@pytest.mark.parametrize("status", [404, 500])
def test_no_message_holds_the_path_which_may_be_secret(hook: Hook, here: Web, status: int) -> None:
    hook.status = status
    assert "hidden" not in str(failing(here, hook.url))


def test_network_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"write it like 192\.168\.0\.0/16"):
        web.policy(["home"])
