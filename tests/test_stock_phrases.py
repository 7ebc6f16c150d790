"""Options that stand for the others are known in every language, and others are left alone."""

from __future__ import annotations

import pytest

from mcqdeck import stock_options
from mcqdeck.words import LANGUAGES, Others, spoken_language
from tests.stock_phrases import PHRASES

STEM = "Which metal?"
METALS = ("Fe", "Cu")


def phrases(kind: str) -> tuple[tuple[str, str], ...]:
    """The language and the text of each phrase of a kind."""
    return tuple((tag, text) for tag, known in PHRASES.items() for text in getattr(known, kind))


@pytest.mark.parametrize(("tag", "option"), phrases("all_of_the_above"))
def test_all_of_the_above_is_known_and_stays_last(tag: str, option: str) -> None:
    for text in (option, f"{option}.", option.upper()):
        options = (*METALS, text)

        assert list(stock_options.standing_for_others(STEM, options, tag)) == [(2, Others.ALL)]
        assert stock_options.pinned(STEM, options, tag) == {2}


@pytest.mark.parametrize(("tag", "option"), phrases("none_of_the_above"))
def test_none_of_the_above_is_known_and_stays_last(tag: str, option: str) -> None:
    for text in (option, f"{option}.", option.upper()):
        options = (*METALS, text)

        assert list(stock_options.standing_for_others(STEM, options, tag)) == [(2, Others.NONE)]
        assert stock_options.pinned(STEM, options, tag) == {2}


@pytest.mark.parametrize("pair", [pair for known in PHRASES.values() for pair in known.true_false])
def test_pairs_of_verdicts_are_known(pair: tuple[str, str]) -> None:
    assert stock_options.are_opposites(pair)
    assert stock_options.are_opposites((f"{pair[1]}.", pair[0].lower()))


@pytest.mark.parametrize(("tag", "option"), phrases("answers"))
def test_an_answer_that_looks_like_one_is_left_alone(tag: str, option: str) -> None:
    for text in (option, f"{option}."):
        options = (*METALS, text)

        assert not list(stock_options.standing_for_others(STEM, options, tag))
        assert not stock_options.pinned(STEM, options, tag)


@pytest.mark.parametrize("pair", [("P", "F"), ("B", "S"), ("Right", "Left"), ("Fact", "Opinion")])
def test_other_pairs_are_answers(pair: tuple[str, str]) -> None:
    assert not stock_options.are_opposites(pair)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_language_has_five_of_each(tag: str) -> None:
    known = {spoken_language(name): texts for name, texts in PHRASES.items()}[tag]

    assert min(map(len, (known.all_of_the_above, known.none_of_the_above))) >= 5
    assert known.true_false
    assert known.answers
