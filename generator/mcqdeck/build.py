"""Joins the stages: from folders to checked banks, and from those to packages on disk.

This is the only place that writes files.
"""

from __future__ import annotations

import os
import re
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from mcqdeck import check as rules
from mcqdeck import pack, read, render, report
from mcqdeck.diagnostic import Diagnostic, McqdeckError, Rule, Severity
from mcqdeck.model import Bank, RenderedBank

CATALOGUE: tuple[Rule, ...] = (*read.MISTAKES, *rules.RULES, *rules.BANK_RULES, *getattr(render, "MISTAKES", ()))
"""Every diagnostic there is."""

ADJUSTABLE = tuple(rule.name for rule in CATALOGUE if rule.severity is not Severity.ERROR)
"""The names that `[rules]` may weigh anew and `allow` may silence: those that stop no build."""

_OLDEST_EPOCH = 315_532_800  # 1980, the first year that a zip can hold

Progress = Callable[[str], None]
"""Told the name of each step as it begins: `CHECK_STEPS` and one for building, for each bank."""

CHECK_STEPS = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """Banks that were read, checked and rendered, with everything that is wrong, by place.

    `texts` holds the bytes of the banks' text files by path.
    """

    banks: tuple[RenderedBank, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]

    @property
    def has_errors(self) -> bool:
        """Whether anything stops a build."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)

    def lines(self) -> dict[str, list[str]]:
        """The lines of each file that a diagnostic points into, by path."""
        paths = {diagnostic.where.path for diagnostic in self.diagnostics}
        return {
            path: read.split(read.decode(data).text)
            for path, data in self.texts.items()
            if path in paths
        }


def find_banks(path: Path) -> tuple[Path, ...]:
    """The banks that a person means by `path`: itself, or those in the folders below it.

    A chapter and a `deck.toml` stand for themselves and for their folder.

    Raises:
        McqdeckError: there is no such file or folder, or no bank in it.
    """
    if path.is_file():
        if path.name == "deck.toml":
            return (path.parent,)
        if path.suffix == ".md":
            return (path,)
        raise McqdeckError(f"{path.as_posix()}: neither a bank nor a chapter (*.md)")
    if not path.is_dir():
        raise McqdeckError(f"{path.as_posix()}: no such file or folder")
    try:
        below = sorted(folder.parent for folder in path.glob("*/deck.toml"))
        is_bank = (path / "deck.toml").exists() or any(path.glob("*.md"))
    except OSError as error:
        raise McqdeckError(f"{path.as_posix()}: cannot be read: {error.strerror}") from error
    if is_bank and ((path / "deck.toml").exists() or not below):
        return (path,)
    if not below:
        raise McqdeckError(f"{path.as_posix()}: no bank in this folder (a folder with deck.toml)")
    return tuple(below)


def check(paths: Sequence[Path], progress: Progress = lambda _: None) -> Checked:
    """Reads, checks and renders the banks in `paths`; a chapter is checked within its bank.

    Raises:
        McqdeckError: a file cannot be read.
    """
    chapters: dict[Path, set[str]] = {}
    readings: dict[Path, read.Reading] = {}
    for path in paths:
        is_chapter = path.is_file()
        home = path.parent if is_chapter and (path.parent / "deck.toml").exists() else path
        if is_chapter:
            chapters.setdefault(home, set()).add(path.as_posix())
        if home not in readings:
            progress(f"Reading {home.as_posix()}")
            reader = read.read_chapter if home.is_file() else read.read_bank
            readings[home] = reader(home, ADJUSTABLE)
    banks = [reading.bank for reading in readings.values()]
    together = tuple(rules.check_banks(banks))
    rendered: list[RenderedBank] = []
    found: set[Diagnostic] = set()
    for home, reading in readings.items():
        progress(f"Rendering {reading.bank.folder}")
        bank, rendering = render.render(reading.bank)
        rendered.append(bank)
        mine = [
            *reading.diagnostics,
            *rules.check_questions(reading.bank),
            *(each for each in together if each.where.path in reading.texts),
            *rendering,
        ]
        only = None if home in paths else chapters[home]
        found.update(
            each for each in _weighed(reading.bank, mine) if not only or each.where.path in only
        )
    texts = {path: data for reading in readings.values() for path, data in reading.texts.items()}
    in_order = sorted(found, key=lambda each: (each.where, each.name, each.message))
    return Checked(tuple(rendered), tuple(in_order), texts)


def build(
    checked: Checked,
    output: Path,
    progress: Progress = lambda _: None,
    *,
    environment: Mapping[str, str] = os.environ,
) -> tuple[report.Built, ...]:
    """Writes a package `<bank id>.apkg` for each bank into the folder `output`, or none at all.

    The time of the release is `SOURCE_DATE_EPOCH` of the environment, or now.

    Raises:
        McqdeckError: `output` cannot be written, a media file cannot be read, or the time is bad.
        ValueError: the banks have errors.
    """
    if checked.has_errors:
        raise ValueError("banks with errors cannot be built")
    timestamp = _timestamp(environment)
    packages = []
    for bank in checked.banks:
        progress(f"Packing {bank.bank.folder}")
        packages.append(pack.pack(bank, timestamp=timestamp))
    built = []
    for bank, data in zip(checked.banks, packages, strict=True):
        path = output / f"{bank.bank.config.id}.apkg"
        write(path, data)
        built.append(
            report.Built(
                path=path,
                title=bank.bank.config.title,
                questions=len(bank.questions),
                cards=pack.count_cards(bank),
                chapters=len(bank.bank.chapters),
                media=len(bank.media),
                size=len(data),
            )
        )
    return tuple(built)


def write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: beside its place first, then by rename.

    Raises:
        McqdeckError: it cannot be written; what was there before is untouched.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise McqdeckError(f"{path.as_posix()}: cannot be written: {error.strerror}") from error


def init(folder: Path) -> Path:
    """Makes a small, complete bank in `folder`, whose id is the folder's name, and returns it.

    Raises:
        McqdeckError: the folder has something in it, its name gives no id, or it cannot be written.
    """
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.casefold()).strip("-")
    if not name:
        raise McqdeckError(f"{folder.as_posix()}: the folder's name has no letters a-z for an id")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise McqdeckError(
            f"{folder.as_posix()}: exists and is not an empty folder; nothing was made"
        )
    for path, data in _starter():
        write(folder / path, data.replace(b"STARTER-ID", name.encode()))
    return folder


def _starter() -> Iterator[tuple[str, bytes]]:
    """The files of the bank that `init` makes, by their path in it."""
    folders = [(files("mcqdeck") / "starter", "")]
    while folders:
        folder, prefix = folders.pop()
        for entry in folder.iterdir():
            if entry.is_dir():
                folders.append((entry, f"{prefix}{entry.name}/"))
            else:
                yield prefix + entry.name, entry.read_bytes()


def _weighed(bank: Bank, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics with the severities that the bank gives them, without the silenced ones."""
    severities = dict(bank.config.rules)
    allowed = {
        chapter.path: (
            [question.where.line for question in chapter.questions],
            [{name for name, _ in question.allow} for question in chapter.questions],
        )
        for chapter in bank.chapters
        if any(question.allow for question in chapter.questions)
    }
    for diagnostic in diagnostics:
        severity = severities.get(diagnostic.name, diagnostic.severity)
        lines, names = allowed.get(diagnostic.where.path, ([], []))
        position = bisect_right(lines, diagnostic.where.line) - 1
        is_allowed = position >= 0 and diagnostic.name in names[position]
        if severity != "off" and not is_allowed:
            yield replace(diagnostic, severity=Severity(severity))


def _timestamp(environment: Mapping[str, str]) -> int:
    """The second of the release. Anki neglects notes from the future, a zip knows no 1970s."""
    text = environment.get("SOURCE_DATE_EPOCH", "")
    now = int(time.time())
    if not text:
        return now
    if not text.isascii() or not text.isdigit() or not _OLDEST_EPOCH <= int(text) <= now:
        raise McqdeckError(
            f"SOURCE_DATE_EPOCH={text}: seconds since 1970 are wanted, from 1980 to now"
        )
    return int(text)
