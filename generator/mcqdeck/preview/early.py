"""The card of one question as a save has it, before the rest of the bank is read again.

A question depends on its own lines, on what stands above the first question of its chapter, on the
settings and on its media. So a chapter in which all other questions are blank lines gives the same
card, at the same place, in a fraction of the time. Where that cannot be told for certain there is
no early card, and the page waits for the whole chapter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from mcqdeck import files, read
from mcqdeck.diagnostic import Diagnostic, McqdeckError, Severity
from mcqdeck.model import Config, RenderedBank, RenderedChapter, RenderedQuestion
from mcqdeck.preview.snapshot import Shown, ShownChapter, Snapshot, State, makes_card, trimmed
from mcqdeck.project import NAMES
from mcqdeck.read.parse import parse_chapter
from mcqdeck.render import (
    Library,
    MediaTarget,
    Shelf,
    Trouble,
    folder_in,
    media_of,
    render_chapter,
    render_style,
)

_DEFINES = "]:"
"""In every definition of a link or a footnote, which all questions of a chapter share."""


@dataclass(frozen=True, slots=True)
class EarlyCard:
    """What the card of a question is made of. `bank` has the settings, the style and the media.

    `is_changed` tells whether the question's own lines were saved, and not only something else on
    which it depends.
    """

    key: str
    is_changed: bool
    bank: RenderedBank
    chapter: RenderedChapter
    question: RenderedQuestion


def early_card(
    folder: Path, before: Snapshot, saved: Collection[str], in_view: str
) -> EarlyCard | None:
    """The card that a page will show after a save of these files in `folder`.

    That is the question that was edited, or else the one with the key `in_view`.
    """
    with suppress(McqdeckError):
        return _card(folder, before, saved, in_view)
    return None  # a file is gone, for a moment or for good


def _card(folder: Path, before: Snapshot, saved: Collection[str], in_view: str) -> EarlyCard | None:
    now = _Now.read(folder, before, saved)
    if now is None or before.trouble:
        return None
    edited = [
        chapter
        for chapter in before.chapters
        if now.texts.get(chapter.path, chapter.data) != chapter.data
    ]
    if len(edited) > 1 or not (edited or now.sources):
        return None  # a whole check may have read the save first
    if edited:
        piece = _edited_piece(edited[0], now.texts[edited[0].path])
    else:
        piece = _piece_in_view(before.chapters, in_view)
    if piece is None or piece.shown.state is not State.NOW:
        return None
    shelf = Shelf(before.bank.folder, now.bank.config.id, now.bank.files)
    library = Library(shelf, folder_in(before.bank.folder, piece.shown.chapter.path))
    question = _rendered(piece, now.bank.config, library)
    if question is None or not makes_card(question):
        return None
    bank = now.bank
    if now.sources:
        style, _ = render_style(bank.folder, now.sources.style, dict(now.sources.sheets), shelf)
        bank = _with_media(replace(bank, style=style.text), style.targets)
    bank = _with_media(bank, library.asked.values())
    return EarlyCard(piece.shown.key, bool(edited), bank, piece.shown.chapter, question)


def _with_media(bank: RenderedBank, targets: Iterable[MediaTarget]) -> RenderedBank:
    """The bank with more media than it had; one that is of no use any more stays for a moment."""
    return replace(bank, media=tuple({*bank.media, *media_of(targets)}))


@dataclass(frozen=True, slots=True)
class _Now:
    """The bank with what its files say now, but not with what is made of its chapters.

    `texts` are the chapters that were saved; `sources` is there if anything else was.
    """

    bank: RenderedBank
    texts: Mapping[str, bytes]
    sources: read.Sources | None = None

    @classmethod
    def read(cls, folder: Path, before: Snapshot, saved: Collection[str]) -> _Now | None:
        """Reads what was saved; nothing if the bank cannot be shown as it is now.

        Raises:
            McqdeckError: a file cannot be read.
        """
        known = {chapter.path for chapter in before.chapters}
        if known.issuperset(path for path in saved if Path(path).exists()):
            # What else an editor leaves beside the file for a moment is gone by now.
            chapters = [Path(path) for path in known.intersection(saved)]
            if not all(files.is_inside(path, folder) for path in chapters):
                return None
            return cls(before.bank, {path.as_posix(): files.read(path) for path in chapters})
        sources = read.bank_sources(folder, NAMES)
        if any(map(_is_error, sources.diagnostics)) or {*sources.chapters} != known:
            return None
        bank = replace(before.bank, config=sources.config, files=sources.files)
        return cls(bank, {path: sources.texts[path] for path in sources.chapters}, sources)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A question and its chapter's lines, of which rows `start` to `end` are the question's own.

    `above` is the number of lines above the first question.
    """

    shown: Shown
    lines: Sequence[str]
    above: int
    start: int
    end: int

    @property
    def is_apart(self) -> bool:
        """Whether nothing before or after it can be part of it, whatever it says."""
        lines, start, end = self.lines, self.start, self.end
        is_last = end == len(lines)
        others = chain(islice(lines, self.above, start), islice(lines, end, None))
        return (
            (start == 0 or not lines[start - 1].strip())
            and (is_last or (not lines[end - 1].strip() and lines[end].startswith("## ")))
            and not any(_DEFINES in line for line in others)
        )

    def text(self) -> str:
        """The chapter with blank lines in the place of all other questions."""
        alone = [""] * len(self.lines)
        alone[: self.above] = self.lines[: self.above]
        alone[self.start : self.end] = self.lines[self.start : self.end]
        return "\n".join(alone)


def _edited_piece(chapter: ShownChapter, data: bytes) -> _Piece | None:
    """The question within which a chapter now differs from its file as it was, if it is one.

    Line ends and the blank lines at a question's end do not count.
    """
    decoded = read.decode(data)
    if decoded.bad_byte is not None or chapter.has_mistakes:
        return None
    old, new = read.split(read.decode(chapter.data).text), read.split(decoded.text)
    most = min(len(old), len(new))
    head = next((row for row in range(most) if old[row] != new[row]), most)
    left = most - head
    tail = next((row for row in range(left) if old[-1 - row] != new[-1 - row]), left)
    for shown, start, end in _spans(chapter, len(old)):
        if start < head and len(old) - tail <= end:
            new_end = end + len(new) - len(old)
            if trimmed(old[start:end]) == trimmed(new[start:new_end]):
                return None
            return _Piece(shown, new, _first_row(chapter), start, new_end)
    return None


def _piece_in_view(chapters: Sequence[ShownChapter], key: str) -> _Piece | None:
    for chapter in chapters:
        if chapter.has_mistakes or all(shown.key != key for shown in chapter.questions):
            continue
        lines = read.split(read.decode(chapter.data).text)
        for shown, start, end in _spans(chapter, len(lines)):
            if shown.key == key:
                return _Piece(shown, lines, _first_row(chapter), start, end)
    return None


def _spans(chapter: ShownChapter, count: int) -> Iterator[tuple[Shown, int, int]]:
    """Each question with its first row and the one after its last, in a file of `count` lines."""
    starts = [shown.line - 1 for shown in chapter.questions]
    return zip(chapter.questions, starts, [*starts[1:], count], strict=True)


def _first_row(chapter: ShownChapter) -> int:
    return chapter.questions[0].line - 1


def _rendered(piece: _Piece, config: Config, library: Library) -> RenderedQuestion | None:
    """The question of a piece, if it is certain that the whole chapter gives the same."""
    if not piece.is_apart:
        return None
    path = piece.shown.chapter.path
    chapter, mistakes = parse_chapter(path, piece.text().encode(), config, NAMES)
    document = chapter.document
    is_certain = (
        document is not None
        and not any(map(_is_error, mistakes))
        and not document.footnotes
        and len(chapter.questions) == 1
        and chapter.questions[0].where.line == piece.start + 1
        and chapter.questions[0].id == piece.shown.entry.id
        and chapter.title == piece.shown.chapter.title
        and all(block.is_closed for block in document.root.blocks)
    )
    if not is_certain:
        return None
    [question], _ = render_chapter(chapter, config, library)
    is_missing = any(target.trouble is Trouble.MISSING for target in library.asked.values())
    return None if is_missing else question  # it may have come with the same save


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR
