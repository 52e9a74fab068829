import pytest

from ex99.filings.release import ParseError
from ex99.parsing.reading import read_document
from ex99.parsing.reading.decoding import clean_text, decode_exhibit, has_dirt


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"<html><body><p>&nbsp;</p></body></html>", "empty"),
        (b"%PDF-1.4 ...", "pdf"),
        (b'<PDF>\nbegin 644 deck.pdf\nM)5!$1BTQ+C0*)<?LCZ(*-2`P(&]B:@H\\/"],96YG=&@@-B`P(%(O1FEL=&5R\n', "pdf"),
        (b"begin 644 logo.jpg\nM_]C_X``02D9)1@`!`0$`8`!@``#_VP!#``@&!@<&!0@'!P<)\"0@*#!0-#`L+\n", "binary"),
        (b"\xff\xd8\xff\xe0 picture", "image"),
        (b"GIF89a....", "image"),
        (b"PK\x03\x04 zipped", "binary"),
        (bytes(range(32)) * 40, "binary"),
    ],
)
def test_bytes_that_hold_no_text_are_refused_with_a_reason(data, code):
    with pytest.raises(ParseError) as raised:
        read_document(data)
    assert raised.value.code == code


def test_too_large(monkeypatch):
    monkeypatch.setattr("ex99.parsing.reading.decoding.MAX_BYTES", 10)
    with pytest.raises(ParseError) as raised:
        decode_exhibit(b"twelve bytes")
    assert raised.value.code == "too_large"


@pytest.mark.parametrize("words", ["Acme Widgets reports results", "<p>Acme Widgets reports results</p>"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>a.htm\n<TEXT>\n", "\n</TEXT>\n</DOCUMENT>\n"),
        ("<TYPE>EX-99.1\n<TEXT>\n", "\n</TEXT>\n"),
        ("\n<SEQUENCE>2\n<DESCRIPTION>PRESS RELEASE\n<TEXT>\n", "\n</TEXT>"),
        ("<type>EX-99.1\n<text>\n", "\n"),
    ],
    ids=["whole", "bare type", "bare sequence", "open"],
)
def test_the_sgml_wrapper_is_no_part_of_the_text(before, words, after):
    assert read_document((before + words + after).encode()).text.strip() == "Acme Widgets reports results"


def test_markup_nested_beyond_reason_is_refused():
    with pytest.raises(ParseError) as raised:
        read_document(b"<html><body>" + b"<div>" * 5000 + b"words")
    assert raised.value.code == "too_deep"


@pytest.mark.parametrize("depth", [10, 300, 1500])
def test_deep_markup_is_read(depth):
    assert read_document(b"<html><body>" + b"<div>" * depth + b"words").text == "words"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve – “quoted”".encode(), "naïve – “quoted”"),
        ("naïve – “quoted”".encode("cp1252"), "naïve – “quoted”"),
        (b"\xef\xbb\xbfwords", "words"),
        ("words €".encode("utf-16"), "words €"),
        (b"a line\r\r\nanother\rthird", "a line\nanother\nthird"),
        (b'<meta charset="iso-8859-2">\xb1', '<meta charset="iso-8859-2">ą'),
    ],
)
def test_decoding(data, text):
    assert decode_exhibit(data) == text


def test_the_sgml_wrapper_is_dropped():
    wrapped = b"<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>a.txt\n<TEXT>\nwords\n</TEXT>\n</DOCUMENT>\n"
    assert decode_exhibit(wrapped).strip() == "words"


def test_dirt_is_told_and_cleaned():
    assert has_dirt("a\x92s")
    assert has_dirt("zero\u200bwidth")
    assert not has_dirt("plain – words")
    assert clean_text("Acme\x92s &#147;best&#148; quar\u00adter\x01") == "Acme’s “best” quarter "
    assert read_document(b"<p>Acme&#146;s quar&shy;ter</p>").text == "Acme’s quarter"
