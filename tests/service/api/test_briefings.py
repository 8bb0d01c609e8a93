"""Briefings over HTTP: asked for, looked at, listed, taken back."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from summarizer.errors import StorageError
from summarizer.service.api import Service
from summarizer.service.store import runs
from summarizer.service.store.database import Database
from tests.service.api.clients import (
    ARTICLES,
    NOW,
    SECRET,
    SETTINGS,
    URL,
    Answer,
    Maker,
    assert_problem,
    with_token,
)

BODY = {"documents": ARTICLES}


@pytest.fixture
def post(client: TestClient) -> Callable[..., Answer]:
    def send(content: object, **headers: str) -> Answer:
        body = json.dumps(content).encode()  # in ASCII: surrogates stay escaped
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(URL, content=body, headers=names)

    return send


Post = Callable[..., Answer]


def test_documents_become_a_briefing_whose_quotes_are_in_their_texts(post: Post) -> None:
    answer = post(BODY | {"options": {"include_text": True}})
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


def test_answer_names_its_run_where_the_same_bytes_are_found_again(
    client: TestClient, post: Post
) -> None:
    answer = post(BODY)
    again = client.get(answer.headers["location"])
    assert again.content == answer.content
    assert again.headers["etag"] == answer.headers["etag"] == f'"{answer.json()["id"]}"'


def test_texts_are_left_out_unless_asked_for(client: TestClient, post: Post) -> None:
    answer = post(BODY)
    assert all("text" not in entry for entry in answer.json()["documents"])
    again = client.get(answer.headers["location"], params={"include": "text"}).json()
    assert [entry["text"] for entry in again["documents"]] == ARTICLES


def test_texts_asked_for_once_are_there_when_the_answer_is_fetched(
    client: TestClient, post: Post
) -> None:
    answer = post(BODY | {"options": {"include_text": True}})
    again = client.get(answer.headers["location"]).json()
    assert all(entry["text"] for entry in again["documents"])


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
def test_briefing_comes_in_the_format_accepted(
    client: TestClient, post: Post, accept: str, media_type: str, start: str
) -> None:
    answer = post(BODY, accept=accept)
    again = client.get(answer.headers["location"], headers={"accept": accept})
    for each in (answer, again):
        assert each.headers["content-type"] == media_type
        assert each.text.startswith(start)
        assert each.headers["vary"] == "Accept"
        assert each.headers["x-content-type-options"] == "nosniff"
        is_page = media_type.startswith("text/html")
        assert ("content-security-policy" in each.headers) == is_page


def test_version_that_the_client_has_is_not_sent_again(client: TestClient, post: Post) -> None:
    answer = post(BODY)
    for known in (answer.headers["etag"], f'"x", W/{answer.headers["etag"]}', "*"):
        again = client.get(answer.headers["location"], headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == answer.headers["etag"]
    other = client.get(answer.headers["location"], headers={"if-none-match": '"x"'})
    assert other.status_code == 200


def test_format_nobody_can_produce_is_not_acceptable(client: TestClient, post: Post) -> None:
    problem = assert_problem(post(BODY, accept="image/png"), 406, "not_acceptable")
    assert "text/html" in problem["detail"]
    assert client.get(URL).json()["briefings"] == []  # nothing was accepted


@pytest.mark.parametrize("documents", [[""], [" \n"], [{"text": ""}], ["\x00\u200b"]])
def test_failed_run_is_answered_with_its_problem_again_and_again(
    client: TestClient, post: Post, documents: list[object]
) -> None:
    answer = post({"documents": documents})
    assert_problem(answer, 422, "no_usable_source")
    assert_problem(client.get(answer.headers["location"]), 422, "no_usable_source")


def test_neither_document_nor_source_is_refused_at_once(client: TestClient, post: Post) -> None:
    assert_problem(post({"documents": []}), 422, "no_usable_source")
    assert client.get(URL).json()["briefings"] == []


def test_wrong_field_is_named(post: Post) -> None:
    problem = assert_problem(post(BODY | {"options": {"words": SECRET}}), 422, "invalid_input")
    assert problem["detail"].startswith("options.words: ")


def test_too_many_documents_are_refused(post: Post) -> None:
    assert_problem(post({"documents": ["a"] * 21}), 413, "limit_exceeded")


def test_run_that_takes_longer_is_accepted_and_fetched_later(
    client: TestClient, post: Post, maker: Maker
) -> None:
    maker.holds = True
    answer = post(BODY, prefer="wait=0")
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "wait=0"
    assert answer.headers["retry-after"] == "1"
    run = answer.json()["run"]
    assert answer.headers["location"] == f"{URL}/{run}"
    assert (answer.json()["status"], answer.json()["briefing"]) == ("accepted", None)
    assert client.get(f"{URL}/{run}").status_code == 202
    maker.make(run)
    assert client.get(f"{URL}/{run}", headers={"prefer": "wait=1"}).status_code == 200


def test_wait_that_nobody_asked_for_is_not_confirmed(post: Post) -> None:
    assert "preference-applied" not in post(BODY).headers


def test_same_key_and_body_is_the_same_run(client: TestClient, post: Post, maker: Maker) -> None:
    first, second = (post(BODY, idempotency_key="k1") for _ in range(2))
    assert first.content == second.content
    assert first.headers["location"] == second.headers["location"]
    spaced = client.post(URL, content=json.dumps(BODY, indent=4), headers={"idempotency-key": "k1"})
    assert spaced.headers["location"] == first.headers["location"]
    assert len(maker.started) == 1


def test_same_key_while_it_runs_is_accepted_again(post: Post, maker: Maker) -> None:
    maker.holds = True
    first, second = (post(BODY, idempotency_key="k1", prefer="wait=0") for _ in range(2))
    assert first.json() == second.json()
    assert second.status_code == 202


def test_same_key_with_another_body_is_refused(post: Post) -> None:
    post(BODY, idempotency_key="k1")
    other = post({"documents": ARTICLES[:1]}, idempotency_key="k1")
    assert_problem(other, 422, "idempotency_mismatch")


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é"])
def test_key_that_cannot_be_one_is_refused(client: TestClient, key: str) -> None:
    headers = [(b"idempotency-key", key.encode("latin-1"))]
    assert_problem(client.post(URL, json=BODY, headers=headers), 400, "bad_request")


def test_keys_of_two_owners_are_two_runs(service: Service) -> None:
    clients = with_token(service, "a"), with_token(service, "b")
    headers = {"idempotency-key": "k1"}
    found = {each.post(URL, json=BODY, headers=headers).headers["location"] for each in clients}
    assert len(found) == 2


def test_more_than_may_wait_are_told_to_come_back(post: Post, maker: Maker) -> None:
    maker.holds = True
    n = SETTINGS.server.max_waiting + SETTINGS.server.max_running
    for _ in range(n):
        assert post(BODY, prefer="wait=0").status_code == 202
    refused = post(BODY, prefer="wait=0")
    assert_problem(refused, 429, "queue_full")
    assert refused.headers["retry-after"] == "2"


def test_earlier_runs_serve_as_previous_briefings(post: Post) -> None:
    first = post(BODY)
    run = first.headers["location"].rpartition("/")[2]
    for previous in (run, first.json()):
        again = post(BODY | {"options": {"previous": [previous]}}).json()
        changes = [
            story["change"]
            for story in (*again["stories"], *again["in_brief"])
            if "change" in story
        ]
        assert set(changes) <= {"ongoing"}


def test_previous_of_somebody_else_is_unknown(service: Service) -> None:
    theirs, mine = with_token(service, "a"), with_token(service, "b")
    run = theirs.post(URL, json=BODY).headers["location"].rpartition("/")[2]
    answer = mine.post(URL, json=BODY | {"options": {"previous": [run]}})
    assert_problem(answer, 422, "invalid_input")


def test_runs_are_listed_newest_first_page_by_page(client: TestClient, post: Post) -> None:
    made = [post(BODY).headers["location"].rpartition("/")[2] for _ in range(5)]
    found: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        params = {"limit": "2"} | ({} if cursor is None else {"cursor": cursor})
        answer = client.get(URL, params=params).json()
        found += [each["run"] for each in answer["briefings"]]
        cursor = answer["next"]
    assert cursor is None
    assert sorted(found) == sorted(made)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", f"limit={SECRET}", f"cursor={SECRET}", "edition=%00"]
)
def test_unusable_parameter_is_refused_without_its_value(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"{URL}?{query}"), 422, "invalid_input")


def test_list_is_of_one_edition_when_asked(client: TestClient, post: Post) -> None:
    post(BODY)
    assert client.get(URL, params={"edition": "morning"}).json()["briefings"] == []


def test_document_is_read_by_its_id(client: TestClient, post: Post) -> None:
    answer = post({"documents": [{"id": "d.1", "text": ARTICLES[0], "source": "The Post"}]})
    where = answer.headers["location"]
    found = client.get(f"{where}/documents/d.1").json()
    assert (found["id"], found["text"], found["source"]) == ("d.1", ARTICLES[0], "The Post")
    for unknown in ("d.2", "%00", "x" * 100):
        assert_problem(client.get(f"{where}/documents/{unknown}"), 404, "not_found")


def test_deleted_run_is_gone(client: TestClient, post: Post) -> None:
    where = post(BODY).headers["location"]
    assert client.delete(where).status_code == 204
    for answer in (client.get(where), client.delete(where), client.get(f"{where}/events")):
        assert_problem(answer, 404, "not_found")


def test_run_deleted_while_it_is_made_is_never_made(
    client: TestClient, post: Post, maker: Maker
) -> None:
    maker.holds = True
    run = post(BODY, prefer="wait=0").json()["run"]
    assert client.delete(f"{URL}/{run}").status_code == 204
    maker.make(run)
    assert_problem(client.get(f"{URL}/{run}"), 404, "not_found")


def test_cancelled_run_says_so(client: TestClient, post: Post, maker: Maker, db: Database) -> None:
    maker.holds = True
    run = post(BODY, prefer="wait=0").json()["run"]
    runs.cancel(db, run, now=NOW)
    assert_problem(client.get(f"{URL}/{run}"), 410, "cancelled")


def test_quiet_run_tells_what_it_has_to_say(
    client: TestClient, post: Post, maker: Maker, db: Database
) -> None:
    maker.holds = True
    run = post(BODY, prefer="wait=0").json()["run"]
    runs.settle(db, run, now=NOW, outcome="quiet", message="nothing new")
    found = client.get(f"{URL}/{run}")
    assert found.status_code == 200
    assert (found.json()["outcome"], found.json()["message"]) == ("quiet", "nothing new")


@pytest.mark.parametrize("run", ["0" * 32, "x", "%00", "..", "x" * 300, "a%2fb"])
def test_run_that_is_not_there_is_not_found(client: TestClient, run: str) -> None:
    assert_problem(client.get(f"{URL}/{run}"), 404, "not_found")


def test_run_of_another_owner_is_not_found(service: Service) -> None:
    theirs, mine = with_token(service, "a"), with_token(service, "b")
    where = theirs.post(URL, json=BODY).headers["location"]
    document = theirs.get(where).json()["documents"][0]["id"]
    for address in (where, f"{where}/events", f"{where}/documents/{document}"):
        assert theirs.get(address).status_code == 200
        assert_problem(mine.get(address), 404, "not_found")
    assert_problem(mine.delete(where), 404, "not_found")
    assert mine.get(URL).json()["briefings"] == []
    assert theirs.get(where).status_code == 200


def test_store_that_fails_is_told(post: Post, maker: Maker) -> None:
    maker.failure = StorageError("database x: full: make room for it")
    answer = post(BODY)
    assert_problem(answer, 503, "storage")
    assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    "written",
    [
        r"The \ud800 council voted on Tuesday to close the bridge.",
        r"The \u0000 council voted on Tuesday to close the bridge.",
        r"The council voted on Tuesday to close the \u202ebridge.",
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/html", "text/markdown", "text/plain"])
def test_hostile_characters_in_a_text_are_cleaned(
    client: TestClient, written: str, accept: str
) -> None:
    body = f'{{"documents": ["{written}"]}}'.encode()
    answer = client.post(URL, content=body, headers={"accept": accept})
    assert answer.status_code == 200
    assert not {"\x00", "\u202e", "\\u0000"} & set(answer.text)


@pytest.mark.parametrize("field", ["title", "source", "url", "published", "language", "kind", "id"])
@pytest.mark.parametrize(
    "value", ["\ud800", "\x00", "2026-01-01\ud80012:00:00", "https://x/\udfff", "9" * 10_000]
)
def test_hostile_field_is_cleaned_or_dropped(post: Post, field: str, value: str) -> None:
    assert post({"documents": [{"text": ARTICLES[0], field: value}]}).status_code == 200


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.fixed_dictionaries(
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
                    "previous": st.lists(st.text() | st.dictionaries(st.text(), st.none())),
                },
            ),
        },
    ),
    accept=st.sampled_from(["application/json", "text/html", "text/markdown", "text/plain"]),
)
def test_no_request_makes_the_service_fail(post: Post, content: object, accept: str) -> None:
    assert post(content, accept=accept).status_code < 500
