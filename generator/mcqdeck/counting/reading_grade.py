"""How hard English texts are to read: the formula of Coleman and Liau.

It needs letters, words and sentences only. Formulas by syllables would need a dictionary of how
words are spoken, which is large (`textstat` loads one, with NLTK), or a guess, which is wrong most
often in the technical words that make such texts hard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mcqdeck.model import Passage, Question
from mcqdeck.rules.analysis.words import SENTENCE, WORD
from mcqdeck.statistics import Grade

_FEWEST_WORDS = 100  # that the formula was made for


def grades_of(questions: Sequence[Question]) -> tuple[Grade, ...]:
    """The grades of the stems and of the explanations, each taken together."""
    parts: dict[str, Iterable[Passage]] = {
        "stem": (question.stem for question in questions),
        "explanation": (question.explanation for question in questions if question.explanation),
    }
    return tuple(_grade(part, passages) for part, passages in parts.items())


def _grade(part: str, passages: Iterable[Passage]) -> Grade:
    letters = words = sentences = 0
    for sentence in _sentences(passages):
        words_here = WORD.findall(sentence)
        letters += sum(character.isalpha() for word in words_here for character in word)
        words += len(words_here)
        sentences += bool(words_here)
    if words < _FEWEST_WORDS:
        return Grade(part, words, None)
    return Grade(part, words, round(coleman_liau(letters, words, sentences), 1))


def coleman_liau(letters: int, words: int, sentences: int) -> float:
    """The grade at which a text is understood (Coleman and Liau 1975, *J Appl Psychol* 60:283)."""
    return 5.88 * letters / words - 29.6 * sentences / words - 15.8


def _sentences(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        yield from SENTENCE.findall(passage.prose)
