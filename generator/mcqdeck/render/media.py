"""The bank's images and sounds: found by the paths that questions name, and named for Anki."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from mcqdeck import files
from mcqdeck.identity import media_name
from mcqdeck.markdown.characters import unescape_html
from mcqdeck.model import MEDIA_TYPES, SOUNDS, Bank, Media

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


class Library:
    """The media files of a bank; remembers which were asked for."""

    def __init__(self, bank: Bank) -> None:
        self._folder = Path(bank.folder)
        self._bank_id = bank.config.id
        self._exact = frozenset(bank.files)
        self._files = {normalize("NFC", file): file for file in reversed(bank.files)}
        self._found: dict[str, Found] = {}
        self._media: dict[str, Media] = {}  # by path in the bank
        self._meant: set[str] = set()

    @property
    def media(self) -> tuple[Media, ...]:
        """The files that questions name, each name once, sorted."""
        by_name = {media.name: media for media in self._media.values()}
        return tuple(by_name[name] for name in sorted(by_name))

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of the images and sounds in the bank."""
        return tuple(file for file in sorted(self._exact) if suffix(file) in MEDIA_TYPES)

    @property
    def unused(self) -> tuple[str, ...]:
        """The paths of the images and sounds that no question names."""
        named = self._meant.union(self._media)
        return tuple(file for file in self.files if file not in named)

    def mean(self, file: str) -> None:
        """Notes that a question names this file by a mistaken path."""
        self._meant.add(file)

    def find(self, source: str) -> Found:
        """What the target of an image leads to; a file is read once."""
        if source not in self._found:
            self._found[source] = self._look_up(source)
        return self._found[source]

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
                self._meant.add(file)
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
