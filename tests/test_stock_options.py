"""Options that everybody knows are recognised once, for the reader, the rules and the card."""

import pytest

from mcqdeck import stock_options
from mcqdeck.project import load
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

    assert list(stock_options.all_of_the_above("Which rusts?", options, "en")) == [1]
    assert list(stock_options.none_of_the_above("Which rusts?", options, "en")) == [2]


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
