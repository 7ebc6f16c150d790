"""The bank's images and sounds: found by the paths that questions name, and named for Anki."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from mcqdeck import files
from mcqdeck.identity import media_name
from mcqdeck.markdown.characters import unescape_html
from mcqdeck.model import MEDIA_TYPES, SOUNDS, Media

REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:[/\\]|file:", re.IGNORECASE)
IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')


class Trouble(Enum):
    """Why a path gives no file for the package."""

    MISSING = "no such file"
    OUTSIDE = "not in the bank"
    REMOTE = "on the web"
    TYPE = "of a type that Anki cannot show"
    SIZE = "larger than Anki syncs, which is reported where the file lies"


@dataclass(frozen=True, slots=True)
class Found:
    """What a path leads to: a file for the package, or why there is none.

    `path` is the path in the bank that was meant, without escapes.
    """

    path: str
    media: Media | None = None
    trouble: Trouble | None = None

    @property
    def is_too_large(self) -> bool:
        """Whether the file is there, and larger than Anki syncs."""
        return self.trouble is Trouble.SIZE


class Shelf:
    """The media files of a bank: what lies where, and under which name it goes into the package.

    A file is read once.
    """

    def __init__(self, folder: str, bank_id: str, files: Iterable[str]) -> None:
        self._folder = Path(folder)
        self._bank_id = bank_id
        self._exact = frozenset(files)
        self._files = {normalize("NFC", file): file for file in sorted(self._exact, reverse=True)}
        self._found: dict[str, Found] = {}
        self._media: dict[str, Media] = {}  # by path in the bank

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths of the images and sounds in the bank, sorted."""
        return tuple(file for file in sorted(self._exact) if suffix(file) in MEDIA_TYPES)

    def find(self, source: str) -> Found:
        """What the target of an image leads to.

        Raises:
            McqdeckError: the file cannot be read.
        """
        if source not in self._found:
            self._found[source] = self._look_up(source)
        return self._found[source]

    def media(self, sources: Iterable[str]) -> tuple[Media, ...]:
        """The files that these targets of images lead to, each name once, sorted."""
        found = (self.find(source).media for source in sources)
        by_name = {media.name: media for media in found if media}
        return tuple(by_name[name] for name in sorted(by_name))

    def _look_up(self, source: str) -> Found:
        if REMOTE.match(source):
            return Found(source, trouble=Trouble.REMOTE)
        path = unquote(source)
        if ABSOLUTE.match(path):
            return Found(path, trouble=Trouble.OUTSIDE)
        file = self._file(path) or self._file(unquote(re.split(r"[?#]", source, maxsplit=1)[0]))
        path = posixpath.normpath(file or path)
        if path == ".." or path.startswith("../"):
            return Found(path, trouble=Trouble.OUTSIDE)
        if not self._is_inside(file or path):
            return Found(path, trouble=Trouble.OUTSIDE)
        if file is None:
            return Found(path, trouble=Trouble.MISSING)
        if suffix(file) not in MEDIA_TYPES:
            return Found(path, trouble=Trouble.TYPE)
        if file not in self._media:
            if files.size_of(self._folder / file) > files.MOST_MEDIA:
                return Found(path, trouble=Trouble.SIZE)
            self._media[file] = self._read(file)
        return Found(path, media=self._media[file])

    def _file(self, path: str) -> str | None:
        """The file with this path, or else with one that differs only by how Unicode writes it."""
        if not path:
            return None
        path = posixpath.normpath(path)
        return path if path in self._exact else self._files.get(normalize("NFC", path))

    def _is_inside(self, path: str) -> bool:
        """Whether the path, its symbolic links followed, stays in the bank's folder."""
        try:
            return files.is_inside(self._folder / path, self._folder)
        except (OSError, ValueError):  # no path at all: too long, or with a null character
            return True

    def _read(self, file: str) -> Media:
        path = self._folder / file
        with files.opened(path) as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Media(media_name(self._bank_id, file, digest), str(path))


class Library:
    """The media that one chapter asks for; remembers what it was told."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.asked: dict[str, Found] = {}
        """What each target of an image leads to."""

        self.meant: set[str] = set()
        """The files that are named by a mistaken path."""

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of the images and sounds in the bank, sorted."""
        return self._shelf.files

    @property
    def named(self) -> frozenset[str]:
        """The paths in the bank of the files that questions name, be it by a mistaken path."""
        is_there = (each for each in self.asked.values() if each.media or each.is_too_large)
        return frozenset((*(each.path for each in is_there), *self.meant))

    def mean(self, file: str) -> None:
        """Notes that a question names this file by a mistaken path."""
        self.meant.add(file)

    def find(self, source: str) -> Found:
        """What the target of an image leads to.

        Raises:
            McqdeckError: the file cannot be read.
        """
        found = self._shelf.find(source)
        self.asked[source] = found
        return found


def suffix(path: str) -> str:
    """The extension in lower case without its dot."""
    return posixpath.splitext(path)[1][1:].lower()


def with_media(html: str, library: Library) -> str:
    """The HTML, clean already, with images under their package names, and sounds for Anki."""
    if "<img" not in html:
        return html

    def replaced(image: re.Match[str]) -> str:
        media = library.find(unescape_html(image[1])).media
        if media is None:
            return image[0]
        if suffix(media.name) in SOUNDS:
            return f"[sound:{media.name}]"
        begin, end = image.start(1) - image.start(), image.end(1) - image.start()
        return image[0][:begin] + media.name + image[0][end:]

    return IMAGE.sub(replaced, html)
