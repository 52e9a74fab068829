"""Identifiers in all their spellings."""

import pytest

from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError


@pytest.mark.parametrize("text", ["49", "0000000049", "CIK0000000049", " 49 ", 49])
def test_cik_reads_every_spelling(text):
    cik = Cik.parse(text)
    assert cik == 49
    assert str(cik) == "49"
    assert cik.padded == "0000000049"
    assert cik.submissions_name == "CIK0000000049.json"


@pytest.mark.parametrize("text", ["", "0", "12345678901", "ABCD", "-5", "1.5"])
def test_cik_refuses_the_rest_and_says_what_it_expects(text):
    with pytest.raises(IdentifierError, match="expected 1 to 10 digits"):
        Cik.parse(text)


def test_accession_number_spellings_and_paths():
    accession = AccessionNumber.parse("000009999924000005")
    assert accession == "0000099999-24-000005"
    assert accession.compact == "000009999924000005"
    assert accession.flat_path(Cik(77)) == "edgar/data/77/0000099999-24-000005.txt"
    assert accession.folder_path(77) == "edgar/data/77/000009999924000005/"


@pytest.mark.parametrize(
    "text",
    ["edgar/data/77/0000099999-24-000005.txt", "/in/edgar/work/0000099999-24-000005/x.txt : 20240101", "/data/77/000009999924000005/q.htm"],
)
def test_accession_number_is_found_in_paths(text):
    assert AccessionNumber.find_in(text) == "0000099999-24-000005"


@pytest.mark.parametrize("text", ["", "1-2-3", "0000099999-24-0000051", "x000009999924000005"])
def test_accession_number_refuses_the_rest(text):
    with pytest.raises(IdentifierError, match="expected 18 digits"):
        AccessionNumber.parse(text)
