"""The rule `near-duplicate`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from mcqdeck.check.analysis.content import content, content_of_stem
from mcqdeck.check.analysis.passages import literals
from mcqdeck.check.analysis.question import CheckedQuestion, checked_questions
from mcqdeck.check.analysis.repeats import about_repeated, place_of, repeats
from mcqdeck.check.analysis.similar_texts import compared_text, similar_pairs
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Bank, Passage

_SIMILAR_KEYS = 85  # percent; two keys so similar want the same answer
_SIMILAR_WORDS = 75  # percent; two words so similar are taken for forms of one
_SHORT_STEM = 20  # telling words; in a stem with fewer a single one may make the question
_FEWEST_OF_DRILL = 3  # different questions with the same options

# fmt: off
_UNTELLING = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "is", "are", "was", "were", "be", "do",
    "does", "did", "can", "which", "what", "of", "following", "there", "it", "its", "please",
})
# fmt: on
"""Words of a stem that never make another question."""


def near_duplicate(banks: Sequence[Bank]) -> Iterator[Finding]:
    """A question that another one asks in nearly the same words costs a learner time and teaches
    nothing new.

    Keep the better one, or make them ask different things. Reported are questions whose stems and
    options together are 90 % alike. Not reported are those in which an image, a formula or code
    differs; those with different keys, unless their stems differ only in words such as `the` and
    `which`; and, where a stem is short, those in which a number differs, or any word in a drill,
    which asks about many things with the same options.
    """
    questions = [checked for bank in banks for checked in checked_questions(bank)]
    pairs = list(_near_pairs(questions)) if len(questions) > 1 else []
    repeated = {id(repeat.question.question) for repeat in repeats(banks)} if pairs else frozenset()
    for earlier, later, similarity in pairs:
        if id(later.question) not in repeated:
            but = "" if _have_same_key(earlier, later) else ", with another key"
            yield about_repeated(
                later,
                f"{similarity:.0f} % the same as {place_of(earlier)}{but}",
                "keep the better one, or make them ask different things",
            )


def _near_pairs(
    questions: Sequence[CheckedQuestion],
) -> Iterator[tuple[CheckedQuestion, CheckedQuestion, float]]:
    """Each question that is too near to an earlier one: that one, itself, and their similarity."""
    compared = [compared_text(checked) for checked in questions]
    different = {(text.options, text.text) for text in compared}
    questions_by_options = Counter(options for options, _ in different)
    for position, similar in similar_pairs([text.text for text in compared]):
        later = questions[position]
        number = questions_by_options[compared[position].options]
        is_drill = number >= _FEWEST_OF_DRILL or len(later.question.options) == 2
        for earlier, similarity in similar:
            if _ask_the_same(questions[earlier], later, is_drill=is_drill):
                yield questions[earlier], later, similarity
                break


def _ask_the_same(earlier: CheckedQuestion, later: CheckedQuestion, *, is_drill: bool) -> bool:
    """Whether two questions that read alike differ in nothing that makes another question."""
    stems = earlier.question.stem, later.question.stem
    first, second = stems
    is_repeated = content_of_stem(stems[0]) == content_of_stem(stems[1])
    if is_repeated or _differ_in_literals(first, second):
        return False
    first_words, second_words = _telling_words(first), _telling_words(second)
    if first_words == second_words:
        return True
    if not _have_same_key(earlier, later):
        return False
    only_first = set(first_words).difference(second_words)
    only_second = set(second_words).difference(first_words)
    if not is_drill and only_first and only_second:
        only_first, only_second = _without_forms(only_first, only_second)
    is_short = min(len(first_words), len(second_words)) < _SHORT_STEM
    has_number = not all(map(str.isalpha, only_first | only_second))
    return not (is_short and (has_number or (is_drill and only_first and only_second)))


def _differ_in_literals(first: Passage, second: Passage) -> bool:
    """Whether one text has code, a formula or an image that the other does not even mention."""
    pairs = ((first, content(second)), (second, content(first)))
    return any(literal not in other for text, other in pairs for literal in literals(text))


def _telling_words(stem: Passage) -> list[str]:
    return [word for word in content(stem).split() if word not in _UNTELLING]


def _have_same_key(earlier: CheckedQuestion, later: CheckedQuestion) -> bool:
    """Whether both want the same answer, perhaps in other words."""
    first, second = (_contents(checked, are_correct=True) for checked in (earlier, later))
    if sorted(first) == sorted(second):
        return True
    wrong = {*_contents(earlier, are_correct=False), *_contents(later, are_correct=False)}
    if len(first) != len(second) or not wrong.isdisjoint((*first, *second)):
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415

    joined = (" ".join(keys) for keys in (first, second))
    return fuzz.token_sort_ratio(*joined, score_cutoff=_SIMILAR_KEYS) > 0


def _contents(checked: CheckedQuestion, *, are_correct: bool) -> list[str]:
    """The contents of the right options, or of the wrong ones."""
    return [
        content(option.text)
        for option in checked.question.options
        if option.is_correct is are_correct
    ]


def _without_forms(
    only_first: Collection[str], only_second: Collection[str]
) -> tuple[set[str], set[str]]:
    """The words without those of which the other side has what looks like a form."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    first, second = set(only_first), set(only_second)
    for word in sorted(filter(str.isalpha, only_first)):
        forms = (other for other in sorted(second) if fuzz.ratio(word, other) >= _SIMILAR_WORDS)
        if form := next(forms, None):
            first.remove(word)
            second.remove(form)
    return first, second
