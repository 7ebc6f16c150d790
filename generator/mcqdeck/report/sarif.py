"""Diagnostics as SARIF 2.1.0, which code scanning and editors read.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote_from_bytes

from mcqdeck.diagnostic import Diagnostic, Edit, Rule, Severity
from mcqdeck.model import Place
from mcqdeck.report.explain import grounds, why_and_what
from mcqdeck.report.json import as_text

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "%SRCROOT%"
_FINGERPRINT = "mcqdeckQuestion/v1"


def as_sarif(
    diagnostics: Sequence[Diagnostic],
    *,
    rules: Sequence[Rule],
    version: str,
    locate: Callable[[str], str],
    owners: Sequence[tuple[str, ...]],
    texts: Mapping[str, bytes],
) -> str:
    """A log with one run: all `rules`, and a result for each diagnostic, in their order.

    `locate` gives the path from the root of the checkout for a path as it was typed, or an absolute
    one. `owners` says of each diagnostic to what it belongs, in words that stay when lines move;
    `texts` holds the bytes of the sources by path.
    """
    numbers = {rule.name: number for number, rule in enumerate(rules)}
    seen: Counter[tuple[str, ...]] = Counter()
    results = []
    for diagnostic, owner in zip(diagnostics, owners, strict=True):
        seen[owner] += 1
        result = _result(diagnostic, locate)
        result["ruleIndex"] = numbers[diagnostic.name]
        result["partialFingerprints"] = {_FINGERPRINT: "/".join((*owner, str(seen[owner])))}
        if diagnostic.edits:
            result["fixes"] = [_fix(diagnostic, locate, texts)]
        results.append(result)
    driver = {
        "name": "mcqdeck",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_text(log)


def _rule(rule: Rule) -> dict[str, Any]:
    why, what = why_and_what(rule)
    paragraphs = [paragraph for paragraph in (why, what, grounds(rule)) if paragraph]
    return {
        "id": rule.name,
        "shortDescription": {"text": why},
        "fullDescription": {"text": f"{why} {what}".strip()},
        "help": {"text": "\n\n".join(paragraphs), "markdown": "\n\n".join(paragraphs)},
        "defaultConfiguration": {"enabled": rule.is_on, "level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, locate: Callable[[str], str]) -> dict[str, Any]:
    """A result without what it needs its neighbours for.

    Braces in a message stay single: viewers take them as they are where there are no arguments.
    """
    where = diagnostic.where
    end = Place(where.path, where.line, where.column + diagnostic.length)
    return {
        "ruleId": diagnostic.name,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": f"{diagnostic.message}\nhelp: {diagnostic.help}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(locate(where.path)),
                    "region": _region(where, end),
                }
            }
        ],
    }


def _region(start: Place, end: Place) -> dict[str, int]:
    """From the first character to before the last; the last line is left out where it is one."""
    region = {"startLine": start.line, "startColumn": start.column}
    if end.line != start.line:
        region["endLine"] = end.line
    return {**region, "endColumn": end.column}


def _artifact(path: str) -> dict[str, str]:
    if PurePath(path).is_absolute():
        return {"uri": PurePath(path).as_uri()}
    return {"uri": quote_from_bytes(os.fsencode(path), safe="/"), "uriBaseId": _BASE}


def _fix(
    diagnostic: Diagnostic, locate: Callable[[str], str], texts: Mapping[str, bytes]
) -> dict[str, Any]:
    paths = dict.fromkeys(edit.start.path for edit in diagnostic.edits)
    return {
        "description": {"text": diagnostic.help},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(locate(path)),
                "replacements": list(_replacements(path, diagnostic.edits, texts.get(path, b""))),
            }
            for path in paths
        ],
    }


def _replacements(path: str, edits: Sequence[Edit], data: bytes) -> Iterator[dict[str, Any]]:
    """The edits of one file, with the line end that the file has."""
    first = b"".join(data.splitlines(keepends=True)[:1])
    line_end = first[len(first.rstrip(b"\r\n")) :].decode() or "\n"
    for edit in edits:
        if edit.start.path == path:
            yield {
                "deletedRegion": _region(edit.start, edit.end),
                "insertedContent": {"text": edit.text.replace("\n", line_end)},
            }
