"""Rules about options that combine others, or the same few parts: K-type questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from mcqdeck.check.item import Item
from mcqdeck.check.pointing import at_option, flat, whole
from mcqdeck.diagnostic import Finding

_LONGEST = 60
_ROMAN = frozenset("ivx")
# fmt: off
_VERDICTS = frozenset({
    "true", "false", "yes", "no", "right", "wrong", "not wrong", "correct", "incorrect", "t", "f",
    "valid", "invalid",
})
# fmt: on
_OPENING = re.compile(
    r"\W*(?:both|either|neither|only|all|options?|statements?|answers?|choices?"
    r"|[a-h]|[ivx]{1,4}|[1-9])(?![^\W_])",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+")
_KINDS = tuple(re.compile(kind) for kind in ("[a-h]", "[ivx]{1,4}", "[1-9]"))
# fmt: off
_NOUNS = frozenset({
    "option", "options", "statement", "statements", "answer", "answers", "choice", "choices",
    "assertion", "reason",
})
_TOGETHER = frozenset({"both", "either", "neither", "only", "alone"})
_GLUE = _NOUNS | _TOGETHER | frozenset({
    "and", "or", "nor", "all", "are", "is", "of", "the", "true", "correct", "right",
})
# fmt: on
_BETWEEN = re.compile(r"[,&]|\b(?:and|or|nor)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\W*both(?:\s+of)?(?:\s+the)?\s+"
    r"(?:above|these|those|options|answers|choices|statements|(?:are\s+)?(?:correct|true|right))"
    r"(?:\s+(?:above|are\s+(?:correct|true|right)))?\W*",
    re.IGNORECASE,
)
_HAS_JOINT = re.compile(r"[,;]|\b(?:and|but)\b", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:[,;](?!\d)\s*(?:and\b)?|\band\b|\bbut\b)\s*", re.IGNORECASE)


def combined_options(item: Item) -> Iterator[Finding]:
    """Whoever knows one part finds the answer by elimination, and the letters take effort to hold.

    Ask for all that apply and mark each right option, or ask about each part by itself.
    """
    cited = {
        position: names
        for position, text in enumerate(item.options)
        if len(text) < _LONGEST and _OPENING.match(text) and (names := _cited(text))
    }
    for position, text in enumerate(item.options):
        if _BOTH.fullmatch(text):
            yield _finding(item, position, "other options", has_place="above" in text.casefold())
    if all(_are_verdicts(text) for text in item.options):
        yield _finding(item, 0, "the answers to several questions")
    joined = [position for position in cited if _is_joined(item.options[position])]
    if joined and _are_listed(item, cited, joined):
        most = max(joined, key=lambda position: len(cited[position]))
        yield _finding(item, most, "parts of the stem")
    else:
        for position in joined:
            if _means_options(item, cited, position):
                yield _finding(item, position, "other options", has_place=True)


def repeated_parts(item: Item) -> Iterator[Finding]:
    """Options made of the same few parts ask several questions at once, and hint at the answer.

    The part that comes most often is mostly right. Ask about each part by itself.
    """
    if len(item.options) < 3 or not all(map(_HAS_JOINT.search, item.options)):
        return
    options = [_parts(text.casefold()) for text in item.options]
    counts = Counter(part for parts in options for part in set(parts))
    repeated = {part for part, count in counts.items() if count > 1}
    if _VERDICTS.issuperset(counts) or min(map(len, counts)) == 1:
        return  # which combined_options reports
    unlike = sum(len(repeated.intersection(parts)) * 2 <= len(parts) for parts in options)
    if unlike <= 1 and min(map(len, options)) > 1:
        where, length = whole(item.question.options[0].text)
        said = " and ".join(f"`{part}`" for part in _parts(item.options[0])[:2])
        yield Finding(
            where,
            f"the options are made of the same parts, such as {said}",
            "ask about each part in a question of its own",
            length,
        )


def _finding(item: Item, position: int, parts: str, *, has_place: bool = False) -> Finding:
    """A finding about an option that combines `parts`, of which a place has been named or not."""
    option = item.question.options[position].text
    message = f"`{flat(option)}` combines {parts}"
    advice = "ask for all that apply and mark each right option with `[x]`"
    return at_option(option, message, advice, is_moved=has_place and item.is_shuffled)


def _are_verdicts(text: str) -> bool:
    """Whether an option says of each of several statements whether it is so: `True, False`."""
    parts = _parts(text.casefold()) if len(text) < _LONGEST else []
    return len(parts) > 1 and _VERDICTS.issuperset(parts)


def _parts(text: str) -> list[str]:
    """What an option joins with commas, semicolons, `and` or `but`."""
    flat = " ".join(text.split())
    return [part for part in _JOINT.split(flat.strip(" .")) if part]


def _cited(text: str) -> tuple[str, ...]:
    """The letters or numerals that an option names, if it has nothing else to say."""
    names = tuple(token for token in _TOKEN.findall(text.casefold()) if token not in _GLUE)
    if names and any(all(map(kind.fullmatch, names)) for kind in _KINDS):
        return names
    return ()


def _is_joined(text: str) -> bool:
    """Whether an option that names others says how many of them, or what they are."""
    tokens = _TOKEN.findall(text.casefold())
    names = sum(token not in _GLUE for token in tokens)
    if names > 1:
        return len(_BETWEEN.findall(text)) >= names - 1
    return not (_TOGETHER | _NOUNS).isdisjoint(tokens)


def _are_listed(item: Item, cited: Mapping[int, Sequence[str]], joined: Sequence[int]) -> bool:
    """Whether the stem lists what the options name, as `II.`, `(2)`, `b)` or `Statement 1 |`.

    Several options with Roman numerals mean a list wherever it is, in a picture for instance.
    """
    if len(joined) > 1 and all(_ROMAN.issuperset("".join(cited[each])) for each in joined):
        return True
    stem = item.question.stem.text
    return all(
        re.search(rf"(?<![^\W\d])\(?{name}(?:[.):]|\s*\|)", stem, re.IGNORECASE)
        for name in cited[joined[0]]
    )


def _means_options(item: Item, cited: Mapping[int, Sequence[str]], position: int) -> bool:
    """Whether the names are those of other options, which speak for themselves."""
    for name in cited[position]:
        place = "abcdefgh".find(name) if name.isalpha() else int(name) - 1
        is_there = 0 <= place < len(item.options) and place != position and place not in cited
        if not is_there or re.search(rf"(?<!\w){name.upper()}(?!\w)", item.stem[2:]):
            return False
    return True
