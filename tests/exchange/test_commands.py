"""`mcqdeck import` and `mcqdeck export` as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import mcqdeck
from mcqdeck import exchange
from mcqdeck.cli import main
from tests.conftest import MakeBank

QUIZ = """::round-moon::Which is round?{=the Moon#Yes. ~a brick ####Look at it.}

Write about the Moon.{}

Which is red?{=a rose ~grass}
"""
MORE = QUIZ.replace("Which is red?", "Which is blue?").replace("a rose", "the sky")


def run(*arguments: str | Path, data: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=data)


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    path = tmp_path / "quiz.gift"
    path.write_text(QUIZ, encoding="utf-8")
    return path


def test_a_new_bank_is_made_that_checks(quiz: Path, tmp_path: Path) -> None:
    bank = tmp_path / "my-exam"

    result = run("import", quiz, "-o", bank)

    assert result.exit_code == 0
    assert result.stdout == (
        f"2 of 3 questions came into 1 new chapter of {bank.as_posix()}; 1 left out: 1 essay\n"
        f'  {quiz.as_posix()}:3: left out, essay: "Write about the Moon." (an essay)\n'
        f"look at them: mcqdeck check {bank.as_posix()}\n"
    )
    assert (
        bank / "deck.toml"
    ).read_text() == 'id = "my-exam"\ntitle = "My exam"\nlanguage = "en"\n'
    assert run("check", bank).exit_code == 0


def test_a_dry_run_writes_nothing_and_shows_each_question(quiz: Path, tmp_path: Path) -> None:
    bank = tmp_path / "my-exam"

    result = run("import", quiz, "-o", bank, "--dry-run")

    name = quiz.as_posix()
    assert result.stdout.splitlines()[:3] == [
        f'{name}:1: new: "Which is round?" -> 01-my-exam.md#round-moon',
        f'{name}:3: left out, essay: "Write about the Moon." (an essay)',
        f'{name}:5: new: "Which is red?" -> 01-my-exam.md#which-is-red',
    ]
    assert not bank.exists()


def test_a_second_import_adds_only_what_is_new(quiz: Path, tmp_path: Path) -> None:
    bank = tmp_path / "my-exam"
    run("import", quiz, "-o", bank)
    before = {path.name: path.read_bytes() for path in bank.iterdir()}
    more = tmp_path / "more.gift"
    more.write_text(MORE, encoding="utf-8")

    result = run("import", quiz, more, "-o", bank)

    assert "1 of 6 questions came in" in result.stdout
    assert "3 in the bank already" in result.stdout
    after = {path.name: path.read_bytes() for path in bank.iterdir()}
    assert {name: after[name] for name in before} == before
    assert sorted(after) == ["01-my-exam.md", "02-my-exam.md", "deck.toml"]


def test_a_third_import_adds_nothing(quiz: Path, tmp_path: Path) -> None:
    bank = tmp_path / "my-exam"
    run("import", quiz, "-o", bank)

    result = run("import", quiz, "-o", bank)

    assert result.exit_code == 0
    assert result.stdout.startswith("0 of 3 questions came in; 1 left out: 1 essay\n")
    assert len(list(bank.glob("*.md"))) == 1


def test_a_question_that_was_reworded_in_the_bank_stays_as_it_is(
    quiz: Path, tmp_path: Path
) -> None:
    bank = tmp_path / "my-exam"
    run("import", quiz, "-o", bank)
    chapter = bank / "01-my-exam.md"
    edited = chapter.read_text().replace("Which is round?", "Which of them is round?")
    chapter.write_text(edited)

    result = run("import", quiz, "-o", bank)

    assert (
        "1 in the bank already under the same name; the bank's own wording stays" in result.stdout
    )
    assert chapter.read_text() == edited
    assert len(list(bank.glob("*.md"))) == 1


def test_another_question_under_a_known_name_comes_in_under_another(
    quiz: Path, tmp_path: Path
) -> None:
    bank = tmp_path / "my-exam"
    run("import", quiz, "-o", bank)
    other = tmp_path / "other.gift"
    other.write_text("::round-moon::What do bees make from nectar?{=honey ~wax ~milk}\n")

    result = run("import", other, "-o", bank)

    assert "1 of 1 question came in" in result.stdout
    assert mcqdeck.load(bank).bank.questions[-1].id.startswith("round-moon-")


def test_an_image_that_has_the_name_of_another_gets_one_of_its_own(tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "x.png").write_bytes(b"\x89PNG" + bytes([number]))
        text = f"#### Q1. Which number {number} is ![it](x.png)?\n\n- [x] this\n- [ ] that\n"
        (folder / "quiz.md").write_text(text)
        result = run("import", folder, "-o", bank)
        assert result.exit_code == 0, result.output

    files = {path.read_bytes()[-1] for path in (bank / "media").iterdir()}
    assert files == {1, 2}
    assert not [
        diagnostic for diagnostic in mcqdeck.check([bank]).diagnostics if "media" in diagnostic.name
    ]


def test_several_files_and_folders_come_in_at_once(quiz: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "more.gift").write_text(MORE)
    (folder / ".hidden.gift").write_text("Hidden?{=yes ~no}")
    (folder / "notes.txt").write_text("Nothing to ask.")

    result = run("import", quiz, folder, "-o", tmp_path / "bank")

    assert "3 of 6 questions came in" in result.stdout
    assert "1 repeated in these files" in result.stdout


def test_standard_input_is_a_file(tmp_path: Path) -> None:
    result = run("import", "-", "-o", tmp_path / "bank", data=QUIZ)

    assert "2 of 3 questions came in" in result.stdout
    assert "standard input:3: left out" in result.stdout


def test_a_form_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Only a question?\nA. one\nB. two\n")

    assert run("import", path, "-o", tmp_path / "bank").exit_code == 2
    named = run("import", path, "-o", tmp_path / "bank", "--from", "aiken")

    assert named.exit_code == 1
    assert "no ANSWER before the end of the file" in named.stdout
    assert not (tmp_path / "bank").exists()


def test_questions_without_a_marked_answer_are_told_and_come_in_by_the_name_of_the_form(
    tmp_path: Path,
) -> None:
    quiz = tmp_path / "quiz.txt"
    quiz.write_text("1) Which gas burns?\na) helium\nb) hydrogen\n", encoding="utf-8")
    bank = str(tmp_path / "bank")

    refused = CliRunner().invoke(main, ["import", str(quiz), "-o", bank])
    taken = CliRunner().invoke(main, ["import", str(quiz), "--from", "markdown", "-o", bank])

    assert refused.exit_code == 2
    assert "1 question has options, but no mark and no line such as `Answer: B`" in refused.output
    assert taken.exit_code == 0
    assert "1 without a marked answer" in taken.output


def test_a_file_without_questions_is_told_what_one_looks_like(tmp_path: Path) -> None:
    words = tmp_path / "words.md"
    words.write_text("# Shopping\n\n- bread\n- milk\n", encoding="utf-8")
    bank = str(tmp_path / "bank")

    taken = CliRunner().invoke(main, ["import", str(words), "--from", "markdown", "-o", bank])

    assert taken.exit_code == 1
    assert "note: no question was found: one begins with a number" in taken.output


def test_where_only_open_questions_are_seen_the_first_is_named(tmp_path: Path) -> None:
    quiz = tmp_path / "quiz.md"
    quiz.write_text("1. Match:\n- a\n- b\n\n2. Sort:\n- x\n- y\n", encoding="utf-8")
    bank = str(tmp_path / "bank")

    refused = CliRunner().invoke(main, ["import", str(quiz), "-o", bank])

    assert refused.exit_code == 2
    assert "what begins in line 1: its list has no marked answer" in refused.output


def test_a_chapter_and_a_language_can_be_named(quiz: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    quiz.write_text(
        "$CATEGORY: a\n\nDie Sonne ist ein Stern.{T}\n\n$CATEGORY: b\n\nWas?{=x ~y}\n",
        encoding="utf-8",
    )

    run("import", quiz, "-o", bank, "--chapter", "Der Himmel", "--language", "de")

    chapter = next(bank.glob("*.md")).read_text(encoding="utf-8")
    assert chapter.startswith("# Der Himmel\n")
    assert "- [x] Wahr\n- [ ] Falsch\n" in chapter
    assert 'language = "de"' in (bank / "deck.toml").read_text()


def test_a_folder_that_is_no_bank_is_left_alone(quiz: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "thesis.md").write_text("# My thesis\n")

    result = run("import", quiz, "-o", folder)

    assert result.exit_code == 2
    assert "neither a bank (there is no deck.toml) nor an empty folder" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["thesis.md"]


@pytest.mark.parametrize("command", ["import", "export"])
def test_the_forms_are_listed(command: str) -> None:
    result = run(command, "--list-formats")

    assert result.exit_code == 0
    listed = {line.split()[0] for line in result.stdout.splitlines()}
    wanted = {
        form.name for form in exchange.FORMATS if (form.read if command == "import" else form.write)
    }
    assert listed == wanted


@pytest.mark.parametrize("command", ["import", "export"])
def test_the_help_has_examples(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert f"mcqdeck {command}" in result.stdout.partition("Examples")[2]


def test_an_unknown_form_is_told_with_what_was_meant(quiz: Path, make_bank: MakeBank) -> None:
    result = run("export", make_bank(), "--to", "moodel")

    assert result.exit_code == 2
    assert "no format is called `moodel`; did you mean `moodle`?" in result.stderr


def test_an_export_goes_to_a_file_of_the_banks_name(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank()
    monkeypatch.chdir(tmp_path)

    result = run("export", bank, "--to", "moodle")

    assert result.exit_code == 0
    assert result.stdout == "demo.xml: 1 question (1 kB)\n"
    assert "note: levels become tags (level::…) (1 question)" in result.stderr
    assert (tmp_path / "demo.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_a_file_that_is_there_is_overwritten_only_by_name(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo.xml").write_text("mine")

    refused = run("export", bank, "--to", "moodle")
    named = run("export", bank, "--to", "moodle", "-o", "demo.xml")

    assert refused.exit_code == 2
    assert "is there already" in refused.stderr
    assert named.exit_code == 0


def test_a_bank_with_errors_is_not_exported(make_bank: MakeBank, tmp_path: Path) -> None:
    bank = make_bank(chapter="# Chapter\n\n## no-options-here\n\nWhy?\n")

    result = run("export", bank, "--to", "gift", "-o", tmp_path / "x.gift")

    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert not (tmp_path / "x.gift").exists()


@pytest.mark.parametrize(
    "name", [form.name for form in exchange.FORMATS if form.read and not form.write]
)
def test_what_can_only_be_read_is_told(name: str, make_bank: MakeBank) -> None:
    result = run("export", make_bank(), "--to", name)

    assert result.exit_code == 2
    assert "can be read, but not written" in result.stderr


def test_what_can_only_be_written_is_told(quiz: Path, tmp_path: Path) -> None:
    result = run("import", quiz, "-o", tmp_path / "bank", "--from", "paper")

    assert result.exit_code == 2
    assert "can be written, but not read" in result.stderr


def test_a_language_that_is_none_is_refused(quiz: Path, tmp_path: Path) -> None:
    result = run("import", quiz, "-o", tmp_path / "bank", "--language", "German")

    assert result.exit_code == 2
    assert "`German` is no language tag; did you mean `de`?" in result.stderr
    assert not (tmp_path / "bank").exists()


def test_columns_of_wrong_answers_are_known_in_other_languages(tmp_path: Path) -> None:
    table = tmp_path / "quiz.csv"
    table.write_text("Frage,Richtige Antwort,Falsche Antwort 1\nRot?,Rose,Gras\n", encoding="utf-8")

    run("import", table, "-o", tmp_path / "bank")

    assert "- [x] Rose\n" in (tmp_path / "bank" / "01-bank.md").read_text(encoding="utf-8")
