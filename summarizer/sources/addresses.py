"""Which web addresses are fetched, and which network addresses are connected to.

A web address is parsed once, strictly; what browsers repair (backslashes, odd spellings of
numbers, a user name before the host) is refused. A name is resolved once: every address it has
must be a public one, and the address that was checked is the one that is connected to, so that
a second answer of the resolver changes nothing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

import httpcore2
import httpx2

from summarizer.sources.status import SourceError
from summarizer.transport import Connect, is_address

PORTS = frozenset({80, 443, 8080, 8443})

_MAX_CHARS = 8_000  # of an address; RFC 9110 asks servers for as much
_MAX_SHOWN_CHARS = 200
_ANY_PORT = frozenset({None, *range(1, 1 << 16)})

_WEB = re.compile(
    r"https?://"
    r"(?:[^\x00-\x20\x7f\s/?#@%\\:\[\]]+|\[[0-9a-f:.]+\])"  # a name or a number, or IPv6
    r"(?::[0-9]{1,5})?"
    r"(?:[/?#][^\x00-\x1f\x7f]*)?",
    re.IGNORECASE,
)
_ENDS_IN_A_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE | re.DOTALL)
# The special-purpose registries of IANA (2026-11), with what is private to one large host.
_NOT_PUBLIC_4 = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",  # carriers' own
    "127.0.0.0/8",
    "168.63.129.16/32",  # a cloud's own services
    "169.254.0.0/16",  # link-local, and where clouds keep the keys of a machine
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",  # relays
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",  # multicast and reserved
)
_PUBLIC_6 = "2000::/3"
_NOT_PUBLIC_6 = (  # the first and third may carry an IPv4 address
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
)
_PUBLIC = (ip_network("0.0.0.0/0"), ip_network(_PUBLIC_6))
_NOT_PUBLIC = tuple(map(ip_network, _NOT_PUBLIC_4 + _NOT_PUBLIC_6))

Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
"""Returns the network addresses of a host, or raises `httpcore2.ConnectError`."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be connected to: public addresses at web ports, and any port of `networks`."""

    networks: tuple[Network, ...] = ()  # private ones that the configuration allows

    def permits(self, address: str, port: int) -> bool:
        """Tell whether a network address may be connected to."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        if any(found in network for network in self.networks):
            return True
        public = any(found in network for network in _PUBLIC)
        return port in PORTS and public and not any(found in network for network in _NOT_PUBLIC)


PUBLIC_ONLY = Policy()


def parse(url: str) -> httpx2.URL:
    """Parse a web address; its fragment is left out.

    Raises:
        SourceError: it is none, or none that all programs read in the same way.
    """
    problem = SourceError(
        f"{shown(url)}: this is not a plain http or https address: correct it", "refused"
    )
    if len(url) > _MAX_CHARS or not _WEB.fullmatch(url):
        raise problem
    try:
        parsed = httpx2.URL(url).copy_with(fragment=None)
        host = parsed.raw_host.decode("ascii")
        is_odd = _ENDS_IN_A_NUMBER.fullmatch(host) and str(ip_address(host)) != host
    except (httpx2.InvalidURL, ValueError) as error:
        raise problem from error
    if is_odd or parsed.port not in _ANY_PORT:
        raise problem
    return parsed


def connector(policy: Policy, resolve: Resolve) -> Connect:
    """Return what chooses the address to connect to, and refuses what `policy` does not permit."""

    def choose(host: str, port: int) -> str:
        answers = [host] if is_address(host) else resolve(host, port)
        if not answers:
            raise httpcore2.ConnectError(f"{host} has no address")
        if not all(policy.permits(answer, port) for answer in answers):
            why = "it is not a public web server: allow its network in the settings"
            raise SourceError(f"{shown(host)}: {why}", "refused")
        return answers[0]

    return choose


def shown(url: str) -> str:
    """Return an address as one printable line of bounded length."""
    cut = url if len(url) <= _MAX_SHOWN_CHARS else f"{url[:_MAX_SHOWN_CHARS]}..."
    return "".join(char if char.isprintable() else "\ufffd" for char in cut)
