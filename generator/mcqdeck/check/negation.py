"""Rules about stems that ask for what is not so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from mcqdeck.check.item import Item
from mcqdeck.check.pointing import span
from mcqdeck.check.words import SENTENCE, WORD
from mcqdeck.diagnostic import Edit, Finding

_NEGATIVE = re.compile(r"\b(?:not|never|cannot|except|least|all\s+but)\b|n['’]t\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"\n]*\"|“[^“”\n]*”|(?<!\w)'[^'\n]*'(?!\w)|(?<!\w)‘[^‘’\n]*’(?!\w)")
_EMPHASIS = re.compile(
    r"(?P<mark>\*{1,3}|(?<!\w)_{1,3})(?=\S)[^*_\n]+?(?<=\S)(?P=mark)"
    r"|<(?P<tag>b|strong|em|i|u|mark)>[^<\n]*</(?P=tag)>",
    re.IGNORECASE,
)
# fmt: off
_AUXILIARIES = frozenset({
    "is", "are", "was", "were", "be", "do", "does", "did", "can", "could", "should", "would",
    "will", "must", "may", "might", "has", "have", "had",
})
_FINITE = _AUXILIARIES - {"be", "have"}
_SUBORDINATE = frozenset({
    "that", "who", "whom", "whose", "which", "when", "where", "while", "if", "unless", "because",
    "since", "although", "though", "so", "until", "after", "before", "but", "whether", "why", "to",
})
_PREPOSITIONS = frozenset({
    "in", "of", "for", "by", "with", "from", "to", "on", "at", "under", "through", "during",
})
_FITNESS = frozenset({
    "accurate", "appropriate", "beneficial", "consistent", "correct", "desirable", "effective",
    "helpful", "important", "likely", "plausible", "probable", "relevant", "suitable", "true",
    "useful",
})
# fmt: on
_PRONOUNS = frozenset({"i", "you", "we", "they", "he", "she", "it"})
_JOINING = frozenset({"and", "or", "to", "but", "nor"})
_REACH = 4
_NEAR_END = 5


def negative_stem(item: Item) -> Iterator[Finding]:
    """A learner who looks for what is true finds it, and is wrong for having missed one word.

    Ask for what is so. Where the exception is what matters, keep the negative and emphasise it.
    """
    for word in _negatives(item.stem):
        where, length = span(item.question.stem, *word.span())
        yield Finding(
            where,
            f"`{word[0]}` makes this a question for what is not so",
            "ask for what is so, if the exception is not what matters",
            length,
        )


def negative_not_emphasised(item: Item) -> Iterator[Finding]:
    """One small word turns the question round, and a learner in a hurry reads over it.

    Write the negative word in capitals or in bold.
    """
    stem = item.question.stem
    words = [word for word in _negatives(item.stem) if not word[0].isupper()]
    emphases = [mark.span() for mark in _EMPHASIS.finditer(stem.text)] if words else []
    for word in words:
        if not _is_within(word, emphases):
            where, length = span(stem, *word.span())
            capitals = word[0].upper()
            yield Finding(
                where,
                f"`{word[0]}` turns the question round and is easily read over",
                f"write `{capitals}`, or put it in bold",
                length,
                edits=(Edit(where, stem.at(word.end()), capitals),),
            )


def _is_within(word: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a word lies in one of the spans, which follow one another."""
    position = bisect_left(spans, word.span()) - 1
    return position >= 0 and word.end() < spans[position][1]


def _negatives(stem: str) -> Iterator[re.Match[str]]:
    """The words that turn the question of a stem round, and none that tells of a case."""
    if not _NEGATIVE.search(stem):
        return
    plain = _QUOTED.sub(lambda match: " " * len(match[0]), stem)
    sentences = [match for match in SENTENCE.finditer(plain) if WORD.search(match[0])]
    for sentence in sentences:
        is_question = sentence[0].rstrip().endswith("?")
        if (is_question or sentence is sentences[-1]) and _NEGATIVE.search(sentence[0]):
            words = list(WORD.finditer(plain, *sentence.span()))
            said = [word[0].casefold().replace("’", "'") for word in words]
            start = _start(plain, words, said, is_question=is_question)
            found = {*_denials(said, start), *_exceptions(said)}
            if start == len(said) and not sentence[0].rstrip(" *_\n").endswith((".", "!", "?")):
                found |= _left_open(said)
            for position in sorted(found):
                yield words[position]


def _start(
    text: str, words: Sequence[re.Match[str]], said: Sequence[str], *, is_question: bool
) -> int:
    """The position after the word with which the question begins, else the end of the sentence.

    `Which`, `what` and `who` begin it at the head of a sentence or after a comma, a question mark
    given also elsewhere; `when`, `where` and `how` only at the head and before an auxiliary.
    """
    for position, word in enumerate(said):
        inverted = said[position + 1 : position + 2] and said[position + 1] in _AUXILIARIES
        first = position - bool(position and said[position - 1] in _PREPOSITIONS)
        if word in ("when", "where", "how"):
            if position == 0 and inverted:
                return 1
        elif word.removesuffix("'s") in ("which", "what", "who"):
            gap = text[words[first - 1].end() : words[first].start()] if first else ""
            is_relative = word != "what" and inverted and first == position
            after_comma = not gap.isspace() and not is_relative
            elsewhere = is_question and word != "who" and first == position and gap.isspace()
            if first == 0 or after_comma or elsewhere:
                return position + 1
    return len(said)


def _denials(said: Sequence[str], start: int) -> Iterator[int]:
    """The positions from `start` of each `not` that belongs to the verb of the question itself."""
    auxiliary = start - 1 if said[start - 1].endswith("'s") else -_REACH
    for position in range(start, len(said)):
        word, before = said[position], said[position - 1]
        if word in _SUBORDINATE:
            return
        if word in ("not", "never"):
            if position - auxiliary <= _REACH and before not in _JOINING:
                yield position
        elif word == "cannot" or word.endswith("n't"):
            if before not in _PRONOUNS and before not in _JOINING:
                yield position
        elif word in _AUXILIARIES and before not in _PRONOUNS and before not in _JOINING:
            auxiliary = position


def _left_open(said: Sequence[str]) -> set[int]:
    """The denials at the end of a sentence that the options complete: `The liver does not …`."""
    return {
        each
        for each in _denials(said, 1)
        if len(said) - each <= _NEAR_END and _FINITE.isdisjoint(said[each + 1 :])
    }


def _exceptions(said: Sequence[str]) -> Iterator[int]:
    """The positions of `except` or `all but` at the end, and of `least` in `least likely`."""
    for position, word in enumerate(said):
        following = said[position + 1] if position + 1 < len(said) else ""
        leaves_out = word == "except" or (
            word == "but" and position and said[position - 1] == "all"
        )
        ends = leaves_out and following in ("", "for", "which", "what", "one")
        if ends or (word == "least" and following in _FITNESS):
            yield position
