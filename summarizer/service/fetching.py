"""Read web addresses for the command line; a run of the service uses `collecting`."""

from collections.abc import Sequence

from summarizer.service.clock import now
from summarizer.settings import Settings
from summarizer.sources.files import Loaded


def fetch(urls: Sequence[str], settings: Settings) -> list[Loaded]:
    """Return what each address gave, in the order given.

    Raises:
        ConfigurationError: an allowed network cannot be read.
    """
    from summarizer.service import networks
    from summarizer.sources import web

    with networks.fetcher(settings) as fetcher:
        found = web.load(urls, web.Request(fetcher=fetcher, now=now()))
    return [Loaded(each.documents, each.sources, each.notes) for each in found]
