"""What a verification says, as text, as Markdown and as JSON; no Anki is needed to say it."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from mcqdeck.report import verification as verification_report
from mcqdeck.verification import (
    Arrived,
    Effect,
    Held,
    Kind,
    Outcome,
    Package,
    Settings,
    Update,
    Verification,
)

ALWAYS = tuple(
    Settings(update_notes=Update.ALWAYS, update_note_types=types, merge_note_types=merge)
    for types, merge in product(Update, (False, True))
)
OURS = Package(
    Path("decks/exam.apkg"),
    "ab" * 32,
    1234,
    "exam",
    {"g1": "first", "g2": "second"},
    Held(2, 3, 1, 2),
)
THEIRS = Package(Path("old_*.apkg"), "cd" * 32, 99)


def verification(
    *outcomes: Outcome, new: Package = OURS, old: Package | None = THEIRS
) -> Verification:
    return Verification("26.9.3", new, old, 72, Arrived(1, 0, 1, 0, 2), {"reviewed": 2}, outcomes)


LOSS = Outcome(Kind.EDIT_LOST, ("g2", "g1", "g0"), (), (Settings(),))
FAULT = Outcome(Kind.CONFLICT, ("g1",), ("the note type 'A' has another id",))
REMARK = Outcome(Kind.OVERWRITTEN, ("g1",), (), ALWAYS)


def test_text_tells_what_is_lost_with_which_settings() -> None:
    assert list(verification_report.verification_as_text(verification(LOSS, FAULT, REMARK))) == [
        "decks/exam.apkg",
        f"  SHA-256 {'ab' * 32}, 1,234 bytes, the bank exam of mcqdeck",
        "  2 notes, 3 cards, 1 note type, 2 decks",
        "old_*.apkg",
        f"  SHA-256 {'cd' * 32}, 99 bytes, not made by mcqdeck",
        "  no notes",
        "tried with Anki 26.9.3, learners of the old package, 72 settings of the import",
        "arrives: 1 new note, 0 updated, 1 unchanged, 0 in conflict; 2 new cards",
        "done before: 2 reviewed",
        "loss[edit-lost]: what learners wrote into notes that did not change is gone",
        "  3 notes: first, g0, second",
        "  when: update notes: if newer; update note types: if newer; merge note types: off; "
        "import learning progress: off; import deck presets: off",
        "  help: Anki replaces a note if the package dates it later than the learner's edit. A "
        "note that did not change must keep its time: build on the last release.",
        "fault[conflict]: notes are in conflict: Anki leaves them as they are, and adds another "
        "note type",
        "  1 note: first",
        "  the note type 'A' has another id",
        "  help: Corrections will never reach them. The fields and templates of a note type, their "
        "ids and its own must stay as they were published.",
        "remark[overwritten]: learners who update notes always lose their edits and tags of notes "
        "that did not change",
        "  1 note: first",
        "  when: update notes: always; import learning progress: off; import deck presets: off",
        "  help: They chose this setting in Anki; no package can prevent it.",
        "learners would lose something: 1 loss, 1 fault",
    ]


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ((), "no learner loses anything"),
        ((REMARK,), "no learner loses anything"),
        ((FAULT, FAULT), "not fit for learners: 2 faults"),
        ((LOSS, LOSS, REMARK), "learners would lose something: 2 losses"),
    ],
)
def test_the_verdict_counts_what_is_bad(outcomes: tuple[Outcome, ...], verdict: str) -> None:
    assert verification_report.verdict(verification(*outcomes)) == verdict
    assert verification(*outcomes).is_good is (verdict == "no learner loses anything")


def test_text_names_ten_and_counts_the_others() -> None:
    many = Outcome(Kind.NOT_ARRIVED, tuple(f"n{n:02}" for n in range(1500)))

    lines = list(verification_report.verification_as_text(verification(many)))

    assert f"  1,500 notes: {', '.join(f'n{n:02}' for n in range(10))} and 1,490 more" in lines


def test_settings_that_are_no_full_combination_have_the_first_for_all() -> None:
    odd = (Settings(), Settings(update_notes=Update.ALWAYS, merge_note_types=True))

    lines = list(
        verification_report.verification_as_text(
            verification(Outcome(Kind.FULL_SYNC, settings=odd))
        )
    )

    assert any(
        line.startswith("  when: 2 combinations of settings, the first of them update notes: if")
        for line in lines
    )


def test_a_package_that_is_not_imported_has_no_counts() -> None:
    refused = Outcome(Kind.NOT_IMPORTED, names=("it is no zip",))
    seen = Verification("26.9.3", THEIRS, None, 72, Arrived(), {}, (refused,))

    assert list(verification_report.verification_as_text(seen)) == [
        "old_*.apkg",
        f"  SHA-256 {'cd' * 32}, 99 bytes, not made by mcqdeck",
        "tried with Anki 26.9.3, learners, the same package imported once more, 72 settings of the "
        "import",
        "fault[not-imported]: Anki does not import the package",
        "  it is no zip",
        "  help: A package is a zip file with a collection of Anki in it: build or export it "
        "again.",
        "not fit for learners: 1 fault",
    ]


def test_markdown_has_a_section_for_each_effect_and_no_markup_of_others() -> None:
    text = verification_report.verification_as_markdown(verification(LOSS, FAULT, REMARK))

    assert text.startswith("## Learners would lose something: 1 loss, 1 fault\n\n- New: ")
    assert [line for line in text.splitlines() if line.startswith("###")] == [
        "### Losses",
        "### Faults",
        "### Remarks",
    ]
    assert r"- Old: old\_\*.apkg, not made by mcqdeck" in text


def test_json_has_all_of_it() -> None:
    told = json.loads(verification_report.verification_as_json(verification(LOSS)))

    assert list(told) == ["anki", "good", "settings", "new", "old", "arrived", "done", "found"]
    assert told["new"] == {
        "path": "decks/exam.apkg",
        "sha256": "ab" * 32,
        "size": 1234,
        "bank": "exam",
        "notes": 2,
        "cards": 3,
        "note_types": 1,
        "decks": 2,
        "media": 0,
    }
    assert told["old"]["bank"] is None
    assert told["found"] == [
        {
            "name": "edit-lost",
            "effect": "loss",
            "message": "what learners wrote into notes that did not change is gone",
            "help": told["found"][0]["help"],
            "notes": [
                {"guid": "g2", "question": "second"},
                {"guid": "g1", "question": "first"},
                {"guid": "g0", "question": None},
            ],
            "names": [],
            "settings": [
                {
                    "update_notes": "if newer",
                    "update_note_types": "if newer",
                    "merge_note_types": False,
                    "learning_progress": False,
                    "deck_presets": False,
                }
            ],
        }
    ]


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_each_kind_is_said_and_explained_in_the_docs(kind: Kind) -> None:
    docs = (Path(__file__).parents[1] / "docs" / "verifying.md").read_text(encoding="utf-8")

    lines = list(verification_report.verification_as_text(verification(Outcome(kind, ("g1",)))))

    assert any(line.startswith(f"{kind.effect}[{kind.value}]: ") for line in lines)
    section = docs.split(f"## {kind.effect.value.capitalize()}")[1].split("\n## ")[0]
    assert f"| `{kind.value}` |" in section


def test_there_is_something_of_each_effect() -> None:
    assert {kind.effect for kind in Kind} == set(Effect)
