"""A stream as lines of bounded length, with a fast way over the stretches that nobody keeps."""

from __future__ import annotations

from typing import BinaryIO, Self

PIECE = 1 << 20
"""Bytes read at once; a longer line comes in pieces."""
_ENDS = (b"</text>", b"</document>")
_OVERLAP = 64
"""Bytes of a chunk that are looked at again with the next one, so that an end tag across the border is seen."""


class Pieces:
    """Iterates over (piece, whether it begins a line); each piece has its line end where that was reached. Holds at most two pieces."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._begins = True
        self._rest = b""
        self._at = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[bytes, bool]:
        piece = self._next_of_rest() if self._at < len(self._rest) else self._stream.readline(PIECE)
        if not piece:
            raise StopIteration
        begins, self._begins = self._begins, piece.endswith(b"\n")
        return piece, begins

    def skip_text(self) -> int:
        """Pass over everything up to the line that holds the next </TEXT> or </DOCUMENT>; returns how many bytes that were."""
        window, skipped = self._rest[self._at :], 0
        self._rest, self._at = b"", 0
        while True:
            chunk = self._stream.read(PIECE)
            window += chunk
            lower = window.lower()
            found = min((at for at in map(lower.find, _ENDS) if at != -1), default=-1)
            if found != -1:
                line = window.rfind(b"\n", 0, found) + 1
                self._begins = line > 0 or (self._begins and not skipped)
                self._rest = window[line:]
                return skipped + line
            if not chunk:
                return skipped + len(window)
            kept = window[-_OVERLAP:]
            skipped += len(window) - len(kept)
            window = kept

    def _next_of_rest(self) -> bytes:
        end = self._rest.find(b"\n", self._at) + 1
        if end == 0:
            # the rest's last line goes on in the stream
            piece = self._rest[self._at :] + self._stream.readline(PIECE)
            self._rest, self._at = b"", 0
            return piece
        piece = self._rest[self._at : end]
        self._at = end
        return piece
