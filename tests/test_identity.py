"""Identities never change: what they were is written down here, value by value.

A test that fails here means that learners would lose their reviews, edits or media. Never change
an expected value; add new ones.
"""

from __future__ import annotations

import json
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcqdeck import build, check, identity

ROOT = Path(__file__).parents[1]
DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("stem", "id_"),
    [
        ("What do bees make from nectar?", "what-do-bees-make-from-nectar-782d51c2"),
        ("  What  DO bees\nmake from nectar? ", "what-do-bees-make-from-nectar-782d51c2"),
        ("a b c d e f g h i j", "a-b-c-d-e-f-g-h-078d2628"),
        ("Größe & Maß", "grosse-mass-ad4ec8a5"),
        ("Яка столиця Франції?", "yaka-stolitsya-frantsii-86a3e9c5"),
        ("", "e3b0c442"),
    ],
)
def test_the_id_of_a_question_without_one(stem: str, id_: str) -> None:
    assert identity.question_id_of(stem) == id_


@pytest.mark.parametrize(
    ("stem", "id_"),
    [
        ("What do bees make from nectar?", "what-do-bees-make-from-nectar-782d51c2"),
        ("Größe & Maß", "gr-sse-mass-ad4ec8a5"),
        ("Яка столиця Франції?", "86a3e9c5"),
    ],
)
def test_the_id_that_versions_before_1_0_gave(stem: str, id_: str) -> None:
    assert identity.former_question_id_of(stem) == id_


def test_no_other_module_derives_what_notes_are_known_by() -> None:
    package = Path(identity.__file__).parent
    deriving = {
        file.name
        for file in package.rglob("*.py")
        if any(sign in file.read_text(encoding="utf-8") for sign in ("guid_for", '"mcqdeck: "'))
    }

    assert deriving == {"identity.py"}


@pytest.mark.parametrize(
    ("bank", "question", "guid"),
    [
        ("demo", "first", "J|uY;VT.^q"),
        ("12-core-functions", "audit-screen-question-count", "QY/C0V0yc+"),
    ],
)
def test_the_guid_of_a_note(bank: str, question: str, guid: str) -> None:
    assert identity.guid(bank, question) == guid


def test_the_ids_of_note_types_and_decks() -> None:
    assert identity.note_type_id("demo") == 1967876228
    assert identity.note_type_id("12-core-functions") == 2098036106
    assert identity.note_type_name("demo") == "mcqdeck: demo"
    assert [identity.bank_id_in(name) for name in ("mcqdeck: demo+", "Basic")] == ["demo", None]
    assert identity.deck_id("demo") == 285063374162830
    assert identity.deck_id("demo", "multiple-choice", "01-chapter.md") == 545318476001985
    assert identity.deck_id("demo", "flashcards", "01-chapter.md") == 428987053835386
    assert identity.deck_id("demo", "flashcards") == 285549716114318


def test_the_letters_of_options() -> None:
    positions = (0, 1, 25, 26, 27, 51, 52, 701, 702)

    letters = [identity.option_letter(position) for position in positions]

    assert letters == ["a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa"]


@pytest.mark.parametrize(
    ("bank", "path", "name"),
    [
        ("demo", "media/star.png", "demo-star-0123456789.png"),
        ("demo", "a/__x y é.SVG", "demo-__x-y--0123456789.svg"),
        ("demo", "noext", "demo-noext-0123456789."),
        ("d" * 130, "x.mp3", "d" * 105 + "-0123456789.mp3"),
    ],
)
def test_the_names_of_media(bank: str, path: str, name: str) -> None:
    assert identity.media_name(bank, path, DIGEST) == name


@pytest.mark.parametrize(
    ("folder", "id_"),
    [
        ("My Exam", "my-exam"),
        ("Straße 7!", "strasse-7"),
        ("試験", "shiyan"),
        ("…", ""),
        (f"{'x' * 199}-y", "x" * 199),
    ],
)
def test_the_id_of_a_new_bank(folder: str, id_: str) -> None:
    assert identity.bank_id_of(folder) == id_


def test_the_first_id_of_a_question_that_was_renamed() -> None:
    renamed = {"c": "b", "b": "a", "x": "y", "y": "x", "tail": "x"}

    assert identity.first_ids(renamed) == {"c": "a", "b": "a", "x": None, "y": None, "tail": None}


@given(st.dictionaries(st.integers(0, 9).map(str), st.integers(0, 9).map(str), max_size=9))
def test_any_renames_lead_to_their_end_or_in_a_circle(renamed: dict[str, str]) -> None:
    def followed(id_: str) -> str | None:
        for _ in range(len(renamed) + 1):
            if id_ not in renamed:
                return id_
            id_ = renamed[id_]
        return None

    assert identity.first_ids(renamed) == {newer: followed(newer) for newer in renamed}


def test_a_chain_of_renames_takes_linear_time() -> None:
    renamed = {f"q-{number}": f"q-{number + 1}" for number in range(200_000)}

    start = time.process_time()
    first = identity.first_ids(renamed)

    assert time.process_time() - start < 5
    assert set(first.values()) == {"q-200000"}


def test_the_package_of_a_bank_has_the_identities_that_it_always_had(tmp_path: Path) -> None:
    """Through the whole build, so that no identity is derived anywhere else."""
    bank = ROOT / "tests" / "banks" / "everything"
    [built] = build(check([bank]), tmp_path, environment={"SOURCE_DATE_EPOCH": "1750000000"})

    golden = json.loads((Path(__file__).parent / "golden" / "identities.json").read_text())

    assert identities(built.path) == golden


def identities(package: Path) -> dict[str, Any]:
    """All by which Anki and we know things in a package again."""
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        media = json.loads(archive.read("media"))
        [(models, decks)] = database.execute("SELECT models, decks FROM col").fetchall()
        notes = database.execute("SELECT guid, flds FROM notes ORDER BY id").fetchall()
    options = [fields.split("\x1f")[2] for _, fields in notes]
    return {
        "note types": {key: value["name"] for key, value in json.loads(models).items()},
        "decks": sorted(json.loads(decks)),
        "notes": {fields.split("\x1f")[0]: guid for guid, fields in notes},
        "letters": sorted(
            {html.split('"')[1] for o in options for html in o.split("data-option=")[1:]}
        ),
        "media": sorted(media.values()),
    }
