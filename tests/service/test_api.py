"""The HTTP service, through its application and as a process."""

import asyncio
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from summarizer.errors import ConfigurationError
from summarizer.service import api
from summarizer.service.problems import CATALOGUE, MAX_DETAIL_CHARS
from summarizer.settings import Server, Settings

URL = "/v1/briefings"
SECRET = "xyzzy"  # noqa: S105 - what must not come back
ARTICLES = [
    "Council closes bridge\n\nThe city council voted on Tuesday to close the old bridge in May.",
    "Bridge to close\n\nThe old bridge will be closed in May, the city council said on Tuesday.",
]
SETTINGS = Settings(server=Server(max_bytes=3_000_000, max_documents=20))
CLIENT = TestClient(api.create_app(SETTINGS), raise_server_exceptions=False)

Answer = Any  # of the test client, whose library is typed under another name


def post(content: object, **headers: str) -> Answer:
    return send(json.dumps(content).encode(), **headers)  # in ASCII: surrogates stay escaped


def send(body: bytes, **headers: str) -> Answer:
    return CLIENT.post(URL, content=body, headers=headers)


def assert_problem(answer: Answer, status: int, code: str) -> dict[str, Any]:
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert set(problem) == {"type", "title", "status", "code", "detail"}
    assert problem["status"] == status == CATALOGUE[code][0]
    assert len(problem["detail"]) <= MAX_DETAIL_CHARS
    assert SECRET not in answer.text
    return problem


def test_documents_become_a_briefing_whose_quotes_are_in_their_texts() -> None:
    answer = post({"documents": ARTICLES, "options": {"include_text": True}})
    assert answer.status_code == 200
    briefing = answer.json()
    texts = {document["id"]: document["text"] for document in briefing["documents"]}
    citations = [
        citation
        for story in briefing["stories"]
        for claim in story["claims"]
        for citation in claim["citations"]
    ]
    assert citations
    for citation in citations:
        text = texts[citation["document"]]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_texts_are_left_out_unless_asked_for() -> None:
    assert all("text" not in entry for entry in post({"documents": ARTICLES}).json()["documents"])


@pytest.mark.parametrize(
    ("accept", "media_type", "start"),
    [
        ("*/*", "application/json", "{"),
        ("application/json", "application/json", "{"),
        ("text/html", "text/html; charset=utf-8", "<!DOCTYPE html>"),
        ("text/markdown", "text/markdown; charset=utf-8", "# "),
        ("text/plain, text/html;q=0.5", "text/plain; charset=utf-8", "Briefing"),
    ],
)
def test_briefing_comes_in_the_format_accepted(accept: str, media_type: str, start: str) -> None:
    answer = post({"documents": ARTICLES}, accept=accept)
    assert answer.headers["content-type"] == media_type
    assert answer.text.startswith(start)
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("content-security-policy" in answer.headers) == media_type.startswith("text/html")


def test_etag_is_the_id_of_the_briefing() -> None:
    answer = post({"documents": ARTICLES})
    assert answer.headers["etag"] == f'"{answer.json()["id"]}"'


def test_format_nobody_can_produce_is_not_acceptable() -> None:
    problem = assert_problem(
        post({"documents": ARTICLES}, accept="image/png"), 406, "not_acceptable"
    )
    assert "text/html" in problem["detail"]


@pytest.mark.parametrize("documents", [[], [""], [" \n"], [{"text": ""}], ["\x00\u200b"]])
def test_nothing_to_summarise_is_said(documents: list[object]) -> None:
    assert_problem(post({"documents": documents}), 422, "no_usable_source")


def test_wrong_field_is_named() -> None:
    problem = assert_problem(
        post({"documents": ARTICLES, "options": {"words": SECRET}}), 422, "invalid_input"
    )
    assert problem["detail"].startswith("options.words: ")


def test_too_many_documents_are_refused() -> None:
    assert_problem(post({"documents": ["a"] * 21}), 413, "limit_exceeded")


def test_body_over_the_limit_is_refused_by_its_declared_length() -> None:
    problem = assert_problem(send(b" " * 3_000_001), 413, "limit_exceeded")
    assert "3,000,000" in problem["detail"]
    assert "server.max_bytes" in problem["detail"]


def test_endless_body_without_length_is_refused_at_the_limit() -> None:
    sent = []

    def endless() -> Iterator[bytes]:
        for i in range(1_000_000):
            sent.append(i)
            yield b" " * 1_000_000

    app = api.create_app(SETTINGS)
    parts = endless()

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": next(parts), "more_body": True}

    assert call(app, receive)["status"] == 413
    assert len(sent) == 4


def test_client_that_leaves_halfway_is_no_failure_of_the_service() -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    assert call(api.create_app(SETTINGS), receive)["status"] == 400


def call(app: Any, receive: Any) -> dict[str, Any]:  # noqa: ANN401 - an ASGI application is called
    """Call an application the way a server does and return how its answer starts."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": URL,
        "raw_path": URL.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    messages: list[dict[str, Any]] = []

    async def answer(message: dict[str, Any]) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, answer))
    return messages[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-encoding": "gzip"},
        {"content-encoding": "br"},
    ],
)
def test_body_in_another_coding_or_type_is_refused(headers: dict[str, str]) -> None:
    body = gzip.compress(json.dumps({"documents": ARTICLES}).encode())
    assert_problem(send(body, **headers), 415, "unsupported_media_type")


def test_json_type_with_a_parameter_is_accepted() -> None:
    body = json.dumps({"documents": ARTICLES}).encode()
    answer = send(body, **{"content-type": "Application/JSON; charset=utf-8"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"[" * 100_000, b'{"documents": [NaN]}', b"[]", b'{"a": 1, "a": 2}', b"xyzzy"],
)
def test_body_that_is_no_json_object_is_malformed(body: bytes) -> None:
    assert_problem(send(body), 400, "malformed_body")


@pytest.mark.parametrize(
    "written",
    [
        r"The \ud800 council voted on Tuesday to close the bridge.",
        r"The \u0000 council voted on Tuesday to close the bridge.",
        r"The council voted on Tuesday to close the \u202ebridge.",
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/html", "text/markdown", "text/plain"])
def test_hostile_characters_in_a_text_are_cleaned(written: str, accept: str) -> None:
    answer = send(f'{{"documents": ["{written}"]}}'.encode(), accept=accept)
    assert answer.status_code == 200
    assert not {"\x00", "\u202e", "\\u0000"} & set(answer.text)


@pytest.mark.parametrize("field", ["title", "source", "url", "published", "language", "kind", "id"])
@pytest.mark.parametrize(
    "value", ["\ud800", "\x00", "2026-01-01\ud80012:00:00", "https://x/\udfff", "9" * 10_000]
)
def test_hostile_field_is_cleaned_or_dropped(field: str, value: str) -> None:
    answer = post({"documents": [{"text": ARTICLES[0], field: value}]})
    assert answer.status_code == 200


@hypothesis_settings(deadline=None, max_examples=40)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "documents": st.lists(
                st.text() | st.dictionaries(st.sampled_from(["text", "title", "url"]), st.text())
            ),
            "options": st.fixed_dictionaries(
                {},
                optional={
                    "words": st.integers() | st.none() | st.text(),
                    "stories": st.integers(),
                    "day": st.dates().map(str) | st.text(),
                },
            ),
        },
    ),
    st.sampled_from(["application/json", "text/html", "text/markdown", "text/plain"]),
)
def test_no_request_makes_the_service_fail(content: object, accept: str) -> None:
    assert post(content, accept=accept).status_code < 500


@pytest.mark.parametrize("path", ["/", "/docs", "/redoc", "/v1", "/v1/briefings/", "/%00"])
def test_unknown_address_is_a_problem(path: str) -> None:
    assert_problem(CLIENT.get(path, follow_redirects=False), 404, "not_found")


def test_wrong_method_is_a_problem_that_names_the_right_one() -> None:
    answer = CLIENT.get(URL)
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"


def test_unforeseen_failure_tells_nothing() -> None:
    app = api.create_app(SETTINGS)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError(SECRET)

    client = TestClient(app, raise_server_exceptions=False)
    assert_problem(client.get("/broken"), 500, "internal")
    with pytest.raises(RuntimeError):  # what a server logs
        TestClient(app).get("/broken")


def test_health_is_told() -> None:
    answer = CLIENT.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def operation() -> dict[str, Any]:
    found: dict[str, Any] = CLIENT.get("/openapi.json").json()["paths"][URL]["post"]
    return found


def test_each_example_of_the_openapi_document_works() -> None:
    examples = operation()["requestBody"]["content"]["application/json"]["examples"]
    assert len(examples) >= 2
    for example in examples.values():
        assert post(example["value"]).status_code == 200


def test_openapi_document_lists_formats_and_problems() -> None:
    responses = operation()["responses"]
    assert set(responses["200"]["content"]) == {
        "application/json",
        "text/html",
        "text/markdown",
        "text/plain",
    }
    problems = {status for status in responses if status != "200"}
    assert problems == {"400", "406", "413", "415", "422", "500"}
    for status in problems:
        assert set(responses[status]["content"]) == {"application/problem+json"}


def test_answer_has_the_fields_the_openapi_document_requires() -> None:
    schemas = CLIENT.get("/openapi.json").json()["components"]["schemas"]
    briefing = post({"documents": ARTICLES}).json()
    for name, value in (
        ("Briefing", briefing),
        ("Story", briefing["stories"][0]),
        ("Claim", briefing["stories"][0]["claims"][0]),
        ("Citation", briefing["stories"][0]["claims"][0]["citations"][0]),
        ("LedgerEntry", briefing["documents"][0]),
    ):
        assert set(schemas[name]["required"]) <= set(value) <= set(schemas[name]["properties"])


def verify(text: object, accept: str = "application/json", options: object = None) -> Answer:
    body = {"text": text, "documents": ARTICLES, "options": options}
    headers = {"accept": accept}
    return CLIENT.post("/v1/verify", content=json.dumps(body).encode(), headers=headers)


def test_text_is_checked_sentence_by_sentence() -> None:
    answer = verify(f"- Nobody voted.\n- {ARTICLES[0].splitlines()[-1]}")
    assert answer.status_code == 200
    made = answer.json()
    assert len(made["claims"]) == 2
    assert made["claims"][1]["verdict"] == "verbatim"
    assert len(made["documents"]) == len(ARTICLES)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("text/html", "text/html; charset=utf-8"),
        ("text/markdown", "text/markdown; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_review_comes_in_the_format_accepted(accept: str, media_type: str) -> None:
    answer = verify("The old bridge will be closed in May.", accept)
    assert answer.headers["content-type"] == media_type
    assert answer.headers["vary"] == "Accept"
    assert ("content-security-policy" in answer.headers) == media_type.startswith("text/html")
    assert "old bridge" in answer.text


def test_options_of_a_review_are_honoured() -> None:
    made = verify("The old bridge shuts.", options={"language": "de", "include_text": True}).json()
    assert made["language"] == "de"
    assert all(entry["text"] for entry in made["documents"])


@pytest.mark.parametrize(
    ("text", "options", "start"),
    [
        (None, {}, "text: "),
        ("", {}, "the text to check has no sentence"),
        ("Bridge.", {"language": SECRET}, "language must be an ISO 639 code"),
        ("Bridge.", {"words": 3}, "options: unknown key"),
    ],
)
def test_review_that_cannot_be_made_says_why(
    text: object, options: dict[str, object], start: str
) -> None:
    assert assert_problem(verify(text, options=options), 422, "invalid_input")["detail"].startswith(
        start
    )


def test_text_over_the_limit_is_refused() -> None:
    problem = assert_problem(verify("a" * 2_000_001), 413, "limit_exceeded")
    assert "2,000,000 characters" in problem["detail"]


def test_review_without_a_document_has_no_source() -> None:
    body = json.dumps({"text": "Bridge.", "documents": []}).encode()
    assert_problem(CLIENT.post("/v1/verify", content=body), 422, "no_usable_source")


def test_openapi_document_describes_a_review_and_its_example_works() -> None:
    document = CLIENT.get("/openapi.json").json()
    described = document["paths"]["/v1/verify"]["post"]
    (example,) = described["requestBody"]["content"]["application/json"]["examples"].values()
    answer = CLIENT.post("/v1/verify", content=json.dumps(example["value"]).encode())
    assert answer.status_code == 200
    schemas = document["components"]["schemas"]
    made = answer.json()
    assert set(schemas["Review"]["required"]) <= set(made) <= set(schemas["Review"]["properties"])
    assert set(described["responses"]) == {"200", "400", "406", "413", "415", "422", "500"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104 - refused
def test_address_others_can_reach_is_refused_without_a_token(host: str) -> None:
    with pytest.raises(ConfigurationError, match=r"token.*use 127\.0\.0\.1"):
        serve(host=host)


@pytest.mark.parametrize("host", ["no such host", "a" * 70, ".."])
def test_host_that_does_not_exist_is_refused(host: str) -> None:
    with pytest.raises(ConfigurationError, match="no such host: use 127"):
        serve(host=host)


def test_port_in_use_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            ConfigurationError, match=rf"{port}: Address already in use: choose another port"
        ):
            serve(port=port)


def serve(host: str = "127.0.0.1", port: int = 0) -> None:
    api.serve(Settings(server=Server(host=host, port=port)), announce=print)


def test_process_serves_until_interrupted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "summarizer", "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        try:
            address = process.stderr.readline().split()[-1]
            with urlopen(f"{address}/healthz", timeout=30) as answer:  # noqa: S310 - http
                assert json.load(answer) == {"status": "ok"}
        finally:
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "summarizer: interrupted"
    assert "Traceback" not in err


@pytest.fixture
def hostile() -> Path:
    data = os.environ.get("EVALUATION_DATA")  # noqa: TID251 - the data is where the tester says
    if data is None:
        is_required = "data" in os.environ.get("TEST_REQUIRE", "").split(",")  # noqa: TID251
        (pytest.fail if is_required else pytest.skip)("EVALUATION_DATA is not set")
    return Path(data).parent / "hostile"


def test_invalid_json_of_the_test_suite_is_refused_and_valid_never_fails(hostile: Path) -> None:
    paths = sorted((hostile / "json_test_suite").rglob("*.json"))
    assert paths
    for path in paths:
        raw = path.read_bytes()
        for body in (raw, b'{"documents": ["Text."], "options": ' + raw + b"}"):
            status = send(body).status_code
            assert 400 <= status < 500 if path.name.startswith("n_") else status < 500, path.name


def test_naughty_strings_never_make_the_service_fail(hostile: Path) -> None:
    strings = json.loads((hostile / "blns" / "blns.json").read_bytes())
    for i in range(0, len(strings), 20):
        batch = strings[i : i + 20]
        for accept in ("application/json", "text/html", "text/markdown", "text/plain"):
            assert post({"documents": batch}, accept=accept).status_code < 500
    for string in strings:
        record = dict.fromkeys(("text", "title", "source", "url", "kind", "language"), string)
        assert post({"documents": [record]}).status_code < 500
