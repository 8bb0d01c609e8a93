import json
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources import addresses
from summarizer.sources.addresses import PUBLIC_ONLY, Policy
from summarizer.sources.status import SourceError
from tests.sources.servers.site import HOST, answer, serving

FORBIDDEN_4 = (
    "0.0.0.1",
    "10.20.30.40",
    "100.64.9.9",
    "100.127.255.254",
    "127.3.2.1",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.1.1",
    "172.31.254.254",
    "192.0.0.8",
    "192.0.2.77",
    "192.88.99.2",
    "192.168.7.7",
    "198.19.1.1",
    "198.51.100.5",
    "203.0.113.200",
    "224.0.0.251",
    "239.1.2.3",
    "241.0.0.1",
    "255.255.255.255",
)
FORBIDDEN_6 = ("::", "::1", "100::2", "2001:db8::1", "3fff:ff::1", "fc00::7", "fe80::2", "fec0::2")
PUBLIC = (
    "1.1.1.1",
    "8.8.4.4",
    "9.9.9.9",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "168.63.129.17",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "192.167.255.255",
    "192.169.0.1",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
    "2400:cb00::1",
)


def spellings(address: str) -> Iterator[str]:
    """Yield the hosts by which programs know an IPv4 address, the plain one first."""
    a, b, c, d = address.split(".")
    value = int(IPv4Address(address))
    hexadecimal = f"{value:08x}"
    high, low = hexadecimal[:4], hexadecimal[4:]
    yield address
    yield f"{address}."
    yield str(value)
    yield hex(value)
    yield f"0{value:o}"
    yield ".".join(f"0{int(part):o}" for part in (a, b, c, d))
    yield ".".join(hex(int(part)) for part in (a, b, c, d))
    yield f"{a}.{int(b) << 16 | int(c) << 8 | int(d)}"
    yield f"{a}.{b}.{int(c) << 8 | int(d)}"
    yield address.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    yield address.replace(".", "\u3002")
    yield f"[::ffff:{address}]"
    yield f"[::{address}]"
    yield f"[::ffff:0:{high}:{low}]"
    yield f"[64:ff9b::{high}:{low}]"
    yield f"[64:ff9b:1::{high}:{low}]"
    yield f"[2002:{high}:{low}::1]"
    yield f"[2001:0:4136:e378:8000:63bf:{int(high, 16) ^ 0xFFFF:x}:{int(low, 16) ^ 0xFFFF:x}]"
    yield f"[fe80::5efe:{address}]"


def reaches(url: str, *answers: str) -> str | None:
    """Return the address that would be connected to, None for a refusal."""
    try:
        parsed = addresses.parse(url)
        choose = addresses.connector(PUBLIC_ONLY, lambda _host, _port: answers or [HOST])
        return choose(parsed.raw_host.decode("ascii").strip("[]"), parsed.port or 80)
    except SourceError:
        return None


@pytest.mark.parametrize("address", FORBIDDEN_4)
def test_forbidden_address_is_refused_in_every_spelling(address: str) -> None:
    assert [host for host in spellings(address) if reaches(f"http://{host}/")] == []


@pytest.mark.parametrize("address", FORBIDDEN_6)
def test_address_that_is_not_public_is_refused_in_ipv6(address: str) -> None:
    assert reaches(f"http://[{address}]/") is None


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_allowed(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    assert reaches(f"https://{host}/path?query") == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example",
        "ftp://news.example/",
        "file:///etc/passwd",
        "http:news.example",
        "http:///news.example/",
        "http://:80/",
        "http://a@news.example/",
        "http://a:b@news.example/",
        "http://news.example\\@127.0.0.1/",
        "http://news%2eexample/",
        "http://news .example/",
        "http://news.example\t/",
        "http://news.example/\r\nX: y",
        "http://news.example:0/",
        "http://news.example:65536/",
        "http://news.example:80a/",
        "http://[::1%25lo]/",
        "http://[news.example]/",
        "http://1.2.3.256/",
        "http://1.2.3/",
        "http://news.0x10/",
        "http://" + "a" * 300 + "\u0661/",
        "http://news.example/" + "a" * 10_000,
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match="correct it") as caught:
        addresses.parse(url)
    assert caught.value.status == "refused"
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("url", "parsed"),
    [
        ("http://news.example", "http://news.example"),
        ("HTTPS://News.Example:443/A#part", "https://news.example/A"),
        ("http://news.example:8080/a b?q=ü", "http://news.example:8080/a%20b?q=%C3%BC"),
        ("http://пример.рф/", "http://xn--e1afmkfd.xn--p1ai/"),
        ("http://1.1.1.1/", "http://1.1.1.1/"),
    ],
)
def test_plain_address_is_parsed_without_its_fragment(url: str, parsed: str) -> None:
    assert str(addresses.parse(url)) == parsed


def test_name_is_refused_when_any_of_its_addresses_is_private() -> None:
    assert reaches("http://news.example/", "1.1.1.1", "10.0.0.1") is None
    assert reaches("http://news.example/", "1.1.1.1", "8.8.8.8") == "1.1.1.1"


def test_refusal_does_not_tell_the_private_address() -> None:
    choose = addresses.connector(PUBLIC_ONLY, lambda _host, _port: ["10.1.2.3"])
    with pytest.raises(SourceError) as caught:
        choose("intranet", 80)
    assert "10.1.2.3" not in str(caught.value)


@pytest.mark.parametrize("port", [22, 25, 6379, 8000])
def test_port_of_another_service_is_refused(port: int) -> None:
    assert reaches(f"http://1.1.1.1:{port}/") is None


def test_allowed_network_is_open_at_any_port_and_no_other_is() -> None:
    policy = Policy(networks=(ip_network("10.0.0.0/8"),))
    assert policy.permits("10.1.2.3", 8000)
    assert not policy.permits("192.168.1.1", 80)
    assert not policy.permits("no address", 80)


@given(st.ip_addresses(v=4))
def test_private_ipv4_is_never_permitted(address: IPv4Address) -> None:
    assert not (address.is_private and PUBLIC_ONLY.permits(str(address), 443))


@given(st.ip_addresses(v=6))
def test_ipv6_is_permitted_in_global_unicast_alone(address: IPv6Address) -> None:
    permitted = PUBLIC_ONLY.permits(str(address), 443)
    assert not permitted or address in ip_network("2000::/3")


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"http://{text}/", f"http://news.example/{text}"):
        try:
            host = addresses.parse(url).raw_host
        except SourceError:
            continue
        assert host
        assert b"@" not in host


def test_shown_address_is_one_short_printable_line() -> None:
    line = addresses.shown("http://a.example/\n\u202e" + "x" * 1_000)
    assert line.isprintable()
    assert len(line) < 250


def test_no_known_vector_reaches_a_server_of_this_machine(evaluation_data: Path) -> None:
    path = evaluation_data.parent / "hostile" / "ssrf_vectors.json"
    if not path.is_file():
        pytest.skip("no hostile vectors beside the evaluation data")
    vectors = json.loads(path.read_text(encoding="utf-8"))
    with serving({"/": answer(b"secret")}) as site, site.fetcher(policy=PUBLIC_ONLY) as fetcher:
        for vector in vectors:
            with pytest.raises(SourceError):
                fetcher.fetch(vector["url"])
        assert site.n_connections == 0
