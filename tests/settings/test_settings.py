"""Settings: precedence, provenance, and names that do not exist."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import settings
from summarizer.errors import ConfigurationError
from summarizer.settings import did_you_mean

FILE = settings.FILE


@pytest.fixture(autouse=True)
def folder(clean_folder: Path) -> Path:
    return clean_folder


def write(text: str) -> None:
    Path("summarizer.toml").write_text(text, encoding="utf-8")


def origin(key: str) -> tuple[object, str]:
    return next((s.value, s.origin) for s in settings.explain() if s.key == key)


def test_defaults_are_used_where_nothing_is_set() -> None:
    assert settings.load() == settings.Settings()
    assert {setting.origin for setting in settings.explain()} == {"default"}


def test_file_overrides_default() -> None:
    write('words = 250\nlanguage = "de"\n[server]\nport = 9000\n')
    found = settings.load()
    assert (found.words, found.language, found.server.port) == (250, "de", 9000)
    assert found.server.host == "127.0.0.1"
    assert origin("server.port") == (9000, "summarizer.toml")
    assert origin("server.host") == ("127.0.0.1", "default")


def test_environment_overrides_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write("words = 250\n[server]\nport = 9000\nmax_documents = 7\n")
    monkeypatch.setenv("SUMMARIZER_WORDS", "300")
    monkeypatch.setenv("SUMMARIZER_SERVER__PORT", "9001")
    assert origin("words") == (300, "SUMMARIZER_WORDS")
    assert origin("server.port") == (9001, "SUMMARIZER_SERVER__PORT")
    assert origin("server.max_documents") == (7, "summarizer.toml")


def test_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_WORDS", "")
    assert origin("words") == (600, "default")


def test_variable_of_another_program_is_no_concern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZE_WORDS", "3")
    assert settings.load().words == 600


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wrods = 3", "summarizer.toml: unknown key 'wrods': did you mean words?"),
        (
            "[server]\nprot = 3",
            "summarizer.toml: unknown key 'server.prot': did you mean server.port?",
        ),
        ("words = 0", "summarizer.toml: words must be a whole number of at least 1"),
        ("words = true", "summarizer.toml: words must be a whole number"),
        ("stories = -1", "summarizer.toml: stories must be a whole number of at least 1"),
        ('language = "English"', "summarizer.toml: language must be an ISO 639 code such as en"),
        (
            'engine = "gpt"',
            f"{FILE}: unknown engine: choose extractive, openai:MODEL or transformers:MODEL",
        ),
        (
            'fallback = ["extractive"]',
            "summarizer.toml: fallback: the embedded engine comes last by itself",
        ),
        (
            "[server]\nport = 65536",
            "summarizer.toml: server.port: Input should be less than or equal to 65535",
        ),
        (
            "[server]\nmax_bytes = 0",
            "summarizer.toml: server.max_bytes: Input should be greater than or equal to 1",
        ),
    ],
)
def test_unusable_key_is_named_with_its_file_and_a_remedy(text: str, message: str) -> None:
    write(text)
    with pytest.raises(ConfigurationError) as caught:
        settings.load()
    assert str(caught.value) == message


def test_unusable_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    write("words = 250")
    monkeypatch.setenv("SUMMARIZER_WORDS", "many")
    with pytest.raises(ConfigurationError, match=r"^SUMMARIZER_WORDS: words: .* valid integer"):
        settings.load()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("SUMMARIZER_WRODS", "did you mean SUMMARIZER_WORDS?"),
        ("SUMMARIZER_SERVER__PROT", "did you mean SUMMARIZER_SERVER__PORT?"),
        ("SUMMARIZER_SERVER_PORT", "did you mean SUMMARIZER_SERVER__PORT?"),
        ("SUMMARIZER_X", "choose one of SUMMARIZER_API_KEY, SUMMARIZER_BASE_URL, "),
    ],
)
def test_misspelt_variable_is_an_error(
    name: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "3")
    with pytest.raises(ConfigurationError) as caught:
        settings.load()
    assert str(caught.value).startswith(f"unknown variable {name}: {remedy}")


def test_broken_toml_is_named_by_file_and_line() -> None:
    write("words = 3\nstories: 4\n")
    with pytest.raises(ConfigurationError, match=r"^summarizer\.toml: not TOML: .*line 2"):
        settings.load()


def test_file_in_another_encoding_is_named() -> None:
    Path("summarizer.toml").write_bytes(b'engine = "\xff"')
    with pytest.raises(ConfigurationError, match=r"^summarizer\.toml: not UTF-8"):
        settings.load()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_unreadable_file_is_named(folder: Path) -> None:
    (folder / "summarizer.toml").symlink_to("/proc/self/mem")  # fails even for root
    with pytest.raises(ConfigurationError, match=r"^summarizer\.toml: .*: make it readable"):
        settings.load()


@given(st.text(), st.lists(st.text(min_size=1), min_size=1))
def test_suggestion_names_known_words_only(word: str, known: list[str]) -> None:
    hint = did_you_mean(word, known)
    choices = f": choose one of {', '.join(sorted(known))}"
    assert hint == choices or hint in {f": did you mean {name}?" for name in known}


def test_suggestion_does_not_compare_the_prefix() -> None:
    assert did_you_mean("PORT", ["WORDS"], prefix="SUMMARIZER_") == (
        ": choose one of SUMMARIZER_WORDS"
    )


def test_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "canary")
    assert settings.load().api_key is not None
    assert "canary" not in repr(settings.load())
    assert "canary" not in " ".join(str(setting) for setting in settings.explain())


def test_secret_of_a_webhook_is_not_shown() -> None:
    secret = "0123456789abcdef"  # noqa: S105 - of this test
    write(
        '[editions.morning]\nsources = ["a"]\n[[editions.morning.webhooks]]\n'
        f'url = "https://example.org/hook"\nsecret = "{secret}"\n'
    )
    shown = {setting.key: str(setting.value) for setting in settings.explain()}
    assert "https://example.org/hook" in shown["editions.morning.webhooks"]
    assert all(secret not in value for value in shown.values())


def test_settings_of_one_request_do_not_read_the_file_again() -> None:
    before = settings.load()
    write("this is no TOML")
    assert before.over(words=100).words == 100
    assert before.over(words=100).stories == before.stories
