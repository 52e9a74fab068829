"""Whatever the bytes, a parse gives a PressRelease whose sources are true, or a ParseError that names its reason."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ex99.filings.release import PARSE_ERRORS, ParseError
from ex99.parsing import parse_release
from tests.parsing.exhibits import PROSE_ONLY, STATEMENT
from tests.parsing.test_release import sources

_PIECES = (
    b"<table>", b"</table>", b"<tr><td>", b"</td>", b"<td colspan='999999'>", b"<TABLE>\n<S>  <C>\n", b"<PAGE>", b"&#0;", b"&#x110000;",
    b"\x00", b"\xff\xfe", b"<div style='display:none'>", b"$(1,2", b"three months ended September 31, 0000",
    b"Net income $", b"<!--", b"]]>", b"(in thousands)",
    b"\xc2\xa0" * 50,
    b"Q9 of fiscal 20999", b"first quarter of 1900", b"million" * 20, b"." * 200,
    b"9" * 400, b"\x01<br>\x1f", b"&#1;<br>&#xfffe;", b"per share", b"compared to " * 10,
)  # fmt: skip
CALM = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def check(data: bytes) -> None:
    """Parse and hold what every parse must hold."""
    try:
        release = parse_release(data)
    except ParseError as error:
        if error.code not in PARSE_ERRORS:
            raise
        return
    for source in sources(release):
        assert source.text == release.text[source.start : source.end]
    two_lines = "net_income_to_common"
    keys = [(f.metric, f.basis, f.duration, f.period_end, f.qualifier if f.metric == two_lines else None) for f in release.figures]
    assert len(keys) == len(set(keys))


@st.composite
def mutated(draw: st.DrawFn, exhibits: tuple[bytes, ...]) -> bytes:
    """An exhibit cut off, with stretches lost, doubled or overwritten by hostile pieces."""
    data = draw(st.sampled_from(exhibits))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 300))
        piece = draw(st.one_of(st.just(b""), st.sampled_from(_PIECES), st.binary(max_size=12), st.just(data[start : start + length] * 2)))
        data = data[:start] + piece + data[start + length :]
    return data[: draw(st.integers(len(data) // 2, len(data)))]


@CALM
@given(mutated((PROSE_ONLY, STATEMENT)))
def test_mutated_exhibits(data: bytes) -> None:
    check(data)


@CALM
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check(data)


@CALM
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@CALM
@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_hostile_pieces(pieces: list[bytes]) -> None:
    check(b"<html><body>" + b" ".join(pieces))


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p>a\x01<br>\x0bb\xc2\x85</p><p>&#1;<br>&#xd800;&#xfffe;</p></body></html>",
        b"<div>" * 20_000, b"<table><tr><td>" * 3_000, b"$1 million " * 20_000, b"net income of " * 20_000, b"(" * 100_000,
        b"- " * 60_000,
        b"<table><tr><td rowspan=65000 colspan=1000>x</td></tr></table>" * 3, b"first quarter " * 20_000, b"1," * 60_000,
        b"\n" * 200_000 + b"x",
        b"<p>" + b"a " * 200_000, b"the same quarter a year " * 10_000, b"." * 100_000, b"Revenue " + b"9" * 100_000,
        b"<S> <C> <C>\n" * 5_000,
    ],
)  # fmt: skip
def test_monotonous_bytes_end_soon(data: bytes) -> None:
    check(data)


def _corpus() -> tuple[bytes, ...]:
    folder = Path(os.environ.get("EX99_CORPUS", "missing")) / "exhibits"
    return tuple(p.read_bytes() for p in sorted(folder.glob("*"))[::4]) if folder.is_dir() else ()


@pytest.mark.corpus
@pytest.mark.skipif(not _corpus(), reason="EX99_CORPUS names no corpus")
def test_mutated_real_exhibits() -> None:
    @settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
    @given(mutated(_corpus()))
    def mutate(data: bytes) -> None:
        check(data)

    mutate()


@pytest.mark.corpus
@pytest.mark.skipif(not _corpus(), reason="EX99_CORPUS names no corpus")
def test_sources_of_real_exhibits() -> None:
    for data in _corpus():
        check(data)
