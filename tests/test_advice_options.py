"""Options that stand for others, combine, overlap, or differ in order, length and wording."""

from pathlib import Path

import pytest

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.project import check
from mcqdeck.rules import Selection

STEM = "Which one is meant?"
Options = tuple[str, ...]  # the first one is the key, unless one has `*` before it


def reported(
    folder: Path,
    name: str,
    options: Options,
    *,
    stem: str = STEM,
    keeps_order: bool = False,
    language: str = "en",
) -> list[Diagnostic]:
    keys = {option for option in options if option.startswith("*")} or {options[0]}
    mark = "1." if keeps_order else "-"
    body = "\n".join(
        f"{mark} [{'x' if option in keys else ' '}] {option.removeprefix('*')}"
        for option in options
    )
    (folder / "deck.toml").write_text(
        f'id = "bank"\ntitle = "Bank"\nlanguage = "{language}"\n', encoding="utf-8"
    )
    (folder / "01.md").write_text(f"# Title\n\n## first\n\n{stem}\n\n{body}\n", encoding="utf-8")
    diagnostics = check([folder], selection=Selection(frozenset({name}))).diagnostics
    return [diagnostic for diagnostic in diagnostics if diagnostic.name == name]


@pytest.mark.parametrize(
    "option",
    [
        "All of the above",
        "all of the above.",
        "**All of the above**",
        "All of these",
        "All of these answers",
        "All the above options",
        "All other answers",
        "All options given are correct",
        "All of the answers are correct",
        "All are correct",
        "Any of these",
        "All of the foregoing",
        "(d) All of the above",
        "Everything above",
        "They are all correct",
        "All of them",
    ],
)
def test_all_of_the_above_in_many_words(tmp_path: Path, option: str) -> None:
    assert reported(tmp_path, "all-of-the-above", ("Ash", "Oak", option))


@pytest.mark.parametrize(
    "option",
    [
        "All trees",
        "All of Europe",
        "All the correct bolts",
        "All",
        "All options that have a lock",
        "Each of these is read, then the file is closed at once",
    ],
)
def test_all_of_something_else(tmp_path: Path, option: str) -> None:
    assert not reported(tmp_path, "all-of-the-above", ("Ash", "Oak", option))


@pytest.mark.parametrize(
    "option",
    [
        "None of the above",
        "None of these.",
        "None",
        "Neither",
        "Neither of these",
        "None of the options given is correct",
        "No answer is correct",
        "None listed",
        "None of them",
        "D. None of the above",
    ],
)
def test_none_of_the_above_in_many_words(tmp_path: Path, option: str) -> None:
    assert reported(tmp_path, "none-of-the-above", ("Ash", "Oak", option))


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        (STEM, ("Yes", "No")),
        (STEM, ("Ash", "Oak", "No change")),
        (STEM, ("Ash", "Oak", "None of the trees")),
        (STEM, ("Ash", "Oak", "`None`")),
        (STEM, ("True", "False", "None")),
        (STEM, ("Ash", "Oak", "Nothing happens")),
        ("How many of them float?", ("None of them", "Some of them", "Most of them")),
        ("How many moons has Venus?", ("None", "One", "Two")),
        ("What does `display: none` print?", ("none", "block", "inline")),
    ],
)
def test_none_that_is_an_answer(tmp_path: Path, stem: str, options: Options) -> None:
    assert not reported(tmp_path, "none-of-the-above", options, stem=stem)


@pytest.mark.parametrize("name", ["all-of-the-above", "none-of-the-above"])
def test_only_above_needs_its_place(tmp_path: Path, name: str) -> None:
    """The card knows nothing of code, and takes `some` beside it for a quantity: it is not last."""
    quantity = "Every" if name.startswith("all") else "No"
    others = ("Ash", "`Some`")

    def severity(option: str, *, keeps_order: bool) -> Severity:
        (only,) = reported(tmp_path, name, (*others, option), keeps_order=keeps_order)
        return only.severity

    assert severity(f"{quantity} one of the above", keeps_order=False) is Severity.ERROR
    assert severity(f"{quantity} one of the above", keeps_order=True) is Severity.WARNING
    assert severity(f"{quantity} one of these", keeps_order=False) is Severity.WARNING


@pytest.mark.parametrize(
    ("stem", "options", "severity"),
    [
        ("Which hold?\n\nI. Ash\nII. Oak", ("I only", "II only", "I and II"), Severity.WARNING),
        ("Which hold? (1) Ash (2) Oak", ("1 only", "2 only", "1 and 2"), Severity.WARNING),
        ("Which hold?\n\n```\nA. Ash\nB. Oak\n```", ("A and B", "B and C"), Severity.WARNING),
        ("![Statements](s.svg)", ("I, II and III", "II and III"), Severity.WARNING),
        ("Statement 1 | Ash. Statement 2 | Oak.", ("True, true", "True, false"), Severity.WARNING),
        (STEM, ("Ash", "Oak", "Elm", "*Both A and B"), Severity.ERROR),
        (STEM, ("Ash", "Oak", "Elm", "*Both 1 and 3"), Severity.ERROR),
        (STEM, ("Ash", "Oak", "Elm", "*A, B and C are correct"), Severity.ERROR),
        (STEM, ("Ash", "Oak", "Both of these"), Severity.WARNING),
        (STEM, ("Ash", "Oak", "Both of the above"), Severity.WARNING),
    ],
)
def test_options_that_combine_others(
    tmp_path: Path, stem: str, options: Options, severity: Severity
) -> None:
    (tmp_path / "s.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")

    diagnostics = reported(tmp_path, "combined-options", options, stem=stem)

    assert [diagnostic.severity for diagnostic in diagnostics] == [severity]
    ordered = reported(tmp_path, "combined-options", options, stem=stem, keeps_order=True)
    assert [diagnostic.severity for diagnostic in ordered] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("Which vitamins dissolve in fat?", ("A and D", "B and C", "C only")),
        ("What lies between the towns A and B?", ("Ash", "Oak", "*Both A and B")),
        ("Which article fits?", ("a", "an", "the", "a or the")),
        ("What solves it?", ("1", "3", "1 and 3")),
        ("What does it print?", ("3 3", "0 3", "3 0", "An error")),
        ("What does it print?", ("[1] 1", "[1] NA", "TRUE")),
        ("Who sings?", ("I do", "A bird", "Both birds")),
        ("Is it so?", ("True", "False")),
        ("Which group is rarest?", ("A", "B", "AB")),
    ],
)
def test_letters_and_numbers_that_are_answers(tmp_path: Path, stem: str, options: Options) -> None:
    assert not reported(tmp_path, "combined-options", options, stem=stem)


@pytest.mark.parametrize(
    ("options", "is_reported"),
    [
        (("red; round", "red; square", "blue; round", "blue; square"), True),
        (("salt and oil", "oil and ice", "salt and ice"), True),
        (("Yes, since it rains", "Yes, since it snows", "No, since it thaws"), False),
        (("60,000", "90,000", "60,500"), False),
        (("salt and oil", "water", "salt and ice"), False),
    ],
)
def test_options_of_the_same_parts(tmp_path: Path, options: Options, *, is_reported: bool) -> None:
    assert bool(reported(tmp_path, "repeated-parts", options)) is is_reported


@pytest.mark.parametrize(
    "options",
    [
        ("3", "1", "2"),
        ("−3", "−4", "2"),
        ("1/2", "1/6", "5/6"),
        ("4 1/3 km", "7 2/3 km", "5 km"),
        ("$5", "$1,500", "$20"),
        ("10%", "0.5%", "20%"),
        (r"$\frac{1}{2}$", r"$\frac{1}{3}$", "$1$"),
        ("42kms/hr", "41km/hr", "43kms/hr"),
        ("About 3 billion cells", "About 2 million cells", "About 5 million cells"),
        ("5", "10", "7", "It cannot be told"),
        ("People keep 50% of it.", "People keep 20% of it.", "People keep 80% of it."),
        ("50–75%", "75–95%", "< 50%"),
    ],
)
def test_numbers_out_of_order(tmp_path: Path, options: Options) -> None:
    (ordered,) = reported(tmp_path, "number-order", options, keeps_order=True)
    (shuffled,) = reported(tmp_path, "number-order", options)

    assert (ordered.severity, shuffled.severity) == (Severity.WARNING, Severity.INFO)


@pytest.mark.parametrize(
    "options",
    [
        ("1", "2", "10"),
        ("1,000", "900,000", "1 million"),
        ("-4", "-3", "2"),
        ("C++98", "C++11", "C++14"),
        ("3.1.2", "2.9", "3.1.1"),
        ("10:30", "9:45"),
        ("7 days", "2 months", "1 year"),
        ("-3", "1", "-3 and -1"),
        ("75 - 0.3", "75 + 0.3", "75 - 0.2"),
        ("H2O", "CO2", "O2"),
        ("12", "An error", "3", "Nothing"),
    ],
)
def test_numbers_in_order_and_what_has_none(tmp_path: Path, options: Options) -> None:
    assert not reported(tmp_path, "number-order", options, keeps_order=True)


def test_a_comma_may_be_a_decimal_point_elsewhere(tmp_path: Path) -> None:
    options = ("1,500", "900,5", "2,25")

    assert not reported(tmp_path, "number-order", options, keeps_order=True, language="de")


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("How many hours?", ("5–10", "10–20", "20–30")),
        ("How many hours?", ("Less than 5", "Less than 3", "More than 9")),
        ("How many hours?", ("7", "5 to 9", "10 to 12")),
        ("What is the share?", ("50–75%", "75–95%", "> 95%")),
        (STEM, ("It is cold", "It is cold and wet")),
        (STEM, ("wet", "cold or wet")),
        (STEM, ("Run `make`", "Run `make` and `make install`")),
        (STEM, ("the file", "the file, and the folder")),
    ],
)
def test_options_that_overlap(tmp_path: Path, stem: str, options: Options) -> None:
    assert reported(tmp_path, "overlapping-options", options, stem=stem)


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("How many hours?", ("5–9", "10–19", "20–29", "30 or more")),
        ("How many hours?", ("Less than 5", "5", "More than 5")),
        ("What is the normal range?", ("3.5–5.0", "3.0–4.5", "4.0–6.0")),
        ("When was the war?", ("1914–1918", "1914–1919", "1939–1945")),
        ("How warm is it?", ("0 °C", "between 0 °C and 28 °C", "28 °C")),
        ("What are all its roots?", ("4", "0 and 4")),
        (STEM, ("Salt only", "Salt and oil", "Oil only")),
        (STEM, ("3 EUR", "3,000 EUR")),
        (STEM, ("string, integer", "string, integer, float")),
        (STEM, ("Extend `a`", "Extend `b` with your own")),
        (STEM, ("sympathetic", "parasympathetic")),
        (STEM, ("recover", "not recover")),
    ],
)
def test_options_that_exclude_each_other(tmp_path: Path, stem: str, options: Options) -> None:
    assert not reported(tmp_path, "overlapping-options", options, stem=stem)


SHORT = ("on a wall", "in the sun")


@pytest.mark.parametrize(
    ("options", "severity"),
    [
        (("in a pot of clay that lets the water out at its foot", *SHORT), Severity.WARNING),
        (("in a pot made of clay", *SHORT), Severity.INFO),
        (("in a pot", *SHORT), None),
        (("chrysanthemums", *SHORT), None),
        (("*in a pot of clay that lets water out", "*on a wall", "in the sun"), None),
        (("on a wall", "in a pot of clay that lets the water out at its foot"), None),
    ],
)
def test_the_longest_option_is_the_key(
    tmp_path: Path, options: Options, severity: Severity | None
) -> None:
    diagnostics = reported(tmp_path, "key-longest", options)

    assert [diagnostic.severity for diagnostic in diagnostics] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("options", "outlier"),
    [
        (("a pot of clay that lets the water out", "on a wall", "in sun"), 7),
        (("sun", "a wall of old red brick", "a pot of clay with holes"), 7),
        (("in a pot of clay", "on a wall", "sun"), None),
        (("sun", "shade", "rain"), None),
    ],
)
def test_an_option_far_longer_or_shorter_than_all_others(
    tmp_path: Path, options: Options, outlier: int | None
) -> None:
    lines = [diagnostic.where.line for diagnostic in reported(tmp_path, "length-outlier", options)]

    assert lines == ([outlier] if outlier else [])


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("absolute-terms", ("It never rusts", "It rusts at night"), ["never"]),
        ("absolute-terms", ("It must rust", "All of it rusts"), []),
        ("absolute-terms", ("It overall rusts", "It rusts at night"), []),
        ("vague-terms", ("It often rusts", "It rusts at night"), ["often"]),
        ("vague-terms", ("It often rusts", "It rarely rusts"), []),
    ],
)
def test_terms_that_some_options_have(
    tmp_path: Path, name: str, options: Options, words: list[str]
) -> None:
    assert [
        diagnostic.message.split("`")[1] for diagnostic in reported(tmp_path, name, options)
    ] == words


@pytest.mark.parametrize(
    ("options", "is_reported"),
    [
        (("Oak bark", "Elm bark", "ash bark"), True),
        (("It rots.", "It burns.", "It rusts"), True),
        (("to rot", "to burn", "a rest"), True),
        (("cutting wood", "burning wood", "ash"), True),
        (("innerHTML", "Text", "Value"), False),
        (("Oak", "`elm`", "ash"), False),
        (("Oak bark", "elm bark"), False),
    ],
)
def test_options_built_unlike_the_others(
    tmp_path: Path, options: Options, *, is_reported: bool
) -> None:
    assert bool(reported(tmp_path, "uneven-options", options)) is is_reported


@pytest.mark.parametrize(
    "name",
    ["combined-options", "absolute-terms", "uneven-options"],
)
def test_rules_that_read_english_leave_other_languages_alone(tmp_path: Path, name: str) -> None:
    options = ("all of the above", "It never rusts", "Both A and B", "Always.")
    chapter = "# Title\n\n## first\n\nWas?\n\n- [x] " + "\n- [ ] ".join(options) + "\n"
    rules = f'[rules]\n{name} = "warning"\n'
    for language, is_reported in (("en", True), ("de", False)):
        head = f'id = "bank"\ntitle = "Bank"\nlanguage = "{language}"\n'
        (tmp_path / "deck.toml").write_text(head + rules, encoding="utf-8")
        (tmp_path / "01.md").write_text(chapter, encoding="utf-8")
        names = {diagnostic.name for diagnostic in check([tmp_path]).diagnostics}
        assert (name in names) is is_reported


@pytest.mark.parametrize(
    ("language", "all_others", "no_other"),
    [
        ("de", "Alle genannten", "Keine der genannten Antworten"),
        ("fr", "Toutes les réponses ci-dessus", "Aucune des réponses ci-dessus"),
        ("ja", "上記すべて", "上記のいずれでもない"),
    ],
)
def test_all_and_none_of_the_above_are_known_in_other_languages(
    tmp_path: Path, language: str, all_others: str, no_other: str
) -> None:
    options = ("A", "B", all_others, no_other)

    assert reported(tmp_path, "all-of-the-above", options, language=language)
    assert reported(tmp_path, "none-of-the-above", options, language=language)
