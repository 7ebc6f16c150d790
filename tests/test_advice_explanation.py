"""Explanations that are missing, thin or about something else; stems that need their options."""

from pathlib import Path

import pytest

from mcqdeck.project import check
from mcqdeck.rules import Selection

LINK = "https://example.org/why_(not)"


def names(folder: Path, source: str, *selected: str, config: str = "") -> list[str]:
    (folder / "deck.toml").write_text(f'id = "bank"\ntitle = "Bank"\n{config}', encoding="utf-8")
    (folder / "01.md").write_text(f"# Title\n\n## first\n{source}\n", encoding="utf-8")
    checked = check([folder], selection=Selection(frozenset(selected)))
    return [diagnostic.name for diagnostic in checked.diagnostics]


def explained(
    folder: Path, explanation: str, *, key: str = "Their tunnels let air in", config: str = ""
) -> list[str]:
    """The rules about explanations that find something."""
    source = (
        f"\nWhat helps most?\n\n- [x] {key}\n- [ ] Nothing at all\n- [ ] Waiting\n\n{explanation}"
    )
    return names(
        folder,
        source,
        "missing-explanation",
        "thin-explanation",
        "unrelated-explanation",
        config=config,
    )


@pytest.mark.parametrize(
    "text", ["", "### Explanation\n", "### Explanation\n\n<!-- to be written, soon, by us -->\n"]
)
def test_an_explanation_that_a_learner_cannot_read_is_missing(tmp_path: Path, text: str) -> None:
    assert explained(tmp_path, text) == ["missing-explanation"]


def test_the_rationale_of_the_right_option_explains_too(tmp_path: Path) -> None:
    body = "\nWhat helps?\n\n- [x] Air\n  > {}\n- [ ] Salt\n- [ ] Ice\n"
    rules = ("missing-explanation", "thin-explanation")

    assert names(tmp_path, body.format("Roots need air to breathe in."), *rules) == []
    assert names(tmp_path, body.format("Sure."), *rules) == ["thin-explanation"]
    assert names(tmp_path, body.format(""), *rules) == ["missing-explanation"]


@pytest.mark.parametrize(
    "text",
    [
        "See the book.",
        LINK,
        f"<{LINK}>",
        f"[Reference]({LINK})",
        f"[A long and winding title of a page about tunnels]({LINK})",
        f"See also: [A long and winding title of a page]({LINK}) and {LINK}",
        f"Source: [A long and winding title of a page][label]\n\n[label]: {LINK}",
        "因为有空气",
    ],
)
def test_a_few_words_or_a_link_are_a_thin_explanation(tmp_path: Path, text: str) -> None:
    assert explained(tmp_path, text) == ["thin-explanation"]


@pytest.mark.parametrize(
    "text",
    [
        "Tunnels let the air in.",
        f"[The law of tunnels]({LINK}) lets air in.",
        "`tunnel = air`",
        "![A tunnel with air in it](tunnel.png)",
        "$tunnel = air$",
    ],
)
def test_an_explanation_that_shows_or_says_something_is_not_thin(tmp_path: Path, text: str) -> None:
    assert "thin-explanation" not in explained(tmp_path, text)


def test_scripts_without_spaces_are_counted_by_characters(tmp_path: Path) -> None:
    text = "蚯蚓的隧道让空气和水进入土壤深处"

    assert explained(tmp_path, text, key="隧道", config='language = "zh"\n') == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Their tunnels let air in", "Tomatoes want a sunny wall and much water."),
        ("Rate", "It was demonstrated with great care by many people."),
        ("15", "A bulb sits as deep as 30 in very light soil."),
    ],
)
def test_an_explanation_without_a_word_of_the_key_is_unrelated(
    tmp_path: Path, key: str, text: str
) -> None:
    assert explained(tmp_path, text, key=key) == ["unrelated-explanation"]
    assert explained(tmp_path, text, key=key, config='language = "fr"\n') == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("It increases", "With more heat the pressure is increasing all the time."),
        ("Studies of twins", "Who wants to know must study people who are alike."),
        ("15 cm", "A bulb of 5 cm goes 15 deep, as gardeners have it."),
        ("`len(x)`", "It counts what is in a list, and nothing else."),
        ("$E = mc^2$", "Energy and mass are two sides of one thing."),
        ("True", "Nobody has ever seen it happen in another way."),
        ("It is", "Nobody has ever seen it happen in another way."),
        ("United Nations", "The UN has been keeping the peace there for years."),
        ("The UN", "United Nations soldiers have been there for many years."),
        ("&rarr;", "This tells the way to go on from there."),
    ],
)
def test_an_explanation_may_use_other_forms_of_the_words(
    tmp_path: Path, key: str, text: str
) -> None:
    assert explained(tmp_path, text, key=key) == []


def needs_options(
    folder: Path, stem: str, *, key: str = "A viola", comment: str = "", config: str = ""
) -> bool:
    source = f"{comment}\n{stem}\n\n- [x] {key}\n- [ ] A harp\n- [ ] A lute\n"
    return "needs-options" in names(folder, source, "needs-options", config=config)


@pytest.mark.parametrize(
    "stem",
    [
        "Which of the following is played with a bow?",
        "All of the following have strings except:",
        "Which one of these is played with a bow?",
        "Which of these instruments has a bow?",
        "Which two of the following have a bow?",
        "Which statement about bows is true?",
        "After a concert, which option is best?",
        "Which option should the player choose?",
        "Which of the options has a bow?",
        "Which answer names a bowed instrument?",
        "Of the following, which is played with a bow?",
        "Among the following instruments, what has a bow?",
        "Which choice is not a bowed instrument?",
        "Which of the following is true of this code?\n\n```\nplay()\n```",
    ],
)
def test_a_stem_that_points_at_its_options_needs_them(tmp_path: Path, stem: str) -> None:
    assert needs_options(tmp_path, stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Which instrument is played with a bow?",
        "What is the output of the following code?\n\n```\nplay()\n```",
        "What do the following have in common: viola, cello, bass?",
        "Which of the following have a bow?\n\n1. viola\n2. harp",
        "There are:\n\n* a viola\n* a harp\n\nWhich of these has a bow?",
        "A viola and a harp are instruments. Which of these instruments has a bow?",
        "Which option of `ls` shows hidden files?",
        "With which option does it show them?",
        "Use which option to show them?",
        "Which option can you pass to show them?",
        "What options does a tenant have?",
        "These players like Bach. Why?",
        "Of the following, which has a bow?\n\n1. viola\n2. harp",
        "At the end of the following bar, how long is the rest?",
    ],
)
def test_a_stem_that_can_be_answered_from_memory_needs_none(tmp_path: Path, stem: str) -> None:
    assert not needs_options(tmp_path, stem)


def test_a_statement_of_a_program_is_recalled_by_its_name(tmp_path: Path) -> None:
    assert not needs_options(tmp_path, "Which statement leaves a loop?", key="`break`")
    assert needs_options(tmp_path, "Which statement is true?", key="`break`")


def test_without_a_flashcard_a_stem_may_point_at_its_options(tmp_path: Path) -> None:
    stem = "Which of the following has a bow?"

    assert not needs_options(tmp_path, stem, comment="<!-- flashcard: no -->\n")
    assert not needs_options(tmp_path, stem, config="[cards]\nflashcards = false\n")
    assert not needs_options(tmp_path, stem, config='language = "nl"\n')
