"""The fetcher of a run, let into the networks that the settings allow and into no other."""

from ipaddress import ip_network

from summarizer.errors import ConfigurationError
from summarizer.settings import Settings
from summarizer.sources.addresses import Policy
from summarizer.sources.fetch import Fetcher


def fetcher(settings: Settings, *, deadline_s: float | None = None) -> Fetcher:
    """Return what fetches for `deadline_s` from now, None for as long as it takes; to be closed.

    Raises:
        ConfigurationError: an allowed network cannot be read.
    """
    try:
        networks = tuple(ip_network(network) for network in settings.networks)
    except ValueError as error:
        raise ConfigurationError(f"networks: {error}: write it like 192.168.0.0/16") from error
    return Fetcher(policy=Policy(networks=networks), deadline_s=deadline_s)
