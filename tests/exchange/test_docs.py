"""What the pages on import and export say is so."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.exchange import gift, moodle, paper, qti, text2qti
from mcqdeck.exchange.losses import ALL, Part
from mcqdeck.exchange.tables import header
from mcqdeck.exchange.tables.columns import HOLDS as COLUMNS
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
            found = header.header([name])
            assert found.score or re.search(r" ?[a-c1]$", name, re.IGNORECASE), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", text):
        path = (page.parent / target) if target else page
        assert path.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
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
