"""Logs as JSON lines: ids, never the text of a document, a prompt or a key."""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

REQUEST = "request"  # attribute of a record that holds the fields of a request
MAX_CHARS = 2_000  # of one message


@contextmanager
def as_lines(level: int = logging.INFO) -> Iterator[None]:
    """Send all logs of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers[:], root.level = [handler], level
    for name in ("dbos", "uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # Their lines hold addresses and whatever an address was asked for.
    for name in ("uvicorn.access", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.handlers[:], root.level = before


class Lines(logging.Formatter):
    """Writes a record as one line of JSON, in ASCII, so that nothing in it can steer a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        fields: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        request = getattr(record, REQUEST, None)
        if isinstance(request, dict):
            return json.dumps(fields | {"event": "request"} | request)
        fields |= {"event": record.name, "message": record.getMessage()[:MAX_CHARS]}
        if record.exc_info and record.exc_info[0] is not None:
            fields |= _raised(record.exc_info[0], record.exc_info[2])
        return json.dumps(fields)


def _raised(kind: type[BaseException], trace: object) -> dict[str, object]:
    """Say where an error was raised, without its message: that may quote a document."""
    frames = traceback.extract_tb(trace)  # type: ignore[arg-type]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": kind.__name__, "trace": places}
