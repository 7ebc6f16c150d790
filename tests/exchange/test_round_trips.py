"""Export and import give the same bank, for what the form can hold."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.exchange import gift, moodle, qti, text2qti
from mcqdeck.exchange.item import Contents
from mcqdeck.exchange.losses import ALL, Part
from mcqdeck.exchange.tables.columns import HOLDS as COLUMNS
from mcqdeck.model import Bank
from tests.exchange.banks import banks, kept, shown, there_and_back, words, written

ROOT = Path(__file__).parents[2]
# What each form in both columns holds; the explanation comes with the references in it.
HOLDS = {
    "json": ALL,
    "csv": COLUMNS,
    "tsv": COLUMNS,
    "xlsx": COLUMNS,
    "gift": gift.HOLDS,
    "moodle": moodle.HOLDS,
    "canvas": qti.CANVAS_HOLDS,
    "qti": qti.QTI_HOLDS,
    "text2qti": text2qti.HOLDS,
}
FORMS = {form.name: form for form in exchange.FORMATS}
SHIPPED = ROOT / "source" / "12-core-functions"


@cache
def shipped(without_pictures: bool) -> Bank:
    bank = mcqdeck.load(SHIPPED).bank
    if not without_pictures:
        return bank
    chapters = (
        replace(
            chapter,
            questions=tuple(
                question
                for question, rendered in zip(chapter.questions, safe.questions, strict=True)
                if "<img" not in repr(rendered)
            ),
        )
        for chapter, safe in zip(bank.chapters, shown(bank).chapters, strict=True)
    )
    return replace(bank, chapters=tuple(chapters))


def test_every_form_in_both_columns_is_tried() -> None:
    both = {form.name for form in exchange.FORMATS if form.read and form.write}

    assert both == {*HOLDS, "aiken"}


@pytest.mark.parametrize("name", [name for name, holds in HOLDS.items() if Part.FILES not in holds])
@given(contents=banks())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_a_bank_comes_back_from_a_form_of_texts(name: str, contents: Contents) -> None:
    assert_comes_back(name, contents)


@pytest.mark.parametrize("name", [name for name, holds in HOLDS.items() if Part.FILES in holds])
@given(contents=banks(pictures=True))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_a_bank_comes_back_from_a_form_with_files(name: str, contents: Contents) -> None:
    assert_comes_back(name, contents)


def assert_comes_back(name: str, contents: Contents) -> None:
    with written(contents) as folder:
        bank = mcqdeck.load(folder).bank
        before = shown(bank)
        after = there_and_back(bank, FORMS[name])

    assert kept(after, HOLDS[name]) == kept(before, HOLDS[name])
    if Part.FILES in HOLDS[name]:
        assert {media.name for media in after.media} == {media.name for media in before.media}


@pytest.mark.parametrize("name", HOLDS)
def test_the_shipped_bank_comes_back(name: str) -> None:
    bank = shipped(Part.FILES not in HOLDS[name])

    before, after = shown(bank), there_and_back(bank, FORMS[name])

    assert kept(after, HOLDS[name]) == kept(before, HOLDS[name])


@given(contents=banks())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_the_words_of_a_bank_come_back_from_aiken(contents: Contents) -> None:
    with written(contents) as folder:
        bank = mcqdeck.load(folder).bank
        before = shown(bank)
        held = [
            question
            for question in before.questions
            if sum(o.is_correct for o in question.options) == 1
        ]
        if not held:
            return
        after = there_and_back(bank, FORMS["aiken"])

    assert [words(question.stem) for question in after.questions] == [
        words(question.stem) for question in held
    ]
    assert [
        [(words(o.html), o.is_correct) for o in question.options] for question in after.questions
    ] == [[(words(o.html), o.is_correct) for o in question.options] for question in held]


def test_the_words_of_the_shipped_bank_come_back_from_aiken() -> None:
    bank = shipped(without_pictures=False)

    before, after = shown(bank), there_and_back(bank, FORMS["aiken"])

    assert [words(question.stem) for question in after.questions] == [
        words(question.stem) for question in before.questions
    ]


@pytest.mark.parametrize(
    "form", [form for form in exchange.FORMATS if form.write], ids=lambda f: f.name
)
def test_an_export_is_the_same_each_time(form: exchange.Format) -> None:
    bank = shipped(without_pictures=False)

    assert conversion.export(bank, form) == conversion.export(bank, form)


DECK_TOML = """
id = "everything"
title = "All \\"settings\\""
description = '''
Of two
lines, with \\ in it.
'''
authors = ["Ada", "Bo"]
license = "CC0-1.0"
language = "de"
repository = "https://example.org/blob/{path}"

report = "https://example.org/mistakes?id={id}"

[cards]
flashcards = false
answer-on-choice = true
strike-out = true
timer = true
show-id = true

[exam]
questions = 40
pass = 62.5

[objectives]
B1 = "Know bees"
"B 2" = "Know wax"

[levels]
names = ["low", "high"]

[rules]
set = "strict"
key-longest = "off"

[plan]
B1 = { low = 2, high = "25%" }
"B 2" = 3
low = "50%"

[words]
answer = "Lösung"

[words.choose]
one = "Wähle {count}"
other = "Wähle {count}"

[history.dropped]
old = "said twice"

[history.renamed]
new = "older"
"""


def test_every_setting_comes_back_from_json(tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    bank.mkdir()
    (bank / "deck.toml").write_text(DECK_TOML, encoding="utf-8")
    (bank / "a.md").write_text("# A\n\n## new\n\nS?\n\n- [x] a\n- [ ] b\n", encoding="utf-8")
    read = mcqdeck.load(bank)
    assert not [
        diagnostic for diagnostic in read.diagnostics if "deck.toml" in diagnostic.where.path
    ]
    before = read.bank.config

    data = conversion.export(read.bank, FORMS["json"]).data
    contents = exchange.read(exchange.Source("x.json", data, {}), FORMS["json"])
    copy = tmp_path / "copy"
    conversion.carry_out(conversion.plan_import([contents], copy), copy)

    again = mcqdeck.load(copy)
    assert not [
        diagnostic for diagnostic in again.diagnostics if "deck.toml" in diagnostic.where.path
    ]
    after = again.bank.config
    assert replace(after, path="", places=()) == replace(before, path="", places=())


@pytest.mark.parametrize("name", ["canvas", "qti", "text2qti", "csv"])
def test_true_and_false_are_known_in_the_language_of_the_bank(name: str, tmp_path: Path) -> None:
    (tmp_path / "deck.toml").write_text('id = "a"\ntitle = "A"\nlanguage = "de"\n')
    (tmp_path / "1.md").write_text("# Eins\n\n## q\n\nBienen tanzen.\n\n- [x] Wahr\n- [ ] Falsch\n")
    form = FORMS[name]

    (item,) = exchange.read(
        exchange.Source("x", conversion.export(mcqdeck.load(tmp_path).bank, form).data, {}), form
    ).items

    assert item.is_true_false
