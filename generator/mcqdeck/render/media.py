"""The bank's media: found by the paths that questions and its style name, and named for Anki."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from html import unescape
from pathlib import Path, PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.model import FONTS, IMAGES, PLAYED, SOUNDS, Bank, Media

SHOWN = IMAGES | PLAYED
"""What questions may name."""
BY_ANKI = frozenset({"m4a", "mp4"})
"""What Anki on the desktop plays by itself, and its page, when asked, does not."""
STYLED = IMAGES | FONTS
"""What a style may name."""
SHEETS = frozenset({"css"})
REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:[/\\]|file:", re.IGNORECASE)
UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
SOUND = '<audio controls preload="none" src="{}"></audio>'
VIDEO = '<video controls playsinline preload="metadata" src="{}"></video>'
LONGEST_NAME = 120  # bytes; Anki cuts longer ones


class Trouble(Enum):
    """Why a path gives no file for the package."""

    MISSING = "no such file"
    OUTSIDE = "not in the bank"
    REMOTE = "on the web"
    TYPE = "of a type that Anki cannot show"


@dataclass(frozen=True, slots=True)
class Found:
    """What a path leads to: a file for the package, or why there is none.

    `path` is the path in the bank that was meant, without escapes.
    """

    path: str
    media: Media | None = None
    trouble: Trouble | None = None


class Library:
    """The media files of a bank; remembers which were asked for."""

    def __init__(self, bank: Bank) -> None:
        self._folder = Path(bank.folder)
        self._home = PurePosixPath(bank.folder)
        self._bank_id = bank.config.id
        self._files = {normalize("NFC", file): file for file in bank.files}
        self._found: dict[tuple[str, str], Found] = {}
        self._media: dict[str, Media] = {}  # by path in the bank
        self._styled: dict[str, Media] = {}
        self._meant: set[str] = set()
        self._left_out = bank.left_out

    @property
    def media(self) -> tuple[Media, ...]:
        """The files that questions or the style name, each name once, sorted."""
        named = (*self._media.values(), *self._styled.values())
        by_name = {media.name: media for media in named}
        return tuple(by_name[name] for name in sorted(by_name))

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of the images, sounds and videos in the bank."""
        return tuple(file for file in self._files.values() if suffix(file) in SHOWN)

    @property
    def unused(self) -> tuple[str, ...]:
        """The paths of the media, fonts and style sheets that nothing names."""
        named = self._meant.union(self._media, self._styled)
        kinds = SHOWN | FONTS | SHEETS
        return tuple(
            file for file in self._files.values() if suffix(file) in kinds and file not in named
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        """The paths of what nothing is made of, and nothing names."""
        return tuple(file for file in self._left_out if file not in self._meant)

    def mean(self, file: str) -> None:
        """Notes that this file is named, if by a mistaken path, or used in another way."""
        self._meant.add(file)

    def folder_of(self, path: str) -> str:
        """The folder in the bank of a file whose path is one as a person would type it."""
        folder = PurePosixPath(path).parent
        inside = folder.is_relative_to(self._home)
        return folder.relative_to(self._home).as_posix() if inside else "."

    def find(self, source: str, folder: str = ".") -> Found:
        """What the target of an image leads to in a chapter in `folder`; a file is read once."""
        if (source, folder) not in self._found:
            found = self.locate(source, folder, SHOWN)
            if found.trouble is None:
                found = self._with_media(found, self._media, "")
            self._found[source, folder] = found
        return self._found[source, folder]

    def find_styled(self, source: str, folder: str, kinds: frozenset[str] = STYLED) -> Found:
        """What an address in a style sheet in `folder` leads to; only one of `kinds` will do.

        Anki keeps a file that only a style names if its name begins with `_`.
        """
        found = self.locate(source, folder, kinds)
        if found.trouble is None:
            return self._with_media(found, self._styled, "_")
        return found

    def nearest(self, path: str, kinds: frozenset[str] = SHOWN) -> str | None:
        """The file of the bank that was probably meant by a path that leads to none."""
        files = [file for file in self._files.values() if suffix(file) in kinds]
        folded = path.casefold()
        name = folded.rpartition("/")[2]
        for file in files:
            if file.casefold() == folded:
                return file
        namesakes = [file for file in files if file.casefold().rpartition("/")[2] == name]
        if namesakes:
            return get_close_matches(path, namesakes, n=1, cutoff=0.0)[0]
        alike = [file for file in files if suffix(file) == suffix(path)] or files
        return next(iter(get_close_matches(path, alike, n=1)), None)

    def _with_media(self, found: Found, known: dict[str, Media], mark: str) -> Found:
        if found.path not in known:
            known[found.path] = self._read(found.path, mark)
        return Found(found.path, media=known[found.path])

    def locate(self, source: str, folder: str, kinds: frozenset[str]) -> Found:
        """Where the file lies that a target names from a file in `folder`; it is not read."""
        if REMOTE.match(source):
            return Found(source, trouble=Trouble.REMOTE)
        path = unquote(source)
        if ABSOLUTE.match(path):
            return Found(path, trouble=Trouble.OUTSIDE)
        file = self._file(path, folder) or self._file(
            unquote(re.split(r"[?#]", source, maxsplit=1)[0]), folder
        )
        path = file or posixpath.normpath(posixpath.join(folder, path))
        if path == ".." or path.startswith("../"):
            return Found(path, trouble=Trouble.OUTSIDE)
        if not self._is_inside(file or path):
            return Found(path, trouble=Trouble.OUTSIDE)
        if file is None:
            return Found(path, trouble=Trouble.MISSING)
        if suffix(file) not in kinds:
            self.mean(file)
            return Found(path, trouble=Trouble.TYPE)
        return Found(path)

    def _file(self, path: str, folder: str) -> str | None:
        joined = posixpath.normpath(posixpath.join(folder, path))
        return self._files.get(normalize("NFC", joined)) if path else None

    def _is_inside(self, path: str) -> bool:
        """Whether the path, its symbolic links followed, stays in the bank's folder."""
        try:
            real = os.path.realpath(self._folder / path)
        except (OSError, ValueError):  # no path at all: too long, or with a null character
            return True
        root = os.path.realpath(self._folder)
        return real == root or real.startswith(root.rstrip(os.sep) + os.sep)

    def _read(self, file: str, mark: str) -> Media:
        path = self._folder / file
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise McqdeckError(f"cannot read {path}: {error.strerror or error}") from error
        return Media(package_name(self._bank_id, file, digest, mark), str(path))


def package_name(bank_id: str, path: str, digest: str, mark: str = "") -> str:
    """A file's name in the package: `<bank id>-<name>-<10 hex of SHA-256>.<ext>`.

    A name may hold only what is safe in Anki and in URLs. It begins with a `_`, by which Anki knows
    the files of a template, if `mark` is one, and only then.
    """
    stem = posixpath.splitext(posixpath.basename(path))[0]
    tail = f"-{digest[:10]}.{suffix(path)}"
    name = UNSAFE.sub("-", f"{bank_id}-{stem}").lstrip("_")
    return mark + name[: LONGEST_NAME - len(tail) - len(mark)] + tail


def suffix(path: str) -> str:
    """The extension in lower case without its dot."""
    return posixpath.splitext(path)[1][1:].lower()


def with_media(html: str, library: Library, folder: str = ".") -> str:
    """The HTML of a chapter in `folder`, clean already, with media under their package names."""
    if "<img" not in html:
        return html

    def replaced(image: re.Match[str]) -> str:
        media = library.find(unescape(image[1]), folder).media
        if media is None:
            return image[0]
        if suffix(media.name) in PLAYED:
            return (SOUND if suffix(media.name) in SOUNDS else VIDEO).format(media.name)
        begin, end = image.start(1) - image.start(), image.end(1) - image.start()
        return image[0][:begin] + media.name + image[0][end:]

    return IMAGE.sub(replaced, html)
