"""What a chapter says, however it is written: it must be the same before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mcqdeck import pack, read, render
from mcqdeck.diagnostic import Diagnostic, RuleNames
from mcqdeck.markdown import Block, parse, to_html
from mcqdeck.markdown.spaces import Folded, folded
from mcqdeck.model import Chapter, Config, Entry, Place, RenderedBank
from mcqdeck.read.outline import is_comment
from mcqdeck.read.parse import front_matter_end, parse_chapter
from mcqdeck.render import Library, Shelf

_NOWHERE = Place("")
_MOST_KNOWN = 4


@dataclass(frozen=True, slots=True)
class Home:
    """What a chapter may know of its bank."""

    config: Config
    names: RuleNames
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a chapter says to learners, to readers on GitHub, and to `check`."""

    title: str
    notes: tuple[object, ...]
    """The notes: GUIDs, fields with line ends as spaces, tags, and cards."""

    entries: tuple[Entry, ...]
    """What is known of the questions, without places."""

    page: Folded
    """The HTML of the whole file, without comments."""

    mistakes: Mapping[str, int]
    """How often each mistake of form is in it."""


class Meanings:
    """What chapters at one path of a bank say; the latest ones are not read again."""

    def __init__(self, path: str, home: Home) -> None:
        self._path = path
        self._home = home
        self._known: dict[bytes, _Reading] = {}

    def mistakes(self, data: bytes) -> frozenset[str]:
        """The names of the mistakes in the form of a chapter."""
        return frozenset(mistake.name for mistake in self._reading(data).mistakes)

    def rows_of_ids(self, data: bytes) -> frozenset[int]:
        """The rows on which blocks begin from whose text an id is made."""
        return frozenset(
            block.start
            for question in self._reading(data).chapter.questions
            if question.id_is_derived
            for block in question.stem.excerpt.blocks
        )

    def of(self, data: bytes) -> Meaning:
        """What a chapter says."""
        reading = self._reading(data)
        if reading.meaning is None:
            reading.meaning = self._meaning(data, reading)
        return reading.meaning

    def _reading(self, data: bytes) -> _Reading:
        reading = self._known.pop(data, None)
        if reading is None:
            config, names = self._home.config, self._home.names
            reading = _Reading(*parse_chapter(self._path, data, config, names))
        self._known[data] = reading
        if len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]
        return reading

    def _meaning(self, data: bytes, reading: _Reading) -> Meaning:
        config, shelf = self._home.config, self._home.shelf
        library = Library(shelf, render.folder_in(shelf.folder, self._path))
        questions, losses = render.render_chapter(reading.chapter, config, library)
        rendered = render.rendered_chapter(reading.chapter, questions)
        return Meaning(
            title=reading.chapter.title,
            notes=_notes(RenderedBank("", config, (rendered,))),
            entries=tuple(_bare(entry) for entry in rendered.entries),
            page=folded(_page(read.split(read.decode(data).text))),
            mistakes=Counter(mistake.name for mistake in (*reading.mistakes, *losses)),
        )


@dataclass(slots=True)
class _Reading:
    """A chapter as read, and what it says once that was asked for."""

    chapter: Chapter
    mistakes: tuple[Diagnostic, ...]
    meaning: Meaning | None = None


def _notes(bank: RenderedBank) -> tuple[object, ...]:
    return tuple(
        (note.guid, tuple(map(folded, note.fields)), note.tags, note.cards)
        for note in pack.notes_of(bank)
    )


def _bare(entry: Entry) -> Entry:
    allow = tuple(replace(allowance, where=_NOWHERE) for allowance in entry.allow)
    return replace(entry, where=_NOWHERE, id_where=_NOWHERE, allow=allow)


def _page(lines: list[str]) -> str:
    """What GitHub shows of a chapter."""
    head = front_matter_end(lines)
    document = parse([""] * head + lines[head:])
    _without_comments(document.root)
    return to_html(document)


def _without_comments(block: Block) -> None:
    for child in block.blocks:
        if is_comment(child):
            block.remove(child)
        else:
            _without_comments(child)
