"""The rule `needs-options`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.passages import has_labelled_line, has_own_material, is_only_code
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import on_one_line, span
from mcqdeck.rules.analysis.words import word_stem

_WORDS_FOR_OPTIONS = ("following", "these", "those", "statement", "option", "answer", "choice")

_COUNT = r"(?:which|what|any|all|each|every|none|one|two|three|four|some|both|most|best)"
_MEANS_OPTIONS = pattern(
    # which of the following · which one of these metals · of the following metals, which
    rf"\b(?:{_COUNT}\s+(?:(?:one|ones|two|three|four)\s+)?of\s+(?:the\s+)?"
    r"|(?:of|among|from)\s+the\s+(?=following\b[^.?!,\n]{0,40},\s+(?:which|what|who)\b))"
    r"(?P<set>following|these|those)(?:\s+(?P<noun>[a-z]+))?"
    # which statement is true · which of the listed options
    r"|\bwhich\s+(?:one\s+|two\s+|three\s+)?(?:of\s+the\s+)?"
    r"(?:(?:given|listed|following)\s+)?"
    r"(?P<kind>statement|option|answer|choice)s?\b(?P<rest>[^.?!\n]*)",
    re.IGNORECASE,
)
"""Words of a stem that mean its options: `Which of the following`, `Which statement is true`."""

# An option of a program, a menu or a contract is not one of ours.
_OPTION_OF_SOMETHING = pattern(
    r"\s+(?:(?:of|in|for|from|on|to|lets?|allows?|enables?|with)\b"
    r"|(?:is|are)\s+(?:used|needed|passed|given)\b"
    r"|(?:can|could|would|do|does|should)\s+(?:you|one|we)\b)",
    re.IGNORECASE,
)
"""What follows `which option` where a thing has it: ` of the command`, ` lets`, ` can you`."""

_USE_OF_OPTION = pattern(
    r"\b(?:with|using|use|uses|specifying|add|adding|set|setting|pass|passing)\s*\Z"
)
"""What stands before `which option` where it is used for something: `With `, `by adding `."""


def needs_options(checked: CheckedQuestion) -> Iterator[Finding]:
    """The flashcard shows this stem without its options, so a learner is asked for something that
    is not there.

    Ask so that the answer can be recalled, or write `flashcard: no` in the question's comment.
    """
    if not (checked.question.has_flashcard and checked.config.flashcards):
        return
    folded = checked.stem.casefold()
    if not any(word in folded for word in _WORDS_FOR_OPTIONS):
        return
    for match in _MEANS_OPTIONS.finditer(checked.stem):
        if not _is_answerable(checked, match):
            end = match.end("set") if match["set"] else match.end() - len(match["rest"])
            where, length = span(checked.question.stem, match.start(), end)
            words = on_one_line(checked.stem[match.start() : end])
            yield Finding(
                where,
                f"`{words}` needs the options, and the flashcard shows the stem without them",
                "ask so that the answer can be recalled (`What is …?`), or write `flashcard: no` "
                "in the comment under the heading",
                length,
            )
            return


def _is_answerable(checked: CheckedQuestion, match: re.Match[str]) -> bool:
    """Whether the words mean something that the stem itself has, or that its subject has."""
    stem = checked.question.stem
    if match["kind"]:
        kind, rest = match["kind"].casefold(), match["rest"]
        if kind == "statement":
            return _has_code_as_key(checked) and "true" not in rest and "correct" not in rest
        return kind == "option" and (
            _has_code_as_key(checked)
            or _OPTION_OF_SOMETHING.match(rest) is not None
            or _USE_OF_OPTION.search(checked.stem[: match.start()].casefold()) is not None
        )
    if match["set"].casefold() == "following":
        return has_labelled_line(stem, match.end())
    before = checked.stem[: match.start()].casefold()
    noun = match["noun"]
    is_named_before = bool(noun) and len(noun) > 3 and word_stem(noun.casefold()) in before
    return (
        is_named_before
        or has_labelled_line(stem, end=match.start())
        or has_own_material(stem, end=match.start())
    )


def _has_code_as_key(checked: CheckedQuestion) -> bool:
    """Whether the first right option is code and nothing else."""
    option = next(option for option in checked.question.options if option.is_correct)
    return is_only_code(option.text)
