import socket
import threading

from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources import frames


@given(st.lists(st.binary(max_size=1_000), max_size=5))
def test_messages_arrive_whole_and_in_order(messages: list[bytes]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        frames.send(ours, *messages)
        assert [frames.receive(theirs, max_bytes=1_000) for _ in messages] == messages


def test_message_larger_than_any_buffer_arrives() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        message = bytes(range(256)) * 40_000
        thread = threading.Thread(target=frames.send, args=(ours, message))
        thread.start()
        assert frames.receive(theirs, max_bytes=1 << 30) == message
        thread.join()


def test_end_within_a_message_or_before_it_is_no_message() -> None:
    for sent in (b"", b"\x00\x00", (9).to_bytes(8, "big"), (9).to_bytes(8, "big") + b"half"):
        ours, theirs = socket.socketpair()
        with theirs:
            with ours:
                ours.sendall(sent)
            assert frames.receive(theirs, max_bytes=100) is None


def test_message_beyond_the_limit_is_not_read() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        frames.send(ours, b"12345")
        assert frames.receive(theirs, max_bytes=4) is None
