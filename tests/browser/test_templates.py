"""The templates and the style as text: small, plain to Anki, and with no answer in front."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from mcqdeck.pack import card

LIMIT = 12_000
FIELDS = {
    *("ID", "Stem", "Options", "Answer", "Correct", "Rationales", "Explanation", "References"),
    *("Flashcard", "Notice", "Meta", "Subdeck"),
}
SIDES = {
    "front": card.multiple_choice()[0],
    "back": card.multiple_choice()[1],
    "flashcard front": card.flashcard()[0],
    "flashcard back": card.flashcard()[1],
}


def script(side: str) -> str:
    """What stands in the one script element of a template."""
    (found,) = re.findall(r"<script>(.*?)</script>", side, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("side", SIDES.values(), ids=SIDES.keys())
def test_a_template_names_only_fields_that_there_are(side: str) -> None:
    named = set(re.findall(r"\{\{[#^/]?(.*?)\}\}", side))

    assert named <= FIELDS
    assert "[[" not in side


@pytest.mark.parametrize("side", SIDES.values(), ids=SIDES.keys())
def test_script_and_style_are_small(side: str) -> None:
    size = len(script(side).encode()) + len(card.style("").encode())

    assert size < LIMIT


@pytest.mark.parametrize("side", SIDES.values(), ids=SIDES.keys())
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
    style = card.style("a { content: 'x' } </style><script>alert(1)</script>")

    assert "</" not in style


def test_the_style_of_a_bank_comes_last() -> None:
    own = ".card { --accent: teal; }"

    assert card.style(own).startswith(card.style("").rstrip())
    assert card.style(own).rstrip().endswith(own)
