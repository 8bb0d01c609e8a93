"""From settings to the staff of one run: which models, with which key, journal and budget."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.errors import ConfigurationError, MissingExtraError
from summarizer.models import prompts
from summarizer.service import engines
from summarizer.settings import Settings
from summarizer.types import Briefing, Document
from tests.fake_llm import faults
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.ledger import key_hash
from tests.fake_llm.server import FakeServer, serving

ENGINE = f"openai:{MODEL}"
UNRECORDED = engines.Run(has_journal=False)
OWN, THEIRS = "sk-own-7b2e", "sk-theirs-91c4"


@pytest.fixture(autouse=True)
def folder(clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work where nothing is configured and the user's data folder is empty."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(clean_folder / "home"))
    return clean_folder


@pytest.fixture(scope="module")
def dam(articles: Mapping[str, Document]) -> list[Document]:
    return [d for name, d in articles.items() if name.startswith("04/dam") and d.language == "en"]


def made(documents: list[Document], settings: Settings, run: engines.Run = UNRECORDED) -> Briefing:
    with engines.staff(settings, run) as staff:
        return pipeline.brief(documents, Options(engine=settings.engine), staff=staff)


def hashes(server: FakeServer) -> set[str | None]:
    assert server.ledger.calls()
    return server.ledger.keys


def bearer(key: str) -> str | None:
    return key_hash({"authorization": f"Bearer {key}"})


def test_embedded_engine_needs_no_staff() -> None:
    with engines.staff(Settings()) as staff:
        assert staff is None


def test_staff_has_the_prompts_and_threads_of_the_settings() -> None:
    settings = Settings(engine=ENGINE, base_url="http://127.0.0.1:9/v1", concurrency=3)
    with engines.staff(settings) as staff:
        assert staff is not None
        assert staff.concurrency == 3
        assert staff.prompts == {name: file.digest for name, file in prompts.load().items()}
        assert staff.second is None


def test_second_opinion_is_another_judge() -> None:
    settings = Settings(
        engine=ENGINE, base_url="http://127.0.0.1:9/v1", verify_model="openai:other"
    )
    with engines.staff(settings) as staff:
        assert staff is not None
        assert staff.second is not None
        assert staff.second is not staff.judge


def test_key_of_the_settings_goes_to_their_address(dam: list[Document]) -> None:
    with serving() as server:
        made(dam, Settings(engine=ENGINE, base_url=server.base_url, api_key=OWN))
        assert hashes(server) == {bearer(OWN)}


def test_key_of_the_variable_goes_to_the_address_of_the_variable(
    dam: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as server:
        monkeypatch.setenv("OPENAI_API_KEY", THEIRS)
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        made(dam, Settings(engine=ENGINE))
        assert hashes(server) == {bearer(THEIRS)}


def test_key_of_the_variable_goes_to_no_other_host(
    dam: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", THEIRS)
    with serving() as server:
        made(dam, Settings(engine=ENGINE, base_url=server.base_url))
        assert hashes(server) == {None}


def test_key_of_the_settings_beats_the_variable(
    dam: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", THEIRS)
    with serving() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        made(dam, Settings(engine=ENGINE, api_key=OWN))
        assert hashes(server) == {bearer(OWN)}


@pytest.mark.parametrize("base_url", [None, engines.OPENAI_URL])
def test_openai_without_a_key_is_refused_before_any_call(base_url: str | None) -> None:
    settings = Settings(engine=ENGINE, base_url=base_url)
    with (
        pytest.raises(ConfigurationError, match="no key for OpenAI: set OPENAI_API_KEY"),
        engines.staff(settings),
    ):
        pass


def test_key_of_another_host_is_no_key_for_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", THEIRS)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    settings = Settings(engine=ENGINE, base_url=engines.OPENAI_URL)
    with pytest.raises(ConfigurationError, match="no key for OpenAI"), engines.staff(settings):
        pass


def test_key_goes_nowhere_in_the_clear_where_it_was_set_for_a_secure_address(
    dam: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", THEIRS)
    with serving() as server:
        secure = server.base_url.replace("http:", "https:")
        monkeypatch.setenv("OPENAI_BASE_URL", secure)
        made(dam, Settings(engine=ENGINE, base_url=server.base_url))
        assert hashes(server) == {None}


def test_no_key_is_printed_with_the_settings() -> None:
    assert OWN not in repr(Settings(engine=ENGINE, api_key=OWN))


def test_fallback_is_asked_in_its_order(dam: list[Document]) -> None:
    with serving(Setup(models=("third",))) as server:
        fallback = ("openai:second", "openai:third")
        settings = Settings(engine=ENGINE, base_url=server.base_url, fallback=fallback)
        briefing = made(dam, settings)
        asked = [call.model for call in server.ledger.calls()]
    assert list(dict.fromkeys(asked)) == [MODEL, "second", "third"]
    assert briefing.status == "complete"


def test_journal_is_in_the_data_folder_and_is_closed(folder: Path, dam: list[Document]) -> None:
    with serving() as server:
        settings = Settings(engine=ENGINE, base_url=server.base_url, data_dir=str(folder / "own"))
        made(dam, settings, engines.Run())
        again = made(dam, settings, engines.Run())
    assert again.usage.calls == 0
    assert [path.name for path in (folder / "own").iterdir()] == ["journal.sqlite"]


def test_answers_are_not_shared_between_owners(dam: list[Document]) -> None:
    with serving() as server:
        settings = Settings(engine=ENGINE, base_url=server.base_url)
        calls = [
            made(dam, settings, engines.Run(owner=owner)).usage.calls for owner in ("a", "b", "a")
        ]
    assert calls[0] == calls[1] > 0
    assert calls[2] == 0


def test_data_folder_is_that_of_the_user(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engines.data_folder(Settings()) == folder / "home" / "summarizer"
    assert engines.data_folder(Settings(data_dir="there")) == Path("there")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert engines.data_folder(Settings()) == Path.home() / ".local" / "share" / "summarizer"


def test_price_is_found_by_the_name_of_the_model(dam: list[Document]) -> None:
    prices = {MODEL: {"input": 1.0, "output": 2.0}, "other": {"input": 9.0, "output": 9.0}}
    with serving() as server:
        known = Settings.model_validate(
            {"engine": ENGINE, "base_url": server.base_url, "prices": prices}
        )
        usage = made(dam, known).usage
        unknown = made(dam, Settings(engine=ENGINE, base_url=server.base_url)).usage
    assert usage.cost_usd == pytest.approx((usage.input_tokens + 2 * usage.output_tokens) / 1e6)
    assert unknown.cost_usd is None


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ({"budget_tokens": 5}, "budget of 5 tokens reached"),
        ({"budget_usd": 1.0}, "no price is known"),
        ({"tokens_per_minute": 5}, "more than 5 a minute"),
    ],
)
def test_limits_of_the_settings_hold(
    limit: Mapping[str, object], reason: str, dam: list[Document]
) -> None:
    with serving() as server:
        settings = Settings(engine=ENGINE, base_url=server.base_url).over(**limit)
        briefing = made(dam, settings)
        assert server.ledger.calls() == []
    assert briefing.status == "degraded"
    assert any(reason in note.message for note in briefing.notes)


def test_time_limit_of_a_call_is_that_of_the_settings(dam: list[Document]) -> None:
    with serving(Setup(plans=[faults.parse("hang")])) as server:
        settings = Settings(engine=ENGINE, base_url=server.base_url, call_timeout_s=0.2)
        briefing = made(dam, settings)
    assert any("in 0.2 s" in note.message for note in briefing.notes)


def test_short_story_is_written_by_the_embedded_engine_unless_asked() -> None:
    short = Document(id="short", text="The old bridge closed on Tuesday. Ferries run instead.")
    calls = []
    with serving() as server:
        for writes_short in (False, True):
            settings = Settings(engine=ENGINE, base_url=server.base_url)
            run = engines.Run(has_journal=False, writes_short=writes_short)
            calls.append(made([short], settings, run).usage.calls)
    assert calls == [0, 1]


def test_local_model_needs_its_extra_or_its_folder(folder: Path) -> None:
    settings = Settings(engine=f"transformers:{folder / 'missing'}")
    with (
        pytest.raises((MissingExtraError, ConfigurationError)) as caught,
        engines.staff(settings),
    ):
        pass
    assert str(caught.value)


def test_estimate_is_a_table_with_a_sum(dam: list[Document]) -> None:
    settings = Settings(engine=ENGINE, base_url="http://127.0.0.1:9/v1")
    with engines.staff(settings, UNRECORDED) as staff:
        table = engines.estimate(dam, Options(engine=ENGINE), staff)
    rows = [line.split("  ") for line in table.splitlines()]
    assert [row[0] for row in rows] == ["stage", "write", "all"]
    assert table.count("unknown: set prices") == 2


def test_estimate_without_a_model_says_so(dam: list[Document]) -> None:
    assert engines.estimate(dam, Options(), None) == "no model is asked: it costs nothing\n"
