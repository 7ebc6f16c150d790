"""The templates and the style as text: small, plain to Anki, and with no answer in front."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from mcqdeck.model import Config
from mcqdeck.pack import card
from mcqdeck.words import LANGUAGES

LIMIT = 12_000
FIELDS = {
    *("ID", "Stem", "Options", "Answer", "Correct", "Rationales", "Explanation", "References"),
    *("Flashcard", "Notice", "Meta", "Reserved1", "Reserved2"),
}
NAMES = ("front", "back", "flashcard front", "flashcard back")


HABITS = {"answer_on_choice": True, "strike_out": True, "timer": True, "show_id": True}


def config(language: str = "en", **changes: Any) -> Config:
    return Config("deck.toml", "demo", "Demo", language=language, **changes)


def sides(language: str, *, has_sound: bool = False, **changes: Any) -> dict[str, str]:
    """The templates of a bank in a language, by their names."""
    bank = config(language, **changes)
    templates = (
        *card.multiple_choice(bank, has_sound=has_sound),
        *card.flashcard(bank, has_sound=has_sound),
    )
    return dict(zip(NAMES, templates, strict=True))


def style(bank_style: str = "", language: str = "en") -> str:
    return card.style(config(language), bank_style)


SIDES = sides("en")
SPOKEN = {f"{tag} {name}": side for tag in LANGUAGES for name, side in sides(tag).items()}
FULL = {
    f"{name} with all habits": side
    for name, side in sides(
        "en", has_sound=True, report="https://example.org/?a&id={id}", **HABITS
    ).items()
}


def script(side: str) -> str:
    """What stands in the one script element of a template."""
    (content,) = re.findall(r"<script>(.*?)</script>", side, re.DOTALL)
    return str(content)


ALL = SPOKEN | FULL


@pytest.mark.parametrize("side", ALL.values(), ids=ALL.keys())
def test_a_template_names_only_fields_that_there_are(side: str) -> None:
    named = set(re.findall(r"\{\{[#^/]?(.*?)\}\}", side))

    assert named <= FIELDS
    assert "[[" not in side


@pytest.mark.parametrize("name", SPOKEN)
def test_script_and_style_are_small(name: str) -> None:
    side, language = SPOKEN[name], name.partition(" ")[0]
    size = len(script(side).encode()) + len(style(language=language).encode())

    assert size < LIMIT


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
@pytest.mark.parametrize(
    ("has_sound", "habits", "limit"),
    [(True, {}, LIMIT + 2_500), (False, HABITS, LIMIT + 3_500), (True, HABITS, LIMIT + 6_000)],
    ids=["sound", "habits", "both"],
)
def test_what_a_bank_switches_on_is_small_too(
    language: str, has_sound: bool, habits: dict[str, Any], limit: int
) -> None:
    css = card.style(config(language, **habits), "", has_sound=has_sound)
    for name, side in sides(language, has_sound=has_sound, **habits).items():
        size = len(script(side).encode()) + len(css.encode())
        assert size < limit, name


@pytest.mark.parametrize("side", ALL.values(), ids=ALL.keys())
def test_the_script_is_no_template_and_declares_nothing(side: str) -> None:
    code = script(side)

    assert "{{" not in code
    without_comments = re.sub(r"^//.*\n", "", code.strip(), flags=re.MULTILINE)
    assert without_comments.startswith("(function (")
    assert not re.search(r"\b(let|const|class)\s|=>|`", code)


def test_the_front_names_neither_the_answer_nor_what_gives_it_away() -> None:
    named = set(re.findall(r"\{\{[#^/]?(.*?)\}\}", SIDES["front"]))

    assert named == {"ID", "Stem", "Options"}


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


@pytest.mark.parametrize("name", NAMES)
def test_a_bank_gets_only_what_it_switches_on(name: str) -> None:
    for setting, part in (
        ("answer_on_choice", "pycmd"),
        ("strike_out", "function strike"),
        ("timer", "function tellTime"),
    ):
        without = sides("en", has_sound=False, **{**HABITS, setting: False})

        assert part not in without[name]
    assert "play:" not in SIDES[name]
    assert 'class="id"' not in sides("en", report="https://example.org/{id}")[name]


def test_a_report_is_escaped_and_has_the_id_where_it_belongs() -> None:
    back = sides("en", show_id=True, report="https://example.org/?a=1&lt=<b>&id={id}&x={id}")[
        "back"
    ]

    assert 'href="https://example.org/?a=1&amp;lt=&lt;b&gt;&amp;id={{ID}}&amp;x={{ID}}"' in back


def test_the_style_of_a_bank_cannot_leave_its_element() -> None:
    assert "</" not in style("a { content: 'x' } </style><script>alert(1)</script>")


def test_the_style_of_a_bank_comes_last() -> None:
    own = ".card { --accent: teal; }"

    assert style(own).startswith(style().rstrip())
    assert style(own).rstrip().endswith(own)
