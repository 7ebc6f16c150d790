"""Anki packages: our own come back as they are, and those of others with choices come in."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mcqdeck import conversion, exchange, pack
from mcqdeck.building import build
from mcqdeck.exchange.item import Contents, Kind
from mcqdeck.project import check, load
from tests.conftest import MakeBank
from tests.exchange.packages import anki_package, old_collection, read, zipped

ROOT = Path(__file__).parents[2]
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(8)
BASIC = "Which is round?<br>A. the Moon<br>B. a brick<br>C. a book"
KINDS = ("legacy", "new")


def key_of(contents: Contents, number: int = 0) -> list[str]:
    return [o.text.markdown for o in contents.items[number].options if o.is_correct]


def imported(package: Path, folder: Path) -> exchange.Plan:
    contents = read(package.read_bytes(), package.name)
    plan = conversion.plan_import([contents], folder)
    conversion.carry_out(plan, folder)
    return plan


@pytest.mark.parametrize("name", ["12-core-functions", "everything", "starter"])
def test_our_own_package_gives_back_its_bank_to_the_byte(name: str, tmp_path: Path) -> None:
    source = {
        "12-core-functions": ROOT / "source" / name,
        "everything": ROOT / "tests" / "banks" / name,
        "starter": ROOT / "generator" / "mcqdeck" / "starter",
    }[name]
    bank = tmp_path / "bank"
    shutil.copytree(source, bank)
    config = bank / "deck.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("STARTER-ID", "night"))
    first = build(check([bank]), tmp_path / "first")[0].path

    imported(first, tmp_path / "back")

    again = tmp_path / "back" / "deck.toml"
    again.write_text(again.read_text(encoding="utf-8") + '\n[rules]\nset = "off"\n')
    second = build(check([tmp_path / "back"]), tmp_path / "second")[0].path
    before, after = pack.read_release(first), pack.read_release(second)
    assert after.bank_id == before.bank_id
    assert after.media == before.media
    assert after.note_type == before.note_type
    assert [entry.deck.name for entry in after.decks] == [entry.deck.name for entry in before.decks]
    assert [(entry.note.fields, entry.note.tags, entry.note.cards) for entry in after.notes] == [
        (entry.note.fields, entry.note.tags, entry.note.cards) for entry in before.notes
    ]


SETTINGS = """
report = "https://example.org/?a=1&id={id}"

[cards]
answer-on-choice = true
strike-out = true
timer = true
show-id = true
"""
STYLE = '.card { background: url("media/back.png"); }\n'


def test_our_own_package_tells_how_its_cards_are_and_look(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    bank = make_bank(**{"style.css": STYLE, "media/back.png": PICTURE})
    config = bank / "deck.toml"
    config.write_text(config.read_text() + SETTINGS, encoding="utf-8")
    package = build(check([bank]), tmp_path / "first")[0].path

    imported(package, tmp_path / "back")

    before, after = load(bank).bank, load(tmp_path / "back").bank
    assert replace(after.config, path="", places=()) == replace(before.config, path="", places=())
    again = build(check([tmp_path / "back"]), tmp_path / "second")[0].path
    assert pack.read_release(again).note_type == pack.read_release(package).note_type
    assert (tmp_path / "back" / "media" / "back.png").read_bytes() == PICTURE


def test_who_was_published_under_an_older_id_is_told(tmp_path: Path) -> None:
    package = build(check([ROOT / "tests" / "banks" / "everything"]), tmp_path)[0].path

    plan = imported(package, tmp_path / "back")

    assert (
        "questions published under an older id, which the package does not record: 1"
        in plan.remarks
    )


def test_a_field_called_options_is_no_option_of_the_letter_s(tmp_path: Path) -> None:
    types = {"Exam": ("Question", "Answer", "Options")}
    notes = [("Exam", {"Question": BASIC, "Answer": "B", "Options": "shuffled"})]

    contents = read(anki_package(tmp_path, types, notes))

    assert key_of(contents) == ["a brick"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_collection", [False, True])
def test_options_by_letters_on_a_basic_card_come_in(
    kind: str, is_collection: bool, tmp_path: Path
) -> None:
    notes = [
        ("Basic", {"Front": BASIC, "Back": "A"}),
        (
            "Basic",
            {"Front": BASIC.replace("round", "square"), "Back": "B) a brick<br>It has corners."},
        ),
        ("Basic", {"Front": "What is the Moon?", "Back": "A satellite"}),
        ("Cloze", {"Text": "The {{c1::Moon}} is round."}),
    ]
    data = anki_package(
        tmp_path, {}, notes, is_legacy=kind == "legacy", is_collection=is_collection
    )

    contents = read(data)

    assert [key_of(contents, number) for number in (0, 1)] == [["the Moon"], ["a brick"]]
    assert contents.items[1].explanation.markdown == "It has corners."
    assert contents.items[0].category == ("Sky", "Moon")
    assert contents.items[0].tags == ("moon",)
    assert [left.kind for left in contents.left_out] == [Kind.FLASHCARD, Kind.CLOZE]


@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("Which gas burns?<br><br>1. helium<br>2. hydrogen", "<b>Correct answer:</b> hydrogen"),
        ("Which gas burns?<br><br>1. helium<br>2. hydrogen", "2) hydrogen"),
        ("Which gas burns?<ol type='A'><li>helium</li><li>hydrogen</li></ol>", "B. hydrogen"),
        ("Which gas burns? A) helium&nbsp; B) hydrogen", "B"),
        ("<p>Which gas burns?</p><p>a) helium</p><p>b) hydrogen</p>", "Antwort: b"),
    ],
)
def test_the_ways_in_which_people_write_cards_are_read(
    front: str, back: str, tmp_path: Path
) -> None:
    back = f"{back}<br><br><b>Explanation:</b> Airships showed it."

    contents = read(anki_package(tmp_path, {}, [("Basic", {"Front": front, "Back": back})]))

    assert contents.items[0].stem.markdown == "Which gas burns?"
    assert key_of(contents) == ["hydrogen"]
    assert contents.items[0].explanation.markdown == "Airships showed it."


@pytest.mark.parametrize("kind", KINDS)
def test_images_sounds_and_formulas_come_with_a_card(kind: str, tmp_path: Path) -> None:
    front = (
        'See <img src="the moon.png"> [sound:hoo.mp3] \\(x^2\\) [$]y_1[/$] [latex]$z$[/latex]'
        "<ol><li>one</li><li>two</li></ol>"
    )
    media = {"the moon.png": PICTURE, "hoo.mp3": b"ID3"}
    notes = [("Basic", {"Front": front, "Back": "2"})]
    data = anki_package(tmp_path, {}, notes, media=media, is_legacy=kind == "legacy")

    contents = read(data)

    assert contents.items[0].stem.markdown == (
        "See ![](media/the-moon.png) ![hoo](media/hoo.mp3) $x^2$ $y_1$ $z$"
    )
    assert key_of(contents) == ["two"]
    assert {(file.path, file.data) for file in contents.files} == {
        ("media/the-moon.png", PICTURE),
        ("media/hoo.mp3", b"ID3"),
    }


def test_the_choices_of_all_in_one_come_in(tmp_path: Path) -> None:
    fields = ["Question", "Title", "QType (0=kprim,1=mc,2=sc)", "Q_1", "Q_2", "Q_3", "Q_4", "Q_5",
              "Answers", "Sources", "Extra 1"]  # fmt: skip
    kind = "AllInOne (kprim, mc, sc)++sixOptions"
    notes = [
        (kind, {"Question": "Which one?", "QType (0=kprim,1=mc,2=sc)": "2", "Q_1": "a", "Q_2": "b",
                "Answers": "0 1", "Sources": "A book", "Extra 1": "Since."}),
        (kind, {"Question": "Which ones?", "QType (0=kprim,1=mc,2=sc)": "1", "Q_1": "a", "Q_2": "b",
                "Q_3": "c", "Answers": "1 0 1"}),
        (kind, {"Question": "All are true.", "QType (0=kprim,1=mc,2=sc)": "0", "Q_1": "a",
                "Q_2": "b", "Answers": "1 1"}),
        (kind, {"Question": "Broken?", "Q_1": "a", "Q_2": "b", "Answers": "1"}),
    ]  # fmt: skip
    contents = read(anki_package(tmp_path, {kind: fields}, notes))

    assert key_of(contents, 0) == ["b"]
    assert key_of(contents, 1) == ["a", "c"]
    assert contents.items[0].references.markdown == "A book"
    assert contents.items[0].explanation.markdown == "Since."
    assert [left.kind for left in contents.left_out] == [Kind.OTHER, Kind.DAMAGED]


def test_an_answer_of_all_in_one_is_that_of_the_choice_in_its_place(tmp_path: Path) -> None:
    """Also behind a choice that is empty, as its card counts; older cards counted the others."""
    fields = ["Question", "Q_1", "Q_2", "Q_3", "Q_4", "Q_5", "Answers"]
    kind = "AllInOne (kprim, mc, sc)"
    notes = [
        (kind, {"Question": "Which?", "Q_1": "a", "Q_3": "c", "Q_4": "d", "Answers": "0 0 1 0 0"}),
        (kind, {"Question": "Older?", "Q_1": "a", "Q_3": "c", "Q_4": "d", "Answers": "0 0 1"}),
    ]

    contents = read(anki_package(tmp_path, {kind: fields}, notes))

    assert [key_of(contents, number) for number in range(2)] == [["c"], ["d"]]


def test_all_twenty_six_choices_of_anki_eco_come_in(tmp_path: Path) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    choice = ["question", *(f"option{letter}" for letter in letters), "answer", "note",
              *(f"note{letter}" for letter in letters)]  # fmt: skip
    texts = {f"option{letter}": f"choice {letter}" for letter in letters}
    notes = [("MCQ", {"question": "Which?", **texts, "answer": "SZ", "noteS": "It is."})]

    contents = read(anki_package(tmp_path, {"MCQ": choice}, notes))

    assert len(contents.items[0].options) == len(letters)
    assert key_of(contents) == ["choice S", "choice Z"]
    assert contents.items[0].options[18].rationale.markdown == "It is."


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        *(("AC", ["x", "z"]), ("a, c", ["x", "z"]), ("B since c is cold", ["y"]), ("z", ["z"])),
        *(("A C", ["x", "z"]), ("c", ["z"]), ("ac", ["x", "z"]), ("(B)", ["y"])),
        *(("Answer: B", ["y"]), ("Correct answer: A, C", ["x", "z"]), ("B. y", ["y"])),
        *(("Answer: z", ["z"]), ("<b>Answer: AC</b>", ["x", "z"])),
        *(("Because it is cold", []), ("Any", []), ("", [])),
    ],
)
def test_the_answer_of_lettered_fields_names_letters_or_quotes_one(
    answer: str, key: list[str], tmp_path: Path
) -> None:
    """Not all capitals in it, as the card of anki-eco has it: those of words are none."""
    choice = ["question", "optionA", "optionB", "optionC", "answer", "note"]
    texts = {"question": "Which?", "optionA": "x", "optionB": "y", "optionC": "z"}

    contents = read(anki_package(tmp_path, {"MCQ": choice}, [("MCQ", {**texts, "answer": answer})]))

    assert key_of(contents) == key


def test_an_answer_that_quotes_an_option_is_not_the_letter_it_begins_with(tmp_path: Path) -> None:
    types = {"Exam": ("Question", "Option A", "Option B", "Option C", "Answer")}
    texts = {"Question": "Where?", "Option A": "Athens", "Option B": "Cork", "Option C": "Berlin"}

    contents = read(anki_package(tmp_path, types, [("Exam", {**texts, "Answer": "Berlin"})]))

    assert key_of(contents) == ["Berlin"]


def test_the_choices_of_anki_eco_come_in(tmp_path: Path) -> None:
    letters = "ABCDEF"
    choice = ["question", *(f"option{letter}" for letter in letters), "answer", "note",
              *(f"note{letter}" for letter in letters)]  # fmt: skip
    types = {"IKKZ__MCQ": choice, "IKKZ__TF": ["question", "items", "note"]}
    notes = [
        ("IKKZ__MCQ", {"question": "Which?", "optionA": "x", "optionB": "y", "optionD": "z",
                       "answer": "BD", "note": "So.", "noteA": "No."}),
        ("IKKZ__MCQ", {"question": "Only a card", "answer": "this"}),
        ("IKKZ__TF", {"question": "Is it?", "items": "T===<br>The Moon is round", "note": "Yes."}),
        ("IKKZ__TF", {"question": "Are they?", "items": "T===<br>one<br>F===<br>two"}),
    ]  # fmt: skip
    contents = read(anki_package(tmp_path, types, notes))

    assert key_of(contents, 0) == ["y", "z"]
    assert contents.items[0].options[0].rationale.markdown == "No."
    assert contents.items[0].explanation.markdown == "So."
    assert contents.items[1].is_true_false
    assert key_of(contents, 1) == ["True"]
    assert "The Moon is round" in contents.items[1].stem.markdown
    assert [left.kind for left in contents.left_out] == [Kind.FLASHCARD, Kind.OTHER]


def test_of_two_collections_the_newer_counts() -> None:
    dummy = old_collection([("Please update to the latest Anki version.", "")])
    real = old_collection([(BASIC, "A"), (BASIC.replace("round", "red"), "B")])

    contents = read(zipped({"collection.anki2": dummy, "collection.anki21": real, "media": "{}"}))

    assert len(contents.items) == 2


def test_a_media_list_with_gaps_is_read() -> None:
    front = f'<img src="ä.png"> {BASIC}'
    decomposed = '{"0": "missing.png", "7": "a\u0308.png"}'
    collection = old_collection([(front, "A")])

    contents = read(zipped({"collection.anki2": collection, "media": decomposed, "7": PICTURE}))

    assert [file.data for file in contents.files] == [PICTURE]
