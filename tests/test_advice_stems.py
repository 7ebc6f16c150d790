"""Stems that ask for what is not so, ask nothing, have a gap, or give the key away."""

from pathlib import Path

import pytest

from mcqdeck.diagnostic import Diagnostic
from mcqdeck.fixes import apply_fixes
from mcqdeck.project import check
from mcqdeck.rules import Selection

EMPHASIS = "negative-not-emphasised"
TREES = ("Ash", "Oak", "Elm")


def write(folder: Path, stem: str, options: tuple[str, ...]) -> None:
    body = "\n".join(
        f"- [{'x' if position == 0 else ' '}] {option}" for position, option in enumerate(options)
    )
    (folder / "deck.toml").write_text('id = "bank"\ntitle = "Bank"\n', encoding="utf-8")
    (folder / "01.md").write_text(f"# Title\n\n## first\n\n{stem}\n\n{body}\n", encoding="utf-8")


def reported(
    folder: Path, name: str, stem: str, options: tuple[str, ...] = TREES
) -> list[Diagnostic]:
    write(folder, stem, options)
    diagnostics = check([folder], selection=Selection(frozenset({name}))).diagnostics
    return [diagnostic for diagnostic in diagnostics if diagnostic.name == name]


def words(diagnostics: list[Diagnostic]) -> list[str]:
    return [diagnostic.message.split("`")[1] for diagnostic in diagnostics]


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("Which of these is not a tree?", "not"),
        ("Which one isn't a tree?", "isn't"),
        ("Which tree does not lose its leaves?", "not"),
        ("Which drug should a nurse not give?", "not"),
        ("What can you never burn?", "never"),
        ("Which cannot be a tree?", "cannot"),
        ("In which garden do oaks not grow?", "not"),
        ("What's not a tree?", "not"),
        ("After the storm, which of these was not cut?", "not"),
        ("To what can you not apply it?", "not"),
        ("The liver does not require:", "not"),
        ("A mutation cannot be", "cannot"),
        ("When is a stove never cold?", "never"),
        ("A man cuts trees. Which of them is not his?", "not"),
        ("All of these are trees except", "except"),
        ("All of these are trees except:", "except"),
        ("These trees are tall, all but", "but"),
        ("Which tree is least likely to fall?", "least"),
    ],
)
def test_a_question_for_what_is_not_so(tmp_path: Path, stem: str, word: str) -> None:
    assert words(reported(tmp_path, EMPHASIS, stem)) == [word]
    assert words(reported(tmp_path, "negative-stem", stem)) == [word]


@pytest.mark.parametrize(
    "stem",
    [
        "A client did not come. What do you do next?",
        "When the client does not answer, what should you do?",
        "If it does not rain, which tree dies?",
        "What do you say to a client who will not talk?",
        "Which tool finds files that are not in use?",
        "The plaintiff did not sign, and she will",
        "If he does not sign, the plaintiff will",
        "The law was not in force. The court will",
        "What lists files you do not own?",
        "What is done so that it does not fall?",
        "Which one is used to ensure your build is not broken?",
        "Which tree is tall and not old?",
        "Which method reads a file and does not change it?",
        "A state in which the engine does not run is called",
        "The server, which does not answer, is down. What now?",
        "What was meant by 'I am not a crook'?",
        'Which error says "Cannot find it"?',
        "How many hours at least?",
        "Which city has the least rain?",
        "It rains every day except Sunday. When is it dry?",
        "What does the key `not` do?",
        "Why is it not safe?",
    ],
)
def test_a_negative_that_tells_of_a_case(tmp_path: Path, stem: str) -> None:
    assert words(reported(tmp_path, "negative-stem", stem)) == []


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these is NOT a tree?",
        "Which of these is **not** a tree?",
        "Which of these **is not a tree**?",
        "Which of these is *not* a tree?",
        "Which of these is _not_ a tree?",
        "Which of these is <b>not</b> a tree?",
        "All of these are trees EXCEPT",
    ],
)
def test_an_emphasised_negative(tmp_path: Path, stem: str) -> None:
    assert not reported(tmp_path, EMPHASIS, stem)
    assert reported(tmp_path, "negative-stem", stem)


def test_the_edit_writes_the_word_in_capitals(tmp_path: Path) -> None:
    write(tmp_path, "Trees: which of these\nis not *one*?", TREES)
    checked = check([tmp_path], selection=Selection(frozenset({EMPHASIS})))

    (text,) = apply_fixes(checked.texts, checked.diagnostics).values()

    assert b"which of these\nis NOT *one*?" in text
    (tmp_path / "01.md").write_bytes(text)
    again = check([tmp_path], selection=Selection(frozenset({EMPHASIS}))).diagnostics
    assert EMPHASIS not in {diagnostic.name for diagnostic in again}


@pytest.mark.parametrize(
    "stem",
    [
        "Trees",
        "Trees are generally",
        "Which of the following is true?",
        "Which of these statements about trees is NOT correct?",
        "A woman plants a tree. She",
    ],
)
def test_a_stem_that_asks_nothing(tmp_path: Path, stem: str) -> None:
    assert reported(tmp_path, "unfocused-stem", stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Which tree is tallest?",
        "Which tree is tallest",
        "Of these trees, which is tallest",
        "How do you plant a tree",
        "Trees need:",
        "Trees need ____.",
        "Name the tallest tree.",
        "A tree falls. Choose what it hits.",
        "A tree falls in a wood, and nobody hears it. Which of these is true?",
        "Tallest tree …",
        "أي شجرة أطول؟",
        "下列属于树木的是：",
        "What does this print?\n\n```python\nprint(1)\n```",
    ],
)
def test_a_stem_that_asks(tmp_path: Path, stem: str) -> None:
    assert not reported(tmp_path, "unfocused-stem", stem)


@pytest.mark.parametrize(
    "stem",
    [
        "The ____ loses its leaves.",
        r"The \_\_\_ loses its leaves.",
        "The _ loses its leaves.",
        "It is a__________ tree.",
        r"The **\_\_** loses its leaves.",
        "The ....... loses its leaves.",
        "The tallest:\n\nthe ___ of the wood",
    ],
)
def test_a_gap_inside_a_sentence(tmp_path: Path, stem: str) -> None:
    assert reported(tmp_path, "blank-in-stem", stem)


@pytest.mark.parametrize(
    "stem",
    [
        "The tallest tree is the ____.",
        "The tallest tree is the ____",
        r"The tallest tree is the \_\_\_.",
        "What does `__init__` do in Python?",
        "What does __init__ do in Python?",
        "What does snake_case mean here?",
        "Is *this* _so_ here?",
        "Fill it in:\n\n```\nfor ____ in trees: print()\n```",
        "Trees … and more",
    ],
)
def test_no_gap_or_one_at_the_end(tmp_path: Path, stem: str) -> None:
    assert not reported(tmp_path, "blank-in-stem", stem)


def test_many_gaps_take_no_longer_than_their_number(tmp_path: Path) -> None:
    assert not reported(tmp_path, "blank-in-stem", "Trees " + "_ " * 50_000)


@pytest.mark.parametrize(
    ("stem", "options", "word"),
    [
        ("What keeps a roof dry?", ("Roof tiles", "Oil", "Paint"), "Roof"),
        ("What does transferring need?", ("A transfer form", "A letter"), "transfer"),
        ("A roof leaks. What keeps it dry?", ("Roof tiles", "Oil"), None),
        ("What keeps a roof dry?", ("Roof tiles", "A flat roof"), None),
        ("What keeps a roof dry?", ("Tiles", "Roof paint"), None),
        ("What keeps a roof dry?", ("Roof tiles", "Dry air"), None),
        ("True or false: roofs are dry.", ("True", "False"), None),
        ("Which is the best of these?", ("The best", "Another"), None),
    ],
)
def test_a_word_that_only_the_key_takes_from_the_question(
    tmp_path: Path, stem: str, options: tuple[str, ...], word: str | None
) -> None:
    assert words(reported(tmp_path, "key-repeats-stem", stem, options)) == ([word] if word else [])


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("This fruit is an", ("apple", "pear", "plum")),
        ("This fruit is a", ("pear", "apple", "orange")),
        ("This fruit is an ____.", ("apple", "pear", "plum")),
        ("It takes an", ("hour", "week", "month")),
        ("It is a", ("unit", "atom", "ion")),
        ("She ordered an", ("MRI", "CT", "PET")),
        ("It has an", ("8-inch screen", "9-inch screen")),
        ("She ordered a", ("urine test", "ultrasound", "aortogram")),
        ("She was sent to a", ("urologist", "internist", "orthopedist")),
        ("It is a", ("ubiquitous gas", "acid", "ore")),
        ("She ordered an", ("x-ray", "biopsy", "cast")),
    ],
)
def test_an_article_that_fits_the_key_alone(
    tmp_path: Path, stem: str, options: tuple[str, ...]
) -> None:
    assert reported(tmp_path, "article-cue", stem, options)


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("This fruit is a", ("pear", "plum", "apple")),
        ("This fruit is a(n)", ("apple", "pear", "plum")),
        ("Which fruit is it?", ("apple", "pear", "plum")),
        ("It is vitamin A", ("plum", "apple", "orange")),
        ("This fruit is a", ("apple", "pear", "plum")),
    ],
)
def test_an_article_that_tells_nothing(tmp_path: Path, stem: str, options: tuple[str, ...]) -> None:
    assert not reported(tmp_path, "article-cue", stem, options)


@pytest.mark.parametrize(
    ("options", "is_reported"),
    [
        (("red roof tiles", "red roof paint", "blue wall tiles"), True),
        (("red roof", "red wall", "blue roof", "blue wall"), False),
        (("Ash", "Oak", "Elm"), False),
    ],
)
def test_a_key_that_shares_most_with_the_others(
    tmp_path: Path, options: tuple[str, ...], *, is_reported: bool
) -> None:
    assert bool(reported(tmp_path, "convergence", "What is it?", options)) is is_reported
