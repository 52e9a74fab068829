"""What is wrong with the configuration, in the names that the user wrote."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from tomllib import TOMLDecodeError
from typing import Any

from pydantic import ValidationError

from ex99.settings.settings import Settings


def describe_fault(error: ValidationError | TOMLDecodeError) -> str:
    """One line: each setting that is wrong (a variable EX99_* or a key of ex99.toml) and why, or why the file is none."""
    if isinstance(error, TOMLDecodeError):
        return f"ex99.toml is no TOML: {error}"
    return "; ".join(_describe(problem) for problem in error.errors())


def _describe(problem: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    said = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, Settings.model_fields, n=1)
        said = f"there is no such setting{f'; did you mean {near[0]}?' if near else ''}"
    variable = name if name.lower().startswith("ex99_") else f"EX99_{name.upper()}"
    return f"{variable} (or {name} in ex99.toml): {said}"
