"""The rule `thin-explanation`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.explanations import FEWEST_WORDS
from mcqdeck.rules.analysis.passages import has_link
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line


def thin_explanation(checked: CheckedQuestion) -> Iterator[Finding]:
    """A few words, or a link to follow, seldom tell a learner why the answer is right.

    Give the reason in a sentence or two; a source belongs under `### References`.
    """
    passages = checked.explaining
    if not passages or checked.is_explained:
        return
    where, length = first_line(passages[0])
    if any(has_link(passage) for passage in passages):
        message, advice = (
            "the explanation is only a link",
            "give the reason in a sentence, and put the link under `### References`",
        )
    else:
        message, advice = (
            f"the explanation has fewer than {FEWEST_WORDS} words",
            "give the reason why the right option is right, in a sentence or two",
        )
    yield Finding(where, message, advice, length)
