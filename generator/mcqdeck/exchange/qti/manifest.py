"""What the manifests of packages of all versions have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote
from xml.sax.saxutils import quoteattr


def files_listed(paths: Iterable[str]) -> Iterator[str]:
    """The lines that name the files of the questions, by their addresses in the package."""
    for number, path in enumerate(paths):
        href = quoteattr(quote(path))
        yield f'    <resource identifier="file-{number}" type="webcontent" href={href}>'
        yield f"      <file href={href}/>"
        yield "    </resource>"
