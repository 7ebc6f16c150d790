"""The rule `near-duplicate`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Compared
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.repeats import about_repeated, place_of

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


def near_duplicate(checked: CheckedBanks) -> Iterator[Finding]:
    """A question that another one asks in nearly the same words costs a learner time and teaches
    nothing new.

    Keep the better one, or make them ask different things. Reported are questions whose stems and
    options together are 90 % alike. Not reported are those in which an image, a formula or code
    differs; those with different keys, unless their stems differ only in words such as `the` and
    `which`; and, where a stem is short, those in which a number differs, or any word in a drill,
    which asks about many things with the same options.
    """
    repeated = {repeat.question.where for repeat in checked.repeats}
    for earlier, later, similarity in _near_pairs(checked):
        if later.where not in repeated:
            but = "" if _have_same_key(earlier, later) else ", with another key"
            yield about_repeated(
                later,
                f"{similarity:.0f} % the same as {place_of(earlier)}{but}",
                "keep the better one, or make them ask different things",
            )


def _near_pairs(checked: CheckedBanks) -> Iterator[tuple[Compared, Compared, float]]:
    """Each question that is too near to an earlier one: that one, itself, and their similarity."""
    groups = checked.by_options({frozenset(later.options) for later, _ in checked.similar})
    sizes = {options: len({one.words for one in group}) for options, group in groups.items()}
    for later, similar in checked.similar:
        is_drill = sizes[frozenset(later.options)] >= _FEWEST_OF_DRILL or len(later.options) == 2
        for earlier, similarity in similar:
            if _ask_the_same(earlier, later, is_drill=is_drill):
                yield earlier, later, similarity
                break


def _ask_the_same(earlier: Compared, later: Compared, *, is_drill: bool) -> bool:
    """Whether two questions that read alike differ in nothing that makes another question."""
    if earlier.asked == later.asked or _differ_in_literals(earlier, later):
        return False
    first_words, second_words = _telling_words(earlier), _telling_words(later)
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


def _differ_in_literals(first: Compared, second: Compared) -> bool:
    """Whether one stem has code, a formula or an image that the other does not even mention."""
    return any(
        literal not in other.stem
        for one, other in ((first, second), (second, first))
        for literal in one.literals
    )


def _telling_words(question: Compared) -> list[str]:
    return [word for word in question.stem.split() if word not in _UNTELLING]


def _have_same_key(earlier: Compared, later: Compared) -> bool:
    """Whether both want the same answer, perhaps in other words."""
    first, second = (_marked(question, are_correct=True) for question in (earlier, later))
    if sorted(first) == sorted(second):
        return True
    wrong = {*_marked(earlier, are_correct=False), *_marked(later, are_correct=False)}
    if len(first) != len(second) or not wrong.isdisjoint((*first, *second)):
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415

    joined = (" ".join(keys) for keys in (first, second))
    return fuzz.token_sort_ratio(*joined, score_cutoff=_SIMILAR_KEYS) > 0


def _marked(question: Compared, *, are_correct: bool) -> list[str]:
    """The right options, or the wrong ones."""
    marked = zip(question.options, question.marks, strict=True)
    return [text for text, is_correct in marked if is_correct is are_correct]


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
