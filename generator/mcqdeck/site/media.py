"""The bank's images and sounds on a site, and what of them nobody may open by its address.

An SVG in an `<img>` runs nothing, but opened by itself it is a page of the site, which could read
and delete what a learner has there. So only one that surely does nothing becomes a file; any other
is put into the page as data, which browsers open nowhere else.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import imagesize

from mcqdeck import files
from mcqdeck.markdown.characters import escape, escape_attribute
from mcqdeck.markdown.raw_html import Tag, with_tags
from mcqdeck.model import IMAGES, Media
from mcqdeck.render.media import REMOTE

FOLDER = "media"

_SVG = "{http://www.w3.org/2000/svg}"
# fmt: off
_DRAWS = frozenset({
    "svg", "g", "defs", "title", "desc", "metadata", "symbol", "use", "path", "rect", "circle",
    "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "marker", "pattern",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask", "style", "filter",
    "feGaussianBlur", "feOffset", "feBlend", "feMerge", "feMergeNode", "feFlood", "feComposite",
    "feColorMatrix", "feDropShadow",
})
# fmt: on
_LEADS_AWAY = re.compile(r"@|\\|url\(\s*['\"]?(?!\s*['\"]?#)", re.IGNORECASE)
_LARGEST = 100_000  # pixels; what says that it is larger says nothing


class MediaFiles:
    """The files of a bank that its site needs, each under its name in the package."""

    def __init__(self, media: Sequence[Media]) -> None:
        self._paths = {file.name: Path(file.path) for file in media}
        self._data: dict[str, str] = {}
        self.sizes: dict[str, tuple[int, int]] = {}
        """Width and height of the images that have them, once the files were made."""

    def addresses(self, above: str = "") -> Mapping[str, str]:
        """The URL of each file, from a page that lies `above` (`../`) from the first one."""
        return {name: self._data.get(name, f"{above}{FOLDER}/{name}") for name in self._paths}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The path of each file on the site, and its bytes.

        Raises:
            McqdeckError: a file cannot be read.
        """
        for name, path in self._paths.items():
            data = files.read(path, files.MOST_MEDIA)
            acts = name.endswith(".svg") and not is_inert(data)
            if name.rpartition(".")[2] in IMAGES and not acts and (size := _size(data)):
                self.sizes[name] = size
            if acts:
                self._data[name] = f"data:image/svg+xml;base64,{b64encode(data).decode()}"
            else:
                yield f"{FOLDER}/{name}", data


def is_inert(svg: bytes) -> bool:
    """Whether a drawing holds nothing but shapes, and names nothing outside itself."""
    if b"<!ENTITY" in svg or b"<!DOCTYPE" in svg or b"<?xml-stylesheet" in svg:
        return False
    try:
        svg.decode()
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, UnicodeDecodeError, ValueError, LookupError):
        return False
    return all(_is_inert(element) for element in root.iter())


def _is_inert(element: ElementTree.Element) -> bool:
    tag = element.tag
    if not tag.startswith(_SVG) or tag.removeprefix(_SVG) not in _DRAWS:
        return False
    if _LEADS_AWAY.search(element.text or ""):
        return False
    for name, value in element.attrib.items():
        bare = name.rpartition("}")[2].lower()
        if bare.startswith("on") or _LEADS_AWAY.search(value):
            return False
        if bare == "href" and not value.lstrip().startswith("#"):
            return False
    return True


def _size(image: bytes) -> tuple[int, int] | None:
    """Width and height of an image as it is shown; `None` if that cannot be told."""
    try:
        width, height = imagesize.get(BytesIO(image))
    except (ValueError, OSError, ElementTree.ParseError):
        return None
    fits = 0 < width < _LARGEST and 0 < height < _LARGEST
    return (round(width), round(height)) if fits else None


def with_sizes(html: str, sizes: Mapping[str, tuple[int, int]]) -> str:
    """The HTML of a field with the size of each image, so that browsers keep its place free.

    `sizes` are those of files by their names in the package. Where the author gave one, it stays.
    """
    if "<img" not in html:
        return html

    def sized(image: Tag, text: str) -> str:
        source = image.attribute("src")
        size = sizes.get(source.value) if source else None
        if source is None or size is None or image.attribute("width") or image.attribute("height"):
            return text
        end = source.offset + len(source.text)
        return f'{text[:end]} width="{size[0]}" height="{size[1]}"{text[end:]}'

    return with_tags(html, {"img"}, sized)


def without_remote_images(html: str) -> str:
    """The HTML with a link for each image on the web, which a site never fetches."""
    if "<img" not in html:
        return html

    def linked(image: Tag, text: str) -> str:
        source, words = image.attribute("src"), image.attribute("alt")
        if source is None or not REMOTE.match(source.value):
            return text
        url = f"https:{source.value}" if source.value.startswith("//") else source.value
        shown = words.value if words and words.value else source.value
        return f'<a href="{escape_attribute(url)}">{escape(shown)}</a>'

    return with_tags(html, {"img"}, linked)
