"""Rules about the flashcard of a question, which shows its stem without its options."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.check.item import Item, prose
from mcqdeck.check.pointing import span
from mcqdeck.check.words import stem_of
from mcqdeck.diagnostic import Finding

_COUNT = r"(?:which|what|any|all|each|every|none|one|two|three|four|some|both|most|best)"
_NEEDS = re.compile(
    rf"\b(?:{_COUNT}\s+(?:(?:one|ones|two|three|four)\s+)?of\s+(?:the\s+)?"
    r"|(?:of|among|from)\s+the\s+(?=following\b[^.?!,\n]{0,40},\s+(?:which|what|who)\b))"
    r"(?P<set>following|these|those)(?:\s+(?P<noun>[a-z]+))?"
    r"|\bwhich\s+(?:one\s+|two\s+|three\s+)?(?:of\s+the\s+)?"
    r"(?:(?:given|listed|following)\s+)?"
    r"(?P<kind>statement|option|answer|choice)s?\b(?P<rest>[^.?!\n]*)",
    re.IGNORECASE,
)
_HINTS = ("following", "these", "those", "statement", "option", "answer", "choice")
_MARKER = r"^[^\S\n]*(?:[-*+]|\(?(?:\d{1,2}|[A-Za-z]|[IVXivx]{1,4})[.)])\s"
_ITEM = re.compile(_MARKER, re.MULTILINE)
_LAID_OUT = re.compile(rf"{_MARKER}|^[^\S\n]*(?:\||```|~~~)|!\[", re.MULTILINE)
# An option that a program, a menu or a contract has is something else than an option of ours.
_THING = re.compile(
    r"\s+(?:(?:of|in|for|from|on|to|lets?|allows?|enables?|with)\b"
    r"|(?:is|are)\s+(?:used|needed|passed|given)\b"
    r"|(?:can|could|would|do|does|should)\s+(?:you|one|we)\b)",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:with|using|use|uses|specifying|add|adding|set|setting|pass|passing)\s*\Z"
)


def needs_options(item: Item) -> Iterator[Finding]:
    """The flashcard shows this stem without its options, so it asks for something that is not
    there.

    Ask so that the answer can be recalled, or write `flashcard: no` in the question's comment.
    """
    if not (item.question.has_flashcard and item.config.flashcards):
        return
    folded = item.stem.casefold()
    if not any(hint in folded for hint in _HINTS):
        return
    for match in _NEEDS.finditer(item.stem):
        if not _is_answerable(item, match):
            end = match.end("set") if match["set"] else match.end() - len(match["rest"])
            where, length = span(item.question.stem, match.start(), end)
            words = " ".join(item.stem[match.start() : end].split())
            yield Finding(
                where,
                f"`{words}` needs the options, and the flashcard shows the stem without them",
                "ask so that the answer can be recalled (`What is …?`), or write `flashcard: no` "
                "in the comment under the heading",
                length,
            )
            return


def _is_answerable(item: Item, match: re.Match[str]) -> bool:
    """Whether the words mean something that the stem itself has, or that the subject has."""
    stem = item.question.stem.text
    if match["kind"]:
        kind = match["kind"].casefold()
        if kind == "statement":
            return _is_code(item) and "true" not in match["rest"] and "correct" not in match["rest"]
        return kind == "option" and (
            _is_code(item)
            or _THING.match(match["rest"]) is not None
            or _GIVEN.search(item.stem[: match.start()].casefold()) is not None
        )
    if match["set"].casefold() == "following":
        return _ITEM.search(stem, match.end()) is not None
    before = item.stem[: match.start()].casefold()
    noun = match["noun"]
    is_named = bool(noun) and len(noun) > 3 and stem_of(noun.casefold()) in before
    return is_named or _LAID_OUT.search(stem[: match.start()]) is not None


def _is_code(item: Item) -> bool:
    """Whether the right option is code and nothing else."""
    option = next(option for option in item.question.options if option.is_correct)
    return "`" in option.text.text and not re.search(r"\w", prose(option.text.text))
