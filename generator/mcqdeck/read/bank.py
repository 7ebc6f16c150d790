"""From a folder to a bank: its `deck.toml`, its chapters in name order, its other files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqdeck.diagnostic import NO_RULES, Collector, Diagnostic, McqdeckError
from mcqdeck.diagnostic import RuleNames as Rules
from mcqdeck.model import Bank, Config, Place
from mcqdeck.read import mistakes
from mcqdeck.read.config import parse_config
from mcqdeck.read.lines import decode
from mcqdeck.read.parse import parse_chapter

CONFIG = "deck.toml"
STYLE = "style.css"
_NOT_CHAPTERS = ("readme.md",)


@dataclass(frozen=True, slots=True)
class Reading:
    """A bank as read, what is wrong with its form, and the bytes of its text files by path."""

    bank: Bank
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]


def read_bank(folder: Path, rules: Rules = NO_RULES) -> Reading:
    """Reads the bank in `folder`; `rules` tells which rules there are, and which of them an author
    may silence or weigh anew.

    Raises:
        McqdeckError: a file or folder cannot be read.
    """
    paths = _files(folder)
    texts: dict[str, bytes] = {}
    diagnostics: list[Diagnostic] = []
    config_path = folder / CONFIG
    shown = config_path.as_posix()
    if CONFIG in paths:
        texts[shown] = read_file(config_path)
        config, found = parse_config(shown, texts[shown], rules)
        diagnostics += found
    else:
        config = Config(shown, "", "")
        collector = Collector(mistakes.MISTAKES)
        collector.report(mistakes.deck_toml_missing, Place(shown), folder.as_posix())
        diagnostics += collector.diagnostics
    chapters = []
    names = [name for name in paths if is_chapter(name)]
    for name in names:
        path = folder / name
        texts[path.as_posix()] = read_file(path)
        chapter, found = parse_chapter(path.as_posix(), texts[path.as_posix()], config, rules)
        chapters.append(chapter)
        diagnostics += found
    if not names:
        collector = Collector(mistakes.MISTAKES)
        collector.report(
            mistakes.no_questions,
            Place(shown),
            "the bank has no chapter and so",
            "put its chapters, files whose names end in .md, directly into the bank's folder",
        )
        diagnostics += collector.diagnostics
    style = decode(read_file(folder / STYLE)).text if STYLE in paths else ""
    others = tuple(name for name in paths if name not in names)
    bank = Bank(folder.as_posix(), config, tuple(chapters), others, style)
    return Reading(bank, tuple(diagnostics), texts)


def read_chapter(path: Path, rules: Rules = NO_RULES) -> Reading:
    """Reads a chapter that lies in no bank; the files beside it are the media it may name.

    Raises:
        McqdeckError: the file or its folder cannot be read.
    """
    shown = path.as_posix()
    data = read_file(path)
    config = Config("deck.toml", "bank", "Bank")
    chapter, diagnostics = parse_chapter(shown, data, config, rules)
    others = tuple(name for name in _files(path.parent) if not is_chapter(name))
    bank = Bank(path.parent.as_posix(), config, (chapter,), others)
    return Reading(bank, diagnostics, {shown: data})


def is_chapter(name: str) -> bool:
    """Whether a file of a bank, named relative to the bank's folder, is a chapter."""
    folded = name.casefold()
    return "/" not in name and folded.endswith(".md") and folded not in _NOT_CHAPTERS


def read_file(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        McqdeckError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise McqdeckError(f"{path.as_posix()}: cannot be read: {error.strerror}") from error


def _files(folder: Path) -> list[str]:
    """The files below a folder, relative to it, in name order; hidden ones are left out."""
    found: list[str] = []
    folders = [(folder, "")]
    while folders:
        here, prefix = folders.pop()
        try:
            entries = sorted(here.iterdir())
        except OSError as error:
            raise McqdeckError(f"{here.as_posix()}: cannot be read: {error.strerror}") from error
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir() and not entry.is_symlink():
                folders.append((entry, f"{prefix}{entry.name}/"))
            elif entry.is_file() or (entry.is_symlink() and is_chapter(prefix + entry.name)):
                found.append(prefix + entry.name)
    return sorted(found)
