"""The rule `doubled-spaces`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Edit, Finding
from mcqdeck.rules.analysis.passages import runs_of_spaces
from mcqdeck.rules.analysis.question import CheckedQuestion, passages


def doubled_spaces(checked: CheckedQuestion) -> Iterator[Finding]:
    """The card shows one space, but a learner who searches for the phrase in Anki does not find it.

    Write one space; two at the end of a line are a line break and stay.
    """
    if "  " not in checked.markdown:
        return
    for passage in passages(checked.question):
        for start, end in runs_of_spaces(passage):
            yield Finding(
                passage.at(start),
                f"{end - start} spaces in a row",
                "write one",
                end - start,
                edits=(Edit(passage.at(start + 1), passage.at(end), ""),),
            )
