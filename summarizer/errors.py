"""Every error this package raises on purpose.

    SummarizerError
    ├── InputError             a document or an option that cannot be used (also a ValueError)
    │   ├── LimitError         more documents, characters or bytes than a limit allows
    │   └── IdempotencyError   a key that came with another request before
    ├── NoUsableSourceError    nothing that could be summarised
    ├── ConfigurationError     a setting, key or prompt that is missing or wrong
    │   └── MissingExtraError  an optional dependency that is not installed
    ├── StorageError           a database that cannot be read or written now
    ├── QueueFullError         more requests are waiting than may
    └── ModelError             a language model that gave no usable answer

Messages name the thing, the limit and the remedy. The command line maps them to exit codes and
the HTTP service to problem documents by their `code`.
"""


class SummarizerError(Exception):
    """Base of all errors; `code` is stable and machine-readable."""

    code = "internal"


class InputError(SummarizerError, ValueError):
    """A document or an option that cannot be used."""

    code = "invalid_input"


class LimitError(InputError):
    """More documents, characters or bytes than a limit allows."""

    code = "limit_exceeded"


class IdempotencyError(InputError):
    """A key that came with another request before."""

    code = "idempotency_mismatch"


class NoUsableSourceError(SummarizerError):
    """Nothing was given that could be summarised."""

    code = "no_usable_source"


class ConfigurationError(SummarizerError):
    """A setting, key or prompt that is missing or wrong."""

    code = "configuration"


class MissingExtraError(ConfigurationError):
    """An optional dependency that is not installed; the message says how to install it."""


class QueueFullError(SummarizerError):
    """More requests are waiting than may; later there is room again."""

    code = "queue_full"


class StorageError(SummarizerError):
    """A database that cannot be read or written now: locked, full, read-only, gone."""

    code = "storage"


class ModelError(SummarizerError):
    """A language model that gave no usable answer; the embedded engine takes over.

    `code` tells the kinds apart: `llm_unavailable`, `llm_denied` (key, quota, unknown model),
    `llm_context` (the prompt is too long), `llm_deadline`, `llm_cut` and `llm_truncated` (the
    answer is not whole), `llm_declined`, `llm_envelope` and `llm_schema` (it is not what was asked
    for), `budget`.
    """

    def __init__(self, message: str, code: str = "llm_unavailable") -> None:
        super().__init__(message)
        self.code = code
