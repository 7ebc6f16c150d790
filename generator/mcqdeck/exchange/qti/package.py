"""The members of a content package: which hold questions, in which order, and its other files.

The manifest is a hint only: there are packages without one, with one that lists no questions, and
such that lie in a folder of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.archive import Archive
from mcqdeck.exchange.item import Source
from mcqdeck.exchange.xmltree import begins_as, descendants, tree

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOTS = (
    *("questestinterop", "assessmentItem", "assessmentTest", "assessmentSection"),
    *("qti-assessment-item", "qti-assessment-test", "qti-assessment-section"),
)
_MANIFEST = "imsmanifest.xml"
_CANVAS_ONLY = "non_cc_assessments/"
_BASES = re.compile(
    r"^(?:\$|%24)(?:IMS[-_]CC[-_]FILEBASE|CANVAS_COURSE_REFERENCE)(?:\$|%24)/?(?:file_contents/course%20files/)?"
)


class Package:
    """A package, or a single file of questions with the files beside it.

    Raises:
        McqdeckError: the zip is damaged, too large, or a name leads out of it.
    """

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._archive: Archive | None = None
        self._others: Mapping[str, bytes] = source.others
        self._single = source.data
        self._files: dict[tuple[str, str], tuple[str, bytes] | None] = {}
        if source.data.startswith(b"PK"):
            self._archive = Archive(source.name, source.data)

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """The XML files with questions or tests: their path, and their bytes.

        They come in the order of the manifest, those that it does not list last.
        """
        if self._archive is None:
            yield "", self._single
            return
        names = [name for name in self._archive.names if _may_be_xml(name)]
        named = self.manifest
        order = _order(*named) if named else {}
        manifest = named[0] if named else ""
        index = {name: number for number, name in enumerate(names)}
        names.sort(key=lambda name: (order.get(name, len(order)), index[name]))
        kept = _without_copies(names)
        for name in kept:
            data = self._archive.read(name)
            if name != manifest and begins_as(data, *ROOTS):
                yield name, data

    @cached_property
    def manifest(self) -> tuple[str, _Element] | None:
        """The manifest's path and its root, if there is one that can be read."""
        names = self._archive.names if self._archive else ()
        named = (name for name in names if _MANIFEST in name.lower())
        path = next((n for n in named if PurePosixPath(n).name.lower() == _MANIFEST), None)
        if path is None or self._archive is None:
            return None
        try:
            return path, tree(self.place(path), self._archive.read(path))
        except McqdeckError:
            return None

    def place(self, path: str) -> str:
        """How a person is told of a file in the package."""
        return f"{self.name}/{path}" if path else self.name

    def title_of(self, path: str) -> str:
        """The title in Canvas's own file beside a quiz, which its QTI may lack."""
        if self._archive is None:
            return ""
        stem = PurePosixPath(path).name.removesuffix(".qti").removesuffix(".xml")
        for name in self._archive.names:
            pure = PurePosixPath(name)
            if pure.name == "assessment_meta.xml" and pure.parent.name in {
                stem,
                PurePosixPath(path).parent.name,
            }:
                root = tree(self.place(name), self._archive.read(name))
                return next(("".join(t.itertext()).strip() for t in descendants(root, "title")), "")
        return ""

    def find(self, address: str, path: str) -> tuple[str, bytes] | None:
        """The file that a text in the document at `path` names: its name and its bytes."""
        key = address, path.rpartition("/")[0]
        if key not in self._files:
            self._files[key] = self._sought(address, path)
        return self._files[key]

    def _sought(self, address: str, path: str) -> tuple[str, bytes] | None:
        bare = _BASES.sub("", address)
        bare = unquote(bare.partition("#")[0].partition("?")[0]).lstrip("/")
        if not bare:
            return None
        folder = PurePosixPath(path).parent
        wanted = [normpath((folder / bare).as_posix()), bare, normpath(f"web_resources/{bare}")]
        wanted += [normpath(f"{parent.as_posix()}/{bare}") for parent in folder.parents]
        for name in wanted:
            if (data := self._data(name)) is not None:
                return PurePosixPath(bare).name, data
        return self._by_name(PurePosixPath(bare).name)

    def _by_name(self, name: str) -> tuple[str, bytes] | None:
        """The one file of that name, wherever it lies."""
        if self._archive is None:
            return None
        namesakes = [path for path in self._archive.names if PurePosixPath(path).name == name]
        return (name, self._archive.read(namesakes[0])) if len(namesakes) == 1 else None

    def _data(self, path: str) -> bytes | None:
        if self._archive is None:
            return self._others.get(path)
        return self._archive.read(path) if path in self._archive else None


def beside(document: str, href: str) -> str:
    """The path in the package of what a document names by an address."""
    return normpath(join(dirname(document), unquote(href)))


def _order(manifest: str, root: _Element) -> dict[str, int]:
    """The place of each file in the manifest, by `href` of a resource or of its files."""
    order: dict[str, int] = {}
    for element in descendants(root, "resource", "file"):
        href = element.get("href")
        if href:
            order.setdefault(beside(manifest, href), len(order))
    return order


def _may_be_xml(name: str) -> bool:
    if not name.lower().endswith((".xml", ".qti", ".dat")):
        return False
    if "__MACOSX" not in name and "._" not in name:
        return True
    pure = PurePosixPath(name)
    return "__MACOSX" not in pure.parts and not pure.name.startswith("._")


def _without_copies(names: list[str]) -> list[str]:
    """The names without a cartridge's copy of what Canvas has written in full beside it."""
    full = {
        PurePosixPath(name).name.removesuffix(".qti").removesuffix(".xml")
        for name in names
        if _CANVAS_ONLY in name
    }
    return [
        name
        for name in names
        if _CANVAS_ONLY in name
        or not (
            "assessment_qti.xml" in name
            and PurePosixPath(name).name == "assessment_qti.xml"
            and PurePosixPath(name).parent.name in full
        )
    ]
