"""Customs that a bank may have, and marks and spaces that mean nothing."""

from pathlib import Path

import pytest

from mcqdeck.diagnostic import Severity
from mcqdeck.fixes import apply_fixes
from mcqdeck.project import Checked, check
from mcqdeck.rules import Selection

CUSTOMS = {"missing-rationale", "missing-objective", "missing-level"}
TITLE = "# Title\n\n"
OFF = CUSTOMS | {"missing-tags", "long-stem", "long-option"}


def checked(
    folder: Path, source: str, *selected: str, config: str = "", line_end: str = "\n"
) -> Checked:
    (folder / "deck.toml").write_text(f'id = "bank"\ntitle = "Bank"\n{config}', encoding="utf-8")
    text = f"{TITLE}{source}\n"
    (folder / "01.md").write_bytes(text.replace("\n", line_end).encode())
    return check([folder], selection=Selection(frozenset(selected)))


def fixed(folder: Path, source: str, *selected: str, line_end: str = "\n") -> str:
    result = checked(folder, source, *selected, line_end=line_end)
    texts = apply_fixes(result.texts, result.diagnostics)
    path = (folder / "01.md").as_posix()
    text = texts.get(path, result.texts[path]).decode()
    assert text.count("\n") == text.count(line_end)
    return text.replace(line_end, "\n").removeprefix(TITLE).removesuffix("\n")


def question(options: str, *, stem: str = "Which one?", comment: str = "") -> str:
    return f"## first\n{comment}\n{stem}\n\n{options}"


PLAIN = question("- [x] Ash\n- [ ] Oak\n- [ ] Elm")


def test_customs_wait_until_they_are_asked_for(tmp_path: Path) -> None:
    stem = "A very long story without an end. " * 20
    source = question(f"- [x] {stem}\n- [ ] Oak\n- [ ] Elm", stem=stem)
    rules = "[rules]\n" + "".join(f'{name} = "info"\n' for name in OFF)

    names = {diagnostic.name for diagnostic in checked(tmp_path, source).diagnostics}
    asked = {diagnostic.name for diagnostic in checked(tmp_path, source, config=rules).diagnostics}

    assert names.isdisjoint(OFF)
    assert asked >= OFF


def test_the_strict_set_demands_rationale_objective_and_level(tmp_path: Path) -> None:
    diagnostics = checked(tmp_path, PLAIN, config='[rules]\nset = "strict"\n').diagnostics

    errors = {
        diagnostic.name for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR
    }
    assert errors & OFF == CUSTOMS


def test_each_wrong_option_wants_a_rationale(tmp_path: Path) -> None:
    source = question("- [x] Ash\n- [ ] Oak\n  > Too hard.\n- [ ] Elm\n- [ ] Yew\n  > ")

    diagnostics = checked(tmp_path, source, "missing-rationale").diagnostics

    assert [diagnostic.where.line for diagnostic in diagnostics] == [10, 11]


def test_tags_of_the_chapter_are_tags_of_its_questions(tmp_path: Path) -> None:
    (tmp_path / "02.md").write_text(f"---\ntags: [wood]\n---\n# Title\n\n{PLAIN}")

    diagnostics = checked(tmp_path, PLAIN.replace("first", "second"), "missing-tags").diagnostics

    assert [diagnostic.where.path.rsplit("/", 1)[1] for diagnostic in diagnostics] == ["01.md"]


@pytest.mark.parametrize(
    ("options", "is_reported"),
    [
        (["Ash", "Oak"], True),
        (["True", "False"], False),
        (["*True*", "*False*"], False),
        (["Yes, in spring", "No, never"], False),
        (["Wahr", "Falsch"], False),
        (["Sí", "No"], False),
        (["Yes", "Yes, in spring"], True),
        (["Ash", "Oak", "Elm"], False),
        (["Ash", "Oak", "Elm", "Yew", "Fir", "Box"], False),
        (["Ash", "Oak", "Elm", "Yew", "Fir", "Box", "Fig"], True),
    ],
)
def test_two_options_are_few_and_seven_many(
    tmp_path: Path, options: list[str], is_reported: bool
) -> None:
    source = question("\n".join(f"- [{'x' if n == 0 else ' '}] {o}" for n, o in enumerate(options)))

    assert bool(checked(tmp_path, source, "option-count").diagnostics) is is_reported


def test_spaces_in_prose_are_one_again(tmp_path: Path) -> None:
    source = question(
        "- [x] An  **ash**  tree\n  > It is   tall.  It  grows.\n- [ ] Oak\n- [ ] Elm\n\n"
        "Ashes\n  grow  up.",
        stem="Which  one  is\nit  now?",
    )

    assert fixed(tmp_path, source, "doubled-spaces") == question(
        "- [x] An **ash** tree\n  > It is tall. It grows.\n- [ ] Oak\n- [ ] Elm\n\n"
        "Ashes\n  grow up.",
        stem="Which one is\nit now?",
    )


@pytest.mark.parametrize(
    "text",
    [
        "One line  \nand another",
        "A `span  of` code",
        "A formula $a  =  b$ here",
        "```\na  =  b\n```",
        "~~~\na  =  b\n~~~",
        "    a  =  b",
        "| a  | b   |\n|----|-----|\n| c  | d   |",
        "1.  first\n2.  second",
        "*   first\n    second",
        "<pre>a  b</pre>",
        "<!-- a  b -->\nNow?",
        "> one\n>  two",
    ],
)
def test_spaces_that_mean_something_stay(tmp_path: Path, text: str) -> None:
    source = question("- [x] Ash\n- [ ] Oak\n- [ ] Elm", stem=f"What is it?\n\n{text}")

    assert checked(tmp_path, source, "doubled-spaces").diagnostics == ()
    assert fixed(tmp_path, source, "doubled-spaces") == source


def test_a_space_too_many_has_its_place_whatever_the_indentation(tmp_path: Path) -> None:
    source = question("-\t[x] Ash\n\n\tIt  is\n- [ ] Oak\n- [ ] Elm")

    assert fixed(tmp_path, source, "doubled-spaces") == source.replace("It  is", "It is")


@pytest.mark.parametrize("marker", ["-", "*", "1.", "-  "])
def test_a_capital_mark_becomes_a_small_one(tmp_path: Path, marker: str) -> None:
    source = question(f"{marker} [X] Ash [X]\n{marker} [ ] Oak\n{marker} [ ] Elm")

    assert fixed(tmp_path, source, "capital-checkbox") == source.replace("[X] Ash", "[x] Ash")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("choose: 2", "choose: 1"),
        ("level: recall, choose: '2' , tags: [a]", "level: recall, choose: 1 , tags: [a]"),
        ("choose: 02", "choose: 1"),
        ("\nlevel: recall\nchoose: 12\n", "\nlevel: recall\nchoose: 1\n"),
    ],
)
def test_the_number_in_choose_becomes_that_of_the_marks(
    tmp_path: Path, before: str, after: str
) -> None:
    source = question("- [x] Ash\n- [ ] Oak\n- [ ] Elm", comment=f"<!-- {before} -->\n")

    assert fixed(tmp_path, source, "choose-mismatch") == source.replace(before, after)


def test_nothing_is_certain_where_stem_and_choose_agree(tmp_path: Path) -> None:
    comment, stem = "<!-- choose: 2 -->\n", "Which? Choose two."
    source = question("- [x] Ash\n- [ ] Oak\n- [ ] Elm", comment=comment, stem=stem)

    assert fixed(tmp_path, source, "choose-mismatch") == source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## Which one?\n\n{}", "## Which one?\n<!-- ID -->\n\n{}"),
        ("## Which one?\n{}", "## Which one?\n<!-- ID -->\n{}"),
        ("## Which one? ##\n\n{}", "## Which one? ##\n<!-- ID -->\n\n{}"),
        ("Which one?\n---\n\n{}", "Which one?\n---\n<!-- ID -->\n\n{}"),
        (
            "## Which one?\n<!-- A remark. -->\n\n{}",
            "## Which one?\n<!-- ID -->\n<!-- A remark. -->\n\n{}",
        ),
        (
            "## Which one?\n<!-- level: recall -->\n\n{}",
            "## Which one?\n<!-- ID, level: recall -->\n\n{}",
        ),
        (
            "## Which one?\n<!--\nlevel: recall\n-->\n\n{}",
            "## Which one?\n<!--\nID\nlevel: recall\n-->\n\n{}",
        ),
        (
            "## Which one?\n<!--\n  level: recall\n  tags: [a]\n-->\n\n{}",
            "## Which one?\n<!--\n  ID\n  level: recall\n  tags: [a]\n-->\n\n{}",
        ),
        (
            "## Which one?\n<!-- level: recall\n     tags: [a] -->\n\n{}",
            "## Which one?\n<!-- ID\n     level: recall\n     tags: [a] -->\n\n{}",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_question_gets_the_id_that_it_has_already(
    tmp_path: Path, before: str, after: str, line_end: str
) -> None:
    options = "- [x] Ash\n- [ ] Oak\n- [ ] Elm"
    source = before.format(options)
    result = checked(tmp_path, source)
    name = result.banks[0].questions[0].question.id

    text = fixed(tmp_path, source, "missing-id", line_end=line_end)

    assert text == after.format(options).replace("ID", f"id: {name}")
    again = checked(tmp_path, text, "missing-id")
    assert again.diagnostics == ()
    assert again.banks[0].questions[0].question.id == name


@pytest.mark.parametrize(
    "source",
    [
        "## Which one?\n<!-- ids: which -->\n\n{}",
        "## Which one? <!-- id: which -->\n\n{}",
        "## Which one?\n<!-- id which -->\n\n{}",
        "## Which one?\n<!-- level: deep -->\n\n{}",
        "##\n\n{}",
    ],
)
def test_no_id_is_certain_where_something_else_is_wrong(tmp_path: Path, source: str) -> None:
    text = source.format("- [x] Ash\n- [ ] Oak\n- [ ] Elm")

    diagnostics = [
        diagnostic
        for diagnostic in checked(tmp_path, text).diagnostics
        if diagnostic.name == "missing-id"
    ]

    assert diagnostics
    assert not any(diagnostic.edits for diagnostic in diagnostics)
