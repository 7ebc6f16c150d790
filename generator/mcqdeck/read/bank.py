"""From a folder to a bank: its `deck.toml`, its chapters in order, its other files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqdeck.diagnostic import NO_RULES, Collector, Diagnostic, RuleNames
from mcqdeck.files import read
from mcqdeck.model import Bank, Config, Place
from mcqdeck.read import source_mistakes
from mcqdeck.read.chapters import CONFIG, STYLE, in_order, is_chapter, is_sheet
from mcqdeck.read.config import parse_config
from mcqdeck.read.folder import FolderContents, contents, is_text
from mcqdeck.read.lines import decode, split
from mcqdeck.read.source import report_encoding

NO_TEXTS: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a bank, and what is wrong with them apart from what the chapters say.

    `files`, `style`, `sheets` and `left_out` are those of the `Bank`.
    """

    folder: str
    config: Config
    chapters: tuple[str, ...]
    """Their paths, in order."""

    texts: Mapping[str, bytes]
    """The bytes of the text files by path."""

    files: tuple[str, ...]
    style: str
    diagnostics: tuple[Diagnostic, ...]
    unread: tuple[str, ...] = ()
    """The paths of text files that are there and may not be read."""

    sheets: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A bank as read, and what is wrong with its form."""

    bank: Bank
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]
    """The bytes of its text files by path."""

    unread: tuple[str, ...] = ()
    """The paths of text files that are there and may not be read."""


def read_bank(folder: Path, rules: RuleNames = NO_RULES) -> Reading:
    """Reads the bank in `folder`; `rules` tells which rules there are, and which of them an author
    may suppress or give another severity.

    Raises:
        McqdeckError: a file or folder cannot be read.
    """
    # Loaded late: where all chapters are remembered, none is read.
    from mcqdeck.read.parse import parse_chapter  # noqa: PLC0415

    sources = bank_sources(folder, rules)
    chapters = []
    diagnostics = [*sources.diagnostics]
    for path in sources.chapters:
        chapter, problems = parse_chapter(path, sources.texts[path], sources.config, rules)
        chapters.append(chapter)
        diagnostics += problems
    bank = Bank(
        folder=sources.folder,
        config=sources.config,
        chapters=tuple(chapters),
        files=sources.files,
        style=sources.style,
        sheets=sources.sheets,
        left_out=sources.left_out,
    )
    return Reading(bank, tuple(diagnostics), sources.texts, sources.unread)


def bank_sources(
    folder: Path, rules: RuleNames = NO_RULES, instead: Mapping[str, bytes] = NO_TEXTS
) -> Sources:
    """The files of the bank in `folder`, and its settings; the chapters are not parsed.

    A text file whose path is in `instead` is taken to hold those bytes, and `deck.toml` also to be
    there.

    Raises:
        McqdeckError: a file or folder cannot be read.
    """
    inside = contents(folder)
    paths = [folder / name for name in inside.files if is_text(name)]
    texts = {path.as_posix(): _text(path, instead) for path in paths}
    config, problems = _config(folder, inside, {**instead, **texts}, rules)
    diagnostics = [*inside.diagnostics, *problems]
    names = in_order(name for name in inside.files if is_chapter(name))
    if not names and not any(map(is_chapter, inside.unread)):
        collector = Collector(source_mistakes.MISTAKES)
        collector.report(
            source_mistakes.no_questions,
            Place(config.path),
            "the bank has no chapter and so",
            "put its chapters, files whose names end in .md, into the bank's folder",
        )
        diagnostics += collector.diagnostics
    sheets, problems = _sheets(folder, filter(is_sheet, inside.files), texts)
    style = sheets.pop(STYLE, "")
    return Sources(
        folder=folder.as_posix(),
        config=config,
        chapters=tuple((folder / name).as_posix() for name in names),
        texts=texts,
        files=tuple(name for name in inside.files if name not in names),
        style=style,
        diagnostics=(*diagnostics, *problems),
        unread=_paths(folder, inside.unread),
        sheets=tuple(sheets.items()),
        left_out=inside.left_out,
    )


def chapter_sources(path: Path, instead: Mapping[str, bytes] = NO_TEXTS) -> Sources:
    """A chapter that lies in no bank; the files beside it are the media it may name.

    If its path is in `instead`, it is taken to hold those bytes.

    Raises:
        McqdeckError: the file or its folder cannot be read.
    """
    shown = path.as_posix()
    inside = contents(path.parent)
    is_unread = path.name in inside.unread
    about = tuple(diagnostic for diagnostic in inside.diagnostics if diagnostic.where.path == shown)
    return Sources(
        folder=path.parent.as_posix(),
        config=Config("deck.toml", "bank", "Bank"),
        chapters=() if is_unread else (shown,),
        texts={} if is_unread else {shown: _text(path, instead)},
        files=tuple(name for name in inside.files if not is_chapter(name)),
        style="",
        diagnostics=about if is_unread else (),
        unread=(shown,) if is_unread else (),
    )


def _text(path: Path, instead: Mapping[str, bytes]) -> bytes:
    data = instead.get(path.as_posix())
    return read(path) if data is None else data


def _config(
    folder: Path, inside: FolderContents, texts: Mapping[str, bytes], rules: RuleNames
) -> tuple[Config, Sequence[Diagnostic]]:
    """What `deck.toml` says; an empty one where there is none, or none that may be read."""
    path = (folder / CONFIG).as_posix()
    if path in texts:
        return parse_config(path, texts[path], rules)
    collector = Collector(source_mistakes.MISTAKES)
    if CONFIG not in inside.unread:
        collector.report(source_mistakes.deck_toml_missing, Place(path), folder.as_posix())
    return Config(path, "", "", levels=()), collector.diagnostics


def _sheets(
    folder: Path, names: Iterable[str], texts: Mapping[str, bytes]
) -> tuple[dict[str, str], Sequence[Diagnostic]]:
    """The text of each style sheet by its path in the bank; a system's line ends change none."""
    collector = Collector(source_mistakes.MISTAKES)
    sheets: dict[str, str] = {}
    for name in names:
        path = (folder / name).as_posix()
        decoded = decode(texts[path])
        report_encoding(decoded, path, collector)
        sheets[name] = "\n".join(split(decoded.text))
    return sheets, collector.diagnostics


def _paths(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    return tuple((folder / name).as_posix() for name in sorted(names))
