"""The bank that `mcqdeck init` makes is clean, builds, and shows each feature of the format."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mcqdeck.building import build
from mcqdeck.cli import main
from mcqdeck.model import Bank, Passage, Question
from mcqdeck.new_bank import init
from mcqdeck.project import Checked, check, load

Made = tuple[Path, Checked]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = init(tmp_path_factory.mktemp("starter") / "Night Sky, 2nd try")
    return folder, check([folder])


@pytest.fixture(scope="module")
def bank(made: Made) -> Bank:
    return load(made[0]).bank


def test_nothing_is_wrong_with_it(made: Made) -> None:
    assert made[1].diagnostics == ()


def test_its_id_is_the_folders_slug(made: Made, bank: Bank) -> None:
    folder, _ = made

    assert bank.config.id == "night-sky-2nd-try"
    for path in folder.rglob("*"):
        assert path.is_dir() or b"STARTER-ID" not in path.read_bytes(), path


def test_it_has_two_short_chapters(bank: Bank) -> None:
    assert [chapter.title for chapter in bank.chapters] == [
        "01 The turning sky",
        "02 Light and distance",
    ]
    assert len(bank.questions) < 13


def test_it_builds(made: Made, tmp_path: Path) -> None:
    (built,) = build(made[1], tmp_path, environment={"SOURCE_DATE_EPOCH": "1700000000"})

    assert built.path == tmp_path / "night-sky-2nd-try.apkg"
    assert built.path.read_bytes().startswith(b"PK")
    assert (built.questions, built.cards, built.media) == (11, 21, 2)


def test_the_commands_that_its_readme_gives_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = CliRunner().invoke(main, ["init", "sky"])
    monkeypatch.chdir(tmp_path / "sky")
    readme = Path("README.md").read_text(encoding="utf-8")

    commands = re.findall(r"`mcqdeck ([^`]+)`", readme)
    results = [CliRunner().invoke(main, command.split()) for command in commands]

    assert made.exit_code == 0
    assert [command.split()[0] for command in commands] == ["check", "build"]
    assert [result.exit_code for result in results] == [0, 0], [r.output for r in results]
    assert "no faults found" in results[0].output
    assert "`../decks/sky.apkg`" in readme
    assert Path("../decks/sky.apkg").is_file()


def test_a_second_init_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    folder = init(tmp_path / "sky")
    (folder / "01-the-turning-sky.md").write_text("mine\n", encoding="utf-8")
    before = _contents(folder)

    result = CliRunner().invoke(main, ["init", str(folder)])

    assert result.exit_code == 2
    assert "not an empty folder" in result.output
    assert _contents(folder) == before


def test_where_one_file_cannot_be_written_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, times = Path.replace, 0

    def failing(path: Path, target: Path) -> Path:
        nonlocal times
        times += 1
        if times == 3:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    result = CliRunner().invoke(main, ["init", str(tmp_path / "sky")])
    monkeypatch.undo()

    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_every_table_of_deck_toml_is_shown(made: Made, bank: Bank) -> None:
    text = (made[0] / "deck.toml").read_text(encoding="utf-8")
    config = bank.config

    for table in ("cards", "objectives", "levels", "rules", "plan", "history"):
        assert re.search(rf"^(# )?\[{table}\]$", text, re.MULTILINE), table
    assert config.description
    assert config.authors
    assert config.license
    used = {question.objective for question in bank.questions}
    assert {name for name, _ in config.objectives} == used
    assert {question.level for question in bank.questions} == set(config.levels)


def test_what_deck_toml_shows_as_a_remark_is_right(made: Made, tmp_path: Path) -> None:
    text = (made[0] / "deck.toml").read_text(encoding="utf-8")
    switched_on = re.sub(r"^# (?=\[|[\w-]+ = )", "", text, flags=re.MULTILINE)
    folder = init(tmp_path / "sky")
    (folder / "deck.toml").write_text(switched_on, encoding="utf-8")

    checked = check([folder])

    config = checked.banks[0].config
    assert checked.diagnostics == ()
    assert config.rules
    assert config.plan
    assert config.dropped
    assert config.renamed


def test_its_style_and_media_are_its_own(made: Made, bank: Bank) -> None:
    assert "--accent:" in bank.style
    assert set(bank.files) >= {"media/big-dipper.svg", "media/clicks.wav"}
    assert (made[0] / "media" / "clicks.wav").read_bytes()[:4] == b"RIFF"
    for path in (made[0] / "media").iterdir():
        assert path.stat().st_size < 4_000, path


QUESTIONS: dict[str, Callable[[Question], object]] = {
    "one right option": lambda q: _right(q) == 1 and not q.keeps_order and len(q.options) == 4,
    "question tags": lambda q: len(q.tags) > 1,
    "objective, level and difficulty": lambda q: q.objective and q.level and q.difficulty,
    "choose two": lambda q: q.choose == _right(q) == 2 and "(Choose two.)" in q.stem.text,
    "numbers that keep their order": lambda q: q.keeps_order and _ascends(q),
    "True and False": lambda q: q.keeps_order and _texts(q) == {"True", "False"},
    "order kept by `shuffle: false`": lambda q: q.keeps_order and "shuffle" in dict(q.values),
    "no flashcard": lambda q: not q.has_flashcard and "flashcard" in dict(q.values),
    "a rationale": lambda q: any(option.rationale for option in q.options),
    "a code block in an option": lambda q: any("```python" in o.text.text for o in q.options),
    "references": lambda q: q.references,
    "a table": lambda q: re.search(r"^\| -+ \|", q.stem.text, re.MULTILINE),
    "inline math": lambda q: re.search(r"(?<!\$)\$\w\$", q.stem.text),
    "display math": lambda q: "$$\n" in q.stem.text,
    "an image": lambda q: re.search(r"!\[[^]]+\]\(media/\S+\.svg\)", q.stem.text),
    "a sound": lambda q: re.search(r"!\[[^]]+\]\(media/\S+\.wav\)", q.stem.text),
    "code with a language in a stem": lambda q: "```python\n" in q.stem.text,
    "emphasis": lambda q: "**" in _text(q.explanation),
    "strikethrough": lambda q: "~~" in _text(q.explanation),
    "a link by reference": lambda q: "][" in _text(q.references),
    "a retired question": lambda q: q.retired,
}


@pytest.mark.parametrize("feature", QUESTIONS)
def test_a_question_shows(feature: str, bank: Bank) -> None:
    shows = QUESTIONS[feature]

    assert [question.id for question in bank.questions if shows(question)], feature


WRITTEN: dict[str, str] = {
    "front matter": r"\A---\ntags: \[[\w-]+\]\n---\n",
    "text that is not compiled": r"^# .+\n\n\w",
    "an id as heading": r"^## [a-z0-9]+(-[a-z0-9]+)+\n",
    "a stem as heading": r"^## .+\?\n<!-- id: [a-z-]+, ",
    "a comment on one line": r"^<!-- objective: \w+, level: \w+, difficulty: \d -->$",
    "an explanation": r"^### Explanation\n",
    "an explanation without heading": r"^- \[x\] .+\n\n\w",
    "a link definition": r"^\[\w+\]: https://",
}


@pytest.mark.parametrize("feature", WRITTEN)
def test_a_chapter_shows(feature: str, made: Made, bank: Bank) -> None:
    texts = [(made[0] / Path(chapter.path).name).read_text("utf-8") for chapter in bank.chapters]

    assert any(re.search(WRITTEN[feature], text, re.MULTILINE) for text in texts), feature


def test_every_question_teaches(bank: Bank) -> None:
    for question in bank.questions:
        assert question.explanation, question.id
        assert not question.id_is_derived, question.id
        if question.retired is None:
            wrong = [option for option in question.options if not option.is_correct]
            assert any(option.rationale for option in wrong), question.id


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _right(question: Question) -> int:
    return sum(option.is_correct for option in question.options)


def _texts(question: Question) -> set[str]:
    return {option.text.text.strip() for option in question.options}


def _ascends(question: Question) -> bool:
    texts = [option.text.text.strip() for option in question.options]
    if not all(re.fullmatch(r"\d+(\.\d+)?", text) for text in texts):
        return False
    return texts == sorted(texts, key=float)


def _text(passage: Passage | None) -> str:
    return passage.text if passage else ""
