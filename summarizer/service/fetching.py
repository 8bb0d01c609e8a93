"""Read web addresses for a run that begins now, with the networks that the settings allow."""

from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import ip_network

from summarizer.errors import ConfigurationError
from summarizer.settings import Settings
from summarizer.sources.files import Loaded


def fetch(urls: Sequence[str], settings: Settings) -> list[Loaded]:
    """Return what each address gave, in the order given.

    Raises:
        ConfigurationError: an allowed network cannot be read.
    """
    from summarizer.sources import web
    from summarizer.sources.addresses import Policy
    from summarizer.sources.fetch import Fetcher

    try:
        networks = tuple(ip_network(network) for network in settings.networks)
    except ValueError as error:
        raise ConfigurationError(f"networks: {error}: write it like 192.168.0.0/16") from error
    with Fetcher(policy=Policy(networks=networks)) as fetcher:
        found = web.load(urls, web.Request(fetcher=fetcher, now=datetime.now(UTC)))
    return [Loaded(each.documents, each.sources, each.notes) for each in found]
