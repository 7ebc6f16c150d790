"""The rule `repeated-parts`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.joined_parts import VERDICTS, parts_of
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line


def repeated_parts(checked: CheckedQuestion) -> Iterator[Finding]:
    """Options made of the same few parts ask several questions at once, and the part that comes
    most often is usually right.

    Ask about each part in a question of its own.
    """
    if len(checked.options) < 3:
        return
    options: list[list[str]] = []
    for text in checked.options:
        options.append(parts_of(text.casefold()))
        if len(options[-1]) < 2:
            return
    counts = Counter(part for parts in options for part in set(parts))
    repeated = {part for part, count in counts.items() if count > 1}
    if VERDICTS.issuperset(counts) or min(map(len, counts)) == 1:
        return  # combined-options reports these
    mostly_own = sum(len(repeated.intersection(parts)) * 2 <= len(parts) for parts in options)
    if mostly_own <= 1:
        where, length = first_line(checked.question.options[0].text)
        shared = " and ".join(f"`{part}`" for part in parts_of(checked.options[0])[:2])
        yield Finding(
            where,
            f"the options are made of the same parts, such as {shared}",
            "ask about each part in a question of its own",
            length,
        )
