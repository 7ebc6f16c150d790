"""A bank as the page shows it: what the files say, and what was good before where they are broken.

An author saves half-written questions. What could be shown before stays in view beside the mistakes
until the question can be shown again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.model import Entry, RenderedBank, RenderedChapter, RenderedQuestion
from mcqdeck.pack.words import title_words
from mcqdeck.read import decode, split
from mcqdeck.render import folder_in


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
    """A question in view."""

    key: str
    """Names it within the bank for as long as the page is open."""

    entry: Entry
    chapter: RenderedChapter
    index: int
    """Its place in the chapter."""

    stem: str
    """Its text without markup."""

    makes_card: bool
    """Whether it can be answered."""

    state: State
    lines: tuple[str, ...]
    """What the file says of it now."""

    line: int
    """The number of the first of these lines."""

    @property
    def rendered(self) -> RenderedQuestion:
        """The question as safe HTML."""
        return self.chapter.questions[self.index]


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter in view."""

    source: RenderedChapter
    """As the rendered bank has it."""

    data: bytes
    """The bytes of its file."""

    title: str
    questions: tuple[Shown, ...]
    has_mistakes: bool = False
    """Whether its form is at fault anywhere."""

    @property
    def path(self) -> str:
        """The path of its file."""
        return self.source.path


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bank at one moment."""

    number: int
    """Grows by one with each snapshot."""

    bank: RenderedBank
    """What to render with: its settings are the last ones without a mistake."""

    chapters: tuple[ShownChapter, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]
    is_complete: bool
    """False while the rules about the bank as a whole have not been asked since the last save."""

    changed: tuple[str, ...] = ()
    """The keys of the questions that the last save changed."""

    saved: tuple[str, ...] = ()
    """The paths of the files that it saved."""

    trouble: str = ""
    """Why the files cannot be read, if so: then all else is as it was before."""

    @property
    def has_errors(self) -> bool:
        """Whether anything stops a build."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)

    def find(self, key: str) -> Shown | None:
        """The question with this key."""
        for chapter in self.chapters:
            for shown in chapter.questions:
                if shown.key == key:
                    return shown
        return None


def chapters_in_view(
    bank: RenderedBank,
    texts: Mapping[str, bytes],
    broken: Collection[str],
    before: Sequence[ShownChapter] = (),
) -> tuple[ShownChapter, ...]:
    """The chapters of a bank, each question as it is or as it was last good in `before`.

    `broken` holds the paths of chapters with mistakes in their form.
    """
    known = {chapter.path: chapter for chapter in before}
    return tuple(
        _in_view(chapter, bank.folder, texts[chapter.path], broken, known.get(chapter.path))
        for chapter in bank.chapters
    )


def changed_questions(
    before: Sequence[ShownChapter], after: Sequence[ShownChapter]
) -> Iterator[str]:
    """The keys of the questions that are new, or of which the file says something else now."""
    same = {id(chapter) for chapter in before} & {id(chapter) for chapter in after}
    known = {
        shown.key: shown.lines
        for chapter in before
        if id(chapter) not in same
        for shown in chapter.questions
    }
    for chapter in after:
        if id(chapter) in same:
            continue
        for shown in chapter.questions:
            if shown.state is not State.GONE and known.get(shown.key) != shown.lines:
                yield shown.key


def _in_view(
    chapter: RenderedChapter,
    folder: str,
    data: bytes,
    broken: Collection[str],
    before: ShownChapter | None,
) -> ShownChapter:
    is_broken = chapter.path in broken
    if before and (before.has_mistakes, before.data, before.source) == (is_broken, data, chapter):
        return before
    known = {shown.key: shown for shown in before.questions} if before else {}
    questions = [_best(shown, known.get(shown.key)) for shown in _as_saved(chapter, folder, data)]
    if is_broken and before:
        questions = _with_hidden(questions, before.questions)
    title = before.title if before and not chapter.is_whole else chapter.title
    return ShownChapter(chapter, data, title, tuple(questions), is_broken)


def _as_saved(chapter: RenderedChapter, folder: str, data: bytes) -> Iterator[Shown]:
    """The questions of a chapter of the bank in `folder` as its file has them: it holds `data`."""
    lines = split(decode(data).text)
    seen: dict[str, int] = {}
    starts = [entry.where.line for entry in chapter.entries]
    ends = [*starts[1:], len(lines) + 1]
    file = PurePosixPath(folder_in(folder, chapter.path), PurePosixPath(chapter.path).name)
    for index, question in enumerate(chapter.questions):
        entry, start, end = question.question, starts[index], ends[index]
        number = seen[entry.id] = seen.get(entry.id, 0) + 1
        suffix = f"~{number}" if number > 1 else ""
        yield Shown(
            key=f"{file}#{entry.id}{suffix}",
            entry=entry,
            chapter=chapter,
            index=index,
            stem=title_words(question.stem),
            makes_card=makes_card(question),
            state=State.NOW,
            lines=trimmed(lines[start - 1 : end - 1]),
            line=start,
        )


def trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines without the blank ones at their end."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return tuple(lines[:end])


def _best(now: Shown, before: Shown | None) -> Shown:
    if before is None or now.makes_card or not before.makes_card:
        return now
    return replace(before, state=State.BEFORE, lines=now.lines, line=now.line)


def makes_card(question: RenderedQuestion) -> bool:
    """Whether a question makes a card that can be answered."""
    options = question.options
    is_asked = bool(question.stem.strip())
    return is_asked and len(options) > 1 and any(option.is_correct for option in options)


def _with_hidden(now: Sequence[Shown], before: Sequence[Shown]) -> list[Shown]:
    """The questions with those that a mistake hides, each after the one that it followed."""
    shown_now = {shown.key for shown in now}
    together = list(now)
    for position, shown in enumerate(before):
        if shown.key in shown_now:
            continue
        keys = [shown.key for shown in together]
        earlier = (shown.key for shown in reversed(before[:position]))
        at = next((keys.index(key) + 1 for key in earlier if key in keys), 0)
        together.insert(at, replace(shown, state=State.GONE, lines=()))
    return together
