"""The parser's words: a public name stands for one thing in the whole package."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import ex99.parsing

PACKAGE = Path(ex99.parsing.__file__).parent


def test_a_class_of_the_parser_has_its_name_alone() -> None:
    homes = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(str(path.relative_to(PACKAGE)))
    assert len(homes) > 50
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}
