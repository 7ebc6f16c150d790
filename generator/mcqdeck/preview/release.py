"""What the next release of a bank would do to learners who have the last one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from mcqdeck.building import plan
from mcqdeck.diagnostic import Diagnostic, McqdeckError, Severity
from mcqdeck.preview.project import Project
from mcqdeck.preview.snapshot import Snapshot
from mcqdeck.preview.views import Findings
from mcqdeck.report.changes import changes_as_json

_MOST_ERRORS = 50  # that are told


def next_release(project: Project, snapshot: Snapshot, decks: Path) -> dict[str, Any]:
    """The differences between the package in the folder `decks` and what a build would make now.

    `problem` says why a build would not be made, if so, and `errors` which mistakes stop it;
    `diagnostics` are what it would report beside what a check does, such as published questions
    that are gone.
    """
    path = decks / f"{snapshot.bank.config.id}.apkg"
    answer: dict[str, Any] = {"number": snapshot.number, "path": path.as_posix(), "problem": ""}
    if snapshot.trouble:
        return answer | {"problem": snapshot.trouble}
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in snapshot.diagnostics)
    if errors:
        stop = "1 error in the bank stops" if errors == 1 else f"{errors} errors in the bank stop"
        return answer | {
            "problem": f"{stop} a release: fix {'it' if errors == 1 else 'them'} first.",
            "errors": list(islice(_errors(snapshot), _MOST_ERRORS)),
        }
    try:
        planned = plan(project.checked(snapshot, ()), decks)
    except McqdeckError as error:
        return answer | {"problem": str(error)}
    [package] = planned.packages
    changes = package.changes
    return answer | {
        "is_first": changes is None,
        "is_same": package.is_there,
        "questions": sum(1 for _ in package.bank.entries),
        "changes": json.loads(changes_as_json(changes)) if changes else None,
        "warnings": planned.warnings,
        "diagnostics": [_told(diagnostic) for diagnostic in planned.diagnostics],
    }


def _errors(snapshot: Snapshot) -> Iterator[dict[str, str]]:
    """What stops a release, with the place and the id of the question, if it is about one."""
    findings = Findings(snapshot)
    questions = {
        id(diagnostic): shown.entry.id
        for chapter in snapshot.chapters
        for shown in chapter.questions
        for diagnostic in findings.of_question(shown.key)
    }
    for diagnostic in snapshot.diagnostics:
        if diagnostic.severity is Severity.ERROR:
            place = f"{PurePosixPath(diagnostic.where.path).name}:{diagnostic.where.line}"
            yield _told(diagnostic) | {"place": place, "id": questions.get(id(diagnostic), "")}


def _told(diagnostic: Diagnostic) -> dict[str, str]:
    return {
        "severity": diagnostic.severity,
        "name": diagnostic.name,
        "message": diagnostic.message,
        "help": diagnostic.help,
    }
