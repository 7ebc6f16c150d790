"""Rules about texts that name an option by its letter, number or place, which shuffling changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.check.item import Item, prose
from mcqdeck.check.pointing import span
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Passage

_LETTERS = "abcdefgh"
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NOUNS = ("option", "answer", "choice", "distractor", "alternative", "response")
_PLACES = "first|second|third|fourth|fifth|sixth|last|next|1st|2nd|3rd|4th|5th|top|bottom"
_ORDINALS = frozenset({*_PLACES.split("|"), "previous", "preceding", "above"})
_FOLLOWED = re.compile(
    r"s?[*_]*(?:\s+choices?)?(?:\s+(?:is|are|was)|\s*[:=])?[\s*_]+[\"'“‘(\[#*_]*"
    r"(?:[a-h1-9](?!\w)|no\b|number|two|three|four|five|six|above|below)"
)

_NOUN = r"(?:option|answer|choice|distractor|alternative|response)s?"
_NO_NAME = r"(?![\w+#*&]|['’](?!s\b)|-(?![A-H]\b)|\.\w)"
_NAME = rf"(?:[\"'“‘(\[](?P<quoted>[A-Ha-h])[\"'”’)\]]|(?P<letter>[A-H]){_NO_NAME})"
_MORE = rf"(?:(?:\s*[,/&]|\s+and|\s+or)+\s*(?:\([A-Ha-h]\)|[A-H]{_NO_NAME}))*"
_BE = r"(?:is|are|was|were|would be|could be|may be|might be|seems?|looks?|sounds?|being)"
_VERDICT = (
    rf"{_BE}\s+(?:\w+\s+){{0,2}}?(?:correct|incorrect|wrong|right|true|false|tempting|plausible)\b"
)
_SAYS = (
    r"(?:describes?|refers?|confuses?|names?|defines?|lists?|omits?|ignores?|mixes|states?|says"
    r"|mentions?|repeats?|contradicts?|reverses?|swaps?|applies|belongs?)\b"
)
_ENDS = r"(?=\s*(?:[.,](?!\d)|[;:)!?—–]|$)|\s+(?:because|since|as|for)\b)"
_GOES_ON = (
    rf"(?:{_ENDS}|(?=\s+(?:{_SAYS}|(?:is|are|was|were|would|will|does|did|has|have|can|cannot"
    r"|could|may|might|must|should|isn't|doesn't|and|or|but|only|alone|above|below)\b)))"
)
_ORDINAL = (
    rf"the\s+(?:{_PLACES})(?:\s+(?:and|or)\s+(?:the\s+)?(?:{_PLACES}))?(?:\s+(?:two|three))?\s+"
)

_BY_LETTER = re.compile(
    rf"(?<![\w-])(?i:{_NOUN}(?:\s+choices?)?)\s+"
    rf"(?:{_NAME}{_MORE}|(?P<small>[b-h]){_NO_NAME})"
)
_SAID_TO_BE = re.compile(
    rf"(?<![\w-])(?i:(?:the\s+)?(?:(?:correct|right|best)\s+)?(?:answer|option|choice|response)s?"
    rf"(?:\s+(?:is|are|was)|\s*[:=]))\s+{_NAME}{_ENDS}"
)
_BY_NUMBER = re.compile(
    rf"(?<![\w-])(?i:{_NOUN}\s+(?:no\.?\s*|number\s+|#)?"
    rf"(?P<number>[1-9]|two|three|four|five|six)\b{_GOES_ON})"
)
_ALONE = re.compile(
    r"(?:^|(?<=[.!?:;]\s))(?:\((?P<quoted>[A-Ha-h])\)|(?P<letter>[A-H]))"
    rf"{_MORE}(?=\s+(?i:{_VERDICT}))"
    rf"|(?<!\w)\((?P<closed>[A-Ha-h])\)(?=\s+{_BE}\s+(?:\w+\s+)?(?:correct|incorrect|wrong|right)\b)",
    re.MULTILINE,
)
_JUDGED = re.compile(
    r"[A-H][)*_]*\s+(?:is|are|was|were|would|could|may|might|seem|look|sound|being|and|or)\b"
    r"|[A-H][)*_]*\s*[,/&]"
)
_ARTICLE = re.compile(r"\ba(?=\s+\w)|(?:\A|(?<=[.?!]\s))A(?=\s+\w)")
_CLOSED = re.compile(r"\([A-Ha-h]\)")
_BY_PLACE = re.compile(
    rf"\b{_ORDINAL}(?:answer|distractor)s?(?:\s+(?:choice|option)s?)?\b"
    r"(?!\s+(?:to|of|from|by|that|which|he|she|they|you|we|i|the|a)\b)(?<!next\sanswer)"
    rf"|\b{_ORDINAL}(?:option|choice|response|alternative)s?\b(?=\s+(?:{_VERDICT}|{_SAYS}))"
    rf"|(?<=\bin\s){_ORDINAL}(?:option|choice|alternative)s?\b"
    rf"|(?<=\bsee\s){_ORDINAL}(?:option|choice|alternative)s?\b"
    rf"|(?<=like\s){_ORDINAL}(?:option|choice|alternative)s?\b"
    r"|\bthe\s+(?:option|answer|choice|distractor|response|alternative)\s+(?:above|below)\b"
    r"|\bthe\s+(?:previous|preceding|above)\s+(?:option|answer|choice|distractor|alternative)s?\b",
    re.IGNORECASE,
)
_LAID_OUT = re.compile(
    r"^[^\S\n]*(?:[-*+]|\d+[.)])\s|^[^\S\n]*\||!\[|^[^\S\n]*(?:```|~~~)", re.MULTILINE
)


def option_named_by_place(item: Item) -> Iterator[Finding]:
    """Where options are shuffled, the words point each learner to another option, mostly a wrong
    one.

    Say it in the option's own words, or write it as that option's rationale, as a quote under it.
    """
    if not item.is_shuffled:
        return
    question = item.question
    passages = [option.rationale for option in question.options if option.rationale]
    if question.explanation:
        passages.append(question.explanation)
    together = "\n".join([question.stem.text, *(passage.text for passage in passages)])
    if _may_name(together):
        for passage in (question.stem, *passages):
            if _may_name(passage.text):
                yield from _named(item, passage)
    if _JUDGED.search(together) or ("(" in together and _CLOSED.search(together)):
        for passage in passages:
            yield from _alone(item, passage)


def _may_name(text: str) -> bool:
    """Whether it is worth to look closely: a letter, number or place beside a word for an option.

    A scan for the whole expressions would take far longer than all that is found by it.
    """
    folded = text.casefold()
    for noun in _NOUNS:
        at = folded.find(noun)
        while at >= 0:
            if _FOLLOWED.match(folded, at + len(noun)):
                return True
            if not _ORDINALS.isdisjoint(folded[max(0, at - 32) : at].split()[-3:]):
                return True
            at = folded.find(noun, at + 1)
    return False


def _named(item: Item, passage: Passage) -> Iterator[Finding]:
    """What stands beside a word for an option: `option B`, `choice 2`, `the second answer`."""
    text = prose(passage.text)
    known = _names_of_its_own(item)
    ends: set[int] = set()
    for expression in (_BY_LETTER, _SAID_TO_BE):
        for match in expression.finditer(text):
            name = _letter(match)
            is_free = name not in known and not _is_written(name, item, exactly=True)
            if expression is _SAID_TO_BE and _is_written(name, item):
                is_free = False
            if is_free and _is_place(item, _LETTERS.index(name) + 1) and match.end() not in ends:
                ends.add(match.end())
                yield _finding(passage, match, "letter")
    for match in _BY_NUMBER.finditer(text):
        word = match["number"].casefold()
        number = _NUMBERS.get(word) or int(word)
        is_product = text[: match.start()].rstrip()[-2:].isupper()
        if word not in known and not is_product and _is_place(item, number):
            yield _finding(passage, match, "number")
    if passage is not item.question.stem:
        for match in _BY_PLACE.finditer(text):
            yield _finding(passage, match, "place")


def _alone(item: Item, passage: Passage) -> Iterator[Finding]:
    """Letters that are judged and can mean nothing else: `A and C are wrong`, `(B) is right`."""
    for match in _ALONE.finditer(prose(passage.text)):
        name = (match["closed"] or _letter(match)).casefold()
        is_free = not re.search(rf"(?<![^\W_]){name}(?![^\W_])", _others(item.stem), re.IGNORECASE)
        if is_free and not _is_written(name, item) and _is_place(item, _LETTERS.index(name) + 1):
            yield _finding(passage, match, "letter")


def _letter(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return (groups["letter"] or groups["quoted"] or groups.get("small") or "").casefold()


def _names_of_its_own(item: Item) -> frozenset[str]:
    """The letters and numbers that the stem gives to options of its own: `Option A costs 5 …`."""
    names = {_letter(match) for match in _BY_LETTER.finditer(item.stem)}
    names |= {match["number"].casefold() for match in _BY_NUMBER.finditer(item.stem)}
    is_own = len(names) > 1 or _LAID_OUT.search(item.question.stem.text)
    return frozenset(names if is_own else ())


def _is_written(name: str, item: Item, *, exactly: bool = False) -> bool:
    """Whether the letter is the text of an option, or a word in it, and not a mark for it."""
    before = _NOUN + r"\s+" if exactly else r"(?<![^\W_])"
    word = re.compile(rf"\W*{name}\W*\Z|.*{before}{name}(?![^\W_])", re.IGNORECASE | re.DOTALL)
    return any(word.match(_others(option.text.text)) for option in item.question.options)


def _others(text: str) -> str:
    """The text without an article that is read as a letter: the `A` of `A dog`."""
    return _ARTICLE.sub("", text)


def _is_place(item: Item, number: int) -> bool:
    return 0 < number <= len(item.question.options)


def _finding(passage: Passage, match: re.Match[str], what: str) -> Finding:
    where, length = span(passage, match.start(), match.end())
    words = " ".join(passage.text[match.start() : match.end()].split())
    return Finding(
        where,
        f"`{words}` names an option by its {what}, and the options are shuffled",
        "say it in the option's own words, or put it under that option as its rationale; "
        "a numbered list (`1. [ ]`) keeps its order",
        length,
    )
