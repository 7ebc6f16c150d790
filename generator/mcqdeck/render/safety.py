"""The allow-list for HTML on a card, enforced by nh3, and what it takes out of an author's HTML.

nh3 (https://nh3.readthedocs.io) parses as browsers do and writes only what is allowed here. Each
construct of the source is judged by the same lists, so that whatever is removed is reported at
its place; a loss that no judgement foresaw shows when what went in and what came out are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

import nh3

from mcqdeck.markdown.characters import escape_attribute, unescape_html
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import BROWSER_TAG, COMMENT, Attribute, read_tag
from mcqdeck.render.marks import Kind, Mark
from mcqdeck.render.media import REMOTE

# fmt: off
TAGS = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol",
    "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
    "var", "wbr",
})
# fmt: on
# These are dropped where no table is around them, so their attributes are judged by the list.
_PARTS_OF_TABLES = frozenset(
    {"caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
ATTRIBUTES: Mapping[str, Set[str]] = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "div": {"align", "class"},
    "img": {"align", "alt", "height", "src", "width"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "p": {"align", "class"},
    "span": {"class"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
CLASSES = {
    "code": pattern(r"language-[A-Za-z0-9_+#.-]+(?: highlight)?"),
    "div": pattern(r"markdown-alert markdown-alert-(?:note|tip|important|warning|caution)"),
    "p": pattern(r"markdown-alert-title"),
    "span": pattern(r"[a-z][a-z0-9]{0,2}"),
}
OPENED_SCHEME = pattern(r"https?://|mailto:", re.IGNORECASE)
SCHEME = pattern(r"[^/?#:]*:")
UNREADABLE_ADDRESS = pattern(r"[A-Za-z]*:?//(?![A-Za-z0-9.-]+(?::\d+)?(?:[/?#)\s]|$))\S*|www\.\S*")
MOST_TAGS = 2000  # in one field; browsers and nh3 take quadratic time over deep nesting


@dataclass(frozen=True, slots=True)
class Loss:
    """What is removed: `length` characters at `offset` of the passage, why, and what to write."""

    offset: int
    length: int
    message: str
    help: str


def clean(html: str) -> str:
    """The HTML with only what a card may hold, and nothing that would leave the field it is in.

    An item outside a list would end the item of the option in which the field stands.
    """
    safe = _CLEANER.clean(html)
    return _WITHOUT_ITEMS.clean(safe) if has_stray_item(safe) else safe


def has_stray_item(html: str) -> bool:
    """Whether well-formed HTML has a list item that is no child of a list.

    One that lies deeper in another item ends that one, and with it whatever it stands in.
    """
    if "<li" not in html:
        return False
    around: list[str] = []
    for match in BROWSER_TAG.finditer(html):
        name = match[2].lower()
        if match[1]:
            while around and around.pop() != name:
                pass
        elif name == "li" and around[-1:] not in (["ul"], ["ol"]):
            return True
        elif name not in _VOID:
            around.append(name)
    return False


def shows_image(source: str) -> bool:
    """Whether an image with this target is left on the card: a file's path, or on the web."""
    return _keeps("img", "src", source)


def losses(html: str, safe: str, marks: tuple[Mark, ...]) -> Iterator[Loss]:
    """What cleaning takes out of the HTML, each at its place in the passage."""
    own_losses: list[Loss] = []
    opened: set[str] = set()
    for mark in marks:
        tag = read_tag(mark.text) if mark.kind is Kind.TAG else None
        if tag and tag.is_end and tag.name in opened:
            continue  # its beginning is reported
        if tag and not tag.is_end:
            opened.add(tag.name)
        own_losses.extend(_judge(mark))
    yield from own_losses
    if not own_losses and has_stray_item(_CLEANER.clean(html)):
        yield _stray_item(marks)
        return
    tags = [mark for mark in marks if mark.kind is Kind.TAG]
    if tags and not own_losses and html != safe and _shape(html) != _shape(safe):
        yield Loss(
            tags[0].offset,
            tags[0].length,
            "HTML that is not nested as HTML asks loses or moves parts of its text",
            "close each tag in the order in which they were opened, or write Markdown",
        )


def _stray_item(marks: tuple[Mark, ...]) -> Loss:
    """The loss of an item that stands in no list."""
    items = [mark for mark in marks if mark.text[:3].lower() == "<li"]
    mark = (items or [mark for mark in marks if mark.kind is Kind.TAG] or list(marks))[0]
    return Loss(
        mark.offset,
        mark.length,
        "`<li>` outside a list would end the option or section in which it stands",
        "put it between `<ul>` and `</ul>`, or write a Markdown list",
    )


def too_many_tags(marks: tuple[Mark, ...]) -> Loss | None:
    """The loss of all tags where a field holds more than can be cleaned in good time."""
    tags = [mark for mark in marks if mark.kind is Kind.TAG]
    if len(tags) <= MOST_TAGS:
        return None
    return Loss(
        tags[0].offset,
        tags[0].length,
        f"{len(tags)} HTML tags in one field; it is shown as its source from {MOST_TAGS} on",
        "write Markdown, or divide the field",
    )


def bad_address(text: str) -> Loss:
    """The loss of a link whose address no browser can read."""
    match = UNREADABLE_ADDRESS.search(text)
    return Loss(
        match.start() if match else 0,
        len(match[0]) if match else 1,
        "a link is removed, as no browser can read its address",
        "fix the address, or put it in backticks to show it as text",
    )


@lru_cache(maxsize=1024)  # most are the few classes of code in colours
def _keep(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute that a card may hold, or none."""
    return value if _is_allowed(tag, attribute, value) else None


def _is_allowed(tag: str, attribute: str, value: str) -> bool:
    if attribute == "href":
        return OPENED_SCHEME.match(value) is not None
    if attribute == "src":
        return REMOTE.match(value) is not None or _is_relative(value)
    if attribute == "class":
        return tag in CLASSES and CLASSES[tag].fullmatch(value) is not None
    return attribute in ATTRIBUTES["*"] or attribute in ATTRIBUTES.get(tag, ())


def _is_relative(url: str) -> bool:
    """Whether the URL has no scheme, as a browser sees it."""
    return not SCHEME.match(url)


def _keeps(tag: str, attribute: str, value: str) -> bool:
    """Whether cleaning leaves the attribute with this value: it is tried."""
    if tag in _PARTS_OF_TABLES:
        return _is_allowed(tag, attribute, value)
    return f" {attribute}=" in clean(f'<{tag} {attribute}="{escape_attribute(value)}">')


def _judge(mark: Mark) -> Iterator[Loss]:
    """What is removed of one construct."""
    if mark.kind is Kind.LINK and not _keeps("a", "href", mark.text):
        yield _bad_link(mark, mark.text)
    elif mark.kind is Kind.IMAGE and not _keeps("img", "src", mark.text):
        yield _bad_image(mark.offset, mark.length, mark.text)
    elif mark.kind is Kind.TAG:
        tag = read_tag(mark.text)
        if tag is None:
            yield from _judge_other(mark)
        elif tag.name not in TAGS:
            slash = "/" if tag.is_end else ""
            yield Loss(
                mark.offset,
                mark.length,
                f"`<{slash}{_short(tag.name)}>` is not allowed on a card and is removed",
                _cure(tag.name),
            )
        elif not tag.is_end:
            for attribute in tag.attributes:
                if not _keeps(tag.name, attribute.name, attribute.value):
                    yield _bad_attribute(mark, tag.name, attribute)


def _cure(tag: str) -> str:
    if tag in {"audio", "source", "video"}:
        return "for a sound write `![name](file.mp3)`; to show the tag as text, put it in backticks"
    return "write Markdown; to show the tag as text, put it in backticks"


def _judge_other(mark: Mark) -> Iterator[Loss]:
    text = mark.text
    if text.startswith("<!--"):
        if text.endswith("-->") or text.endswith("--!>") or text in {"<!-->", "<!--->"}:
            return
        message = "this comment never ends and hides the rest"
        cure = "end it with `-->`"
    elif text.startswith(("<!", "<?", "</")):
        message = f"`{_short(text)}` is not allowed on a card and is removed"
        cure = "leave it out; to show it as text, put it in backticks"
    else:
        message = f"the tag `{_short(text)}` never ends, and the rest is lost in it"
        cure = "end the tag with `>`; to show `<` as text, write `&lt;`"
    yield Loss(mark.offset, mark.length, message, cure)


def _bad_attribute(mark: Mark, tag: str, attribute: Attribute) -> Loss:
    offset, length = mark.offset + attribute.offset, len(attribute.text)
    if (tag, attribute.name) == ("a", "href"):
        return _bad_link(Mark(Kind.LINK, offset, attribute.value, length), attribute.value)
    if (tag, attribute.name) == ("img", "src"):
        return _bad_image(offset, length, attribute.value)
    return Loss(
        offset,
        length,
        f"`{_short(attribute.text)}` on `<{tag}>` is not allowed on a card and is removed",
        "leave the attribute out; the look of cards is set in style.css",
    )


def _bad_link(mark: Mark, url: str) -> Loss:
    if _is_relative(url):
        return Loss(
            mark.offset,
            mark.length,
            f"the link to `{_short(url)}` leads nowhere in Anki and is removed",
            "link to a full https:// address, or write the text without a link",
        )
    if OPENED_SCHEME.match(url):
        return Loss(
            mark.offset,
            mark.length,
            f"the link to `{_short(url)}` is removed: this is no valid address",
            "fix the address; to show it as text, put it in backticks",
        )
    return Loss(
        mark.offset,
        mark.length,
        f"the link to `{_short(url)}` is removed: a card opens only http, https and mailto",
        "link to an https:// address, or write the text without a link",
    )


def _bad_image(offset: int, length: int, url: str) -> Loss:
    return Loss(
        offset,
        length,
        f"the image `{_short(url)}` is removed: a card shows only files of the bank",
        "save the image in the bank's folder and write its path",
    )


def _short(text: str) -> str:
    """The text on one line, at most 40 characters of it, for a message."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _shape(html: str) -> tuple[str, Counter[str]]:
    """What may not be lost: the visible text, and how often each element begins."""
    text = COMMENT.sub("", html)
    counts = Counter(match[2].lower() for match in BROWSER_TAG.finditer(text) if not match[1])
    # Browsers add a paragraph to a stray </p>, and the parts that a table must have.
    for added in ("p", "tbody", "colgroup", "br"):
        counts.pop(added, None)
    return "".join(unescape_html(BROWSER_TAG.sub("", text)).split()), counts


def _cleaner(tags: Set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_keep,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


_CLEANER = _cleaner(TAGS)
_WITHOUT_ITEMS = _cleaner(TAGS - {"li"})
