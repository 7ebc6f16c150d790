"""Texts that name an option by its letter, its number or its place in the list.

There are five ways to do so (`Way`), each with a pattern for prose that is made of the parts above
it. Searching every text for all of them would take long, so `may_name_options` and
`may_have_letters_alone`, which take Markdown, tell first whether a search can find anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.words import NUMBERS

_LETTERS = "abcdefgh"
_NOUNS = ("option", "answer", "choice", "distractor", "alternative", "response")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "last", "next"),
    *("1st", "2nd", "3rd", "4th", "5th", "top", "bottom"),
)
_BEFORE_NOUN = frozenset({*_ORDINALS, "previous", "preceding", "above"})


def _any(*words: str) -> str:
    """The part of a pattern that matches one of the words."""
    return rf"(?:{'|'.join(words)})"


NOUN = rf"{_any(*_NOUNS)}s?"
"""The part of a pattern that matches a word for an option: `option`, `choices`."""

_ORDINAL = _any(*_ORDINALS)
_THE_ORDINAL = (  # the second · the first and the third · the last two
    rf"the\s+{_ORDINAL}(?:\s+(?:and|or)\s+(?:the\s+)?{_ORDINAL})?(?:\s+(?:two|three))?\s+"
)
_NUMBER = _any("[1-9]", "two", "three", "four", "five", "six")

# After a letter: it is not part of another name, as in `B+`, `C#`, `A&E`, `B-cell` and `A.m`. In
# `B's` and `A-C` it is none.
_NOT_LONGER = r"(?![\w+#*&]|['’](?!s\b)|-(?![A-H]\b)|\.\w)"
_QUOTED = r"[\"'“‘(\[](?P<quoted>[A-Ha-h])[\"'”’)\]]"  # (b) · “B”
_AND = r"(?:\s*[,/&]|\s+and|\s+or)+\s*"

_BE = r"(?:is|are|was|were|would be|could be|may be|might be|seems?|looks?|sounds?|being)"
_VERDICT = (  # is wrong · seems not quite right
    rf"{_BE}\s+(?:\w+\s+){{0,2}}?(?:correct|incorrect|wrong|right|true|false|tempting|plausible)\b"
)
_SAYS = (  # describes · confuses
    r"(?:describes?|refers?|confuses?|names?|defines?|lists?|omits?|ignores?|mixes|states?|says"
    r"|mentions?|repeats?|contradicts?|reverses?|swaps?|applies|belongs?)\b"
)
# After a name: the clause ends, or a reason follows; or else the sentence goes on with a verb.
_CLAUSE_ENDS = r"(?=\s*(?:[.,](?!\d)|[;:)!?—–]|$)|\s+(?:because|since|as|for)\b)"
_SENTENCE_GOES_ON = (
    rf"(?:{_CLAUSE_ENDS}"
    rf"|(?=\s+(?:{_SAYS}|(?:is|are|was|were|would|will|does|did|has|have|can|cannot|could|may|might"
    r"|must|should|isn't|doesn't|and|or|but|only|alone|above|below)\b)))"
)

_LETTER_AFTER_NOUN = pattern(
    rf"(?<![\w-])(?i:{NOUN}(?:\s+choices?)?)\s+"
    rf"(?:(?:{_QUOTED}|(?P<letter>[A-H]){_NOT_LONGER})"
    rf"(?:{_AND}(?:\([A-Ha-h]\)|[A-H]{_NOT_LONGER}))*"
    rf"|(?P<small>[b-h]){_NOT_LONGER})"
)
"""`option B`, `answer choice (c)`, `Options A, B and D`; not `option a`, `option B+`."""

_LETTER_AS_ANSWER = pattern(
    rf"(?<![\w-])(?i:(?:the\s+)?(?:(?:correct|right|best)\s+)?(?:answer|option|choice|response)s?"
    rf"(?:\s+(?:is|are|was)|\s*[:=]))\s+(?:{_QUOTED}|(?P<letter>[A-H])(?!\.\w)){_CLAUSE_ENDS}"
)
"""`The correct answer is A`, `Answer: D`; not `The answer is A dog`."""

_NUMBER_AFTER_NOUN = pattern(
    rf"(?<![\w-])(?i:{NOUN}\s+(?:no\.?\s*|number\s+|#)?(?P<number>{_NUMBER}){_SENTENCE_GOES_ON})"
)
"""`Choice 2` before `describes`, `Options 1` before `and 3`; not `option 2 points`."""

_LETTER_ALONE = pattern(
    r"(?:^|(?<=[.!?:;]\s))(?:\((?P<quoted>[A-Ha-h])\)|(?P<letter>[A-H]))"
    rf"(?:{_AND}(?:\([A-Ha-h]\)|[A-H]))*(?=\s+(?i:{_VERDICT}))"
    rf"|(?<!\w)\((?P<closed>[A-Ha-h])\)(?=\s+{_BE}\s+(?:\w+\s+)?(?:correct|incorrect|wrong|right)\b)",
    re.MULTILINE,
)
"""`A, B and D` at the start of a sentence before `are incorrect`, `(C)` before `is not correct`."""

_WRITTEN = _any("option", "answer", "choice", "distractor", "alternative")

_PLACE = pattern(
    # the second answer · not: the first answer that came to mind, the next answer
    rf"\b{_THE_ORDINAL}(?:(?:answer|distractor)s?(?:\s+(?:choice|option)s?)?\b"
    r"(?!\s+(?:to|of|from|by|that|which|he|she|they|you|we|i|the|a)\b)(?<!next\sanswer)"
    # the last option is wrong · not: surgery is the last option
    rf"|(?:option|choice|response|alternative)s?(?=\s+(?:{_VERDICT}|{_SAYS})))"
    # in the last option · see the first option · unlike the first option
    rf"|(?:(?<=\bin\s)|(?<=\bsee\s)|(?<=like\s)){_THE_ORDINAL}(?:option|choice|alternative)s?\b"
    # the option above
    r"|\bthe\s+(?:option|answer|choice|distractor|response|alternative)\s+(?:above|below)\b"
    # the above option · not: none of the above answers
    rf"|(?<!\bof\s)\bthe\s+above\s+{_WRITTEN}s?\b"
    # the previous option · not: none of the previous options
    r"|(?<!\bof\s)\bthe\s+(?:previous|preceding)\s+(?:option|distractor|alternative)s?\b"
    # the previous answer is wrong · in the previous answer · not: the previous answer of a client
    rf"|\bthe\s+(?:previous|preceding)\s+(?:answer|choice)s?(?=\s+(?:{_VERDICT}|{_SAYS}))"
    r"|(?:(?<=\bin\s)|(?<=\bsee\s)|(?<=like\s)|(?<=\bthan\s))"
    r"the\s+(?:previous|preceding)\s+(?:answer|choice)s?\b(?!\s+(?:to|of|from|by|that|which)\b)",
    re.IGNORECASE,
)
"""`The second and third options` before `are correct`, `the option above`."""

_NAME_MAY_FOLLOW = pattern(
    r"s?(?:\s+choices?)?(?:\s+(?:is|are|was)|\s*[:=])?\s+"
    r"[\"'“‘(\[#]*(?:[a-h1-9](?!\w)|no\b|number|two|three|four|five|six|above|below)"
)
"""What follows a noun, in lower case, if a name may follow: ` choice (c)`, `: d`, `s **two`."""

_LETTER_MAY_BE_ALONE = pattern(
    r"[A-H][)]*(?:\s*[,/&]"
    r"|\s+(?:is|are|was|were|would|could|may|might|seem|look|sound|being|and|or)\b)"
)
"""A letter, in Markdown, if it may stand alone for an option: `B is`, `**A** and`, `A,`."""

_LETTER_IN_BRACKETS = pattern(r"\([A-Ha-h]\)")
"""`(B)`"""

_CHARACTERS_BEFORE = 32  # of which the last words are looked at for an ordinal
_WORDS_BEFORE = 3  # as many as may stand between it and the noun, itself included


class Way(Enum):
    """How a text names an option."""

    LETTER = auto()
    """`option B`, `answer choice (c)`, `Options A, B and D`."""
    ANSWER = auto()
    """`the correct answer is A`, `Answer: D`."""
    LETTER_ALONE = auto()
    """`A and C` in `A and C are wrong`, `(B)` in `(B) is right`."""
    NUMBER = auto()
    """`choice 2`, `option no. 3`, `option two`."""
    PLACE = auto()
    """`the second answer`, `the option above`, `the previous option`."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Words of a text, from `start` to `end`, that may name an option.

    `name` is the letter or number in lower case, such as `b`, `2` or `two`; empty for a place.
    """

    way: Way
    start: int
    end: int
    name: str = ""

    @property
    def position(self) -> int:
        """The position of the option in the list from 0, if it is named by letter or number."""
        if self.way is Way.NUMBER:
            return (NUMBERS.get(self.name) or int(self.name)) - 1
        return _LETTERS.index(self.name)

    @property
    def shown_as(self) -> str:
        """What names the option, as a message says it."""
        return self.way.name.lower() if self.way in (Way.NUMBER, Way.PLACE) else "letter"


def may_name_options(markdown: str) -> bool:
    """Whether a name stands beside a word for an option, as far as a quick look can tell."""
    folded = markdown.casefold()
    for noun in _NOUNS:
        at = folded.find(noun)
        while at >= 0:
            if _NAME_MAY_FOLLOW.match(folded, at + len(noun)):
                return True
            words_before = folded[max(0, at - _CHARACTERS_BEFORE) : at].split()[-_WORDS_BEFORE:]
            if not _BEFORE_NOUN.isdisjoint(words_before):
                return True
            at = folded.find(noun, at + 1)
    return False


def may_have_letters_alone(markdown: str) -> bool:
    """Whether a letter may stand alone for an option, as far as a quick look can tell."""
    if _LETTER_MAY_BE_ALONE.search(markdown):
        return True
    return "(" in markdown and _LETTER_IN_BRACKETS.search(markdown) is not None


def names_beside_nouns(text: str) -> Iterator[Naming]:
    """The names by letter and number in a text: `option B`, `the answer is A`, `choice 2`."""
    for way, form in ((Way.LETTER, _LETTER_AFTER_NOUN), (Way.ANSWER, _LETTER_AS_ANSWER)):
        for match in form.finditer(text):
            yield Naming(way, match.start(), match.end(), _letter(match))
    for match in _NUMBER_AFTER_NOUN.finditer(text):
        yield Naming(Way.NUMBER, match.start(), match.end(), match["number"].casefold())


def names_by_place(text: str) -> Iterator[Naming]:
    """The names by place in a text: `the second answer`, `the option above`."""
    for match in _PLACE.finditer(text):
        yield Naming(Way.PLACE, match.start(), match.end())


def letters_alone(text: str) -> Iterator[Naming]:
    """The letters in a text that are judged and can mean nothing else: `A and C are wrong`."""
    for match in _LETTER_ALONE.finditer(text):
        yield Naming(Way.LETTER_ALONE, match.start(), match.end(), _letter(match))


def is_after_acronym(text: str, start: int) -> bool:
    """Whether the words before `start` end in capitals, as in `DHCP option 3`."""
    return text[:start].rstrip()[-2:].isupper()


def _letter(match: re.Match[str]) -> str:
    groups = match.groupdict()
    letters = (groups.get(name) for name in ("closed", "letter", "quoted", "small"))
    return next(letter for letter in letters if letter).casefold()
