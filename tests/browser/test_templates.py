"""The templates and the style as text: small, plain to Anki, and with no answer in front."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from mcqdeck.pack import card
from mcqdeck.words import LANGUAGES, Override, words_for

LIMIT = 12_000
FIELDS = {
    *("ID", "Stem", "Options", "Answer", "Correct", "Rationales", "Explanation", "References"),
    *("Flashcard", "Notice", "Meta", "Subdeck"),
}
NAMES = ("front", "back", "flashcard front", "flashcard back")


def sides(language: str, *overrides: Override) -> dict[str, str]:
    """The templates of a bank in a language, by their names."""
    words = words_for(language, overrides)
    templates = (*card.multiple_choice(words, language), *card.flashcard(words, language))
    return dict(zip(NAMES, templates, strict=True))


def style(bank_style: str = "", language: str = "en") -> str:
    return card.style(words_for(language), bank_style)


SIDES = sides("en")
SPOKEN = {f"{tag} {name}": side for tag in LANGUAGES for name, side in sides(tag).items()}


def script(side: str) -> str:
    """What stands in the one script element of a template."""
    (found,) = re.findall(r"<script>(.*?)</script>", side, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("side", SPOKEN.values(), ids=SPOKEN.keys())
def test_a_template_names_only_fields_that_there_are(side: str) -> None:
    named = set(re.findall(r"\{\{[#^/]?(.*?)\}\}", side))

    assert named <= FIELDS
    assert "[[" not in side


@pytest.mark.parametrize("name", SPOKEN)
def test_script_and_style_are_small(name: str) -> None:
    side, language = SPOKEN[name], name.partition(" ")[0]
    size = len(script(side).encode()) + len(style(language=language).encode())

    assert size < LIMIT


@pytest.mark.parametrize("side", SPOKEN.values(), ids=SPOKEN.keys())
def test_the_script_is_no_template_and_declares_nothing(side: str) -> None:
    code = script(side)

    assert "{{" not in code
    without_comments = re.sub(r"^//.*\n", "", code.strip(), flags=re.MULTILINE)
    assert without_comments.startswith("(function (")
    assert not re.search(r"\b(let|const|class)\s|=>|`", code)


def test_the_front_names_neither_the_answer_nor_what_gives_it_away() -> None:
    named = set(re.findall(r"\{\{[#^/]?(.*?)\}\}", SIDES["front"]))

    assert named == {"ID", "Subdeck", "Stem", "Options"}


@pytest.mark.parametrize("id_", ["single", "several", "retired", "true-or-false"])
def test_nothing_on_the_front_tells_the_right_option_from_the_others(
    choice: Callable[[str], Any], id_: str
) -> None:
    page = re.sub(r"<(style|script)>.*?</\1>", "", choice(id_).front, flags=re.DOTALL)

    options = re.findall(r"<li (data-option=\S+?)( data-pinned=\S+?)?>", page)
    assert [option for option, _ in options] == [f'data-option="{id_}"' for id_ in "abcdefgh"][
        : len(options)
    ]
    for word in ("answer", "correct", "right-answer", "rationale", "checked"):
        assert word not in page.casefold()


def test_a_flashcard_front_is_empty_but_for_its_condition() -> None:
    assert re.fullmatch(
        r"\{\{#Flashcard\}\}.*\{\{/Flashcard\}\}\s*", SIDES["flashcard front"], re.S
    )


def test_the_style_of_a_bank_cannot_leave_its_element() -> None:
    assert "</" not in style("a { content: 'x' } </style><script>alert(1)</script>")


def test_the_style_of_a_bank_comes_last() -> None:
    own = ".card { --accent: teal; }"

    assert style(own).startswith(style().rstrip())
    assert style(own).rstrip().endswith(own)
