"""What a release does to learners, told in words before it is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mcqdeck.cli import main

DECK = 'id = "demo"\ntitle = "Demo"\n'
RULES = '[rules]\nset = "off"\n'
OPTIONS = ("[x] **Alpha**", "[ ] Beta", "[ ] Gamma")
EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


def question(
    id_: str,
    *,
    stem: str = "Which *one*?",
    options: tuple[str, ...] = OPTIONS,
    explanation: str = "As it is.",
    comment: str = "",
) -> str:
    listed = "\n".join(f"- {option}" for option in options)
    about = f"<!-- {comment} -->\n" if comment else ""
    return f"## {id_}\n{about}\n{stem}\n\n{listed}\n\n### Explanation\n\n{explanation}\n\n"


def package(folder: Path, *questions: str, deck: str = DECK, **chapters: str) -> Path:
    """The package of a bank with these questions, built without memory."""
    bank = folder / "demo"
    bank.mkdir(parents=True)
    (bank / "deck.toml").write_text(deck + RULES)
    (bank / "01-first.md").write_text(f"# First\n\n{''.join(questions)}")
    for name, text in chapters.items():
        (bank / f"{name}.md").write_text(f"# {name}\n\n{text}")
    result = CliRunner().invoke(main, ["build", str(bank), "-o", str(folder)], env=EPOCH)
    assert result.exit_code == 0, result.output
    return folder / f"{deck.split(chr(34))[1]}.apkg"


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def changes(tmp_path: Path, old: str, new: str) -> dict[str, Any]:
    """The one change between two questions, as tools see it."""
    differences = json.loads(
        diff(
            "--format", "json", package(tmp_path / "old", old), package(tmp_path / "new", new)
        ).stdout
    )
    [change] = differences["changes"]
    assert isinstance(change, dict)
    return change


def parts(change: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {part["name"]: (part["old"], part["new"]) for part in change["parts"]}


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (question("q", stem="Which?"), "reworded"),
        (question("q", stem="Which **one**?"), "reworded"),
        (question("q", options=("[ ] **Alpha**", "[x] Beta", "[ ] Gamma")), "key"),
        (question("q", options=("[x] **Alpha**", "[x] Beta", "[ ] Gamma")), "key"),
        (question("q", options=("[x] Beta", "[ ] **Alpha**", "[ ] Gamma")), "key"),
        (question("q", options=("[ ] Other", "[ ] Beta", "[x] Gamma")), "key"),
        (question("q", options=("[x] Delta", "[ ] Beta", "[ ] **Alpha**")), "key"),
        (question("q", options=("[ ] Delta", "[x] Epsilon", "[ ] Gamma")), "key"),
        (question("q", options=("[ ] Beta", "[x] **Alpha**", "[ ] Gamma")), "options"),
        (question("q", options=("[x] **Alpha**!", "[ ] Beta", "[ ] Gamma")), "options"),
        (question("q", options=("[x] Alpha", "[ ] Beta", "[ ] Gamma")), "options"),
        (question("q", options=(*OPTIONS, "[ ] Delta")), "options"),
        (question("q", options=OPTIONS[:2]), "options"),
        (question("q", options=(*OPTIONS[:2], "[ ] Gamma\n  > No.")), "explanation"),
        (question("q", explanation="Because."), "explanation"),
        (question("q", comment="tags: [x]"), "metadata"),
        (question("q", comment="level: recall"), "metadata"),
        (question("q", comment="flashcard: false"), "metadata"),
        (question("q", comment="retired: it is old"), "retired"),
        (question("q", stem="Other?", options=("[ ] **Alpha**", "[x] Beta", "[ ] Gamma")), "key"),
        (question("q", stem="Other?", explanation="Because."), "reworded"),
    ],
)
def test_each_change_has_its_kind(tmp_path: Path, new: str, kind: str) -> None:
    assert changes(tmp_path, question("q"), new)["kind"] == kind


def test_a_new_key_shows_what_was_right_and_what_is(tmp_path: Path) -> None:
    new = question("q", options=("[ ] **Alpha**", "[x] Beta", "[ ] Gamma"))
    change = changes(tmp_path, question("q"), new)

    assert parts(change) == {
        "right": ("Alpha", "Beta"),
        "option a": ("Alpha (right)", "Alpha"),
        "option b": ("Beta", "Beta (right)"),
    }


def test_options_with_lists_in_them_are_told_apart(tmp_path: Path) -> None:
    old = question("q", options=("[x] Alpha:\n  - one\n  - two", "[ ] Beta"))
    new = question("q", options=("[x] Alpha:\n  - one\n  - three", "[ ] Beta"))

    change = changes(tmp_path, old, new)
    assert change["kind"] == "options"
    assert parts(change)["option a"] == ("Alpha: one two (right)", "Alpha: one three (right)")
    assert "option b" not in parts(change)


def test_new_removed_moved_and_unchanged(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("kept"), question("gone"), question("moving"))
    new = package(tmp_path / "new", question("kept"), question("coming"), Second=question("moving"))

    assert diff(old, new).stdout == (
        "removed: 1\n  gone\n    Which one?\n"
        "new: 1\n  coming\n    Which one?\n"
        "moved: 1\n  moving: from 'Demo::First' to 'Demo::Second'\n"
        "unchanged: 1\n"
        "note type: unchanged; no full sync\n"
    )


def test_changed_keys_come_first_and_one_by_one(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"), question("b"), question("c"))
    other = ("[ ] **Alpha**", "[x] Beta", "[ ] Gamma")
    new = package(
        tmp_path / "new",
        question("a", stem="New?"),
        question("b", options=other),
        question("c", options=other),
    )

    assert diff(old, new).stdout == (
        "ANSWER KEY CHANGED: 2\n"
        "  b: was 'Alpha', now 'Beta'\n"
        "    option a: Alpha[- (right)-]\n"
        "    option b: Beta{+ (right)+}\n"
        "  c: was 'Alpha', now 'Beta'\n"
        "    option a: Alpha[- (right)-]\n"
        "    option b: Beta{+ (right)+}\n"
        "reworded: 1\n  a\n    stem: [-Which one?-]{+New?+}\n"
        "unchanged: 0\n"
        "note type: unchanged; no full sync\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Which *one* is it?", "Which *two* are it?", "Which [-one-]{+two+} [-is-]{+are+} it?"),
        ("Which one?", "Which one now?", "Which [-one?-]{+one now?+}"),
        ("Which **one**?", "Which one?", "only its markup changed"),
        ("蜂蜜は何からできますか?", "蜂蜜は何からできたか?", "蜂蜜は何からでき[-ます-]{+た+}か?"),
        (f"{'so ' * 50}on?", f"{'so ' * 50}off?", f"…{('so ' * 50)[-30:]}[-on?-]{{+off?+}}"),
        (
            f"A {'so ' * 50}on?",
            f"B {'so ' * 50}off?",
            f"[-A-]{{+B+}}{(' so' * 50)[:30]}…{('so ' * 50)[-30:]}[-on?-]{{+off?+}}",
        ),
    ],
)
def test_text_shows_what_changed_word_by_word(
    tmp_path: Path, old: str, new: str, shown: str
) -> None:
    before = package(tmp_path / "old", question("a", stem=old))
    after = package(tmp_path / "new", question("a", stem=new))

    assert f"\n    stem: {shown}\n" in diff(before, after).stdout


def test_a_book_of_a_text_is_only_said_to_differ(tmp_path: Path) -> None:
    before = package(tmp_path / "old", question("a", explanation="so " * 8_000))
    after = package(tmp_path / "new", question("a", explanation="so " * 8_001 + "on"))

    assert "explanation: [-15,999 words-]{+16,003 words+}" in diff(before, after).stdout


def test_build_tells_the_same_of_the_last_release(tmp_path: Path) -> None:
    package(tmp_path, question("a"), question("b"))
    other = ("[ ] **Alpha**", "[x] Beta", "[ ] Gamma")
    chapter = tmp_path / "demo" / "01-first.md"
    text = f"# First\n\n{question('a', options=other)}{question('b')}{question('c')}"
    chapter.write_text(text)
    result = CliRunner().invoke(main, ["build", str(tmp_path / "demo"), "-o", str(tmp_path)])

    assert result.stdout.splitlines()[1:] == [
        "  ANSWER KEY CHANGED: 1",
        "    a: was 'Alpha', now 'Beta'",
        "  new: 1",
        "  unchanged: 1",
    ]


def test_release_notes_are_words_and_no_markup(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"))
    new = package(
        tmp_path / "new",
        question("a", stem="Which `x_y` <b>is</b> [it](https://example.org) * 2 & $z$?"),
        question("b"),
    )

    assert diff("--format", "markdown", old, new).stdout == (
        "## New: 1\n"
        "\n"
        "- **b**: Which one?\n"
        "\n"
        "## Reworded: 1\n"
        "\n"
        "- **a**: Which x\\_y is it \\* 2 \\& \\\\(z\\\\)?\n"
        "  - stem, old: Which one?\n"
        "  - stem, new: Which x\\_y is it \\* 2 \\& \\\\(z\\\\)?\n"
        "\n"
        "0 questions are as they were.\n"
    )


def test_release_notes_of_a_change_of_markup_alone(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"))
    new = package(tmp_path / "new", question("a", stem="Which **one**?"))

    assert "  - stem: only its markup changed\n" in diff("--format", "markdown", old, new).stdout


def test_release_notes_of_nothing(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"))

    assert diff("--format", "markdown", old, old).stdout == "Nothing changed.\n"


def test_a_new_style_changes_the_note_type_and_forces_no_full_sync(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"))
    (tmp_path / "old" / "demo" / "style.css").write_text(".card { color: red }")
    CliRunner().invoke(main, ["build", str(tmp_path / "old" / "demo"), "-o", str(tmp_path)])
    new = tmp_path / "demo.apkg"
    differences = json.loads(diff("--format", "json", old, new).stdout)

    assert (differences["note_type_changed"], differences["full_sync"]) == (True, False)
    assert "templates or style change; no full sync" in diff(old, new).stdout
    assert diff("--exit-code", old, new).exit_code == 1


def test_titles_and_descriptions_are_told(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"), deck=DECK + 'description = "Before"\n')
    new = package(
        tmp_path / "new", question("a"), deck='id = "demo"\ntitle = "Démo"\ndescription = "After"\n'
    )
    output = diff(old, new).stdout

    assert "deck: 'Demo' is now 'Démo'\n" in output
    assert "description: 'Before' is now 'After'\n" in output
    assert "moved: 1\n" in output


def test_a_renamed_question_is_no_new_one(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"))
    deck = DECK + '[history]\nrenamed = { b = "a" }\n'
    new = package(tmp_path / "new", question("b"), deck=deck)
    differences = json.loads(diff("--format", "json", old, new).stdout)

    assert [(change["kind"], change["id"]) for change in differences["changes"]] == [
        ("metadata", "b")
    ]
    assert parts(differences["changes"][0])["id"] == ("a", "b")


def test_exit_status(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"))
    new = package(tmp_path / "new", question("a", stem="New?"))

    assert diff(old, new).exit_code == 0
    assert diff("--exit-code", old, new).exit_code == 1
    assert diff("--exit-code", old, old).exit_code == 0


def test_what_is_no_package_of_ours_has_exit_status_2(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"))
    other = package(tmp_path / "other", question("a"), deck='id = "other"\ntitle = "Other"\n')
    (tmp_path / "text.apkg").write_text("text")

    for bad, problem in (
        (tmp_path / "nowhere.apkg", "cannot be read"),
        (tmp_path / "text.apkg", "not a package"),
        (other, "of the bank `other`"),
    ):
        result = diff(old, bad)
        assert result.exit_code == 2
        assert problem in result.stderr
        assert result.stderr.count("\n") == 1


def test_text_of_a_package_cannot_steer_the_terminal(tmp_path: Path) -> None:
    old = package(tmp_path / "old", question("a"))
    other = ("[ ] **Alpha**", "[x] Be\u202eta", "[ ] Gamma")
    new = package(tmp_path / "new", question("a", options=other))

    assert "\u202e" not in diff(old, new).stdout
