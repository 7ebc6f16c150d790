"""The rule `link-without-definition`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.passages import undefined_link_labels
from mcqdeck.rules.analysis.question import CheckedQuestion, passages
from mcqdeck.rules.analysis.spans import on_one_line


def link_without_definition(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner sees the brackets and the label in the text, and no link.

    Add a line `[label]: https://…` to the chapter, or write the target after the text:
    `[text](https://…)`.
    """
    if "][" not in checked.markdown:
        return
    question = checked.question
    references = (question.references,) if question.references else ()
    for passage in (*passages(question), *references):
        for start, end, label in undefined_link_labels(passage):
            shown = on_one_line(label)
            yield Finding(
                passage.at(start),
                f"no definition of the link `{shown}`",
                f"add a line `[{shown}]: https://…` to the chapter, or write the target in its "
                "place: `[text](https://…)`",
                end - start,
            )
