"""Rules about what a learner reads after answering."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.check.item import Item, prose
from mcqdeck.check.pointing import whole
from mcqdeck.check.words import content_words, stem_of, words
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Passage

_FEWEST_WORDS = 5
_SURELY_ENOUGH = 15
_COMMENT = re.compile(r"<!--[\s\S]*?(?:-->|\Z)")
_SHOWS = re.compile(r"`|\$|!\[|^[^\S\n]*\|", re.MULTILINE)
# Scripts without spaces between words: two of their characters count as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]{{1,2}}|[^\W_{_UNSPACED}]+(?:['’.,-][^\W_]+)*")
_LINK = re.compile(
    r"!?\[[^\[\]]*\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)|\[[^\[\]]*\])"
    r"|<?\b(?:https?://|www\.)[^\s<>]+>?"
)
# fmt: off
_POINTERS = frozenset({
    "see", "also", "source", "sources", "reference", "references", "read", "more", "at", "here",
    "in", "from", "the", "for", "and", "details", "link", "links", "docs", "documentation",
    "explanation", "further", "info", "information", "about", "this",
})
# fmt: on
_ANSWERS = frozenset({"true", "false", "yes", "no", "correct", "incorrect", "right", "wrong"})
_ENTITY = re.compile(r"&#?\w+;")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME_IN_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]+s?\b")


def missing_explanation(item: Item) -> Iterator[Finding]:
    """Who chose wrong learns only that it was wrong, and who guessed right learns nothing.

    Say after the options why the right one is right; a rationale under it counts as well.
    """
    if next(_explaining(item), None) is None:
        yield Finding(
            item.question.where,
            "the question has no explanation",
            "say under `### Explanation`, after the options, why the right option is right",
            2,
        )


def thin_explanation(item: Item) -> Iterator[Finding]:
    """A few words, or a link to follow, seldom tell a learner why the answer is right.

    Give the reason in a sentence or two; a source belongs under `### References`.
    """
    passages = list(_explaining(item))
    if not passages or any(_is_full(passage) for passage in passages):
        return
    where, length = whole(passages[0])
    if any(_LINK.search(passage.text) for passage in passages):
        message, advice = (
            "the explanation is only a link",
            "give the reason in a sentence, and put the link under `### References`",
        )
    else:
        message, advice = (
            f"the explanation has fewer than {_FEWEST_WORDS} words",
            "give the reason why the right option is right, in a sentence or two",
        )
    yield Finding(where, message, advice, length)


def unrelated_explanation(item: Item) -> Iterator[Finding]:
    """An explanation that never comes to the right answer may belong to another question, and does
    not tell why this one is right.

    Use the answer's own words when you say why it is right.
    """
    passages = list(_explaining(item))
    if not passages or not any(_is_full(passage) for passage in passages):
        return
    explanation = "\n".join(passage.text for passage in passages)
    folded = explanation.casefold()
    if not any(_comes_to(explanation, folded, key) for key in item.keys):
        where, length = whole(passages[0])
        key = next(option.text for option in item.question.options if option.is_correct)
        answer = " ".join(key.text.split())
        yield Finding(
            where,
            f"the explanation has no word of the right option, `{answer}`",
            "say in the answer's own words why it is right",
            length,
        )


def missing_rationale(item: Item) -> Iterator[Finding]:
    """A learner who chose a wrong option reads nothing about the very mistake they made.

    Write under each wrong option, as a quote, why it is wrong and what makes it tempting.
    """
    for option in item.question.options:
        has_rationale = option.rationale is not None and option.rationale.text.strip()
        if not option.is_correct and not has_rationale:
            yield Finding(
                option.where,
                "the wrong option has no rationale",
                "say why it is wrong, in a quote under it that is indented as its text (`  > …`)",
                5,
            )


def _explaining(item: Item) -> Iterator[Passage]:
    """The texts that may say why the right option is right."""
    question = item.question
    passages = [question.explanation]
    passages += [option.rationale for option in question.options if option.is_correct]
    for passage in passages:
        if passage is None:
            continue
        text = passage.text
        if text.strip() and ("<!--" not in text or _COMMENT.sub("", text).strip()):
            yield passage


def _is_full(passage: Passage) -> bool:
    """Whether a passage shows something, or says it in enough words that are not a link's."""
    text = passage.text
    is_plain = "](" not in text and "http" not in text and "<!--" not in text
    if is_plain and text.count(" ") > _SURELY_ENOUGH:
        return True
    if _SHOWS.search(text):
        return True
    text = _COMMENT.sub("", text)
    rest = _WORD.findall(_LINK.sub(" ", text))
    if len(rest) >= _FEWEST_WORDS:
        return True
    is_said = len(rest) > 0 and not _POINTERS.issuperset(word.casefold() for word in rest)
    return is_said and len(_WORD.findall(prose(text))) >= _FEWEST_WORDS


def _comes_to(explanation: str, folded: str, key: str) -> bool:
    """Whether an explanation has a word of a right option, or the option has none to share."""
    wanted = content_words(_ENTITY.sub(" ", key) if "&" in key else key) - _ANSWERS
    if any(_begins_a_word(word, folded) for word in wanted):
        return True
    numbers = _NUMBER.findall(key)
    if any(number in explanation for number in numbers):
        return True
    if not wanted:
        return not numbers or bool(re.search(r"[`$]", explanation))
    if any(_begins_a_word(stem_of(word).rstrip("iy"), folded) for word in wanted):
        return True
    return _is_abbreviated(explanation, key) or _is_abbreviated(key, explanation)


def _begins_a_word(start: str, text: str) -> bool:
    at = text.find(start)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(start, at + 1)
    return at >= 0


def _is_abbreviated(text: str, other: str) -> bool:
    """Whether a text has the initials of the other's words: `UN` of `United Nations`."""
    names = [name.casefold().rstrip("s") for name in _NAME_IN_CAPITALS.findall(text)]
    initials = "".join(word[0] for word in words(other)) if names else ""
    return any(name in initials for name in names)
