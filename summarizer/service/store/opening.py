"""Open the store that the settings name, with the answers of an earlier journal file."""

from summarizer.service.engines import data_folder
from summarizer.service.store import database, journal
from summarizer.service.store.database import Database
from summarizer.settings import Settings

FILE = "summarizer.sqlite"


def open_store(settings: Settings) -> Database:
    """Open the store: `database_url`, else a file in the data folder.

    Raises:
        ConfigurationError: it cannot be used; the message says why and what to do.
        StorageError: it cannot be read or written now.
    """
    db = database.open(url_of(settings))
    try:
        journal.import_file(db, data_folder(settings))
    except BaseException:
        db.close()
        raise
    return db


def url_of(settings: Settings) -> str:
    """Return where the store is: the address of a database, or the path of a file."""
    return settings.database_url or str(data_folder(settings) / FILE)
