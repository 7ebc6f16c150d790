"""The rule `key-repeats-stem`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import span
from mcqdeck.rules.analysis.words import WORD, content_words, question_in, word_stem, words

_PREFIX = 3  # letters without which two words are no forms of one, so that few need stemming


def key_repeats_stem(checked: CheckedQuestion) -> Iterator[Finding]:
    """A word of the question that is repeated in the right option only points a learner at it.

    Let a wrong option use a word of the question too, or use another word in the right one.
    Not every repetition is a hint, so this is only an info.
    """
    asked = content_words(question_in(checked.stem))
    if checked.has_opposite_options:
        return
    key_words = {word for text in checked.keys for word in content_words(text)}
    repeated = _in_common(key_words, asked)
    distractor_words = (word for text in checked.distractors for word in words(text))
    if not repeated or _in_common(distractor_words, asked):
        return
    for option, text in checked.options_and_prose():
        for match in WORD.finditer(text) if option.is_correct else ():
            if repeated.intersection(words(match[0])):
                where, length = span(option.text, *match.span())
                yield Finding(
                    where,
                    f"`{match[0]}` is in the question too, and no wrong option uses a word of it",
                    "let a wrong option do so too, or use another word here",
                    length,
                )
                return


def _in_common(words: Iterable[str], asked: Collection[str]) -> set[str]:
    """The words of which another form, or the same, is among those asked."""
    prefixes = {word[:_PREFIX] for word in asked}
    alike = {word for word in words if word[:_PREFIX] in prefixes}
    if not alike:
        return alike
    prefixes = {word[:_PREFIX] for word in alike}
    stems = {word_stem(word) for word in asked if word[:_PREFIX] in prefixes}
    return {word for word in alike if word_stem(word) in stems}
