"""What a command did, in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.model import Changes
from mcqdeck.report.json import as_text
from mcqdeck.report.visible import visible

_WORDS = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "info"))


@dataclass(frozen=True, slots=True)
class Built:
    """A package on disk, and what is in it."""

    path: Path
    title: str
    """That of the bank."""

    questions: int
    cards: int
    chapters: int
    media: int
    size: int
    """In bytes."""

    is_new: bool = True
    """False where the package was left as it was, since nothing changed."""

    changes: Changes | None = None
    """Those against the last release; `None` where there was none."""


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """A practice site on disk, and what is in it."""

    path: Path
    """Of its first page."""

    title: str
    """That of the bank."""

    questions: int
    chapters: int
    files: int
    size: int
    """In bytes, of all files."""

    written: int
    """How many files changed or are new."""

    removed: int
    """How many files are gone."""


def checked(diagnostics: Sequence[Diagnostic], *, questions: int, chapters: int) -> str:
    """`60 questions in 12 chapters: 1 error, 2 warnings`."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    words = [counted(counts[severity], word) for severity, word in _WORDS if counts[severity]]
    faults = ", ".join(words) or "no faults found"
    return f"{counted(questions, 'question')} in {counted(chapters, 'chapter')}: {faults}"


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
    path, title = visible(package.path.as_posix()), visible(package.title)
    return f"{path}: {title}, {words} ({size}, {seconds:.1f} s)"


def published(site: PublishedSite) -> str:
    """`site/index.html: My Exam, 60 questions, 12 chapters (90 files, 1.2 MB; 3 written, …)`."""
    touched = f"{site.written:,} written, {site.removed:,} removed"
    if not (site.written or site.removed):
        touched = "nothing changed"
    words = f"{counted(site.questions, 'question')}, {counted(site.chapters, 'chapter')}"
    about = f"{counted(site.files, 'file')}, {_size(site.size)}; {touched}"
    return f"{visible(site.path.as_posix())}: {visible(site.title)}, {words} ({about})"


def unchanged(package: Built) -> str:
    """`decks/my-exam.apkg: nothing changed`."""
    return f"{visible(package.path.as_posix())}: nothing changed"


def statistics(diagnostics: Sequence[Diagnostic], questions: int) -> Iterator[str]:
    """How often each rule speaks, the most frequent first, and how often per 100 questions."""
    for (name, severity), count in _by_rule(diagnostics):
        share = f"  ({100 * count / questions:.1f} per 100 questions)" if questions else ""
        yield f"{count:6,}  {severity:7}  {name}{share}"


def statistics_as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects with `name, severity, count`, the most frequent first."""
    rows = [
        {"name": name, "severity": severity, "count": count}
        for (name, severity), count in _by_rule(diagnostics)
    ]
    return as_text(rows)


def from_cache(number: int, chapters: int) -> str:
    """`11 of 12 chapters from the cache`."""
    return f"{number:,} of {counted(chapters, 'chapter')} from the cache"


def remarks_on_baseline(known: int, gone: int) -> Iterator[str]:
    """What a baseline did to a run."""
    if known:
        yield f"{counted(known, 'known fault')} left out: in the baseline"
    if gone:
        yield f"{counted(gone, 'fault')} of the baseline no longer found: write it again"


def not_compared(folder: str, reason: str) -> str:
    """`source/x: not compared with its last release: there is no decks/x.apkg`."""
    return visible(f"{folder}: not compared with its last release: {reason}")


def baseline_written(path: Path, known: int, others: int) -> str:
    """`faults.json: 37 faults noted`."""
    rest = f"; not recorded: {counted(others, 'error')}, of the kind that stops every build"
    return f"{visible(path.as_posix())}: {counted(known, 'fault')} recorded{rest if others else ''}"


def fixed(files: Collection[str]) -> str:
    """`fixed 2 files: source/x/01.md, source/x/02.md`."""
    if not files:
        return "nothing that could be fixed with certainty"
    return f"fixed {counted(len(files), 'file')}: {', '.join(map(visible, sorted(files)))}"


def formatted(files: Collection[str], *, chapters: int, kept: int, is_check: bool) -> str:
    """`formatted 2 of 12 chapters: source/x/01.md, source/x/02.md`.

    `kept` is how many blocks are left as they are.
    """
    left = (
        f"; {counted(kept, 'block')} left as written, since another form could change the meaning"
        if kept
        else ""
    )
    if not files:
        return f"{counted(chapters, 'chapter')}: nothing to format{left}"
    word = "would format" if is_check else "formatted"
    names = ", ".join(map(visible, sorted(files)))
    return f"{word} {len(files):,} of {counted(chapters, 'chapter')}: {names}{left}"


def renamed(old: str, new: str, *, files: Collection[str], links: int) -> str:
    """`renamed a to b in 2 files, with 1 link: source/x/deck.toml, source/x/01.md`."""
    with_links = f", with {counted(links, 'link')}" if links else ""
    names = ", ".join(map(visible, files))
    return (
        f"renamed `{visible(old)}` to `{new}` in {counted(len(files), 'file')}{with_links}: {names}"
    )


def _by_rule(diagnostics: Sequence[Diagnostic]) -> list[tuple[tuple[str, str], int]]:
    counts = Counter((diagnostic.name, diagnostic.severity.value) for diagnostic in diagnostics)
    return sorted(counts.items(), key=lambda count: (-count[1], count[0]))


def counted(number: int, word: str) -> str:
    """A number with its noun: `1 card`, `2 cards`, `10,000 cards`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{number / 1000:.0f} kB"
