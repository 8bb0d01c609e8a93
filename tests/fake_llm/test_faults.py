import json
import re
import zlib
from collections.abc import Iterator

import httpx2
import pytest

from tests.fake_llm import faults, faulty_texts
from tests.fake_llm.answers import Answer, Line
from tests.fake_llm.asking import payload, prompted
from tests.fake_llm.clock import EPOCH, VirtualClock
from tests.fake_llm.endpoint import Endpoint, Setup
from tests.fake_llm.faults import FAULTS, Plan, Playing
from tests.fake_llm.faulty_answers import CANARY, FOREIGN_URL
from tests.fake_llm.transport import FakeTransport

TEXTS = (
    "Divers found 14 people, who cannot be named, in Kessel on Wednesday for 3 million.",
    "The dam was safe and it cost €5 there, said Ida Brandt of Varrow.",
)
ENOUGH = 300_000  # bytes of a body that a reader here takes
UNSEEN = {"closes_kept_alive"}  # shows when the connection is used again
Seen = tuple[object, ...]


def see(fault: str | None, *, is_stream: bool) -> tuple[Seen, Endpoint]:
    """Return all that a client sees of one call: outcome, headers, bytes and time."""
    plans = [Plan(fault)] if fault else []
    endpoint = Endpoint(Setup(plans=plans), VirtualClock(sleepers=1))
    transport = FakeTransport(endpoint)
    seen: list[object] = []
    n_bytes = 0
    with httpx2.Client(transport=transport, timeout=httpx2.Timeout(15)) as client:
        try:
            options = {"include_usage": True}
            request = {"json": payload(texts=TEXTS, stream=is_stream, stream_options=options)}
            with client.stream("POST", "http://fake.example/chat/completions", **request) as got:  # type: ignore[arg-type]
                seen += [got.status_code, sorted(got.headers.items())]
                for piece in got.iter_raw():
                    seen.append(piece)
                    n_bytes += len(piece)
                    if n_bytes > ENOUGH:
                        break
        except httpx2.TransportError as error:
            seen.append(type(error))
    return (*seen, endpoint.clock.now() - EPOCH), endpoint


def content(fault: str) -> object:
    (*_, body, _), _ = see(fault, is_stream=False)
    assert isinstance(body, bytes)
    return json.loads(body)["choices"][0]["message"]["content"]


def lines(fault: str) -> list[dict[str, object]]:
    found = json.loads(str(content(fault)))["sentences"]
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def healthy() -> dict[bool, Seen]:
    return {is_stream: see(None, is_stream=is_stream)[0] for is_stream in (False, True)}


@pytest.mark.parametrize("is_stream", [False, True])
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_shows(name: str, is_stream: bool, healthy: dict[bool, Seen]) -> None:  # noqa: FBT001 - a case
    seen, endpoint = see(name, is_stream=is_stream)
    (call,) = endpoint.ledger.calls()
    assert call.ended_at is not None
    if FAULTS[name].needs_stream and not is_stream:
        assert call.fault is None
        assert seen == healthy[is_stream]
    else:
        assert call.fault == name
        assert seen != healthy[is_stream] or name in UNSEEN


def test_faults_cover_what_an_endpoint_can_do_wrong() -> None:
    codes = {fault.code for fault in FAULTS.values()}
    assert codes == {f"F{n:02d}" for n in range(9, 23)}
    assert all(fault.says for fault in FAULTS.values())


def test_truncation_halves_the_text_and_says_so() -> None:
    seen, endpoint = see("truncated", is_stream=False)
    (call,) = endpoint.ledger.calls()
    assert call.finish == "length"
    with pytest.raises(json.JSONDecodeError):
        json.loads(str(content("truncated")))
    assert b'"finish_reason": "length"' in seen[2]  # type: ignore[operator]


def test_duplicate_keys_empty_the_answer() -> None:
    pairs: list[str] = []
    json.loads(
        str(content("duplicate_keys")), object_pairs_hook=lambda p: pairs.extend(k for k, _ in p)
    )
    assert pairs.count("sentences") == 2
    assert lines("duplicate_keys") == []


@pytest.mark.parametrize(
    "name", ["invalid_json", "truncated_silently", "extra_text", "deep", "fence_open"]
)
def test_content_is_no_json(name: str) -> None:
    with pytest.raises((json.JSONDecodeError, RecursionError)):
        json.loads(str(content(name)))


def test_citations_go_wrong_in_their_own_ways() -> None:
    assert {tuple(line["cites"]) for line in lines("unknown_citation")} == {("Z99",)}  # type: ignore[arg-type]
    assert [line["cites"] for line in lines("citation_out_of_range")] == [["A9999"], ["A2"]]
    assert [line["cites"] for line in lines("no_citation")] == [[], []]
    assert [line["cites"] for line in lines("wrong_citation")] == [["A2"], ["A1"]]
    assert [line["cites"] for line in lines("all_to_first")] == [["A1"], ["A1"]]
    assert [line["cites"] for line in lines("many_citations")] == [["A1", "A2"]] * 2


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("wrong_number", r"found (?!14)\d+ people"),
        ("wrong_name", r" in (?!Kessel)\w+ on"),
        ("wrong_negation", r"dam was not safe"),
        ("wrong_date", r"31 May 1997"),
        ("wrong_unit", r"£5|3 billion"),
        ("injection_obeyed", re.escape(f"{CANARY} {FOREIGN_URL}")),
    ],
)
def test_wrong_facts_are_on_record_beside_the_truth(name: str, told: str) -> None:
    _, endpoint = see(name, is_stream=False)
    lies = endpoint.ledger.lies
    assert lies
    assert all(lie != truth for lie, truth in lies)
    assert any(re.search(told, lie) for lie, _ in lies)


def test_what_has_no_source_is_on_record_without_a_truth() -> None:
    assert str(lines("prompt_leaked")[0]["text"]).startswith("Task: write")
    for name in ("prompt_leaked", "off_topic"):
        _, endpoint = see(name, is_stream=False)
        assert [truth for _, truth in endpoint.ledger.lies] == [""]
        assert endpoint.ledger.lies[0][0] == lines(name)[0]["text"]


def test_odd_stream_says_what_the_plain_one_says() -> None:
    (_, _, *plain, _), _ = see(None, is_stream=True)
    (_, _, *odd, _), _ = see("odd_events", is_stream=True)
    told = b"".join(odd)  # type: ignore[arg-type]
    events = told.replace(b"\r\n", b"\n").removeprefix(b": wait\n\n").replace(b"data:", b"data: ")
    assert events == b"".join(plain)  # type: ignore[arg-type]


def test_repetition_says_one_thing_two_hundred_times() -> None:
    assert len({str(line) for line in lines("repeated")}) == 1
    assert len(lines("repeated")) == 200


def test_flood_is_valid_json_behind_a_gigabyte_of_nothing() -> None:
    (_, headers, *_), endpoint = see("flood", is_stream=False)
    length = dict(headers)["content-length"]  # type: ignore[call-overload]
    assert int(length) > 1 << 30
    (call,) = endpoint.ledger.calls()
    assert not call.is_whole


def test_bomb_is_small_on_the_wire_and_sound_inside() -> None:
    (*_, packed, _), _ = see("bomb", is_stream=False)
    assert isinstance(packed, bytes)
    assert len(packed) < 1 << 18
    unpacker = zlib.decompressobj(wbits=31)
    rest, n_bytes, last = packed, 0, b""
    while rest:
        last = unpacker.decompress(rest, 1 << 24) or last
        n_bytes += len(last)
        rest = unpacker.unconsumed_tail
    assert unpacker.eof
    assert n_bytes > 1 << 26
    assert json.loads(last)["object"] == "chat.completion"


@pytest.mark.parametrize("name", faulty_texts.TEXTS)
def test_plain_lines_can_be_spoilt_too(name: str) -> None:
    lines = "# [A1] Dam holds\n[A1, B2] The dam held."
    assert FAULTS[name].text(lines) != lines


def test_unit_that_is_not_there_stays() -> None:
    answer = Answer("write", lines=(Line(("A1",), "The dam held."),))
    assert FAULTS["wrong_unit"].answer(answer, prompted()) == answer


def strikes(text: str, n: int = 200, seed: int = 0) -> Iterator[bool]:
    playing = Playing(faults.parse(text, seed))
    for i in range(n):
        yield playing.strikes(prompted(texts=[f"Fact {i}."]), 0, is_stream=False)


@pytest.mark.parametrize(
    ("mode", "n_struck"), [("always", 200), ("once", 1), ("x3", 3), ("0%", 0), ("100%", 200)]
)
def test_mode_says_how_often(mode: str, n_struck: int) -> None:
    struck = list(strikes(f"quota:write:{mode}"))
    assert struck == [True] * n_struck + [False] * (200 - n_struck)


def test_random_strikes_three_of_ten_and_the_same_ones_again() -> None:
    struck = list(strikes("quota:write:random"))
    assert 40 < sum(struck) < 80
    assert struck == list(strikes("quota:write:random"))
    assert struck != list(strikes("quota:write:random", seed=1))


def test_random_may_spare_the_second_attempt() -> None:
    playing = Playing(faults.parse("quota:write:random"))
    asked = prompted()
    assert {playing.strikes(asked, n, is_stream=False) for n in range(30)} == {True, False}


def test_fault_keeps_to_its_task_and_to_prompts_that_hold_its_text() -> None:
    for task in ("repair", "lead"):
        assert not Playing(faults.parse("quota:write")).strikes(prompted(task), 0, is_stream=False)
        assert Playing(faults.parse("quota")).strikes(prompted(task), 0, is_stream=False)
    poisoned = Playing(Plan("quota", contains="Kessel"))
    assert poisoned.strikes(prompted(texts=["In Kessel."]), 0, is_stream=False)
    assert not poisoned.strikes(prompted(texts=["In Varrow."]), 0, is_stream=False)


@pytest.mark.parametrize("text", ["", "nope", "quota:dance", "quota:write:often", "quota:write:x"])
def test_unknown_fault_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not known"):
        faults.parse(text)
