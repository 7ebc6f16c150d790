"""Options that an author pins stay last, in their order, while the others are shuffled."""

from __future__ import annotations

from pathlib import Path

import pytest

import mcqdeck
from mcqdeck.diagnostic import Diagnostic
from tests.conftest import MakeBank

SETTINGS = 'id = "demo"\ntitle = "Demo"\n[rules]\nset = "off"\noption-refers-to-others = "error"\n'


def write(make_bank: MakeBank, comment: str, *options: str, language: str = "en") -> Path:
    marks = "\n".join(f"- [{' ' if number else 'x'}] {text}" for number, text in enumerate(options))
    return make_bank(
        chapter=f"# T\n\n## a\n<!-- {comment} -->\n\nWhich?\n\n{marks}\n\nSo.\n",
        **{"deck.toml": f'language = "{language}"\n{SETTINGS}'},
    )


def check(bank: Path) -> tuple[list[int], tuple[Diagnostic, ...]]:
    """The numbers of the pinned options, and what is wrong."""
    checked = mcqdeck.check([bank])
    (question,) = checked.banks[0].questions
    pinned = [number for number, option in enumerate(question.options, 1) if option.is_pinned]
    return pinned, checked.diagnostics


@pytest.mark.parametrize(
    ("comment", "pinned"),
    [
        ("pinned: last", [3]),
        ("pinned: 3", [3]),
        ("pinned: 1", [1]),
        ("pinned: [2, 3]", [2, 3]),
        ("pinned: [3, 2, 3]", [2, 3]),
        ("pinned: [last, 1]", [1, 3]),
        ("pinned: []", []),
        ("level: recall", []),
    ],
)
def test_the_options_that_an_author_pins_are_pinned(
    make_bank: MakeBank, comment: str, pinned: list[int]
) -> None:
    assert check(write(make_bank, comment, "One", "Two", "Three")) == (pinned, ())


def test_they_are_pinned_beside_those_that_always_are(make_bank: MakeBank) -> None:
    bank = write(make_bank, "pinned: 1", "One", "Two", "None of the above")

    assert check(bank)[0] == [1, 3]


@pytest.mark.parametrize("value", ["4", "0", "-1", "first", "[1, 4]", "", "yes", "{a: b}", "1.5"])
def test_what_names_no_option_is_an_error_at_its_place(make_bank: MakeBank, value: str) -> None:
    diagnostics = check(write(make_bank, f"pinned: {value}", "One", "Two", "Three"))[1]

    assert [(diagnostic.name, diagnostic.where.line) for diagnostic in diagnostics] == [
        ("bad-value", 4)
    ]
    assert "`pinned`" in diagnostics[0].message
    assert "`last`" in (diagnostics[0].help or "")


def test_a_pinned_option_may_speak_of_those_above_it(make_bank: MakeBank) -> None:
    free = write(make_bank, "level: recall", "Tin", "Lead", "Like the above, but heated")
    assert [diagnostic.name for diagnostic in check(free)[1]] == ["option-refers-to-others"]

    (free / "01-chapter.md").write_text(
        (free / "01-chapter.md").read_text().replace("level: recall", "pinned: last")
    )
    assert check(free)[1] == ()


def test_a_pinned_option_may_not_speak_of_one_by_its_place(make_bank: MakeBank) -> None:
    bank = write(make_bank, "pinned: last", "Tin", "Lead", "The same as the first option")

    assert [diagnostic.name for diagnostic in check(bank)[1]] == ["option-refers-to-others"]
