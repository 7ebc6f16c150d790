"""What a manifest says of an item: its keywords, which are its tags."""

from __future__ import annotations

from dataclasses import replace

from mcqdeck.exchange.item import Item
from mcqdeck.exchange.qti.package import Package, beside
from mcqdeck.exchange.tags import described
from mcqdeck.exchange.xmltree import descendants, text


class Metadata:
    """The keywords of items by the path of their file."""

    def __init__(self, package: Package) -> None:
        self._keywords: dict[str, list[str]] = {}
        manifest = package.manifest
        if manifest is None:
            return
        path, root = manifest
        for resource in descendants(root, "resource"):
            words = [text(field).strip() for field in descendants(resource, "keyword")]
            href = resource.get("href")
            if href and words:
                self._keywords[beside(path, href)] = words

    def described(self, path: str, item: Item) -> Item:
        """The item with what the manifest says of it."""
        words = self._keywords.get(path)
        return replace(item, **described(words)) if words else item
