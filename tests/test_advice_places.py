"""What names an option by its letter, number or place, and what only looks like it."""

from pathlib import Path

import pytest

from mcqdeck.project import check
from mcqdeck.rules import Selection

METALS = ("Iron", "Copper", "Zinc", "Tin")
NAMED = "option-named-by-place"
REFERS = "option-refers-to-others"


def quoted(  # the words at fault, as the message quotes them
    folder: Path,
    name: str,
    *,
    stem: str = "Which metal rusts?",
    options: tuple[str, ...] = METALS,
    rationale: str = "",
    explanation: str = "It rusts.",
    mark: str = "-",
    language: str = "en",
) -> list[str]:
    lines = [f"{mark} [{'x' if option is options[0] else ' '}] {option}" for option in options]
    lines[1] += f"\n   > {rationale}" if rationale else ""
    body = "\n".join(lines)
    (folder / "deck.toml").write_text(
        f'id = "metals"\ntitle = "Metals"\nlanguage = "{language}"\n', encoding="utf-8"
    )
    (folder / "01.md").write_text(
        f"# Title\n\n## first\n\n{stem}\n\n{body}\n\n### Explanation\n\n{explanation}\n",
        encoding="utf-8",
    )
    checked = check([folder], selection=Selection(frozenset({name})))
    return [
        diagnostic.message.split("`")[1]
        for diagnostic in checked.diagnostics
        if diagnostic.name == name
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Option B is wrong.", "Option B"),
        ("Unlike it, option (b) lasts.", "option (b)"),
        ("An **option** **B** lasts.", "option** **B"),
        ("Answer C is right.", "Answer C"),
        ("Answer choice B is wrong.", "Answer choice B"),
        ("Distractor C confuses it.", "Distractor C"),
        ("Options A, B and D last.", "Options A, B and D"),
        ("Options A-C last.", "Options A"),
        ("Option B's shine deceives.", "Option B"),
        ("The correct answer is A.", "The correct answer is A"),
        ("Answer: D", "Answer: D"),
        ("The answer is A, because iron rusts.", "The answer is A"),
        ("(A) is wrong.", "(A)"),
        ("It rusts. (B) is wrong since it does not.", "(B)"),
        ("So (C) is not correct.", "(C)"),
        ("B is incorrect because it turns green.", "B"),
        ("A, B and D are incorrect.", "A, B and D"),
        ("Choice 2 describes a noble metal.", "Choice 2"),
        ("Options 1 and 3 are metals.", "Options 1"),
        ("Therefore option two is wrong.", "option two"),
        ("The second answer is tempting.", "The second answer"),
        ("The last option is wrong.", "The last option"),
        ("In the last option, the metal is soft.", "the last option"),
        ("Unlike the first option, tin lasts.", "the first option"),
        ("The first two options are incorrect.", "The first two options"),
        ("Only the second and third options are correct.", "the second and third options"),
        ("See the option above.", "the option above"),
        ("The previous option rusts.", "The previous option"),
    ],
)
def test_an_option_named_by_place_is_an_error(tmp_path: Path, text: str, words: str) -> None:
    assert quoted(tmp_path, NAMED, explanation=text) == [words]
    assert quoted(tmp_path, NAMED, rationale=text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin B helps, and hepatitis C is a virus.",
        "Plan B and Type A are right.",
        "The first option is to wait.",
        "Surgery is the last option.",
        "The next option is insulin.",
        "Answer a question with care, and answer 3 questions right.",
        "Options: A company may wait.",
        "The response is B cell mediated.",
        "HTTP response 200 is right, and response 5.2 too.",
        "DHCP option 3 is the router.",
        "It is the first choice drug.",
        "The final answer is right.",
        "He gave the first answer that came to mind.",
        "Choice E is true, and choice 7 is false.",
        "Each option 2 points; option 3% is wrong.",
        "A is a letter. A wrong answer is common.",
        "An option B+ is right.",
        "The `option B` of the program is wrong.",
    ],
)
def test_ordinary_prose_names_no_option(tmp_path: Path, text: str) -> None:
    assert quoted(tmp_path, NAMED, explanation=text, rationale=text) == []


@pytest.mark.parametrize(
    ("stem", "options", "explanation"),
    [
        ("Which blood group?", ("A", "B", "AB"), "The answer is B. B is right."),
        ("Which point?", ("Point A", "Point B", "Point C"), "The answer is B."),
        ("Which `let`?", ("`A`", "`B`", "`C`"), "The answer is B."),
        ("Who is right, A or B?", ("The left", "The right", "Both"), "B is wrong, A is right."),
        (
            "Option A costs 5, option B costs 7. What does option B cost more?",
            ("2", "5", "7"),
            "Option B costs 2 more than option A.",
        ),
        ("Which does he take?", ("Option A", "Option B", "Neither"), "Option A is cheaper."),
        ("Which of the options below rusts?", METALS, "Iron rusts."),
    ],
)
def test_a_letter_that_the_question_itself_uses_names_no_place(
    tmp_path: Path, stem: str, options: tuple[str, ...], explanation: str
) -> None:
    assert quoted(tmp_path, NAMED, stem=stem, options=options, explanation=explanation) == []


def test_a_stem_may_name_an_option_too(tmp_path: Path) -> None:
    assert quoted(tmp_path, NAMED, stem="What is wrong with option C?") == ["option C"]


@pytest.mark.parametrize("name", [NAMED, REFERS])
def test_what_keeps_its_order_may_be_named_by_place(tmp_path: Path, name: str) -> None:
    options = (*METALS[:3], "Same as above")

    assert quoted(tmp_path, name, options=options, explanation="Option B is soft.")
    assert not quoted(tmp_path, name, options=options, explanation="Option B is soft.", mark="1.")


@pytest.mark.parametrize("name", [NAMED, REFERS])
def test_a_bank_in_another_language_is_left_alone(tmp_path: Path, name: str) -> None:
    options = (*METALS[:3], "Same as above")
    text = "Option B is soft."

    assert quoted(tmp_path, name, options=options, explanation=text, language="en-GB")
    assert not quoted(tmp_path, name, options=options, explanation=text, language="de")


@pytest.mark.parametrize(
    "option",
    [
        "Same as above",
        "As above, but slower",
        "Iron and the above",
        "Two of the above",
        "Two of these",
        "Either of these",
        "Either of the above",
        "A combination of the above",
        "More than one of the above",
        "The first two",
        "Only the last two options",
        "The latter two",
        "The previous option, but cold",
        "The same as the first option",
        "The option above",
        "Neither of the previous answers",
    ],
)
def test_an_option_that_refers_to_others_is_an_error(tmp_path: Path, option: str) -> None:
    assert quoted(tmp_path, REFERS, options=(*METALS[:3], option)) == [option]


@pytest.mark.parametrize(
    "option",
    [
        "18 years and above",
        "The above code prints 3",
        "Above all, gold",
        "Wash the first two fingers",
        "The first two weeks",
        "The former",
        "The latter",
        "Choose the first option in the menu",
        "As the last option before surgery",
        "Two of the following",
        "Return to the previous answer",
        "The previous owner",
    ],
)
def test_an_option_that_speaks_for_itself_refers_to_no_other(tmp_path: Path, option: str) -> None:
    assert quoted(tmp_path, REFERS, options=(*METALS[:3], option)) == []


def test_quantities_of_what_the_stem_lists_refer_to_no_option(tmp_path: Path) -> None:
    stem = "How many of the three metals rust?"
    options = ("None of these", "One of these", "Two of these", "All of these")

    assert quoted(tmp_path, REFERS, stem=stem, options=options) == []


@pytest.mark.parametrize(
    "option", ["All of the above", "None of the above", "Both of these", "A and B only"]
)
def test_what_another_rule_tells_is_told_once(tmp_path: Path, option: str) -> None:
    assert quoted(tmp_path, REFERS, options=(*METALS[:3], option)) == []
