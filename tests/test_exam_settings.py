"""What `deck.toml` says of the exam and of where its sources can be seen."""

from __future__ import annotations

import pytest

from mcqdeck.model import Config, Exam
from mcqdeck.read.config import parse_config
from tests.conftest import DECK_TOML


def read(text: str) -> tuple[Config, list[str]]:
    config, diagnostics = parse_config("deck.toml", (DECK_TOML + text).encode())
    shown = [
        f"{diagnostic.where.line}:{diagnostic.where.column} {diagnostic.message}; {diagnostic.help}"
        for diagnostic in diagnostics
    ]
    return config, shown


def test_a_bank_says_what_its_exam_asks() -> None:
    config, shown = read("[exam]\nquestions = 150\nminutes = 180\npass = 62.5\n")

    assert config.exam == Exam(questions=150, minutes=180, pass_percent=62.5)
    assert shown == []


def test_each_of_the_keys_may_be_left_out() -> None:
    assert read("")[0].exam is None
    assert read("[exam]\nminutes = 30\n")[0].exam == Exam(minutes=30)
    assert read('[exam]\npass = "70 %"\n')[0].exam == Exam(pass_percent=70.0)


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("[exam]\nquestions = 0\n", "4:1", "`questions` cannot be 0"),
        ("[exam]\nquestions = true\n", "4:1", "`questions` cannot be true"),
        ('[exam]\nminutes = "90"\n', "4:1", '`minutes` cannot be "90"'),
        ("[exam]\nminutes = 1.5\n", "4:1", "`minutes` cannot be 1.5"),
        ("[exam]\npass = 101\n", "4:1", "`pass` cannot be 101"),
        ("[exam]\npass = 0\n", "4:1", "`pass` cannot be 0"),
        ("[exam]\npass = nan\n", "4:1", "`pass` cannot be nan"),
        ('[exam]\npass = "most"\n', "4:1", '`pass` cannot be "most"'),
        ("[exam]\nminuets = 5\n", "4:1", "unknown key `minuets`; did you mean `minutes`?"),
        ("exam = 5\n", "3:1", "`exam` cannot be 5"),
        ('repositry = "https://example.org"\n', "3:1", "did you mean `repository`?"),
        ('repository = "example.org/bank"\n', "3:1", "`repository` cannot be"),
        ('repository = "javascript:alert(1)"\n', "3:1", "`repository` cannot be"),
        ('repository = "https://example.org/{file}"\n', "3:1", "`repository` cannot be"),
        ("repository = 'https://example.org/\"'\n", "3:1", "`repository` cannot be"),
        (f'repository = "https://example.org/{"a" * 1000}"\n', "3:1", "`repository` cannot be"),
    ],
)
def test_what_cannot_be_is_told_at_its_place(text: str, place: str, told: str) -> None:
    config, shown = read(text)

    assert len(shown) == 1
    assert shown[0].startswith(f"{place} ")
    assert told in shown[0]
    assert config.repository == ""
    assert config.exam in (None, Exam())


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://example.org/ada/exam",
        "https://example.org/ada/exam/blob/main/source/{path}?plain=1",
        "http://localhost:3000/{path}",
    ],
)
def test_the_sources_can_be_seen_at_an_address(address: str) -> None:
    config, shown = read(f'repository = "{address}"\n')

    assert config.repository == address
    assert shown == []
