"""From questions to text2qti's Markdown.

It is read with Python-Markdown, which knows fewer escapes than GitHub; the others become entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from mcqdeck.exchange.item import Contents, Item, Option, Written
from mcqdeck.exchange.losses import Part, losses
from mcqdeck.exchange.outgoing import AS_FEEDBACK, explained
from mcqdeck.exchange.tags import AS_TAGS, all_tags
from mcqdeck.identity import option_letter

HOLDS = frozenset({Part.RATIONALE, Part.EXPLANATION, Part.ID, Part.CHAPTER, Part.TAGS})
_MOST = 26  # an option is called by one letter
_CODE = re.compile(
    r"(^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`+).+?(?<!`)(?P=ticks)(?!`)|\$[^$\n]+\$)",
    re.MULTILINE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\\\|\\([\"%&',/:;<=?@^|~])")
_IMAGE = re.compile(
    r"(!\[(?:[^\[\]\\]|\\.)*\]\()(?!<?(?:https?:)?//)"
    r"(?:<([^<>\n]*)>|((?:[^\s()<>]|\([^\s()<>]*\))+))"
)
_BREAK = re.compile(r"(?<!\\)\\\n")


def write(contents: Contents) -> Written:
    """The questions in one quiz; chapters and tags stand in remarks, which text2qti skips."""
    held = [item for item in contents.items if len(item.options) <= _MOST]
    said = list(losses(contents, HOLDS | AS_TAGS.keys() | {Part.REFERENCES}, AS_TAGS | AS_FEEDBACK))
    if rest := len(contents.items) - len(held):
        said.insert(0, f"questions with more than {_MOST} options are left out ({rest})")
    lines = list(_lines(contents, held))
    return Written(("\n".join(lines) + "\n").encode(), tuple(said))


def _lines(contents: Contents, items: list[Item]) -> Iterator[str]:
    if contents.config:
        yield f"Quiz title: {' '.join(contents.config.title.split())}"
        yield ""
    category: tuple[str, ...] = ()
    for number, item in enumerate(items, start=1):
        if item.category != category:
            category = item.category
            yield f"% chapter: {' – '.join(category)}"
            yield ""
        yield from _question(number, item)
        yield ""


def _question(number: int, item: Item) -> Iterator[str]:
    if tags := all_tags(item):
        yield f"% tags: {' '.join(tags)}"
    if item.id:
        yield f"Title: {item.id}"
    yield from _entry(f"{number}. ", item.stem.markdown)
    if general := explained(item).markdown:
        yield from _entry("... ", general)
    for place, option in enumerate(item.options):
        yield from _option(option, _mark(item, option, place))


def _mark(item: Item, option: Option, place: int) -> str:
    if item.right == 1:
        return f"{'*' if option.is_correct else ''}{option_letter(place)}) "
    return "[*] " if option.is_correct else "[ ] "


def _option(option: Option, mark: str) -> Iterator[str]:
    yield from _entry(mark, option.text.markdown)
    if option.rationale.markdown:
        yield from _entry("... ", option.rationale.markdown)


def _entry(mark: str, markdown: str) -> Iterator[str]:
    """A text behind its mark, its other lines indented as far."""
    lines = _dialect(markdown.strip("\n")).split("\n")
    yield f"{mark}{lines[0].lstrip() or '&#8203;'}"
    for line in lines[1:]:
        yield " " * len(mark) + line if line.strip() else ""


def _dialect(markdown: str) -> str:
    """Markdown as Python-Markdown reads it too."""
    pieces = []
    at = 0
    for code in _CODE.finditer(markdown):
        pieces += [_text(markdown[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*pieces, _text(markdown[at:])))


def _text(markdown: str) -> str:
    if "![" in markdown and "%" in markdown:
        markdown = _IMAGE.sub(_with_path, markdown)
    if "\\" not in markdown:
        return markdown
    markdown = _BREAK.sub("<br>\n", markdown)
    return _ESCAPE.sub(lambda match: f"&#{ord(match[1])};" if match[1] else match[0], markdown)


def _with_path(image: re.Match[str]) -> str:
    """The beginning of an image with the path of its file, which text2qti opens as it stands."""
    address = image[2] or image[3] or ""
    path = unquote(address)
    if path == address or any(sign in path for sign in "<>\n"):
        return image[0]
    return f"{image[1]}<{path}>"
