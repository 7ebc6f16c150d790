"""The rule `link-without-definition`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcqdeck.check.analysis.markup import defined_link_labels, link_labels, may_have_link_labels
from mcqdeck.check.analysis.question import passages
from mcqdeck.check.analysis.spans import on_one_line
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Bank, Chapter, Passage, Question


def link_without_definition(banks: Sequence[Bank]) -> Iterator[Finding]:
    """A learner sees the brackets and the label in the text, and no link.

    Add a line `[label]: https://…` to the chapter, or write the target after the text:
    `[text](https://…)`.
    """
    for bank in banks:
        for chapter in bank.chapters:
            with_labels = [
                passage
                for question in chapter.questions
                for passage in _all_passages(question)
                if may_have_link_labels(passage.text)
            ]
            if with_labels:
                defined = _defined_labels(chapter)
                for passage in with_labels:
                    yield from _undefined(passage, defined)


def _undefined(passage: Passage, defined: frozenset[str]) -> Iterator[Finding]:
    for start, end, label in link_labels(passage.text):
        if _normal(label) not in defined:
            shown = on_one_line(label)
            yield Finding(
                passage.at(start),
                f"no definition of the link `{shown}`",
                f"add a line `[{shown}]: https://…` to the chapter, or write the target in its "
                "place: `[text](https://…)`",
                end - start,
            )


def _all_passages(question: Question) -> Iterator[Passage]:
    yield from passages(question)
    if question.references:
        yield question.references


def _defined_labels(chapter: Chapter) -> frozenset[str]:
    """The labels that are defined anywhere in a chapter."""
    texts = [passage.text for question in chapter.questions for passage in _all_passages(question)]
    return frozenset(
        _normal(label)
        for text in (chapter.definitions, *texts)
        for label in defined_link_labels(text)
    )


def _normal(label: str) -> str:
    """A label as GitHub compares it: without regard to case and white space."""
    return on_one_line(label.casefold())
