"""The rule `image-without-text`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown import Kind
from mcqdeck.markdown.raw_html import pieces, read_tag
from mcqdeck.model import Passage
from mcqdeck.rules.analysis.question import CheckedQuestion, passages


def image_without_text(checked: CheckedQuestion) -> Iterator[Finding]:
    """Who cannot see the image, or whose device does not load it, cannot answer. Lists and searches
    show the name of its file.

    Say in the brackets what a learner must see in it: `![description](path)`. In HTML, `alt=""` is
    for an image that only decorates.
    """
    if "<" not in checked.markdown and "![" not in checked.markdown:
        return
    for passage in passages(checked.question):
        if "<" in passage.text or "![" in passage.text:
            for start, end in _images_without_text(passage):
                yield Finding(
                    passage.at(start),
                    f"`{passage.text[start:end]}` has no text that says what it shows",
                    "say it in the brackets, as in `![the front of the eye](eye.png)`",
                    end - start,
                )


def _images_without_text(passage: Passage) -> Iterator[tuple[int, int]]:
    excerpt = passage.excerpt
    for leaf, inline in excerpt.inlines():
        is_bare = inline.kind is Kind.IMAGE and not inline.text.strip()
        if is_bare or (inline.kind is Kind.HTML and _is_bare_image(inline.text)):
            start = excerpt.offset(*leaf.place(inline.start))
            yield start, excerpt.offset(*leaf.place(inline.end))
    for leaf in excerpt.leaves():
        if leaf.tag == "html":
            for at, text in pieces(leaf.source):
                if _is_bare_image(text):
                    start = excerpt.offset(*leaf.place(at))
                    yield start, start + len(text)


def _is_bare_image(text: str) -> bool:
    """Whether HTML is an image that says nothing of its text: `<img alt="">` says that it may."""
    tag = read_tag(text)
    return tag is not None and tag.name == "img" and not (tag.is_end or tag.attribute("alt"))
