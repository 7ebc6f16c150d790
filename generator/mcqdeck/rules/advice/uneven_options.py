"""The rule `uneven-options`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line
from mcqdeck.rules.analysis.words import WORD

_NAME_OR_WORD = pattern(r"\w+")
"""A word, a number or a name of code: `Water`, `12`, `max_size`."""


def uneven_options(checked: CheckedQuestion) -> Iterator[Finding]:
    """An option that begins or ends unlike all others draws the eye, whether it is right or wrong.

    Begin and end all options alike. People who were asked saw no fault in many of the questions
    that this finds, so the rule is off unless a bank turns it on.
    """
    if len(checked.options) < 3:
        return
    for form_of, difference in _FORMS:
        forms = [form_of(text) for text in checked.options]
        counts = Counter(forms)
        if len(counts) == 2 and 1 in counts.values() and "" not in counts:
            position = next(at for at, form in enumerate(forms) if counts[form] == 1)
            where, length = first_line(checked.question.options[position].text)
            yield Finding(where, f"this option {difference}", "build all options alike", length)
            return


def _case(text: str) -> str:
    """Whether a text begins with a capital; empty for names of code and texts without letters."""
    match = _NAME_OR_WORD.search(text)
    if match is None or "_" in match[0] or not match[0].isalpha():
        return ""
    return "small" if match[0].islower() else "capital" if match[0].istitle() else ""


def _end(text: str) -> str:
    return "stop" if text.rstrip().endswith((".", "!", "?")) else "none"


def _opening(text: str) -> str:
    """How a text begins: with a gerund, with `to` and a verb, or otherwise."""
    match = WORD.search(text)
    word = match[0].casefold() if match else ""
    if word == "to":
        return "to"
    return "gerund" if len(word) > 5 and word.endswith("ing") else "other"


_FORMS: tuple[tuple[Callable[[str], str], str], ...] = (
    (_case, "begins in another letter case than the others"),
    (_end, "ends with or without a full stop unlike the others"),
    (_opening, "begins with a verb or without one unlike the others"),
)
