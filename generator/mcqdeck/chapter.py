"""One chapter through read, rules and render: the unit of work, of memory and of a worker.

What a chapter gives is a function of its text, its bank's settings, the media that it names, and
our version. What concerns a bank as a whole is told from such results (`project.py`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any, overload

import msgspec

from mcqdeck import read, render, rules, store
from mcqdeck.diagnostic import Diagnostic, RuleNames
from mcqdeck.model import (
    Chapter,
    Compared,
    Config,
    Entry,
    Overview,
    Place,
    RenderedChapter,
    RenderedOption,
    RenderedQuestion,
)
from mcqdeck.render import Library, MediaTarget, Shelf, Trouble
from mcqdeck.rules import Severities

_DIGEST = 20

Asked = tuple[str, str, str | None, Trouble | None]
"""The address of an image, the path that was meant, the file's name in the package, or why none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a chapter may know of its bank and of the run.

    `config` is the bank's, without all that concerns no chapter.
    """

    config: Config
    names: RuleNames
    """All rules, which `allow` may name."""

    on: frozenset[str]
    """The names of the rules that are on."""

    @property
    def packed(self) -> bytes:
        """The settings as bytes: equal ones for equal settings."""
        return msgspec.msgpack.encode(self, order="deterministic")


@dataclass(frozen=True, slots=True)
class Result:
    """What a chapter gives. The diagnostics are not adjusted to the bank's settings yet."""

    chapter: RenderedChapter
    diagnostics: tuple[Diagnostic, ...]
    asked: tuple[Asked, ...]
    """The addresses of its images, and what each leads to."""

    named: frozenset[str]
    """The files of the bank that its questions name, be it by a mistaken path."""

    listing: bytes
    """What names the media files of the bank, where it matters which there are."""

    def targets(self, shelf: Shelf) -> Iterator[MediaTarget]:
        """What the addresses of its images lead to now.

        Raises:
            McqdeckError: a media file cannot be read.
        """
        folder = render.folder_in(shelf.folder, self.chapter.path)
        return (shelf.find(source, folder) for source, *_ in self.asked)


def settings_for(config: Config, severities: Severities, names: RuleNames) -> Settings:
    """The settings of a bank's chapters; two that are equal give the same results."""
    bare = replace(
        config,
        path=PurePosixPath(config.path).name,
        title="",
        description="",
        authors=(),
        license="",
        answer_on_choice=False,
        strike_out=False,
        timer=False,
        show_id=False,
        report="",
        rule_set="",
        rules=(),
        plan=(),
        dropped=(),
        renamed=(),
        places=(),
    )
    return Settings(bare, names, severities.names)


def key(path: str, data: bytes, settings: bytes, folder: str) -> str:
    """What a chapter's result is remembered under; `settings` are packed, `folder` is the bank's.

    Its media are not in it: see `is_current`.
    """
    return store.digest(os.fsencode(folder), os.fsencode(path), settings, data)


def work(
    path: str,
    data: bytes,
    settings: Settings,
    shelf: Shelf,
    parts: store.Entries | None = None,
) -> bytes:
    """Reads, checks and renders a chapter; `path` is how diagnostics name the file.

    The result is packed, so that it can be kept and sent. What each question gives is remembered
    in `parts`, if they are given: to edit one costs one.

    Raises:
        McqdeckError: a media file cannot be read.
    """
    # Loaded late: where all chapters are remembered, none is read.
    from mcqdeck.read.parse import parse_chapter  # noqa: PLC0415

    config = settings.config
    chapter, mistakes = parse_chapter(_packable(path), data, config, settings.names)
    library = Library(shelf, render.folder_in(shelf.folder, path))
    if parts is None or mistakes or not _is_apart(chapter):
        part = _part(chapter, settings, library)
    else:
        part = _part_by_part(chapter, data, settings, library, parts)
    pages = msgspec.msgpack.encode(part.pages)
    return msgspec.msgpack.encode(
        _Packed(
            title=chapter.title,
            where=chapter.where,
            is_whole=chapter.is_whole,
            entries=part.entries,
            compared=msgspec.msgpack.encode(part.compared),
            overview=rules.overview(part.compared),
            diagnostics=(*mistakes, *part.diagnostics),
            asked=tuple(_asked(source, target) for source, target in library.asked.items()),
            named=tuple(sorted(map(os.fsencode, library.named))),
            listing=_listing(shelf) if _depends_on_listing(library) else b"",
            pages=pages,
            digest=_digest_of(part.entries, pages),
        )
    )


_Option = tuple[str, bool, str, str, bool]
_Page = tuple[str, tuple[_Option, ...], str, str, str]


class _Part(msgspec.Struct, array_like=True):
    """What some questions of a chapter give, or its title and definitions."""

    diagnostics: tuple[Diagnostic, ...]
    entries: tuple[Entry, ...]
    compared: tuple[Compared, ...]
    pages: tuple[_Page, ...]


def _part(chapter: Chapter, settings: Settings, library: Library) -> _Part:
    """Checks and renders a chapter."""
    findings = tuple(rules.check_chapter(chapter, settings.config, settings.on))
    questions, losses = render.render_chapter(chapter, settings.config, library)
    return _Part(
        diagnostics=(*findings, *losses),
        entries=tuple(question.question for question in questions),
        compared=rules.compared(chapter, settings.config),
        pages=tuple(map(_page, questions)),
    )


def _is_apart(chapter: Chapter) -> bool:
    """Whether each question depends on its own lines, and the chapter's link definitions, alone."""
    return chapter.document is not None and not chapter.document.footnotes


def _part_by_part(
    chapter: Chapter, data: bytes, settings: Settings, library: Library, parts: store.Entries
) -> _Part:
    """The same, question by question. Each is remembered by its lines and where they begin, unless
    it asks for media, which may change.
    """
    lines = read.split(read.decode(data).text)
    starts = [question.where.line for question in chapter.questions]
    ends = [*starts[1:], len(lines) + 1]
    links = repr(chapter.document and chapter.document.definitions)
    same = store.digest(
        *(b"question", os.fsencode(chapter.path), settings.packed),
        links.encode(errors="surrogatepass"),
    ).encode()
    made = [_part(replace(chapter, questions=()), settings, library)]
    for question, start, end in zip(chapter.questions, starts, ends, strict=True):
        own = "\n".join(lines[start - 1 : end - 1]).encode(errors="surrogatepass")
        key = store.digest(same, str(start).encode(), own)
        if known := parts.get(key):
            made.append(_PART.decode(known))
            continue
        its = Library(library.shelf, library.folder)
        alone = replace(chapter, questions=(question,), heading=None, document=None)
        made.append(_part(alone, settings, its))
        if its.asked or its.meant:
            library.asked.update(its.asked)
            library.meant.update(its.meant)
        else:
            parts.put(key, msgspec.msgpack.encode(made[-1]))
    return _Part(
        diagnostics=tuple(diagnostic for part in made for diagnostic in part.diagnostics),
        entries=tuple(entry for part in made for entry in part.entries),
        compared=tuple(compared for part in made for compared in part.compared),
        pages=tuple(page for part in made for page in part.pages),
    )


def unpacked(path: str, data: bytes) -> Result:
    """The result that `work` packed.

    Raises:
        ValueError: it is none.
    """
    packed = _DECODER.decode(data)
    if _packable(path) != path:
        packed = _moved(packed, path)
    chapter = RenderedChapter(
        path=path,
        title=packed.title,
        where=packed.where,
        is_whole=packed.is_whole,
        entries=packed.entries,
        compared=_Compared(packed.compared, path),
        questions=_Questions(packed.entries, packed.pages, packed.digest),
        overview=packed.overview,
    )
    named = frozenset(map(os.fsdecode, packed.named))
    return Result(chapter, packed.diagnostics, packed.asked, named, packed.listing)


def notes_key(chapter: RenderedChapter) -> bytes:
    """What is the same for two chapters only if the same notes are made of them."""
    questions = chapter.questions
    made = questions if isinstance(questions, _Questions) else _Questions.packed(questions)
    own = msgspec.msgpack.encode((chapter.path, chapter.title, made.digest))
    return blake2b(own, digest_size=_DIGEST).digest()


def _digest_of(entries: Sequence[Entry], pages: bytes) -> bytes:
    """What is the same for two runs of questions only if the same notes are made of them."""
    hashed = blake2b(msgspec.msgpack.encode(entries), digest_size=_DIGEST)
    hashed.update(pages)
    return hashed.digest()


def _packable(path: str) -> str:
    """A path without the bytes in it that are no UTF-8."""
    return path.encode(errors="surrogateescape").decode(errors="replace")


def _moved(value: Any, path: str) -> Any:
    """A value in which all places lie in the file `path`."""
    if isinstance(value, Place):
        return value._replace(path=path)
    if isinstance(value, tuple):
        return tuple(_moved(item, path) for item in value)
    if isinstance(value, _Packed):
        members = {name: getattr(value, name) for name in value.__struct_fields__}
        return _Packed(**{name: _moved(member, path) for name, member in members.items()})
    if is_dataclass(value) and not isinstance(value, type):
        members = {field.name: getattr(value, field.name) for field in fields(value)}
        return type(value)(**{name: _moved(member, path) for name, member in members.items()})
    return value


def is_current(result: Result, shelf: Shelf) -> bool:
    """Whether the media that a remembered result names are what they were.

    Raises:
        McqdeckError: a media file cannot be read.
    """
    if result.listing and result.listing != _listing(shelf):
        return False
    pairs = zip(result.asked, result.targets(shelf), strict=True)
    return all(_asked(asked[0], target) == asked for asked, target in pairs)


def _asked(source: str, target: MediaTarget) -> Asked:
    return source, target.path, target.media.name if target.media else None, target.trouble


def _listing(shelf: Shelf) -> bytes:
    return blake2b(b"\0".join(map(os.fsencode, shelf.files)), digest_size=20).digest()


def _depends_on_listing(library: Library) -> bool:
    """Whether another file in the bank's folder could change the result: what is missing may come,
    and the file that was meant may be another one.
    """
    return bool(library.meant) or any(target.media is None for target in library.asked.values())


class _Packed(msgspec.Struct, array_like=True):
    """A result as it is kept and sent. What few need is packed once more."""

    title: str
    where: Place | None
    is_whole: bool
    entries: tuple[Entry, ...]
    compared: bytes
    overview: Overview
    diagnostics: tuple[Diagnostic, ...]
    asked: tuple[Asked, ...]
    named: tuple[bytes, ...]
    listing: bytes
    pages: bytes
    digest: bytes


_DECODER = msgspec.msgpack.Decoder(_Packed)
_PART = msgspec.msgpack.Decoder(_Part)
_PAGES = msgspec.msgpack.Decoder(list[_Page])
_COMPARED = msgspec.msgpack.Decoder(tuple[Compared, ...])
_COMPARED_ONE = msgspec.msgpack.Decoder(Compared)
_RAW = msgspec.msgpack.Decoder(list[msgspec.Raw])


class _Questions(Sequence[RenderedQuestion]):
    """The questions of a chapter, whose HTML is unpacked each time that it is asked for.

    So a large bank needs little memory.
    """

    def __init__(self, entries: Sequence[Entry], pages: bytes, digest: bytes) -> None:
        self._entries = entries
        self.pages = pages
        self.digest = digest

    @classmethod
    def packed(cls, questions: Sequence[RenderedQuestion]) -> _Questions:
        """The same questions with their HTML packed."""
        pages = msgspec.msgpack.encode(list(map(_page, questions)))
        entries = [question.question for question in questions]
        return cls(entries, pages, _digest_of(entries, pages))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Questions):
            return NotImplemented
        return self.pages == other.pages and self._entries == other._entries

    def __hash__(self) -> int:
        return hash(self.pages)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[RenderedQuestion]:
        for entry, page in zip(self._entries, _PAGES.decode(self.pages), strict=True):
            stem, options, explanation, references, notice = page
            made = tuple([RenderedOption(*option) for option in options])
            yield RenderedQuestion(entry, stem, made, explanation, references, notice)

    @overload
    def __getitem__(self, index: int) -> RenderedQuestion: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[RenderedQuestion, ...]: ...

    def __getitem__(self, index: int | slice) -> RenderedQuestion | tuple[RenderedQuestion, ...]:
        return tuple(self)[index]


class _Compared(Sequence[Compared]):
    """What is compared of a chapter's questions, unpacked each time that it is asked for.

    The rules for banks need few of them: see `Overview`.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self._data = data
        self._path = path

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Compared):
            return NotImplemented
        return self._data == other._data and self._path == other._path

    def __hash__(self) -> int:
        return hash(self._data)

    def __len__(self) -> int:
        return len(self._raw)

    def __iter__(self) -> Iterator[Compared]:
        compared = _COMPARED.decode(self._data)
        return (
            iter(compared) if _packable(self._path) == self._path else map(self._placed, compared)
        )

    @overload
    def __getitem__(self, index: int) -> Compared: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Compared, ...]: ...

    def __getitem__(self, index: int | slice) -> Compared | tuple[Compared, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        return self._placed(_COMPARED_ONE.decode(self._raw[index]))

    @cached_property
    def _raw(self) -> list[msgspec.Raw]:
        return _RAW.decode(self._data)

    def _placed(self, compared: Compared) -> Compared:
        if _packable(self._path) == self._path:
            return compared
        moved: Compared = _moved(compared, self._path)
        return moved


def _page(question: RenderedQuestion) -> _Page:
    options = tuple(
        (option.letter, option.is_correct, option.html, option.rationale, option.is_pinned)
        for option in question.options
    )
    return question.stem, options, question.explanation, question.references, question.notice
