"""From a bank's folder to the files in it that may be read, and what is wrong with the others.

Only regular files inside the folder are read: a link may lead to somebody's secrets, and a pipe is
never at its end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from mcqdeck import files
from mcqdeck.diagnostic import Collector, Diagnostic, Finding, Rule, Severity
from mcqdeck.files import Kind
from mcqdeck.model import MEDIA_TYPES, Place
from mcqdeck.read.chapters import CONFIG, is_chapter, is_left_out, is_sheet


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What a bank's folder holds, as paths relative to it with forward slashes, in name order.

    `files` may be read. `unread` are `deck.toml`, style sheets and chapters that are there and may
    not be; `diagnostics` say why. `left_out` are the files of which nothing is made, the
    `deck.toml` of a bank within, and, with a slash at the end, links to folders.
    """

    files: tuple[str, ...]
    unread: frozenset[str]
    left_out: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def contents(folder: Path) -> FolderContents:
    """What is in a folder and below it, but hidden files, banks within and linked folders.

    Raises:
        McqdeckError: a folder cannot be read.
    """
    collector = Collector(MISTAKES)
    readable: list[str] = []
    unread: set[str] = set()
    left_out: list[str] = []
    for name in _names(folder):
        path = folder / name
        if name != CONFIG and path.name == CONFIG:
            left_out.append(name)
            continue
        kind = files.kind_of(path)
        if kind is Kind.FOLDER:
            left_out.append(f"{name}/")
            continue
        if is_left_out(name):
            left_out.append(name)
        if _may_be_read(name, path, kind, folder, collector):
            readable.append(name)
        elif is_text(name):
            unread.add(name)
    for name, first in _clashes(readable):
        collector.report(clashing_file_names, Place((folder / name).as_posix()), name, first)
    return FolderContents(
        tuple(readable), frozenset(unread), tuple(left_out), tuple(collector.diagnostics)
    )


def is_text(name: str) -> bool:
    """Whether a file of a bank, named relative to the bank's folder, is read as text."""
    return name == CONFIG or is_sheet(name) or is_chapter(name)


def _names(folder: Path) -> list[str]:
    """The paths below a folder of all that is no folder itself, in name order.

    Of a bank within there is just its `deck.toml`.
    """
    names: list[str] = []
    folders = [(folder, "")]
    while folders:
        here, prefix = folders.pop()
        try:
            with os.scandir(here) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(".")]
                if prefix and any(entry.name == CONFIG for entry in entries):
                    names.append(prefix + CONFIG)
                    continue
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((here / entry.name, f"{prefix}{entry.name}/"))
                    else:
                        names.append(prefix + entry.name)
        except OSError as error:
            raise files.unreadable(here, error) from error
    return sorted(names)


def _may_be_read(name: str, path: Path, kind: Kind, folder: Path, collector: Collector) -> bool:
    """Whether what is at `path` is a file for us; if it should be one and is not, reports why."""
    where = Place(path.as_posix())
    is_media = name.rpartition(".")[2].lower() in MEDIA_TYPES
    if kind is not Kind.FILE:
        if is_text(name) or is_media:
            collector.report(irregular_file, where, kind)
        return False
    if is_text(name) and not files.is_inside(path, folder):
        collector.report(file_outside_bank, where)
        return False
    most = files.MOST_TEXT if is_text(name) else files.MOST_MEDIA
    if (is_text(name) or is_media) and files.size_of(path) > most:
        collector.report(file_too_large, where, most, is_media=is_media)
        return not is_text(name)
    if is_chapter(name) and any(map(_is_half, name)):
        collector.report(bad_file_name, where)
        return False
    return True


def _is_half(character: str) -> bool:
    """Whether a character of a name stands for a byte that is not UTF-8."""
    return "\ud800" <= character <= "\udfff"


def _clashes(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each name that other systems take for an earlier one, with that one."""
    first: dict[str, str] = {}
    for name in names:
        known = first.setdefault(normalize("NFC", normalize("NFD", name).casefold()), name)
        if known != name:
            yield name, known


def irregular_file(where: Place, kind: Kind) -> Finding:
    """A learner would miss what the author sees: only regular files are read.

    Reading a pipe or a device may never end, and a link that leads nowhere has no content. Put the
    file itself there.
    """
    return Finding(where, f"this is {kind.value}, which is not read", "put the file itself here")


def file_outside_bank(where: Place) -> Finding:
    """A link may lead to any file of the machine, and with it secrets into a public deck.

    `deck.toml`, style sheets and chapters are read only if they lie in the bank's folder. Copy the
    file into it.
    """
    return Finding(
        where,
        "this link leads out of the bank's folder and is not followed",
        "replace it by a copy of the file",
    )


def file_too_large(where: Place, most: int, *, is_media: bool) -> Finding:
    """A learner would not get it: Anki does not sync media files of more than 100 MB, and a text of
    that size cannot be read in the memory that most machines have.

    Scale the image or shorten the sound; split the chapter.
    """
    return Finding(
        where,
        f"the file is larger than {files.in_words(most)}",
        "make the image or sound smaller" if is_media else "split it",
    )


def bad_file_name(where: Place) -> Finding:
    """The ids of decks hang on the names of chapters, and a name that is not UTF-8 is another one
    on each system.

    Rename the file with letters, digits and hyphens.
    """
    return Finding(
        where, "the name of this file is not UTF-8", "rename it with letters, digits and hyphens"
    )


def clashing_file_names(where: Place, name: str, first: str) -> Finding:
    """On another system the two names are one, and of the two files a learner sees the wrong one.

    macOS and Windows do not tell letter case apart, and some systems not the ways in which Unicode
    writes an accent. Rename one of the two.
    """
    is_case = normalize("NFC", name) != normalize("NFC", first)
    difference = "letter case" if is_case else "the form of an accent in Unicode"
    return Finding(
        where,
        f"the name differs from `{first}` only in {difference}",
        "rename one of the two files",
    )


MISTAKES: tuple[Rule, ...] = (
    Rule(Severity.ERROR, irregular_file),
    Rule(Severity.ERROR, file_outside_bank),
    Rule(Severity.ERROR, file_too_large),
    Rule(Severity.ERROR, bad_file_name),
    Rule(Severity.WARNING, clashing_file_names),
)
