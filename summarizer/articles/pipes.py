"""Messages over a pipe: between this process and the one that takes pages apart."""

from __future__ import annotations

import struct
from typing import IO

_LENGTH = struct.Struct(">I")


def send(stream: IO[bytes] | None, message: bytes) -> None:
    """Write one message to a pipe, its length in front.  Raises OSError where nobody reads."""
    if stream is not None:
        stream.write(_LENGTH.pack(len(message)) + message)
        stream.flush()


def receive(stream: IO[bytes] | None) -> bytes | None:
    """The next message of a pipe, None at its end."""
    header = stream.read(_LENGTH.size) if stream is not None else b""
    if stream is None or len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    message = stream.read(length)
    return message if len(message) == length else None
