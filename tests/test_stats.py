"""`mcqdeck stats`: a bank in numbers, as tables with bars and as JSON of a shape that stays."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from mcqdeck.cli import main
from mcqdeck.counting.reading_grade import coleman_liau
from tests.conftest import CHAPTER, DECK_TOML, MakeBank
from tests.test_cli import run_on_terminal

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "source" / "12-core-functions"
DOCS = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["stats", *map(str, arguments)])


def numbers(*paths: Path) -> list[Any]:
    statistics: list[Any] = json.loads(run("--format", "json", *paths).stdout)
    return statistics


PLAN = """
[objectives]
B1 = "Bees"
B2 = "Spiders"
B3 = "Ants"

[plan]
B1 = { recall = 3, application = "50%" }
B2 = 1
"""


def question(name: str, comment: str = "", *, options: str = "x  ") -> str:
    marks = "".join(
        f"- [{mark}] {'option ' * (4 - place)}{place}\n" for place, mark in enumerate(options)
    )
    about = f"<!-- {comment} -->\n" if comment else ""
    return f"## {name}\n{about}\nWhich one of these is right?\n\n{marks}\nThat is so.\n\n"


QUESTIONS = [
    question("a", "objective: B1, level: recall, difficulty: 2"),
    question("b", "objective: B1, level: application", options=" x "),
    question("c", "objective: B2, retired: old"),
    question("d", "level: recall, flashcard: no", options="xx "),
    question("e", options="   x"),
]


@pytest.fixture
def bank(make_bank: MakeBank) -> Path:
    chapter = "# One\n\n" + "".join(QUESTIONS[:3])
    other = "# Two\n\n" + "".join(QUESTIONS[3:])
    return make_bank(chapter=chapter, **{"02-other.md": other, "deck.toml": DECK_TOML + PLAN})


def test_the_counts_of_a_bank(bank: Path) -> None:
    [bank_numbers] = numbers(bank)

    assert (bank_numbers["questions"], bank_numbers["retired"], bank_numbers["flashcards"]) == (
        4,
        1,
        3,
    )
    assert bank_numbers["several_right"] == 1
    assert [(chapter["title"], chapter["questions"]) for chapter in bank_numbers["chapters"]] == [
        ("One", 2),
        ("Two", 2),
    ]
    objectives = [
        (objective["name"], objective["questions"], objective["planned"])
        for objective in bank_numbers["objectives"]
    ]
    assert objectives == [("B1", 2, 5), ("B2", 0, 1), ("B3", 0, None), ("", 2, None)]
    assert bank_numbers["objectives"][0]["levels"] == [
        {"name": "recall", "questions": 1, "planned": 3, "share": None},
        {"name": "application", "questions": 1, "planned": 2, "share": 0.5},
    ]
    levels = [(level["name"], level["questions"]) for level in bank_numbers["levels"]]
    assert levels == [("recall", 2), ("application", 1), ("", 1)]
    assert [difficulty["questions"] for difficulty in bank_numbers["difficulties"]] == [
        0,
        1,
        0,
        0,
        0,
        3,
    ]
    assert bank_numbers["keys"] == [
        {"options": 3, "keys": [1, 1, 0]},
        {"options": 4, "keys": [0, 0, 0, 1]},
    ]
    assert bank_numbers["longest_key"] == {"questions": 3, "longest": 1, "expected": 0.9}
    assert bank_numbers["lengths"]["stem"] == {
        **{"texts": 4, "least": 6, "lower": 6, "median": 6, "upper": 6, "most": 6, "mean": 6},
    }
    assert bank_numbers["lengths"]["right option"]["most"] == 5


def test_the_tables_of_a_bank(bank: Path) -> None:
    text = run(bank).stdout

    assert "4 questions in 2 chapters, 3 flashcards, 1 retired, which do not count below" in text
    assert "  B1      Bees     2  of 5  " in text
    assert "  B2      Spiders  0  of 1\n" in text
    assert re.search(r"B1 +1/3 +1/2 ", text)
    assert "among 3 options, 2 questions" in text
    assert "the longest option in 1 of 3 (33 %); by chance in 0.9" in text
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_one_chapter_and_several_banks(bank: Path, make_bank: MakeBank) -> None:
    [chapter] = numbers(bank / "02-other.md")

    assert chapter["questions"] == 2
    assert [objective["name"] for objective in chapter["objectives"]] == []
    assert len(numbers(bank, make_bank("other"))) == 2


def test_a_bank_without_questions(make_bank: MakeBank) -> None:
    bank = make_bank(chapter="# Nothing\n")

    assert run(bank).exit_code == 0
    assert numbers(bank)[0]["lengths"] == {}


def test_the_shipped_bank_keeps_to_its_plan() -> None:
    [shipped] = numbers(SHIPPED)

    assert shipped["questions"] == sum(chapter["questions"] for chapter in shipped["chapters"])
    for count in (*shipped["objectives"], *shipped["levels"]):
        assert count["questions"] == count["planned"]
    assert {part["part"] for part in shipped["reading"]["parts"]} == {"stem", "explanation"}
    assert all(4 < part["grade"] < 16 for part in shipped["reading"]["parts"])


def test_other_languages_have_no_reading_grade(make_bank: MakeBank) -> None:
    bank = make_bank(**{"deck.toml": DECK_TOML + 'language = "de"\n'})

    assert numbers(bank)[0]["reading"] is None
    assert "for English only; this bank is in `de`" in run(bank).stdout


def test_languages_without_spaces_count_characters(make_bank: MakeBank) -> None:
    chapter = CHAPTER.replace("What do bees make from nectar?", "蜂は何を作る？")
    bank = make_bank(chapter=chapter, **{"deck.toml": DECK_TOML + 'language = "ja-JP"\n'})

    [counted] = numbers(bank)

    assert counted["unit"] == "characters"
    assert counted["lengths"]["stem"]["most"] == 7


def test_the_formula_gives_what_its_authors_say() -> None:
    # An abstract of 119 words, 639 letters and 5 sentences has grade 14.5; cited with the formula
    # in many places, such as https://en.wikipedia.org/wiki/Coleman-Liau_index.
    assert coleman_liau(639, 119, 5) == pytest.approx(14.5, abs=0.1)


def test_an_output_without_block_characters_has_bars_too(bank: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "mcqdeck", "stats", str(bank)]

    done = subprocess.run(command, capture_output=True, check=True, env=environment)

    assert b"####" in done.stdout
    assert b"\\u" not in done.stdout


def test_a_chapter_that_may_not_be_read_is_told(bank: Path, tmp_path: Path) -> None:
    questions = numbers(bank)[0]["questions"]
    (tmp_path / "far.md").write_text("# T\n", encoding="utf-8")
    (bank / "09-far.md").symlink_to(tmp_path / "far.md")

    result = run(bank)

    assert result.exit_code == 0
    assert "09-far.md: not counted: it cannot be read" in result.stderr
    [counted] = numbers(bank)
    assert counted["questions"] == questions
    assert [Path(path).name for path in counted["unread"]] == ["09-far.md"]


def test_the_shape_is_the_one_in_the_docs(bank: Path, make_bank: MakeBank) -> None:
    [schema] = re.findall(r"```json\n(\{.*?\n\})\n```", DOCS, re.DOTALL)

    for folder in (bank, SHIPPED, make_bank("empty", "# T\n")):
        jsonschema.validate(numbers(folder), json.loads(schema))


def test_colours_on_a_terminal_only_where_they_are_wanted(bank: Path) -> None:
    coloured = run_on_terminal("stats", bank)

    assert "\x1b[33m" in coloured, "what strays from the plan"
    assert "\x1b[36m\u2588" in coloured
    plain = run_on_terminal("stats", bank, NO_COLOR="1")
    assert "\x1b" not in plain
    assert "\u2588" in plain
