"""Ask web addresses that an edition names: one request, no redirects, permitted networks."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from ipaddress import ip_network

import httpx2

from summarizer import limits, transport
from summarizer.errors import ConfigurationError
from summarizer.service.delivery.attempts import DeliveryError
from summarizer.sources import addresses
from summarizer.sources.addresses import Policy, shown
from summarizer.sources.status import SourceError

TIMEOUT_S = 10.0
MAX_ANSWER_BYTES = 64_000  # nothing of it is read

_SUCCESSES = range(200, 300)
_BUSY = frozenset({408, 409, 425, 429})
_SERVER_ERRORS = range(500, 600)
_HEADERS = {"User-Agent": "summarizer/0.1", "Accept-Encoding": "identity"}
_TIMEOUTS = {
    "timeout": {
        "connect": limits.CONNECT_TIMEOUT_S,
        "read": TIMEOUT_S,
        "write": TIMEOUT_S,
        "pool": TIMEOUT_S,
    }
}


def policy(networks: Sequence[str]) -> Policy:
    """Return what may be connected to, besides public addresses.

    Raises:
        ConfigurationError: a network cannot be read.
    """
    try:
        return Policy(tuple(ip_network(network) for network in networks))
    except ValueError as error:
        raise ConfigurationError(f"networks: {error}: write it like 192.168.0.0/16") from error


class Web:
    """Sends requests, and says what became of them.

    Args:
        policy: which network addresses may be connected to.
        timeout_s: of one request, all in all.
    """

    def __init__(self, policy: Policy, *, timeout_s: float = TIMEOUT_S) -> None:
        connect = addresses.connector(policy, transport.resolve)
        self._transport = transport.Transport(max_body_bytes=MAX_ANSWER_BYTES, connect=connect)
        self._timeout_s = timeout_s

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._transport.close()

    def get(self, url: str) -> None:
        """Call an address.

        Raises:
            DeliveryError: it did not answer with success.
        """
        self._ask("GET", url, b"", {})

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send something to an address.

        Raises:
            DeliveryError: it did not answer that it took it.
        """
        self._ask("POST", url, body, headers)

    def _ask(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        try:
            target = addresses.parse(url)
            where = shown(target.host)  # the rest of such an address is often a secret
            request = httpx2.Request(
                method, target, content=body, headers=_HEADERS | dict(headers), extensions=_TIMEOUTS
            )
            with (
                transport.within(self._timeout_s),
                closing(self._transport.handle_request(request)) as answer,
            ):
                status = answer.status_code
        except SourceError as error:  # by our rules on addresses
            raise DeliveryError(str(error), "refused") from error
        except httpx2.TimeoutException as error:
            raise DeliveryError(f"{where}: it did not answer in time", "later") from error
        except httpx2.TransportError as error:
            raise DeliveryError(f"{where}: the connection failed", "later") from error
        _check(status, where)


def _check(status: int, where: str) -> None:
    if status in _SUCCESSES:
        return
    if status in _BUSY or status in _SERVER_ERRORS:
        raise DeliveryError(f"{where}: it cannot take it now (status {status})", "later")
    raise DeliveryError(f"{where}: it refuses it (status {status}): correct it there", "refused")
