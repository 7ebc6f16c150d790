"""Diagnostics as JSON for tools."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mcqdeck.diagnostic import Diagnostic
from mcqdeck.report.visible import json_escaped


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects with `path, line, column, severity, name, message, help`."""
    return as_text(
        [
            {
                "path": diagnostic.where.path,
                "line": diagnostic.where.line,
                "column": diagnostic.where.column,
                "severity": diagnostic.severity.value,
                "name": diagnostic.name,
                "message": diagnostic.message,
                "help": diagnostic.help,
            }
            for diagnostic in diagnostics
        ]
    )


def as_text(value: Any) -> str:
    """A value as JSON that people can read too, and that says nothing to a terminal."""
    return json_escaped(json.dumps(value, ensure_ascii=False, indent=2))
