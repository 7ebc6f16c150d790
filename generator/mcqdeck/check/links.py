"""Rules about links whose targets stand elsewhere in the chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mcqdeck.check.item import passages
from mcqdeck.diagnostic import Finding
from mcqdeck.markdown import Kind
from mcqdeck.model import Bank, Passage, Question

_LABEL = re.compile(r"\]\[(?P<label>[^\[\]\n]*)\]")
_TEXT = re.compile(r"(?<![\w!\\\])])\[(?P<text>[^\[\]\\]*[^\W\d_]{2}[^\[\]\\]*)\Z")


def link_without_definition(banks: Sequence[Bank]) -> Iterator[Finding]:
    """A learner sees the brackets and the label in the text, and no link.

    Add a line `[label]: https://…` to the chapter, or write the target after the text:
    `[text](https://…)`.
    """
    for bank in banks:
        for question in bank.questions:
            for passage in _passages(question):
                if "][" in passage.text:
                    yield from _undefined(passage)


def _undefined(passage: Passage) -> Iterator[Finding]:
    for leaf, inline in passage.excerpt.inlines():
        if inline.kind is not Kind.TEXT or "][" not in inline.text:
            continue
        source = leaf.source
        for match in _LABEL.finditer(source, inline.start, inline.end):
            start = max(0, source.rfind("[", 0, match.start()) - 1)
            opening = _TEXT.search(source, start, match.start())
            label = opening and (match["label"].strip() or opening["text"])
            if label and not label.startswith("^"):
                shown = " ".join(label.split())
                yield Finding(
                    passage.at(passage.excerpt.offset(*leaf.place(match.start() + 1))),
                    f"no definition of the link `{shown}`",
                    f"add a line `[{shown}]: https://…` to the chapter, or write the target in its "
                    "place: `[text](https://…)`",
                    len(match[0]) - 1,
                )


def _passages(question: Question) -> Iterator[Passage]:
    yield from passages(question)
    if question.references:
        yield question.references
