"""The words by which one period is compared with another, one table: in sentences, over columns and in outlooks."""

from __future__ import annotations

COMPARED_WITH = r"compar(?:ed?|es|ing)\s+(?:favorably\s+)?(?:to|with)"
"""compared to | compares favorably with"""
VERSUS = r"versus\b|\bvs\b\.?"
SAME = (
    r"(?:same|comparable|corresponding|similar|equivalent|like|year[\s-]ago|year[\s-]earlier|prior[\s-]year(?:[’']s)?"
    r"|previous[\s-]year(?:[’']s)?)"
)
"""What the period a year before is called: the same quarter, the prior-year period."""
LAST = r"(?:last|prior|previous|preceding)"
"""What comes before a year or quarter that has gone by."""
FORMER = r"previous(?:ly)?|prior|initial|original"
"""What makes an outlook one that was given before."""
