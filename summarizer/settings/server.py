"""What `[server]`, `[email]` and `[prices]` may say: the connection to the outside."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationInfo

from summarizer.errors import InputError
from summarizer.limits import REQUEST_MAX_BYTES, REQUEST_MAX_DOCUMENTS


def _refuse_boolean(value: object, info: ValidationInfo) -> object:
    if isinstance(value, bool):
        raise InputError(f"{info.field_name} must be a whole number")
    return value


Whole = Annotated[int, BeforeValidator(_refuse_boolean)]  # bool is an int to Python


class ModelPrice(BaseModel):
    """What a million tokens of a model cost, in US dollars."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class Server(BaseModel):
    """Where `summarizer serve` listens, how much a request may bring, and how much waits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", min_length=1)
    port: Whole = Field(8765, ge=0, le=65_535)  # 0: one that is free
    public_url: str | None = None  # where readers reach it, for links in mail and feeds
    engines: tuple[str, ...] = ()  # that a request may name, besides the embedded one
    max_documents: Whole = Field(REQUEST_MAX_DOCUMENTS, ge=1)
    max_bytes: Whole = Field(REQUEST_MAX_BYTES, ge=1)
    max_running: Whole = Field(8, ge=1, le=256)  # briefings made at a time
    max_waiting: Whole = Field(64, ge=0)  # accepted and not begun; more are refused
    max_connections: Whole = Field(512, ge=1)
    requests_per_minute: Whole = Field(1_200, ge=1)  # of one token
    workers: Whole = Field(0, ge=0, le=256)  # processes that make briefings; 0: one a core
    retention_days: Whole = Field(400, ge=1)  # how long briefings and documents are kept


class Email(BaseModel):
    """The mail server that briefings are handed to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str | None = None  # None: no mail is sent
    port: Whole = Field(587, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    sender: str | None = None  # "Desk <desk@example.org>"
