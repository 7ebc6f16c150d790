"""What a command did, in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.model import Changes

_WORDS = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "remark"))


@dataclass(frozen=True, slots=True)
class Built:
    """A package: where it is, from what, and its size in bytes.

    `is_new` is false where the package was left as it was, since nothing changed; `changes` are
    those against the last release, `None` where there was none.
    """

    path: Path
    title: str
    questions: int
    cards: int
    chapters: int
    media: int
    size: int
    is_new: bool = True
    changes: Changes | None = None


def checked(diagnostics: Sequence[Diagnostic], *, questions: int, chapters: int) -> str:
    """`60 questions in 12 chapters: 1 error, 2 warnings`."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    words = [counted(counts[severity], word) for severity, word in _WORDS if counts[severity]]
    found = ", ".join(words) or "no faults found"
    return f"{counted(questions, 'question')} in {counted(chapters, 'chapter')}: {found}"


def built(package: Built, *, seconds: float) -> str:
    """`decks/my-exam.apkg: My Exam, 60 questions, 119 cards, 12 chapters, …`."""
    counts = (
        (package.questions, "question"),
        (package.cards, "card"),
        (package.chapters, "chapter"),
        (package.media, "media file"),
    )
    words = ", ".join(counted(number, word) for number, word in counts if number)
    size = _size(package.size)
    return f"{package.path.as_posix()}: {package.title}, {words} ({size}, {seconds:.1f} s)"


def unchanged(package: Built) -> str:
    """`decks/my-exam.apkg: nothing changed`."""
    return f"{package.path.as_posix()}: nothing changed"


def counted(number: int, word: str) -> str:
    """A number with its noun: `1 card`, `2 cards`, `10,000 cards`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{number / 1000:.0f} kB"
