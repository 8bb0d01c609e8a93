"""What a user may set once instead of with every command, and where each value came from.

Environment (`SUMMARIZER_WORDS`, nested `SUMMARIZER_SERVER__PORT`) before `./summarizer.toml`
before defaults. A misspelt key in either is an error: ignoring it would run with another value
than the user believes.
"""

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from summarizer.briefing.options import EXTRACTIVE, Options
from summarizer.errors import ConfigurationError, InputError
from summarizer.limits import CALL_TIMEOUT_S
from summarizer.settings.editions import NAME, Edition
from summarizer.settings.server import Email, ModelPrice, Server, Whole

FILE = "summarizer.toml"
PREFIX = "SUMMARIZER_"
NESTED = "__"


class Settings(BaseSettings):
    """Every key that can be set; the core takes these as plain values."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=NESTED,
        env_ignore_empty=True,
        toml_file=FILE,
        extra="forbid",
        frozen=True,
    )

    engine: str = "extractive"
    fallback: tuple[str, ...] = ()  # engines asked when `engine` fails, before the embedded one
    verify_model: str | None = None  # an engine that gives a second opinion
    base_url: str | None = None  # of an OpenAI-compatible endpoint; also OPENAI_BASE_URL
    api_key: SecretStr | None = None  # also OPENAI_API_KEY, for that endpoint only
    window_tokens: Whole = Field(8_000, ge=1_000)  # input and output of one call
    concurrency: Whole = Field(16, ge=1, le=256)  # stories written at a time
    call_timeout_s: float = Field(CALL_TIMEOUT_S, gt=0)
    deadline_s: float | None = Field(None, gt=0)  # of all calls of one briefing
    requests_per_minute: Whole | None = Field(None, ge=1)
    tokens_per_minute: Whole | None = Field(None, ge=1)
    budget_tokens: Whole | None = Field(None, ge=0)  # of one briefing
    budget_usd: float | None = Field(None, ge=0)  # of one briefing
    prices: dict[str, ModelPrice] = {}
    prompts: str | None = None  # a folder of one's own
    data_dir: str | None = None  # where everything is kept; None: the user's data folder
    database_url: str | None = None  # None: the file summarizer.sqlite in `data_dir`
    networks: tuple[str, ...] = ()  # private ones that web sources may be in, "192.168.0.0/16"
    words: Whole = 600
    stories: Whole = 12
    language: str | None = None  # None: the one most documents are in
    server: Server = Server()
    email: Email = Email()
    editions: dict[str, Edition] = {}

    @field_validator("editions")
    @classmethod
    def _have_names(cls, value: dict[str, Edition]) -> dict[str, Edition]:
        for name in value:
            if not NAME.fullmatch(name):
                raise InputError(f"editions.{name}: use lower case letters, digits, - and _")
        return value

    @field_validator("engine", "fallback", "verify_model")
    @classmethod
    def _is_engine(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - one or several
        """Let `Options` judge the names of engines, too."""
        for name in (value,) if isinstance(value, str) else value or ():
            if info.field_name != "engine" and name == EXTRACTIVE:
                raise InputError(f"{info.field_name}: the embedded engine comes last by itself")
            Options(engine=name)
        return value

    @field_validator("words", "stories", "language")
    @classmethod
    def _is_option(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any option
        """Let `Options` judge, so that a flag and a key obey one rule."""
        assert info.field_name is not None
        Options(**{info.field_name: value})
        return value

    def over(self, **asked: Any) -> "Settings":  # noqa: ANN401 - values of any key
        """Return these settings with what was asked for where it is not None.

        The file and the environment are not read again: a server keeps what it started with.

        Raises:
            InputError: a value is out of range.
        """
        given = {key: value for key, value in asked.items() if value is not None}
        try:
            values = dict(self) | given
            return Settings(_build_sources=((InitSettingsSource(Settings, values),), values))
        except ValidationError as error:
            problem = error.errors(include_input=False)[0]
            cause = problem.get("ctx", {}).get("error")
            where = ".".join(map(str, problem["loc"]))
            raise InputError(str(cause or f"{where}: {problem['msg']}")) from error

    def options(self, **asked: Any) -> Options:  # noqa: ANN401 - any option
        """Return the options of one run: what was asked for, these settings where it is None.

        Raises:
            InputError: an option is out of range.
        """
        configured = {
            name: getattr(self, name) for name in ("engine", "words", "stories", "language")
        }
        return Options(**configured | {k: v for k, v in asked.items() if v is not None})

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment and the file, in this order, and nothing else."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@dataclass(frozen=True, slots=True)
class Setting:
    """One key with its value and where that came from."""

    key: str  # dotted: "server.port"
    value: object  # a key is masked
    origin: str  # the name of a variable, `FILE`, or "default"


def load() -> Settings:
    """Read the settings of the environment and the working folder.

    Raises:
        ConfigurationError: a key is unknown or its value cannot be used; the message names where
            it was read and a remedy.
    """
    environment = _environment()
    _read_file()
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(map(str, problem["loc"]))
        where = environment.get(key, FILE)
        if problem["type"] == "extra_forbidden":
            raise ConfigurationError(
                f"{where}: unknown key {key!r}{did_you_mean(key, _keys())}"
            ) from error
        cause = problem.get("ctx", {}).get("error")
        reason = str(cause) if isinstance(cause, InputError) else f"{key}: {problem['msg']}"
        raise ConfigurationError(f"{where}: {reason}") from error


def explain() -> tuple[Setting, ...]:
    """List every key in the order of definition, with where its value came from.

    Raises:
        ConfigurationError: as `load` does.
    """
    settings, environment = load(), _environment()
    in_file = dict(_flat(_read_file()))
    return tuple(
        Setting(
            key, _masked(value), environment.get(key) or (FILE if key in in_file else "default")
        )
        for key, value in _flat(settings.model_dump())
    )


def did_you_mean(word: str, known: Iterable[str], *, prefix: str = "") -> str:
    """Return ": did you mean KNOWN?", or all of `known` when nothing is near.

    `prefix` is printed before each and not compared, as it would make everything look near.
    """
    choices = sorted(known)
    if near := get_close_matches(word, choices, n=1):
        return f": did you mean {prefix}{near[0]}?"
    return f": choose one of {', '.join(prefix + choice for choice in choices)}"


def _keys() -> tuple[str, ...]:
    return tuple(key for key, _ in _flat(Settings.model_construct().model_dump()))


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _masked(value: Any) -> Any:  # noqa: ANN401 - any value of a setting
    """Hide the secrets of webhooks, which are kept as they are to be used."""
    if isinstance(value, Mapping):
        return {k: "*" * 10 if k == "secret" else _masked(v) for k, v in value.items()}
    return [_masked(item) for item in value] if isinstance(value, list | tuple) else value


def _environment() -> dict[str, str]:
    """Return the keys that are set by a variable, and which.

    pydantic-settings overlooks a name it does not know; a user who misspelt one should hear.
    """
    names = {key.replace(".", NESTED).upper(): key for key in _keys()}
    found = {}
    for variable, value in os.environ.items():
        name = variable.upper().removeprefix(PREFIX)
        if name == variable.upper():
            continue
        if name not in names:
            near = did_you_mean(name, names, prefix=PREFIX)
            raise ConfigurationError(f"unknown variable {variable}{near}")
        if value:
            found[names[name]] = variable
    return found


def _read_file() -> dict[str, Any]:
    try:
        return TomlConfigSettingsSource(Settings).toml_data
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{FILE}: not TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{FILE}: not UTF-8: save it as UTF-8") from error
    except OSError as error:
        raise ConfigurationError(f"{FILE}: {error.strerror}: make it readable") from error
