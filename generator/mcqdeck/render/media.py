"""The bank's media: found by the paths that questions and its style name, and named for Anki."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cached_property
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from mcqdeck import files
from mcqdeck.identity import media_name
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import Tag, with_tags, with_value
from mcqdeck.model import FONTS, IMAGES, PLAYED, SOUNDS, Media

SHOWN = IMAGES | PLAYED
"""What questions may name."""

BY_ANKI = frozenset({"m4a", "mp4"})
"""What Anki on the desktop plays by itself, and its page, when asked, does not."""

STYLED = IMAGES | FONTS
"""What a style may name."""

SHEETS = frozenset({"css"})
REMOTE = pattern(r"(?:https?:)?//", re.IGNORECASE)
ABSOLUTE_PATH = pattern(r"[/\\]|[A-Za-z]:[/\\]|file:", re.IGNORECASE)
SOUND = '<audio controls preload="none" src="{}"></audio>'
_NUMBER = pattern(r"[0-9]{1,15}")
_ALIKE = 75  # of 100
VIDEO = '<video controls playsinline preload="metadata" src="{}"></video>'


class Trouble(Enum):
    """Why a path gives no file for the package."""

    MISSING = "no such file"
    OUTSIDE = "not in the bank"
    REMOTE = "on the web"
    TYPE = "of a type that Anki cannot show"
    SIZE = "larger than Anki syncs, which is reported where the file lies"


@dataclass(frozen=True, slots=True)
class MediaTarget:
    """What an address leads to: a file for the package, or why there is none.

    `path` is the path in the bank that was meant, without escapes.
    """

    path: str
    media: Media | None = None
    trouble: Trouble | None = None

    @property
    def is_there(self) -> bool:
        """Whether there is such a file in the bank, be it of no use."""
        return self.trouble in (None, Trouble.TYPE, Trouble.SIZE)


class Shelf:
    """The media files of a bank: what lies where, and under which name it goes into the package.

    A file is read once.
    """

    def __init__(self, folder: str, bank_id: str, files: Iterable[str]) -> None:
        self.folder = folder
        self._folder = Path(folder)
        self._bank_id = bank_id
        self._exact = frozenset(files)
        self._files = {normalize("NFC", file): file for file in sorted(self._exact, reverse=True)}
        self._targets: dict[tuple[str, str, str], MediaTarget] = {}
        self._media: dict[tuple[str, str], Media] = {}  # by path in the bank, and mark

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths of the images, sounds and videos in the bank, sorted."""
        return self._of(SHOWN)

    @cached_property
    def for_style(self) -> tuple[str, ...]:
        """The paths of the fonts and style sheets in the bank, sorted."""
        return self._of(FONTS | SHEETS)

    def find(self, source: str, folder: str = ".") -> MediaTarget:
        """What the address of an image leads to in a chapter that lies in `folder` of the bank.

        Raises:
            McqdeckError: the file cannot be read.
        """
        return self._find(source, folder, SHOWN, "")

    def find_styled(self, source: str, folder: str) -> MediaTarget:
        """What an address in a style sheet in `folder` leads to: an image or a font.

        Anki keeps a file that only a style names if its name begins with `_`.

        Raises:
            McqdeckError: the file cannot be read.
        """
        return self._find(source, folder, STYLED, "_")

    def nearest(self, path: str, kinds: frozenset[str] = SHOWN) -> str | None:
        """The file of the bank that was probably meant by a path that leads to none."""
        folded = path.casefold()
        name = folded.rpartition("/")[2]
        files = self._of(kinds)
        for file in files:
            if file.casefold() == folded:
                return file
        namesakes = [file for file in files if file.casefold().rpartition("/")[2] == name]
        if namesakes:
            return get_close_matches(path, namesakes, n=1, cutoff=0.0)[0]
        alike = {file: likeness for file in files if (likeness := _likeness(file, path))}
        return max(
            alike, key=lambda file: (alike[file], suffix(file) == suffix(path)), default=None
        )

    def locate(self, source: str, folder: str, kinds: frozenset[str]) -> MediaTarget:
        """Where the file lies that an address names from a file in `folder`; it is not read.

        Only a file of one of these `kinds` will do.
        """
        if REMOTE.match(source):
            return MediaTarget(source, trouble=Trouble.REMOTE)
        path = unquote(source)
        if ABSOLUTE_PATH.match(path):
            return MediaTarget(path, trouble=Trouble.OUTSIDE)
        file = self._file(path, folder) or self._file(
            unquote(source.partition("#")[0].partition("?")[0]), folder
        )
        path = file or posixpath.normpath(posixpath.join(folder, path))
        if path == ".." or path.startswith("../"):
            return MediaTarget(path, trouble=Trouble.OUTSIDE)
        if not self._is_inside(path):
            return MediaTarget(path, trouble=Trouble.OUTSIDE)
        if file is None:
            return MediaTarget(path, trouble=Trouble.MISSING)
        if suffix(file) not in kinds:
            return MediaTarget(path, trouble=Trouble.TYPE)
        return MediaTarget(path)

    def _find(self, source: str, folder: str, kinds: frozenset[str], mark: str) -> MediaTarget:
        key = source, folder, mark
        if key not in self._targets:
            target = self.locate(source, folder, kinds)
            self._targets[key] = (
                self._with_media(target, mark) if target.trouble is None else target
            )
        return self._targets[key]

    def _with_media(self, target: MediaTarget, mark: str) -> MediaTarget:
        file = target.path
        if (file, mark) not in self._media:
            if files.size_of(self._folder / file) > files.MOST_MEDIA:
                return MediaTarget(file, trouble=Trouble.SIZE)
            self._media[file, mark] = self._read(file, mark)
        return MediaTarget(file, media=self._media[file, mark])

    def _of(self, kinds: frozenset[str]) -> tuple[str, ...]:
        return tuple(file for file in sorted(self._exact) if suffix(file) in kinds)

    def _file(self, path: str, folder: str) -> str | None:
        """The file with this path, or else with one that differs only by how Unicode writes it."""
        if not path:
            return None
        path = posixpath.normpath(posixpath.join(folder, path))
        return path if path in self._exact else self._files.get(normalize("NFC", path))

    def _is_inside(self, path: str) -> bool:
        """Whether the path, its symbolic links followed, stays in the bank's folder."""
        try:
            return files.is_inside(self._folder / path, self._folder)
        except (OSError, ValueError):  # no path at all: too long, or with a null character
            return True

    def _read(self, file: str, mark: str) -> Media:
        path = self._folder / file
        with files.opened(path) as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Media(media_name(self._bank_id, file, digest, mark), str(path))


def _likeness(file: str, path: str) -> float:
    """How alike the names of two files are, 100 for the same; 0 if they are not one misspelt."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415  # few banks have such mistakes

    one, other = (
        normalize("NFC", posixpath.splitext(posixpath.basename(name))[0]).casefold()
        for name in (file, path)
    )
    if [int(number) for number in _NUMBER.findall(one)] != [
        int(number) for number in _NUMBER.findall(other)
    ]:
        return 0  # two of a series
    likeness: float = ratio(_NUMBER.sub("", one), _NUMBER.sub("", other), score_cutoff=_ALIKE)
    return likeness


class Library:
    """The media that one chapter asks for; remembers what it was told.

    `folder` is the one in the bank that the chapter lies in.
    """

    def __init__(self, shelf: Shelf, folder: str = ".") -> None:
        self.shelf = shelf
        self.folder = folder
        self.asked: dict[str, MediaTarget] = {}
        """What each address of an image leads to."""

        self.meant: set[str] = set()
        """The files that are named by a mistaken path."""

    @property
    def named(self) -> frozenset[str]:
        """The paths in the bank of the files that questions name, be it by a mistaken path."""
        is_there = (target for target in self.asked.values() if target.is_there)
        return frozenset((*(target.path for target in is_there), *self.meant))

    def mean(self, file: str) -> None:
        """Notes that a question names this file of the bank by a mistaken path."""
        self.meant.add(file)

    def find(self, source: str) -> MediaTarget:
        """What the address of an image leads to.

        Raises:
            McqdeckError: the file cannot be read.
        """
        target = self.shelf.find(source, self.folder)
        self.asked[source] = target
        return target

    def nearest(self, path: str) -> str | None:
        """The file of the bank that was probably meant by a path that leads to none."""
        return self.shelf.nearest(path)


def media_of(targets: Iterable[MediaTarget]) -> tuple[Media, ...]:
    """The files for the package among what was found, each name once, sorted."""
    by_name = {target.media.name: target.media for target in targets if target.media}
    return tuple(by_name[name] for name in sorted(by_name))


def suffix(path: str) -> str:
    """The extension in lower case without its dot."""
    return posixpath.splitext(path)[1][1:].lower()


def with_media(html: str, library: Library) -> str:
    """The HTML, clean already, with media under their package names, and players for sounds."""
    if "<img" not in html:
        return html

    def replaced(image: Tag, text: str) -> str:
        source = image.attribute("src")
        media = library.find(source.value).media if source else None
        if source is None or media is None:
            return text
        if suffix(media.name) in PLAYED:
            return (SOUND if suffix(media.name) in SOUNDS else VIDEO).format(media.name)
        return with_value(text, source, media.name)

    return with_tags(html, {"img"}, replaced)
