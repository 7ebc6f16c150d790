"""What the pages on import and export say is so."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.cli import main
from mcqdeck.exchange import gift, moodle, paper, qti, text2qti
from mcqdeck.exchange.losses import ALL, Part
from mcqdeck.exchange.tables import header
from mcqdeck.exchange.tables.columns import HOLDS as COLUMNS
from tests.conftest import MakeBank
from tests.exchange.packages import read

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "import.md", DOCS / "export.md", *sorted(DOCS.glob("from-*.md"))]
SCHEMA = json.loads(files("mcqdeck.exchange").joinpath("schema.json").read_text(encoding="utf-8"))
HOLDS = {
    "json": ALL,
    "csv": COLUMNS,
    "tsv": COLUMNS,
    "xlsx": COLUMNS,
    "moodle": moodle.HOLDS,
    "gift": gift.HOLDS,
    "aiken": frozenset[Part](),
    "canvas": qti.CANVAS_HOLDS,
    "qti": qti.QTI_HOLDS,
    "text2qti": text2qti.HOLDS,
    "paper": paper.HOLDS,
}
# The words of docs/export.md for what a form holds.
WORDS = {
    "rationales": Part.RATIONALE,
    "explanations": Part.EXPLANATION,
    "ids": Part.ID,
    "chapters": Part.CHAPTER,
    "tags": Part.TAGS,
    "the order of options": Part.ORDER,
    "images": Part.FILES,
}


def rows(page: Path) -> list[list[str]]:
    text = page.read_text(encoding="utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| `(?!--)", line)
    ]


def test_the_page_on_import_lists_every_form_that_can_be_read() -> None:
    listed = {
        name for row in rows(DOCS / "import.md") for name in re.findall(r"`([a-z0-9-]+)`", row[0])
    }

    assert listed == {form.name for form in exchange.FORMATS if form.read}


def test_the_page_on_export_lists_every_form_that_can_be_written() -> None:
    listed = {
        name for row in rows(DOCS / "export.md") for name in re.findall(r"`([a-z0-9]+)`", row[0])
    }

    assert listed == {form.name for form in exchange.FORMATS if form.write}


def test_the_page_on_export_says_what_each_form_holds() -> None:
    for row in rows(DOCS / "export.md"):
        for name in re.findall(r"`([a-z0-9]+)`", row[0]):
            said = {part for word, part in WORDS.items() if word in row[2]}
            if row[2].startswith("everything"):
                assert HOLDS[name] >= ALL - {Part.FILES, Part.SETTINGS}
            elif name != "paper":
                assert said == HOLDS[name] & set(WORDS.values()), name


def test_every_column_that_the_page_names_is_known() -> None:
    for row in rows(DOCS / "from-a-spreadsheet.md"):
        names = re.findall(r"`([a-z ]+)`", row[0]) + [
            name.strip() for name in re.sub(r"[…;]", ",", row[1]).split(",") if name.strip()
        ]
        for name in names:
            if name.startswith("see "):
                continue
            columns = header.header([name])
            assert columns.score or re.search(r" ?[a-c1]$", name, re.IGNORECASE), name


COMMAND = re.compile(r"(?:^|`)mcqdeck ((?:import|export|check) [^`#\n]+)", re.MULTILINE)
OTHER_MARKDOWN = """# Bees

#### Q1. What do bees make from nectar?

- [x] Honey, which is thick
- [ ] Wax
  > Glands make it.

Explanation: Bees thicken nectar until it is honey.
"""


def commands(page: Path) -> list[list[str]]:
    """The arguments of the commands that a page shows, in their order."""
    return [shlex.split(line) for line in COMMAND.findall(page.read_text(encoding="utf-8"))]


def files_of_others(bank: Path, folder: Path) -> None:
    """The files that the pages name, each with the questions of the bank in its own form."""
    loaded = mcqdeck.load(bank).bank
    for name, form in (
        ("quiz.xml", "moodle"),
        ("questions.xml", "moodle"),
        ("quiz-export.zip", "canvas"),
        ("questions.xlsx", "xlsx"),
    ):
        (folder / name).write_bytes(conversion.export(loaded, exchange.format_named(form)).data)
    built = mcqdeck.build(mcqdeck.check([bank]), folder)
    built[0].path.rename(folder / "deck.apkg")
    cards = "Which gas burns?\nA. hydrogen\nB. helium\tA\nmoss\ta plant\n"
    (folder / "quizlet.txt").write_text(cards, encoding="utf-8")
    (folder / "more-quizzes").mkdir()
    for name in ("quiz.md", "more-quizzes/wax.md"):
        text = OTHER_MARKDOWN.replace("nectar?", f"nectar ({name})?")
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_the_commands_of_a_page_run(
    page: Path, tmp_path: Path, make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank("source/my-exam")
    files_of_others(bank, tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = [
        arguments
        for arguments in commands(page)
        if page.name != "README.md" or arguments[0] != "check"
    ]
    if shown[0][0] == "export":
        shutil.copytree(bank, "my-exam")

    for command in shown:
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, (command, result.output)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", text):
        path = (page.parent / target) if target else page
        assert path.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {
                re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings
            }
            assert anchor in slugs, (target, anchor)


def test_the_json_of_the_page_is_of_the_schema_and_comes_in() -> None:
    text = (DOCS / "from-json.md").read_text(encoding="utf-8")
    example = re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0]

    jsonschema.validate(json.loads(example), SCHEMA)
    assert len(read(example).items) == 1


@pytest.mark.parametrize("bank", ["source/12-core-functions", "tests/banks/everything"])
def test_what_we_write_is_of_the_schema(bank: str) -> None:
    rendered = mcqdeck.load(ROOT / bank).bank

    data = json.loads(conversion.export(rendered, exchange.format_named("json")).data)

    jsonschema.validate(data, SCHEMA)
    assert len(data["questions"]) == len(rendered.questions)
