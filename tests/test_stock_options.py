"""Options that everybody knows are recognised once, for the reader, the rules and the card."""

from pathlib import Path

import pytest

import mcqdeck
from mcqdeck import stock_options
from mcqdeck.diagnostic import Severity
from mcqdeck.project import load
from mcqdeck.words import Others
from tests.conftest import MakeBank


@pytest.mark.parametrize(
    ("options", "is_pair"),
    [
        (("True", "False"), True),
        (("false.", "TRUE"), True),
        (("True", "True"), False),
        (("True", "False", "Both"), False),
        (("True, since it rusts", "False"), False),
        (("Yes", "No"), False),
    ],
)
def test_true_and_false_say_nothing_else(options: tuple[str, ...], *, is_pair: bool) -> None:
    assert stock_options.are_true_and_false(options) is is_pair


@pytest.mark.parametrize(
    ("options", "are_opposites"),
    [
        (("True", "False"), True),
        (("Yes, it rusts", "No – it does not"), True),
        (("sì", "NO"), True),
        (("Richtig.", "falsch"), True),
        (("Yes", "False"), False),
        (("Yes", "Yes"), False),
        (("Yes", "No", "Perhaps"), False),
        (("Iron", "No"), False),
        (("", "No"), False),
    ],
)
def test_opposites_begin_with_words_that_leave_no_third(
    options: tuple[str, ...], *, are_opposites: bool
) -> None:
    assert stock_options.are_opposites(options) is are_opposites


def test_options_for_all_and_none_of_the_others_are_told_by_their_position() -> None:
    options = ("Iron", "All of the above", "None of these", "Every metal")

    standing = list(stock_options.standing_for_others("Which rusts?", options, "en"))
    assert standing == [(1, Others.ALL), (2, Others.NONE)]


@pytest.mark.parametrize(
    ("option", "names_place"),
    [("All of the ABOVE", True), ("The previous ones", True), ("All of these", False)],
)
def test_only_some_of_them_need_their_place(option: str, *, names_place: bool) -> None:
    assert stock_options.names_place(option) is names_place


@pytest.mark.parametrize(("third", "keeps_order"), [("", True), ("- [ ] Both\n", False)])
def test_the_reader_keeps_true_and_false_in_order(
    make_bank: MakeBank, third: str, *, keeps_order: bool
) -> None:
    options = f"- [x] **False**\n- [ ] `True`.\n{third}"
    (question,) = load(make_bank(chapter=f"# T\n\n## q\n\nIs it?\n\n{options}")).bank.questions

    assert question.keeps_order is keeps_order


@pytest.mark.parametrize(
    "option",
    [
        "All of the above", "None of the above.", "none of these", "All of these options",
        "Both of the above are correct", "All the above", "Neither", "All of the listed options",
    ],
)  # fmt: skip
def test_an_option_that_stands_for_others_is_pinned(option: str) -> None:
    assert stock_options.pinned("Which?", ("x", "y", option), "en") == {2}


@pytest.mark.parametrize(
    "option",
    ["All clients", "None", "Both parents sign", "All of the consent forms", "Some relief"],
)
def test_an_ordinary_option_is_not_pinned(option: str) -> None:
    assert stock_options.pinned("Which?", ("x", "y", option), "en") == frozenset()


FOR_OTHERS = {
    "all-of-the-above",
    "combined-options",
    "none-of-the-above",
    "option-refers-to-others",
}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("option", "severity"),
    [
        ("All of the above", Severity.WARNING),
        ("**None of the above.**", Severity.WARNING),
        ("All of these", Severity.WARNING),
        ("Both of the above", Severity.WARNING),
        ("Both are correct", Severity.WARNING),
        ("Some of the above", Severity.WARNING),
        ("Two of the above", Severity.ERROR),
        ("Both A and B", Severity.ERROR),
        ("The same as the above", Severity.ERROR),
    ],
)
def test_an_option_for_others_is_an_error_only_where_the_card_moves_it(
    make_bank: MakeBank, option: str, severity: Severity, language: str
) -> None:
    """What rules say of it and what the card does with it come from one recogniser."""
    checked = mcqdeck.check([stem_and_options(make_bank, option, language)])
    (question,) = checked.banks[0].questions
    diagnostics = [
        diagnostic for diagnostic in checked.diagnostics if diagnostic.name in FOR_OTHERS
    ]

    if language == "en":
        (diagnostic,) = diagnostics
        assert diagnostic.severity is severity
        is_last = "it stays last while they are shuffled" in diagnostic.message
        assert is_last == question.options[-1].is_pinned == (severity is Severity.WARNING)
    else:
        assert {diagnostic.severity for diagnostic in diagnostics} <= {Severity.WARNING}


@pytest.mark.parametrize(("comment", "mark"), [("level: recall", "1."), ("pinned: last", "-")])
def test_an_option_for_others_is_poor_style_wherever_it_stays(
    make_bank: MakeBank, comment: str, mark: str
) -> None:
    bank = stem_and_options(make_bank, "All of the above", "en", comment=comment, mark=mark)
    (diagnostic,) = [
        diagnostic for diagnostic in mcqdeck.check([bank]).diagnostics if diagnostic.where.line == 9
    ]

    assert (diagnostic.name, diagnostic.severity) == ("all-of-the-above", Severity.WARNING)
    assert ("it stays last" in diagnostic.message) == (mark == "-")


def stem_and_options(
    make_bank: MakeBank,
    option: str,
    language: str,
    *,
    comment: str = "level: recall",
    mark: str = "-",
) -> Path:
    options = f"{mark} [x] Copper\n{mark} [ ] Gold\n{mark} [ ] {option}\n"
    return make_bank(
        chapter=f"# T\n\n## q\n<!-- {comment} -->\nWhich metal rusts?\n\n{options}\nSo.\n",
        **{"deck.toml": f'id = "demo"\ntitle = "Demo"\nlanguage = "{language}"\n'},
    )
