"""Every error this package raises on purpose.

    SummarizerError
    ├── InputError             a document or an option that cannot be used (also a ValueError)
    │   └── LimitError         more documents, characters or bytes than a limit allows
    ├── NoUsableSourceError    nothing that could be summarised
    └── ConfigurationError     a setting, key, prompt or extra that is missing or wrong

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


class NoUsableSourceError(SummarizerError):
    """Nothing was given that could be summarised."""

    code = "no_usable_source"


class ConfigurationError(SummarizerError):
    """A setting, key, prompt or extra that is missing or wrong."""

    code = "configuration"
