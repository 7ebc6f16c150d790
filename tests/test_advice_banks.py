"""The rules that look at whole banks: repeated questions, cues, objectives and the plan."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from mcqdeck.diagnostic import Diagnostic
from mcqdeck.project import check
from mcqdeck.rules import Selection

TOML = 'id = "{name}"\ntitle = "T"\n'
CASE = (
    "A baker who lets a dough rise overnight in a cold room finds a thin dry skin on it in the "
    "morning, and wants a loaf with an even crust. What should she have done in the evening"
)
CASE_OPTIONS = ("[x] Covered the bowl", "[ ] Added more salt", "[ ] Used colder water")


def question(stem: str, *options: str, about: str = "", mark: str = "-") -> str:
    comment = f"<!-- {about} -->\n" if about else ""
    listed = "\n".join(f"{mark} {option}" for option in options)
    return f"{comment}\n{stem}\n\n{listed}\n\nIt is so.\n"


def chapter(questions: Iterable[str], name: str = "q") -> str:
    numbered = (f"## {name}-{number}\n{text}" for number, text in enumerate(questions, 1))
    return "# Chapter\n\n" + "\n".join(numbered)


def bank(
    folder: Path, questions: Iterable[str], toml: str = "", chapters: Sequence[str] = ()
) -> Path:
    folder.mkdir()
    (folder / "deck.toml").write_text(TOML.format(name=folder.name) + toml, encoding="utf-8")
    for number, text in enumerate((chapter(questions), *chapters), 1):
        (folder / f"0{number}.md").write_text(text, encoding="utf-8")
    return folder


def reported(name: str, *paths: Path) -> list[Diagnostic]:
    checked = check(paths, selection=Selection(select=frozenset({name})))
    assert [diagnostic.name for diagnostic in checked.diagnostics if diagnostic.name != name] == []
    return list(checked.diagnostics)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("bank")


def lines(diagnostics: Iterable[Diagnostic]) -> list[int]:
    return [diagnostic.where.line for diagnostic in diagnostics]


# --- duplicate-question and conflicting-keys --------------------------------------------------

SAME_STEMS = [
    ("Why does ice float?", "WHY  does\nice float"),
    ("Why does ice float?", "Why does **ice** _float_?"),
    ("Why does `ice` float?", "Why does `ice` float?"),
    ("Why doesn't it “sink”?", 'Why doesn’t it "sink"?'),
    ("Why does [ice](https://example.org/ice) float?", "Why does ice float?"),
    ("Ice: why does it float (on water)?", "Ice – why does it float, on water"),
    ("Why does well-frozen ice float?", "Why does well frozen ice float?"),
    ("Why? <!-- a remark -->", "Why?"),
    ("Which? ![A cube](media/ice.png)", "Which? ![A cube](media/ice.png)"),
]
OTHER_STEMS = [
    ("What is 5 - 3?", "What is 5 + 3?"),
    ("What is 1.5 * 2?", "What is 15 * 2?"),
    ("What is -5 in words?", "What is 5 in words?"),
    ("Is .5 a half?", "Is 5 a half?"),
    ("What is 50% of it?", "What is 50 of it?"),
    ("Is 3 < 4?", "Is 3 > 4?"),
    ("What does `a+b` give?", "What does `a-b` give?"),
    ("What does `A` name?", "What does `a` name?"),
    ("What is $x^2$?", "What is $x_2$?"),
    ("Run it:\n\n```\nif a:\n  b\nc\n```", "Run it:\n\n```\nif a:\n  b\n  c\n```"),
    ("Which? ![A cube](media/ice.png)", "Which? ![A cube](media/snow.png)"),
    ("Which is C++?", "Which is C?"),
    ("Is CO<sub>2</sub> meant?", "Is CO2 meant?"),
]


@pytest.mark.parametrize(("first", "second"), SAME_STEMS)
def test_two_stems_that_look_otherwise_are_one_question(
    first: str, second: str, folder: Path
) -> None:
    options = ("[x] Less dense", "[ ] Colder")
    path = bank(folder, [question(first, *options), question(second, *reversed(options))])
    add_media(path)

    (diagnostic,) = reported("duplicate-question", path)

    assert diagnostic.message == "the same question as bank/01.md:5"
    assert diagnostic.severity.value == "error"
    assert reported("conflicting-keys", path) == []
    assert reported("near-duplicate", path) == []


@pytest.mark.parametrize(("first", "second"), SAME_STEMS)
def test_one_stem_with_two_keys_is_a_conflict(first: str, second: str, folder: Path) -> None:
    path = bank(
        folder,
        [
            question(first, "[x] Less dense", "[ ] Colder"),
            question(second, "[ ] Less dense", "[x] Colder"),
        ],
    )
    add_media(path)

    (diagnostic,) = reported("conflicting-keys", path)

    assert diagnostic.message == "the same stem as bank/01.md:5, with another key"
    assert reported("duplicate-question", path) == []
    assert reported("near-duplicate", path) == []


@pytest.mark.parametrize(("first", "second"), OTHER_STEMS)
def test_what_is_content_makes_another_question(first: str, second: str, folder: Path) -> None:
    path = bank(
        folder,
        [question(first, "[x] Yes", "[ ] No"), question(second, "[x] Yes", "[ ] No")],
    )
    add_media(path)

    for name in ("duplicate-question", "conflicting-keys", "near-duplicate"):
        assert reported(name, path) == []


def add_media(path: Path) -> None:
    (path / "media").mkdir()
    for name in ("ice.png", "snow.png"):
        (path / "media" / name).write_bytes(b"\x89PNG\r\n\x1a\n")


def test_the_same_key_in_other_words_is_another_key(folder: Path) -> None:
    path = bank(
        folder,
        [question("Why?", "[x] One", "[x] Two", "[ ] No"), question("Why?", "[x] One", "[ ] No")],
    )

    assert len(reported("conflicting-keys", path)) == 1


def test_a_third_copy_names_the_first_with_its_key(folder: Path) -> None:
    yes, no = question("Why?", "[x] Yes", "[ ] No"), question("Why?", "[ ] Yes", "[x] No")
    path = bank(folder, [yes, no, no, yes])

    assert [diagnostic.message[-3:] for diagnostic in reported("duplicate-question", path)] == [
        ":14",
        "d:5",
    ]
    assert len(reported("conflicting-keys", path)) == 1


def test_a_retired_question_has_no_duplicate(folder: Path) -> None:
    text = question("Why?", "[x] Yes", "[ ] No")
    retired = question("Why?", "[ ] Yes", "[x] No", about='retired: "wrong"')
    path = bank(folder, [text, retired])

    for name in ("duplicate-question", "conflicting-keys", "near-duplicate"):
        assert reported(name, path) == []


@pytest.mark.parametrize(
    ("about", "options", "conflicts"),
    [
        ("", ("[x] Peas climb", "[ ] Peas sink"), True),
        ("flashcard: no", ("[x] Peas climb", "[ ] Peas sink"), False),
        ("flashcard: no", ("[x] Peas climb", "[ ] Beans feed the soil"), True),
        ("flashcard: no", ("[x] Peas climb", "[ ] Beans sink"), True),
    ],
)
def test_a_general_stem_may_stand_twice_without_flashcards_and_shared_options(
    about: str, options: tuple[str, ...], conflicts: bool, folder: Path
) -> None:
    stem = "Which statement is true?"
    beans = question(stem, "[x] Beans feed the soil", "[ ] Beans sink")
    path = bank(folder, [beans, question(stem, *options, about=about)])

    assert bool(reported("conflicting-keys", path)) is conflicts


def test_a_bank_without_flashcards_has_no_clashing_fronts(folder: Path) -> None:
    stem = "Which statement is true?"
    beans = question(stem, "[x] Beans feed the soil", "[ ] Beans sink")
    peas = question(stem, "[x] Peas climb", "[ ] Peas sink")
    path = bank(folder, [beans, peas], "[cards]\nflashcards = false\n")

    assert reported("conflicting-keys", path) == []


def test_banks_of_one_run_are_compared(tmp_path: Path) -> None:
    text = question("Why does ice float?", "[x] Less dense", "[ ] Colder")
    near = question(f"{CASE}?", *CASE_OPTIONS)
    nearer = question(f"{CASE} before?", *CASE_OPTIONS)
    first = bank(tmp_path / "first", [text, near])
    second = bank(tmp_path / "second", [nearer, text])

    (diagnostic,) = reported("duplicate-question", first, second)
    (near_one,) = reported("near-duplicate", first, second)

    assert diagnostic.where.path.endswith("second/01.md")
    assert diagnostic.message.endswith("first/01.md:5")
    assert near_one.where.path.endswith("second/01.md")
    assert reported("duplicate-question", first) == reported("duplicate-question", second) == []


def test_an_exception_silences_a_duplicate(folder: Path) -> None:
    options = ("[x] Yes", "[ ] No")
    about = 'allow: {duplicate-question: "asked again on purpose"}'
    path = bank(folder, [question("Why?", *options), question("Why?", *options, about=about)])

    assert reported("duplicate-question", path) == []


# --- near-duplicate ---------------------------------------------------------------------------

NEAR = [
    (f"{CASE}?", f"{CASE} before?"),
    (f"{CASE}?", CASE.replace("thin dry skin", "dry thin skin") + "?"),
    (f"{CASE}?", CASE.replace("finds", "sees") + "?"),
    (f"{CASE}?", CASE.replace("overnight", "ovenright") + "?"),
    (f"{CASE}?", CASE.replace("A baker", "One of the bakers") + "?"),
    ("What should she do in the evening?", "What should she do in the evenings?"),
    ("Which bowl is the best one for rye?", "What is the best bowl for rye?"),
]


@pytest.mark.parametrize(("first", "second"), NEAR)
@pytest.mark.parametrize("is_turned", [False, True])
def test_a_question_in_hardly_other_words_is_reported_once(
    first: str, second: str, is_turned: bool, folder: Path
) -> None:
    options = (*CASE_OPTIONS, "[ ] Put the bowl next to the warm oven until midnight")
    turned = options[::-1] if is_turned else options
    path = bank(folder, [question(first, *options), question(second, *turned)])

    (diagnostic,) = reported("near-duplicate", path)

    assert diagnostic.where.line == 16
    assert diagnostic.message.endswith("% the same as bank/01.md:5")


def test_little_words_do_not_make_another_key_right(folder: Path) -> None:
    path = bank(
        folder,
        [
            question("What is the capital of Australia?", "[x] Canberra", "[ ] Sydney"),
            question("Which is the capital of Australia?", "[ ] Canberra", "[x] Sydney"),
        ],
    )

    (diagnostic,) = reported("near-duplicate", path)

    assert diagnostic.message.endswith(", with another key")


CITIES = {"France": "Paris", "Spain": "Madrid", "Italy": "Rome", "Chad": "N'Djamena"}
FOODS = {
    "apple": "Fruit",
    "carrot": "Vegetable",
    "plum": "Fruit",
    "rye": "Grain",
    "pea": "Vegetable",
}


def drill(stem: str, answers: dict[str, str]) -> list[str]:
    """A question for each thing, all with the same options."""
    texts = sorted({*answers.values(), "None"})
    return [
        question(stem.format(thing), *(f"[{' x'[text == answer]}] {text}" for text in texts))
        for thing, answer in answers.items()
    ]


@pytest.mark.parametrize(
    "questions",
    [
        drill("What is the capital of {}?", CITIES),
        drill("To which of these groups of food does the {} on this plate belong?", FOODS),
        drill("True or false: {} is a noble gas.", dict.fromkeys(("Neon", "Helium"), "True")),
        drill("What is 7 times {}, give or take a few?", {"8": "About 60", "9": "About 60"}),
        drill("What does `{}` return in a program?", {"get_one()": "One", "get_two()": "One"}),
        [
            question(f"{CASE}?", *CASE_OPTIONS),
            question(f"{CASE}?".replace("thin", "thick"), *CASE_OPTIONS[::-1])
            .replace("[x] Covered", "[ ] Covered")
            .replace("[ ] Added", "[x] Added"),
        ],
        [
            question(
                "Which ![A leaf](media/ice.png) is it, of all these trees?", "[x] Oak", "[ ] Elm"
            ),
            question(
                "Which ![A leaf](media/snow.png) is it, of all these trees?", "[x] Oak", "[ ] Elm"
            ),
        ],
    ],
    ids=["capitals", "groups", "true-false", "numbers", "code", "another-key", "images"],
)
def test_what_differs_in_the_one_word_that_matters_is_left_alone(
    questions: list[str], folder: Path
) -> None:
    path = bank(folder, questions)
    add_media(path)

    assert reported("near-duplicate", path) == []


def test_the_likest_of_several_is_named(folder: Path) -> None:
    path = bank(
        folder,
        [
            question(f"{CASE} or at noon?", *CASE_OPTIONS),
            question(f"{CASE} before?", *CASE_OPTIONS),
            question(f"{CASE} before, please?", *CASE_OPTIONS),
        ],
    )

    assert [diagnostic.message[-3:] for diagnostic in reported("near-duplicate", path)] == [
        "d:5",
        ":15",
    ]


def test_planted_copies_are_found_in_a_bank_of_few_words(folder: Path) -> None:
    rng = random.Random(3)
    syllables = ("ba", "co", "du", "fe", "gi", "ho")
    things = [a + b + c for a in syllables for b in syllables for c in syllables[:2]]
    texts = []
    for _ in range(400):
        words = [rng.choice(things) for _ in range(30)]
        options = {f"{' '.join(rng.choices(things, k=4))}" for _ in range(4)}
        marks = ["[x]", "[ ]", "[ ]", "[ ]"]
        texts.append((" ".join(words), [f"{m} {o}" for m, o in zip(marks, options, strict=False)]))
    copies = [(f"{stem} please", options) for stem, options in rng.sample(texts, 40)]
    path = bank(folder, [question(stem, *options) for stem, options in (*texts, *copies)])

    assert len(reported("near-duplicate", path)) == 40


# --- key-length-cue and key-position-cue --------------------------------------------------------


def by_length(longest: int, shortest: int, middle: int) -> list[str]:
    """Questions whose key is the longest, the shortest, or neither of three options."""
    made = []
    for number, (key, *wrong) in enumerate(
        [("long answer", "shorter", "short")] * longest
        + [("short", "shorter", "long answer")] * shortest
        + [("shorter", "short", "long answer")] * middle
    ):
        made.append(question(f"Why {number}?", f"[x] {key}", *(f"[ ] {text}" for text in wrong)))
    return made


@pytest.mark.parametrize(
    ("longest", "shortest", "middle", "expected"),
    [
        (22, 9, 9, ["the key is the longest option in 22 of 40 questions; 13"]),
        (21, 9, 10, []),
        (9, 22, 9, ["the key is the shortest option in 22 of 40 questions; 13"]),
        (0, 20, 20, []),
        (39, 0, 0, []),
    ],
)
def test_lengths_count_where_chance_does_not_explain_them(
    longest: int, shortest: int, middle: int, expected: list[str], folder: Path
) -> None:
    path = bank(folder, by_length(longest, shortest, middle))

    diagnostics = reported("key-length-cue", path)

    assert [diagnostic.message.split(" are to")[0] for diagnostic in diagnostics] == expected
    assert lines(diagnostics) == [1] * len(expected)


def test_lengths_count_per_chapter_and_without_true_and_false(folder: Path) -> None:
    decided = [question(f"Is it so, {n}?", "[ ] True", "[x] False") for n in range(60)]
    path = bank(
        folder,
        by_length(30, 0, 0),
        chapters=[chapter(by_length(30, 0, 0), "r"), chapter(decided, "s")],
    )

    assert reported("key-length-cue", path) == []


def test_lengths_are_those_that_learners_see(folder: Path) -> None:
    link = "[x] [ab](https://example.org/a/long/way/to/go)"
    path = bank(folder, [question(f"Why {n}?", link, "[ ] abcd", "[ ] abc") for n in range(40)])

    (diagnostic,) = reported("key-length-cue", path)

    assert "shortest" in diagnostic.message


def at_places(counts: Sequence[int], mark: str = "1.", about: str = "") -> list[str]:
    """Questions with as many keys at each place as `counts` says."""
    return [
        question(
            f"Why {place}-{number}?",
            *(f"[{' x'[option == place]}] {'abcdef'[option]}" for option in range(len(counts))),
            about=about,
            mark=mark,
        )
        for place, count in enumerate(counts)
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("counts", "is_reported"),
    [
        ((2, 18, 0), True),
        ((2, 17, 0), False),
        ((7, 7, 6), False),
        ((1, 9, 9, 1), True),
        ((2, 8, 8, 2), False),
        ((16, 4), True),
        ((12, 8), False),
    ],
)
def test_places_count_where_chance_does_not_explain_them(
    counts: tuple[int, ...], is_reported: bool, folder: Path
) -> None:
    path = bank(folder, at_places(counts))

    diagnostics = reported("key-position-cue", path)

    assert len(diagnostics) == is_reported
    assert all(
        diagnostic.message.endswith(", ".join(map(str, counts))) for diagnostic in diagnostics
    )


def test_places_count_only_where_order_is_kept(folder: Path) -> None:
    assert reported("key-position-cue", bank(folder, at_places((0, 30, 0), mark="-"))) == []
    kept = bank(Path("kept"), at_places((0, 30, 0), mark="-", about="shuffle: false"))
    assert len(reported("key-position-cue", kept)) == 1
    unshuffled = bank(Path("all"), at_places((0, 30, 0), mark="-"), "[cards]\nshuffle = false\n")
    assert len(reported("key-position-cue", unshuffled)) == 1


def test_true_and_false_have_no_place(folder: Path) -> None:
    decided = [question(f"Is it so, {n}?", "[x] True", "[ ] False") for n in range(60)]

    assert reported("key-position-cue", bank(folder, decided)) == []


# --- objective-without-question and plan-mismatch ----------------------------------------------

OBJECTIVES = '[objectives]\nA1 = "One"\nA2 = "Two"\n'


def about(*pairs: tuple[str, str]) -> list[str]:
    """Questions with these objectives and levels; a dash stands for none."""
    keys = ("objective", "level")
    return [
        question(
            f"Why {number}?",
            "[x] Yes",
            "[ ] No",
            about=", ".join(f"{k}: {v}" for k, v in zip(keys, pair, strict=True) if v != "-"),
        )
        for number, pair in enumerate(pairs)
    ]


def test_an_objective_that_only_a_retired_question_names_has_none(folder: Path) -> None:
    retired = question("Why?", "[x] Yes", "[ ] No", about='objective: A2, retired: "old"')
    path = bank(folder, [*about(("A1", "recall")), retired], OBJECTIVES)

    (diagnostic,) = reported("objective-without-question", path)

    assert (diagnostic.where.path, diagnostic.where.line) == ("bank/deck.toml", 5)
    assert diagnostic.severity.value == "info"


def test_the_set_strict_demands_coverage(folder: Path) -> None:
    strict = OBJECTIVES + '[plan]\nA2 = 1\n[rules]\nset = "strict"\n'
    path = bank(folder, about(("A1", "recall")), strict)

    for name in ("objective-without-question", "plan-mismatch"):
        assert {diagnostic.severity.value for diagnostic in reported(name, path)} == {"error"}


R, A = ("A1", "recall"), ("A1", "application")


@pytest.mark.parametrize(
    ("plan", "pairs", "expected"),
    [
        ("A1 = 2", [R, A], []),
        ("A1 = 3", [R, A], ["`A1`: 1 too few (2 of 3)"]),
        ("A1 = 1", [R, A], ["`A1`: 1 too many (2 of 1)"]),
        ("A1 = { recall = 1, application = 1 }", [R, A], []),
        (
            "A1 = { recall = 2, application = 0 }",
            [R, A],
            ["`A1`: 1 recall too few (1 of 2), 1 application too many (1 of 0)"],
        ),
        ("A1 = { recall = 1 }", [R, A], ["`A1`: 1 application not planned"]),
        ("A1 = { recall = 1 }", [R, ("A1", "-")], ["`A1`: 1 without a level not planned"]),
        ("A1 = 1", [R, ("A2", "recall")], ["`A2`: 1 not planned"]),
        ("A1 = 1\nA2 = 0", [R, ("-", "recall")], []),
        ('A1 = "50%"', [R] * 3 + [("-", "-")], []),
        ('A1 = "50%"', [R] * 4, ["`A1`: 2 too many (4 of 2)"]),
        ('A1 = "12.5 %"', [("-", "-")] * 16, ["`A1`: 2 too few (0 of 2)"]),
        (
            'A1 = { recall = "100%" }',
            [R] * 2 + [A] * 2,
            ["`A1`: 2 recall too few (2 of 4), 2 application not planned"],
        ),
        ("recall = 1\napplication = 1", [R, A], []),
        (
            'recall = "100%"',
            [R, A, A, A],
            [
                "`application`: 3 not planned",
                "`recall`: 3 too few (1 of 4)",
            ],
        ),
        (
            "A1 = 2\nrecall = 2\napplication = 0",
            [R, A],
            [
                "`recall`: 1 too few (1 of 2)",
                "`application`: 1 too many (1 of 0)",
            ],
        ),
        ("", [R, A], []),
    ],
)
def test_a_plan_is_compared_with_what_is_there(
    plan: str, pairs: list[tuple[str, str]], expected: list[str], folder: Path
) -> None:
    path = bank(folder, about(*pairs), f"{OBJECTIVES}[plan]\n{plan}\n")

    diagnostics = reported("plan-mismatch", path)

    assert [diagnostic.message for diagnostic in diagnostics] == expected
    assert all(diagnostic.where.path == "bank/deck.toml" for diagnostic in diagnostics)


def test_an_entry_of_the_plan_is_pointed_at(folder: Path) -> None:
    toml = f"{OBJECTIVES}[plan]\nA1 = 1\n\n[plan.A2]\nrecall = 3\n"
    path = bank(folder, about(R), toml)

    (diagnostic,) = reported("plan-mismatch", path)

    assert (diagnostic.where.line, diagnostic.where.column, diagnostic.length) == (9, 2, 2)


@pytest.mark.parametrize("value", ['"many"', '"101%"', "0.25", "-1", "true", '{ recall = "x" }'])
def test_a_plan_takes_numbers_and_shares_only(value: str, folder: Path) -> None:
    path = bank(folder, about(R), f"{OBJECTIVES}[plan]\nA1 = {value}\n")

    names = [
        diagnostic.name
        for diagnostic in check([path]).diagnostics
        if diagnostic.where.path.endswith(".toml")
    ]

    assert "bad-value" in names


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def with_options(number: int, first: str, *others: str) -> str:
    options = [f"[x] {first}", *(f"[ ] {other}" for other in others)]
    return question(f"What is number {number} called by those who keep bees in {first}?", *options)


def matching(count: int) -> list[str]:
    """Questions with the same four options, each of which is the key in turn."""
    words = ["drone", "queen", "worker", "keeper"]
    return [with_options(at, *(words[at % 4 :] + words[: at % 4])) for at in range(count)]


def own(count: int) -> list[str]:
    return [
        with_options(100 + at, *(f"{letter}{LETTERS[at]} thing" for letter in "wxyz"))
        for at in range(count)
    ]


def shared(folder: Path) -> list[Diagnostic]:
    diagnostics = check([folder], selection=Selection(frozenset({"shared-options"}))).diagnostics
    return [diagnostic for diagnostic in diagnostics if diagnostic.name == "shared-options"]


def test_questions_that_share_their_options_are_counted(tmp_path: Path) -> None:
    [diagnostic] = shared(bank(tmp_path / "a", [*matching(4), *own(20)]))

    assert diagnostic.severity == "info"
    assert diagnostic.message.startswith("4 of 24 questions share their options with another")
    assert not shared(bank(tmp_path / "b", own(20)))


def test_all_but_one_shared_option_counts_and_two_of_four_do_not(tmp_path: Path) -> None:
    three = [with_options(1, "a", "b", "c", "d"), with_options(2, "a", "b", "c", "e")]
    two = [with_options(1, "a", "b", "c", "d"), with_options(2, "a", "b", "f", "e")]

    assert shared(bank(tmp_path / "three", three))
    assert not shared(bank(tmp_path / "two", two))


def test_pairs_that_fit_every_statement_may_be_shared(tmp_path: Path) -> None:
    pairs = [question(f"Bees fly {way}.", "[x] True", "[ ] False") for way in ("up", "down")]

    assert not shared(bank(tmp_path / "pairs", pairs))


@pytest.mark.parametrize(("count", "severity"), [(2, "info"), (4, "warning")])
def test_strict_warns_where_more_than_a_tenth_is_shared(
    tmp_path: Path, count: int, severity: str
) -> None:
    toml = '[rules]\nset = "strict"\n'
    [diagnostic] = shared(bank(tmp_path / "strict", [*matching(count), *own(20)], toml))

    assert diagnostic.severity == severity
