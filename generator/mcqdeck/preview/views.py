"""From a snapshot to what the page is told, as values that become JSON."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.fixes import apply_fixes
from mcqdeck.preview.editors import place_in
from mcqdeck.preview.snapshot import Shown, ShownChapter, Snapshot
from mcqdeck.words import direction_of

_LONGEST_STEM = 200  # characters of a stem in the list
_SEVERITIES = tuple(Severity)
_NOTHING = (0,) * len(_SEVERITIES)


class Findings:
    """The findings of a snapshot by what they are about: a question, a chapter, another file."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._of_question: dict[str, list[Diagnostic]] = defaultdict(list)
        self._of_file: dict[str, list[Diagnostic]] = defaultdict(list)
        owners = {chapter.path: _Owners(chapter) for chapter in snapshot.chapters}
        for diagnostic in snapshot.diagnostics:
            owner = owners.get(diagnostic.where.path)
            key = owner.of(diagnostic.where.line) if owner else None
            if key is None:
                self._of_file[diagnostic.where.path].append(diagnostic)
            else:
                self._of_question[key].append(diagnostic)

    def of_question(self, key: str) -> Sequence[Diagnostic]:
        """What is wrong with a question."""
        return self._of_question.get(key, ())

    def of_file(self, path: str) -> Sequence[Diagnostic]:
        """What is wrong with a file, but not with one of its questions."""
        return self._of_file.get(path, ())

    @property
    def files(self) -> Sequence[str]:
        """The paths that `of_file` has something of."""
        return tuple(self._of_file)


class _Owners:
    """Which question of a chapter a line of its file belongs to."""

    def __init__(self, chapter: ShownChapter) -> None:
        owned = sorted((shown.line, shown.key) for shown in chapter.questions if shown.lines)
        self._lines = [line for line, _ in owned]
        self._keys = [key for _, key in owned]

    def of(self, line: int) -> str | None:
        position = bisect_right(self._lines, line) - 1
        return self._keys[position] if position >= 0 else None


class Views:
    """What the page is told; `editor` is the template of an author's editor."""

    def __init__(self, editor: str) -> None:
        self._editor = editor

    def outline(self, snapshot: Snapshot, findings: Findings) -> dict[str, Any]:
        """The bank with its chapters and questions, for the list."""
        config = snapshot.bank.config
        chapters = {chapter.path for chapter in snapshot.chapters}
        return {
            "number": snapshot.number,
            "is_complete": snapshot.is_complete,
            "trouble": snapshot.trouble,
            "title": config.title,
            "id": config.id,
            "folder": snapshot.bank.folder,
            "language": config.language,
            "direction": direction_of(config.language),
            "counts": _counts(snapshot.diagnostics),
            "fixable": sum(bool(diagnostic.edits) for diagnostic in snapshot.diagnostics),
            "chapters": [self._chapter(chapter, findings) for chapter in snapshot.chapters],
            "files": [
                {"path": path, "findings": self.findings(snapshot, findings.of_file(path))}
                for path in findings.files
                if path not in chapters
            ],
        }

    def _chapter(self, chapter: ShownChapter, findings: Findings) -> dict[str, Any]:
        own = findings.of_file(chapter.path)
        return {
            "path": chapter.path,
            "title": chapter.title,
            "has_mistakes": chapter.has_mistakes,
            "counts": _counts(own),
            "questions": [
                {
                    "key": shown.key,
                    "id": shown.entry.id,
                    "stem": shown.stem[:_LONGEST_STEM],
                    "state": shown.state,
                    "counts": _counts(findings.of_question(shown.key)),
                    "is_retired": shown.entry.retired is not None,
                }
                for shown in chapter.questions
            ],
        }

    def question(self, snapshot: Snapshot, shown: Shown, findings: Findings) -> dict[str, Any]:
        """What the file says of a question, line by line, with what is wrong with it."""
        chapter = next(chapter for chapter in snapshot.chapters if shown in chapter.questions)
        question = shown.entry
        return {
            "key": shown.key,
            "id": question.id,
            "chapter": chapter.title,
            "path": chapter.path,
            "line": shown.line,
            "state": shown.state,
            "address": self.address(chapter.path, shown.line, 1),
            "lines": shown.lines,
            "findings": self.findings(snapshot, findings.of_question(shown.key)),
            "of_chapter": self.findings(snapshot, findings.of_file(chapter.path)),
            "objective": question.objective or "",
            "level": question.level or "",
            "difficulty": question.difficulty or 0,
            "tags": question.tags,
        }

    def findings(
        self, snapshot: Snapshot, diagnostics: Iterable[Diagnostic]
    ) -> list[dict[str, Any]]:
        """Diagnostics with where they open in the editor, and whether they have a fix."""
        return [
            {
                "handle": handle(diagnostic),
                "severity": diagnostic.severity,
                "name": diagnostic.name,
                "message": diagnostic.message,
                "help": diagnostic.help,
                "path": diagnostic.where.path,
                "line": diagnostic.where.line,
                "column": diagnostic.where.column,
                "length": diagnostic.length,
                "can_be_fixed": can_be_fixed(diagnostic, snapshot.texts),
                "address": self.address(
                    diagnostic.where.path, diagnostic.where.line, diagnostic.where.column
                ),
            }
            for diagnostic in diagnostics
        ]

    def address(self, path: str, line: int, column: int) -> str:
        """Where the author's editor opens a place; empty if no editor is wanted."""
        return place_in(self._editor, path, line, column) if self._editor else ""


def handle(diagnostic: Diagnostic) -> str:
    """A short name for a finding, the same as long as it is found at its place."""
    where = diagnostic.where
    parts = (where.path, str(where.line), str(where.column), diagnostic.name, diagnostic.message)
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]


def can_be_fixed(diagnostic: Diagnostic, texts: Mapping[str, bytes]) -> bool:
    """Whether `check --fix` would change something for this finding."""
    return bool(diagnostic.edits) and bool(apply_fixes(texts, [diagnostic]))


def _counts(diagnostics: Sequence[Diagnostic]) -> tuple[int, ...]:
    """How many errors, warnings and remarks there are."""
    if not diagnostics:
        return _NOTHING
    counted = Counter(diagnostic.severity for diagnostic in diagnostics)
    return tuple(counted[severity] for severity in _SEVERITIES)
