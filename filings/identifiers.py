"""The two numbers that EDGAR knows everything by: the filer's CIK and the filing's accession number."""

from __future__ import annotations

import re
from typing import Self

EDGAR = "https://www.sec.gov/Archives/"
"""The address below which EDGAR keeps filings, in the paths of ``folder_path`` and ``flat_path``."""
# 0000320193-24-000005 or 000032019324000005: submitter (10), year (2), sequence (6)
_ACCESSION = re.compile(r"(\d{10})-?(\d{2})-?(\d{6})")
# "320193", "0000320193" or "CIK0000320193"
_CIK = re.compile(r"(?:CIK)?(\d{1,10})", re.IGNORECASE)


class IdentifierError(ValueError):
    """A text that should be a CIK or an accession number and is neither."""


class Cik(int):
    """A filer's Central Index Key, 1 to 10 digits; an int whose spellings are ``str`` (320193), ``padded`` and ``submissions_name``."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Read a CIK in any of its spellings; raises IdentifierError for anything else."""
        match = _CIK.fullmatch(str(text).strip())
        if match is None or int(match[1]) == 0:
            raise IdentifierError(f"{text!r} is no CIK: expected 1 to 10 digits, such as 320193 or 0000320193")
        return cls(match[1])

    @property
    def padded(self) -> str:
        """The ten digits that data.sec.gov wants."""
        return f"{int(self):010d}"

    @property
    def submissions_name(self) -> str:
        """The file name of its filing history, such as CIK0000320193.json."""
        return f"CIK{self.padded}.json"

    def __str__(self) -> str:
        return str(int(self))

    def __repr__(self) -> str:
        return f"Cik({int(self)})"


class AccessionNumber(str):
    """A filing's accession number in its dashed spelling, 0000320193-24-000005.

    The first block is the CIK of whoever submitted it (often a filing agent), not of the company.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an accession number with or without dashes; raises IdentifierError for anything else."""
        match = _ACCESSION.fullmatch(text.strip())
        if match is None:
            raise IdentifierError(f"{text!r} is no accession number: expected 18 digits, such as 0000320193-24-000005")
        return cls("-".join(match.groups()))

    @classmethod
    def find_in(cls, text: str) -> Self | None:
        """The first accession number that stands in a path, URL or header line, or None."""
        match = re.search(r"(?<!\d)(\d{10})-(\d{2})-(\d{6})(?!\d)|(?<!\d)(\d{10})(\d{2})(\d{6})(?!\d)", text)
        return None if match is None else cls("-".join(part for part in match.groups() if part))

    @property
    def compact(self) -> str:
        """The 18 digits without dashes, as EDGAR names the filing's folder."""
        return self.replace("-", "")

    def flat_path(self, cik: int) -> str:
        """Path of the full submission as the indexes name it: edgar/data/320193/0000320193-24-000005.txt."""
        return f"edgar/data/{int(cik)}/{self}.txt"

    def folder_path(self, cik: int) -> str:
        """Path of the filing's folder, with its closing slash: edgar/data/320193/000032019324000005/."""
        return f"edgar/data/{int(cik)}/{self.compact}/"
