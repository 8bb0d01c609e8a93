"""Messages over a socket between the program and a process that parses: a length, then bytes."""

import socket
import struct

_LENGTH = struct.Struct(">Q")
_PIECE_BYTES = 1 << 20


def send(channel: socket.socket, *messages: bytes) -> None:
    """Send messages, each with its length before it."""
    for message in messages:
        channel.sendall(_LENGTH.pack(len(message)))
        channel.sendall(message)


def receive(channel: socket.socket, *, max_bytes: int) -> bytes | None:
    """Return the next message, None when the other end has closed or says more than it may."""
    head = _exactly(channel, _LENGTH.size)
    if head is None:
        return None
    n_bytes: int = _LENGTH.unpack(head)[0]
    return _exactly(channel, n_bytes) if n_bytes <= max_bytes else None


def _exactly(channel: socket.socket, n_bytes: int) -> bytes | None:
    received = bytearray()
    while len(received) < n_bytes:
        piece = channel.recv(min(n_bytes - len(received), _PIECE_BYTES))
        if not piece:
            return None
        received += piece
    return bytes(received)
