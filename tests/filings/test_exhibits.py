import pytest

from ex99.filings.exhibits import WantedExhibits, kind_of_document


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("99.1", {("EX-99.1", True): "release"}),
        ("99.1,99.2", {("EX-99.1", True): "release", ("EX-99.2", False): "supplement", ("EX-99.02", False): "supplement"}),
        ("99", {("EX-99.1", True): "release", ("EX-99.3", False): "supplement", ("EX-99.2", False): "supplement",
                ("EX-99.02", False): "supplement", ("EX-99.1", False): "supplement", ("EX-99.(A)", False): "supplement"}),
        ("8-K", {("EX-99.1", True): "release", ("8-K", False): "body", ("8-K/A", False): "body"}),
    ],
)  # fmt: skip
def test_words_name_documents(words: str, wanted: dict[tuple[str, bool], str]) -> None:
    documents = [("EX-99.1", True), ("EX-99.1", False), ("EX-99.2", False), ("EX-99.02", False), ("EX-99.3", False), ("EX-99.(A)", False),
                 ("EX-10.1", False), ("8-K", False), ("8-K/A", False), ("GRAPHIC", False)]  # fmt: skip
    exhibits = WantedExhibits.parse(words)
    found = {document: kind for document in documents if (kind := exhibits.kind_of(document[0], chosen=document[1])) is not None}
    assert found == {("EX-99.1", True): "release", **wanted}


def test_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match=r"'10\.1' is no exhibit that ex99 parses: expected"):
        WantedExhibits.parse("99.1,10.1")


def test_a_release_is_one_whatever_its_type() -> None:
    assert kind_of_document("EX-99 (inside 8-K)", chosen=True) == "release"
    assert kind_of_document("EX-10.1", chosen=False) is None
