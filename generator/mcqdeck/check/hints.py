"""Rules about hints by which a learner finds the key without knowing it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from mcqdeck.check.item import Item
from mcqdeck.check.pointing import span, whole
from mcqdeck.check.words import WORD, content_words, question_in, stem_of, words
from mcqdeck.diagnostic import Finding

_ARTICLE = re.compile(r"(?<![\w’'-])(?P<article>an?)[\s.:…_]*\Z")
_FIRST = re.compile(r"[^\W_]+")
_SPELLED_WITH_VOWEL = frozenset("AEFHILMNORSX")
_SILENT_H = ("hour", "honest", "honor", "honour", "heir")
# fmt: off
_SOUNDS_CLOSED = (
    "uni", "use", "usu", "uti", "ute", "ura", "ure", "uri", "uro", "ubi", "eu", "ewe", "one",
    "once",
)
# fmt: on
_SOUNDS_OPEN = ("unin", "unim")
_BEGINNING = 3


def key_repeats_stem(item: Item) -> Iterator[Finding]:
    """A word of the question that comes back in the right option only points at that option.

    Let a wrong option take a word of the question too, or say it in another word in the key. Not
    every repetition is a hint, so this only informs.
    """
    asked = content_words(question_in(item.stem))
    if item.is_pair:
        return
    keys = {word for text in item.keys for word in content_words(text)}
    repeated = _shared(keys, asked)
    if not repeated or _shared((each for text in item.distractors for each in words(text)), asked):
        return
    for option, text in zip(item.question.options, item.options, strict=True):
        for match in WORD.finditer(text) if option.is_correct else ():
            if repeated.intersection(words(match[0])):
                where, length = span(option.text, *match.span())
                yield Finding(
                    where,
                    f"`{match[0]}` stands in the question, and no wrong option takes a word of it",
                    "let a wrong option do so too, or say it in another word here",
                    length,
                )
                return


def _shared(said: Iterable[str], asked: Collection[str]) -> set[str]:
    """The words of which another form, or the same, is among `asked`; few must be stemmed."""
    beginnings = {word[:_BEGINNING] for word in asked}
    alike = {word for word in said if word[:_BEGINNING] in beginnings}
    if not alike:
        return alike
    beginnings = {word[:_BEGINNING] for word in alike}
    stems = {stem_of(word) for word in asked if word[:_BEGINNING] in beginnings}
    return {word for word in alike if stem_of(word) in stems}


def convergence(item: Item) -> Iterator[Finding]:
    """The option that shares most with the others is mostly right, and learners know that.

    Let every part of the key come as often as what stands against it. People who were asked saw no
    fault in many of the questions that this finds, so the rule is off unless a bank wants it.
    """
    if len(item.keys) != 1 or len(item.options) < 3:
        return
    options = [content_words(text) for text in item.options]
    counts = Counter(word for words in options for word in words)
    shared = [sum(counts[word] - 1 for word in words) for words in options]
    position = next(n for n, each in enumerate(item.question.options) if each.is_correct)
    if shared[position] > max(shared[:position] + shared[position + 1 :]):
        where, length = whole(item.question.options[position].text)
        yield Finding(
            where,
            "the right option shares more words with the others than any of them does",
            "let each of its parts come as often as what stands against it",
            length,
        )


def article_cue(item: Item) -> Iterator[Finding]:
    """An article that fits the key alone gives the answer to whoever reads the sentence on.

    End the stem before the article, and begin each option with its own.
    """
    match = _ARTICLE.search(item.stem[-20:]) and _ARTICLE.search(item.stem)
    if not match:
        return
    is_an = match["article"] == "an"
    fits = [_begins_with_vowel(text) is is_an for text in item.options]
    if fits == [option.is_correct for option in item.question.options]:
        where, length = span(item.question.stem, *match.span("article"))
        yield Finding(
            where,
            f"`{match['article']}` fits no option but the right one",
            "leave it out here, and begin each option with its own article",
            length,
        )


def _begins_with_vowel(text: str) -> bool:
    """Whether `an` stands before the text, as it is spoken."""
    match = _FIRST.search(text)
    word = match[0] if match else ""
    if word[:1].isdigit():
        return word.startswith("8") or word in ("11", "18")
    if len(word) == 1 or (word.isupper() and len(word) <= 4):
        return word[0].upper() in _SPELLED_WITH_VOWEL
    word = word.casefold()
    if word.startswith(_SOUNDS_CLOSED) and not word.startswith(_SOUNDS_OPEN):
        return False
    return word.startswith(("a", "e", "i", "o", "u", *_SILENT_H))
