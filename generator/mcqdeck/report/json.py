"""Diagnostics as JSON for tools."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mcqdeck.diagnostic import Diagnostic


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects with `path, line, column, severity, name, message, help`."""
    return json.dumps(
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
        ],
        ensure_ascii=False,
        indent=2,
    )
