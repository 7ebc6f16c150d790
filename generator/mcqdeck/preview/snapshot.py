"""A bank as the page shows it: what the files say, and what was good before where they are broken.

An author saves half-written questions. What could be shown before stays in view beside the mistakes
until the question can be shown again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.model import Bank, Chapter, Question
from mcqdeck.read import decode, split


class State(StrEnum):
    """How the question in view and the one in the file are related."""

    NOW = "now"
    """It is what the file says."""
    BEFORE = "before"
    """The file's cannot be shown as a card: it is the last one that could be."""
    GONE = "gone"
    """A mistake in the chapter hides it: it is the last one that was there."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question in view. `key` names it within the bank for as long as the page is open.

    `question` and `chapter` are those to render; `lines` is what the file says of it now, `line`
    the number of the first of them.
    """

    key: str
    question: Question
    chapter: Chapter
    state: State
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter in view; `source` is what the file says.

    `has_mistakes` tells whether its form is at fault anywhere.
    """

    source: Chapter
    title: str
    questions: tuple[Shown, ...]
    has_mistakes: bool = False

    @property
    def path(self) -> str:
        """The path of its file."""
        return self.source.path


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bank at one moment.

    `number` grows by one with each snapshot. `bank` is what to render with: its settings are the
    last ones without a mistake. `is_complete` is false while the rules about the bank as a whole
    have not been asked since the last save. `changed` names the questions that the last save
    changed, and `saved` the files. `trouble` says why the files cannot be read, if so: then all
    else is as it was before.
    """

    number: int
    bank: Bank
    chapters: tuple[ShownChapter, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]
    is_complete: bool
    changed: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether anything stops a build."""
        return any(each.severity is Severity.ERROR for each in self.diagnostics)

    def find(self, key: str) -> Shown | None:
        """The question with this key."""
        for chapter in self.chapters:
            for shown in chapter.questions:
                if shown.key == key:
                    return shown
        return None


def chapters_in_view(
    bank: Bank,
    texts: Mapping[str, bytes],
    broken: Collection[str],
    before: Sequence[ShownChapter] = (),
) -> tuple[ShownChapter, ...]:
    """The chapters of a bank, each question as it is or as it was last good in `before`.

    `broken` holds the paths of chapters with mistakes in their form.
    """
    known = {chapter.path: chapter for chapter in before}
    return tuple(
        _in_view(chapter, texts[chapter.path], chapter.path in broken, known.get(chapter.path))
        for chapter in bank.chapters
    )


def changed_questions(
    before: Sequence[ShownChapter], after: Sequence[ShownChapter]
) -> Iterator[str]:
    """The keys of the questions that are new, or of which the file says something else now."""
    same = {id(chapter) for chapter in after}
    known = {
        shown.key: shown.lines
        for chapter in before
        if id(chapter) not in same
        for shown in chapter.questions
    }
    for chapter in after:
        if any(chapter is each for each in before):
            continue
        for shown in chapter.questions:
            if shown.state is not State.GONE and known.get(shown.key) != shown.lines:
                yield shown.key


def _in_view(
    chapter: Chapter, data: bytes, is_broken: bool, before: ShownChapter | None
) -> ShownChapter:
    if before and before.source is chapter and before.has_mistakes == is_broken:
        return before
    known = {shown.key: shown for shown in before.questions} if before else {}
    questions = [_best(shown, known.get(shown.key)) for shown in as_saved(chapter, data)]
    if is_broken and before:
        questions = _with_hidden(questions, before.questions)
    title = before.title if before and not chapter.is_whole else chapter.title
    return ShownChapter(chapter, title, tuple(questions), is_broken)


def as_saved(chapter: Chapter, data: bytes) -> Iterator[Shown]:
    """The questions of a chapter as its file, which holds `data`, has them."""
    lines = split(decode(data).text)
    seen: dict[str, int] = {}
    starts = [question.where.line for question in chapter.questions]
    ends = [*starts[1:], len(lines) + 1]
    file = PurePosixPath(chapter.path).name
    for question, start, end in zip(chapter.questions, starts, ends, strict=False):
        number = seen[question.id] = seen.get(question.id, 0) + 1
        suffix = f"~{number}" if number > 1 else ""
        own = tuple(lines[start - 1 : end - 1])
        while own and not own[-1].strip():
            own = own[:-1]
        yield Shown(f"{file}#{question.id}{suffix}", question, chapter, State.NOW, own, start)


def _best(now: Shown, before: Shown | None) -> Shown:
    if before is None or _can_be_shown(now.question) or not _can_be_shown(before.question):
        return now
    return Shown(
        now.key, before.question, before.chapter, State.BEFORE, lines=now.lines, line=now.line
    )


def _can_be_shown(question: Question) -> bool:
    """Whether a question makes a card that can be answered."""
    return (
        bool(question.stem.text.strip())
        and len(question.options) > 1
        and any(option.is_correct for option in question.options)
    )


def _with_hidden(now: Sequence[Shown], before: Sequence[Shown]) -> list[Shown]:
    """The questions with those that a mistake hides, each after the one that it followed."""
    found = {shown.key for shown in now}
    together = list(now)
    for position, shown in enumerate(before):
        if shown.key in found:
            continue
        keys = [each.key for each in together]
        earlier = (each.key for each in reversed(before[:position]))
        at = next((keys.index(key) + 1 for key in earlier if key in keys), 0)
        hidden = Shown(shown.key, shown.question, shown.chapter, State.GONE, (), shown.line)
        together.insert(at, hidden)
    return together
