"""The import service: what already lies on disk, submissions and bare exhibits, packed or not, goes into the archive."""

from ex99.importing.bare import ExhibitFacts, is_synthetic, make_accession
from ex99.importing.report import ImportReport, Skip
from ex99.importing.service import import_paths

__all__ = ["ExhibitFacts", "ImportReport", "Skip", "import_paths", "is_synthetic", "make_accession"]
