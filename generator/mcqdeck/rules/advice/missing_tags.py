"""The rule `missing-tags`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion


def missing_tags(checked: CheckedQuestion) -> Iterator[Finding]:
    """A question without tags is missing when learners search by subject.

    Write `tags: […]` in the comment under the heading, or in the chapter's front matter.
    """
    if not checked.question.tags:
        yield Finding(
            checked.question.where,
            "the question has no tags",
            "add `tags: […]` to the comment under the heading, or to the chapter's front matter",
            2,
        )
