"""Unpacking: whole or not at all."""

from __future__ import annotations

import gzip
import time

import pytest

from ex99.crawler.decoding import gunzip
from ex99.crawler.faults import FetchFault

BODY = b"<SEC-DOCUMENT>" + bytes(range(256)) * 200


def test_a_whole_body_is_unpacked() -> None:
    assert gunzip(gzip.compress(BODY), 10**6) == BODY


def test_several_members_make_one_body() -> None:
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b"), 10) == b"ab"


@pytest.mark.parametrize("kept", [0, 1, 9, 10, 100, -9, -8, -1])
def test_half_a_body_is_never_passed_on(kept: int) -> None:
    with pytest.raises(FetchFault) as caught:
        gunzip(gzip.compress(BODY)[:kept], 10**6)
    assert caught.value.code == "truncated"


def test_a_damaged_body_is_noticed() -> None:
    packed = bytearray(gzip.compress(BODY))
    packed[-6] ^= 1
    with pytest.raises(FetchFault) as caught:
        gunzip(bytes(packed), 10**6)
    assert caught.value.code == "truncated"


def test_a_bomb_is_refused_at_the_limit() -> None:
    with pytest.raises(FetchFault) as caught:
        gunzip(gzip.compress(bytes(50_000_000)), 10**6)
    assert caught.value.code == "too_large"


def test_the_limit_itself_is_allowed() -> None:
    assert len(gunzip(gzip.compress(bytes(1000)), 1000)) == 1000


def test_endless_members_take_no_time() -> None:
    start = time.perf_counter()
    with pytest.raises(FetchFault):
        gunzip(gzip.compress(b"") * 500_000, 10**6)
    assert time.perf_counter() - start < 2
