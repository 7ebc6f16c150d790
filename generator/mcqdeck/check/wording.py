"""Rules about the wording of options: terms that give them away, and forms that differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mcqdeck.check.item import Item
from mcqdeck.check.pointing import span, whole
from mcqdeck.diagnostic import Finding

_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|none|every|everyone|everything|nobody|nothing|only|must|completely"
    r"|entirely|totally|absolutely|exclusively|impossible)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:usually|often|sometimes|generally|frequently|rarely|seldom|occasionally|typically"
    r"|normally|probably|mostly|perhaps|several|many|some|few)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"\w+")


def absolute_terms(item: Item) -> Iterator[Finding]:
    """Who knows nothing rules out what is said to hold always, and is mostly right to do so.

    Let every option say as much, or leave the word out. People who were asked saw no fault in many
    of the questions that this finds, so the rule is off unless a bank wants it.
    """
    yield from _terms(item, _ABSOLUTE, "allows of no exception, and such options are ruled out")


def vague_terms(item: Item) -> Iterator[Finding]:
    """How often is often? Each learner has another measure, and a careful word hints at the key.

    Say how many or how often, or leave the word out. People who were asked saw no fault in many of
    the questions that this finds, so the rule is off unless a bank wants it.
    """
    yield from _terms(item, _VAGUE, "means something else to each learner")


def uneven_options(item: Item) -> Iterator[Finding]:
    """An option that begins or ends unlike all others draws the eye, whether right or wrong.

    Begin and end all options alike. People who were asked saw no fault in many of the questions
    that this finds, so the rule is off unless a bank wants it.
    """
    if len(item.options) < 3:
        return
    for forms, words in (
        (
            list(map(_case, item.options)),
            "begins in another letter case than the others",
        ),
        (list(map(_end, item.options)), "ends with or without a full stop unlike the others"),
        (list(map(_opening, item.options)), "begins with a verb or without one unlike the others"),
    ):
        counts = Counter(forms)
        if len(counts) == 2 and 1 in counts.values() and "" not in counts:
            position = next(n for n, form in enumerate(forms) if counts[form] == 1)
            where, length = whole(item.question.options[position].text)
            yield Finding(where, f"this option {words}", "build all options alike", length)
            return


def _terms(item: Item, pattern: re.Pattern[str], why: str) -> Iterator[Finding]:
    """The first such word of each option, unless all options have one."""
    found = [pattern.search(text) for text in item.options]
    if any(found) and not all(found):
        for match, option in zip(found, item.question.options, strict=True):
            if match:
                where, length = span(option.text, *match.span())
                yield Finding(
                    where,
                    f"`{match[0]}` {why}",
                    "let every option say as much, or leave the word out",
                    length,
                )


def _case(text: str) -> str:
    """Whether a text begins with a capital; empty for names of code and what has no letters."""
    match = _WORD.search(text)
    if match is None or "_" in match[0] or not match[0].isalpha():
        return ""
    return "small" if match[0].islower() else "capital" if match[0].istitle() else ""


def _end(text: str) -> str:
    return "stop" if text.rstrip().endswith((".", "!", "?")) else "none"


def _opening(text: str) -> str:
    """How a text begins: with a gerund, with `to` and a verb, or otherwise."""
    match = _FIRST.search(text)
    word = match[0].casefold() if match else ""
    if word == "to":
        return "to"
    return "gerund" if len(word) > 5 and word.endswith("ing") else "other"
