"""Rules about links whose targets stand elsewhere in the chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mcqdeck.check.item import MARKUP, passages
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Bank, Chapter, Passage, Question

_DEFINED = re.compile(r"^[ >]*\[(?!\^)([^\[\]]+)\]:", re.MULTILINE)
_TEXT = re.compile(r"(?<![\w!\\\])])\[(?P<text>[^\[\]\\]*[^\W\d_]{2}[^\[\]\\]*)\Z")


def link_without_definition(banks: Sequence[Bank]) -> Iterator[Finding]:
    """A learner sees the brackets and the label in the text, and no link.

    Add a line `[label]: https://…` to the chapter, or write the target after the text:
    `[text](https://…)`.
    """
    for bank in banks:
        for chapter in bank.chapters:
            found = [
                passage
                for question in chapter.questions
                for passage in _passages(question)
                if "][" in passage.text
            ]
            if found:
                defined = _labels(chapter)
                for passage in found:
                    yield from _undefined(passage, defined)


def _undefined(passage: Passage, defined: frozenset[str]) -> Iterator[Finding]:
    text = passage.text
    for match in MARKUP.finditer(text):
        if match.lastgroup != "target" or not match[0].startswith("]["):
            continue
        opening = _TEXT.search(text, max(0, text.rfind("[", 0, match.start()) - 1), match.start())
        if not opening:
            continue
        label = match[0][2:-1].strip() or opening["text"]
        if label.startswith("^") or _normal(label) in defined:
            continue
        where = passage.at(match.start() + 1)
        yield Finding(
            where,
            f"no definition of the link `{' '.join(label.split())}`",
            f"add a line `[{' '.join(label.split())}]: https://…` to the chapter, or write the "
            "target in its place: `[text](https://…)`",
            len(match[0]) - 1,
        )


def _passages(question: Question) -> Iterator[Passage]:
    yield from passages(question)
    if question.references:
        yield question.references


def _labels(chapter: Chapter) -> frozenset[str]:
    """The labels that are defined anywhere in a chapter."""
    texts = [passage.text for question in chapter.questions for passage in _passages(question)]
    return frozenset(
        _normal(label)
        for text in (chapter.definitions, *texts)
        if "]:" in text
        for label in _DEFINED.findall(text)
    )


def _normal(label: str) -> str:
    return " ".join(label.casefold().split())
