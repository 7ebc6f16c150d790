"""From QTI, in a package or alone, to questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.archive import Archive, is_zip
from mcqdeck.exchange.item import Contents, Item, LeftOut, Source
from mcqdeck.exchange.qti import qti1, qti2
from mcqdeck.exchange.qti.metadata import Metadata
from mcqdeck.exchange.qti.package import ROOTS, Package, beside
from mcqdeck.exchange.qti.texts import Texts
from mcqdeck.exchange.xmltree import begins_as, local, tree

if TYPE_CHECKING:
    from lxml.etree import _Element

_SUFFIXES = (".xml", ".qti", ".dat")


def recognises(source: Source) -> bool:
    """Whether a zip holds questions of a version of QTI."""
    if not is_zip(source.data):
        return False
    archive = Archive(source.name, source.data)
    if not any(name.lower().endswith(_SUFFIXES) for name in archive.names):
        return False
    return next(Package(source).documents(), None) is not None


def recognises_xml(source: Source) -> bool:
    """Whether a file is XML of a version of QTI."""
    return begins_as(source.data, *ROOTS)


def read(source: Source) -> Contents:
    """The questions of a package or a file; what is no multiple-choice question is left out.

    Raises:
        McqdeckError: the zip or an XML in it is damaged, or there are no questions in it.
    """
    package = Package(source)
    texts = Texts(package)
    documents = [
        (path, qti2.normal(tree(package.place(path), data))) for path, data in package.documents()
    ]
    if not documents:
        raise McqdeckError(f"{source.name}: no questions in a version of QTI were found in it")
    reader = _Reader(package, texts, documents)
    made = list(reader.made())
    return Contents.of(made, texts.files.attachments, texts.losses | reader.losses)


class _Reader:
    """Reads the documents of one package."""

    def __init__(
        self, package: Package, texts: Texts, documents: list[tuple[str, _Element]]
    ) -> None:
        self._package = package
        self._texts = texts
        self._documents = documents
        self._items = {path: root for path, root in documents if local(root) == "assessmentItem"}
        self._metadata = Metadata(package)
        self.losses: set[str] = set()

    def made(self) -> Iterator[Item | LeftOut]:
        """The questions: those of tests in the tests' order, then all others."""
        places = self._places()
        banks: set[str] = set()
        drawn: set[str] = set()
        for path, root in self._documents:
            if local(root) == "questestinterop":
                self._texts.document = path
                reader = qti1.Reader(self._texts, self._package.place(path))
                yield from reader.made(root, self._package.title_of(path))
                self.losses |= reader.losses
                banks |= reader.banks
                drawn |= reader.drawn
        if drawn - banks:
            self.losses.add("a group draws from a question bank that is not in the package")
        listed = [path for path in places if path in self._items]
        items = qti2.Reader(self._texts)
        for path in (*listed, *(path for path in self._items if path not in places)):
            self._texts.document = path
            place = self._package.place(path)
            made = items.made(self._items[path], place, places.get(path, ()))
            yield self._metadata.described(path, made) if isinstance(made, Item) else made
        self.losses |= items.losses

    def _places(self) -> dict[str, tuple[str, ...]]:
        """The category of each item that a test lists, in the order of the tests."""
        places: dict[str, tuple[str, ...]] = {}
        for path, root in self._documents:
            if local(root) in {"assessmentTest", "assessmentSection"}:
                title = root.get("title", "")
                self._note(root, path, (title,) if title else (), places)
        return places

    def _note(
        self,
        part: _Element,
        document: str,
        category: tuple[str, ...],
        places: dict[str, tuple[str, ...]],
    ) -> None:
        for child in part:
            if not isinstance(child.tag, str):
                continue
            name = local(child)
            if name == "assessmentItemRef":
                places.setdefault(beside(document, child.get("href", "")), category)
            elif name == "assessmentSection":
                title = child.get("title", "")
                inner = (*category, title) if title and title not in category else category
                self._note(child, document, inner, places)
            elif name == "testPart":
                self._note(child, document, category, places)
