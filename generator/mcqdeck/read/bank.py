"""From a folder to a bank: its `deck.toml`, its chapters in name order, its other files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqdeck.diagnostic import NO_RULES, Collector, Diagnostic, McqdeckError
from mcqdeck.diagnostic import RuleNames as Rules
from mcqdeck.model import Bank, Config, Place
from mcqdeck.read import mistakes
from mcqdeck.read.chapters import CONFIG, STYLE, in_order, is_chapter, is_left_out
from mcqdeck.read.config import parse_config
from mcqdeck.read.lines import decode
from mcqdeck.read.parse import parse_chapter
from mcqdeck.read.source import report_encoding


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
    paths, left_out = _files(folder)
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
    names = in_order(name for name in paths if is_chapter(name))
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
            "put its chapters, files whose names end in .md, into the bank's folder",
        )
        diagnostics += collector.diagnostics
    sheets, problems = _sheets(folder, [name for name in paths if name.lower().endswith(".css")])
    texts |= {(folder / name).as_posix(): data for name, (data, _) in sheets.items()}
    diagnostics += problems
    style = sheets.pop(STYLE)[1] if STYLE in sheets else ""
    others = tuple(name for name in paths if name not in names)
    imported = tuple((name, text) for name, (_, text) in sheets.items())
    bank = Bank(
        folder.as_posix(), config, tuple(chapters), others, style, imported, tuple(left_out)
    )
    return Reading(bank, tuple(diagnostics), texts)


def _sheets(
    folder: Path, names: Sequence[str]
) -> tuple[dict[str, tuple[bytes, str]], Sequence[Diagnostic]]:
    """The bytes and the text of each style sheet, by its path in the bank."""
    collector = Collector(mistakes.MISTAKES)
    sheets: dict[str, tuple[bytes, str]] = {}
    for name in names:
        data = read_file(folder / name)
        decoded = decode(data)
        report_encoding(decoded, (folder / name).as_posix(), collector)
        sheets[name] = data, decoded.text
    return sheets, collector.diagnostics


def read_chapter(path: Path, rules: Rules = NO_RULES) -> Reading:
    """Reads a chapter that lies in no bank; the files beside it are the media it may name.

    Raises:
        McqdeckError: the file or its folder cannot be read.
    """
    shown = path.as_posix()
    data = read_file(path)
    config = Config("deck.toml", "bank", "Bank")
    chapter, diagnostics = parse_chapter(shown, data, config, rules)
    others = tuple(name for name in _files(path.parent)[0] if not is_chapter(name))
    bank = Bank(path.parent.as_posix(), config, (chapter,), others)
    return Reading(bank, diagnostics, {shown: data})


def read_file(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        McqdeckError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise McqdeckError(f"{path.as_posix()}: cannot be read: {error.strerror}") from error


def _files(folder: Path) -> tuple[list[str], list[str]]:
    """The files below a folder, relative to it, in name order, and what nothing is made of.

    Hidden ones do not count. A bank within is left out as a whole, and folders are that are links.
    """
    found: list[str] = []
    left_out: list[str] = []
    folders = [(folder, "")]
    while folders:
        here, prefix = folders.pop()
        try:
            entries = sorted(here.iterdir())
        except OSError as error:
            raise McqdeckError(f"{here.as_posix()}: cannot be read: {error.strerror}") from error
        if prefix and any(entry.name == CONFIG for entry in entries):
            left_out.append(prefix + CONFIG)
            continue
        for entry in entries:
            name = prefix + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir() and not entry.is_symlink():
                folders.append((entry, f"{name}/"))
            elif entry.is_file() or (entry.is_symlink() and is_chapter(name)):
                found.append(name)
            elif entry.is_dir():
                left_out.append(f"{name}/")
    left_out += filter(is_left_out, found)
    return sorted(found), sorted(left_out)
