from benchmarks.compose import compose_exhibits
from benchmarks.speed import divide_exhibits, growth, measure_parsing, way_back
from ex99.parsing.reading import annotate, read_document

TYPEWRITTEN = b"<PAGE>\n\n     Wexcombe Optics reports results\n\n     Net sales were $4.1 million.\n"
WORDLESS = b"<html><body><p> </p></body></html>"


def test_fictitious_exhibits_can_be_measured() -> None:
    exhibits = compose_exhibits((1, 2))
    measures = {m.name: m for m in measure_parsing(exhibits)}
    assert measures["whole parse"].floor
    idle = {"typewritten exhibits", "calls for the way back to the page"}
    assert all((m.value > 0) == (name not in idle) for name, m in measures.items())


def test_typewritten_and_wordless_exhibits_are_not_held_against_the_floor() -> None:
    exhibits = [*compose_exhibits((1,)), ("typed", TYPEWRITTEN), ("wordless", WORDLESS)]
    pages, typed = divide_exhibits(exhibits)
    assert [slug for slug, _ in typed] == ["typed"]
    assert [slug for slug, _ in pages] == [slug for slug, _ in compose_exhibits((1,))]
    whole = next(m for m in measure_parsing(exhibits) if m.name == "whole parse")
    assert "(1 without words left out)" in whole.note


def test_growth_is_a_ratio() -> None:
    assert growth(compose_exhibits((4,))[0][1]) > 1


def test_a_parse_does_nothing_for_the_way_back_and_would_show_it_if_it_did(monkeypatch) -> None:
    data = compose_exhibits((1,))[0][1]
    assert way_back(data) == 0
    monkeypatch.setattr("ex99.parsing.release.read_document", lambda given: annotate.annotate(given, []) and read_document(given))
    assert way_back(data) > 2
