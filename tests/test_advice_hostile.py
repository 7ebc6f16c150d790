"""Advice ends soon on texts that nobody would write, and leaves alone what only seems prose."""

from __future__ import annotations

import pytest

import mcqdeck
from mcqdeck.fixes import apply_fixes
from mcqdeck.model import Place
from mcqdeck.project import ADJUSTABLE
from mcqdeck.rules import Selection
from tests.conftest import CHAPTER, MakeBank

# Each of them took from seconds to hours while some expression looked at it again and again.
HOSTILE = {
    "underscores": "a" + "_" * 100_000 + "b",
    "comments": "x <!-- " * 20_000,
    "quotes": "“ " * 50_000,
    "emphases": "*b* not is not " * 6_000,
    "backticks": "x " + "`" * 100_000,
    "long words": "w" * 200_000,
    "ordinals": "the second " * 9_000,
    "letters": "option A and B or " * 20_000,
    "judged letters": "answer (A) " * 20_000,
    "blank lines": "of these statements" + "\n" * 100_000 + "the second is true",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_rule_ends(make_bank: MakeBank, text: str) -> None:
    stem = "What do bees make from nectar?"
    chapter = CHAPTER.replace(stem, f"{text}\n\n{stem}").replace("Bees thicken", f"{text} Bees")

    checked = mcqdeck.check(
        [make_bank(chapter=chapter)], selection=Selection(frozenset(ADJUSTABLE))
    )

    assert checked.banks[0].questions


def test_an_option_of_blank_lines_is_compared_soon(make_bank: MakeBank) -> None:
    option = "Honey" + "\n" * 100_000 + "  of bees\n"
    chapter = CHAPTER.replace("- [x] Honey\n", f"- [x] {option}")
    assert chapter != CHAPTER

    assert mcqdeck.check([make_bank(chapter=chapter)]).banks[0].questions


@pytest.mark.parametrize("indent", ["", " ", "   "])
def test_code_keeps_its_spaces(make_bank: MakeBank, indent: str) -> None:
    code = f"{indent}~~~python\n{indent}x  =  1\n{indent}~~~\n\n"
    bank = make_bank(chapter=CHAPTER.replace("- [x]", f"{code}- [x]"))

    checked = mcqdeck.check([bank])

    assert not apply_fixes(checked.texts, checked.diagnostics)


def test_a_letter_with_a_meaning_of_its_own_names_no_option(make_bank: MakeBank) -> None:
    chapter = CHAPTER.replace("What do bees", "Let set A be open. What do bees")
    bank = make_bank(chapter=chapter.replace("Bees thicken", "A is true by assumption. Bees"))

    assert "option-named-by-place" not in [
        diagnostic.name for diagnostic in mcqdeck.check([bank]).diagnostics
    ]


def test_the_following_answer_names_no_option(make_bank: MakeBank) -> None:
    text = "The following answer was given by him. Bees thicken"
    bank = make_bank(chapter=CHAPTER.replace("Bees thicken", text))

    assert not mcqdeck.check([bank]).diagnostics


def test_code_counts_for_the_length_of_an_option(make_bank: MakeBank) -> None:
    chapter = CHAPTER.replace("Honey\n", "Slicing with `a[:]` and then assigning\n")
    chapter = chapter.replace("Wax\n", "`a = list(sorted(set(b)))[::-1][0:10]`\n")
    bank = make_bank(chapter=chapter.replace("Bees thicken", "Slicing and assigning: bees thicken"))

    assert not [
        diagnostic
        for diagnostic in mcqdeck.check([bank]).diagnostics
        if diagnostic.name == "key-longest"
    ]


def test_thousands_of_mendings_are_made_at_once(make_bank: MakeBank) -> None:
    lines = "\n".join("many  words  here" for _ in range(5_000))
    bank = make_bank(chapter=CHAPTER.replace("Bees thicken", f"{lines} Bees thicken"))
    checked = mcqdeck.check([bank])

    [(path, data)] = apply_fixes(checked.texts, checked.diagnostics).items()

    assert b"  words" not in data
    assert Place(path) < checked.diagnostics[0].where
