"""What the README shows works as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mcqdeck.cli import main
from tests.conftest import MakeBank

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    return [text for name, text in fences if name == language]


def author_commands() -> list[list[str]]:
    """The arguments of the commands by which an author makes a deck."""
    lines = [line.split("#")[0].split() for block in blocks("") for line in block.splitlines()]
    return [line[1:] for line in lines if line[:1] == ["mcqdeck"]]


def test_the_chapter_that_it_shows_has_no_fault(make_bank: MakeBank) -> None:
    (chapter,) = blocks("markdown")

    result = CliRunner().invoke(main, ["check", str(make_bank(chapter=chapter))])

    assert result.stdout == "1 question in 1 chapter: no faults found\n"


def test_the_question_that_it_shows_is_in_the_bank() -> None:
    (chapter,) = blocks("markdown")
    source = Path(__file__).parents[1] / "source" / "12-core-functions" / "01-screening.md"
    title, _, question = chapter.partition("\n\n")

    text = source.read_text(encoding="utf-8")
    assert title in text
    assert question in text


def test_it_is_short() -> None:
    assert README.count("\n") <= 120


def test_its_commands_make_a_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = author_commands()

    results = [CliRunner().invoke(main, command) for command in commands]

    assert [command[0] for command in commands] == ["init", "check", "build"]
    assert [result.exit_code for result in results] == [0, 0, 0]
    assert (tmp_path / "decks" / "my-exam.apkg").exists()


def test_every_file_that_it_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)

    assert [link for link in links if not (Path(__file__).parents[1] / link).exists()] == []


def test_what_it_lets_make_do_is_in_the_makefile() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\S+)", README, re.MULTILINE)

    assert "site" in targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
