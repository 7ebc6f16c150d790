"""What the source format means: a chapter's text as questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mcqdeck.model import Config, Question
from mcqdeck.read import read_bank
from mcqdeck.read.config import parse_config
from mcqdeck.read.parse import parse_chapter

CONFIG = Config("deck.toml", "demo", "Demo")
OPTIONS = "- [x] Right\n- [ ] Wrong\n"


def read(text: str, config: Config = CONFIG) -> tuple[list[Question], list[str]]:
    """The questions of a chapter with this text after its title, and the faults by name."""
    chapter, diagnostics = parse_chapter("a.md", f"# Title\n\n{text}".encode(), config)
    return list(chapter.questions), [diagnostic.name for diagnostic in diagnostics]


def read_question(text: str, config: Config = CONFIG) -> Question:
    (question,), faults = read(text, config)
    assert faults == []
    return question


def test_a_slug_as_heading_is_the_id_and_the_stem_follows() -> None:
    question = read_question(f"## the-id\n\nWhich?\n\n{OPTIONS}")

    assert (question.id, question.id_is_derived, question.stem.text) == ("the-id", False, "Which?")


def test_another_heading_is_the_first_paragraph_of_the_stem() -> None:
    question = read_question(f"## Which *one*?\n<!-- id: the-id -->\n\nOf these:\n\n{OPTIONS}")

    assert (question.id, question.stem.text) == ("the-id", "Which *one*?\n\nOf these:")


def test_a_heading_underlined_is_a_heading_as_on_github() -> None:
    question = read_question(f"Which\none?\n---\n<!-- id: the-id -->\n\n{OPTIONS}")

    assert (question.id, question.stem.text) == ("the-id", "Which\none?")


def test_a_derived_id_stays_when_it_is_written_down() -> None:
    (question,), faults = read(f"## Which one?\n\n{OPTIONS}")
    written = read_question(f"## Which one?\n<!-- id: {question.id} -->\n\n{OPTIONS}")

    assert faults == ["missing-id"]
    assert question.id_is_derived
    assert written.id == question.id


def test_a_derived_id_of_a_stem_without_latin_letters_is_an_id_too() -> None:
    (one, two), _ = read(f"## どれ?\n\n{OPTIONS}\n## 何?\n\n{OPTIONS}")

    assert one.id != two.id
    assert one.id.isascii()


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- objective: GC1, level: recall, difficulty: 2, tags: [a, b], choose: 1 -->",
        "<!--\nobjective: GC1\nlevel: recall\ndifficulty: 2\ntags: [a, b]\nchoose: 1\n-->",
        "<!-- objective: GC1\n     level: recall\n     difficulty: 2\n     tags:\n"
        "       - a\n       - b\n     choose: 1 -->",
        "\n<!-- Note: look again -->\n<!-- objective: GC1, level: recall, difficulty: 2,"
        " tags: [a, b], choose: 1 -->",
        """<!-- "objective": GC1, 'level': "recall", "difficulty": 2, "tags": ["a", b],"""
        " choose: 1 -->",
    ],
    ids=["one line", "several lines", "beside the mark", "below a remark", "in quotes"],
)
def test_the_comment_holds_metadata(comment: str) -> None:
    question = read_question(f"## the-id\n{comment}\n\nWhich?\n\n{OPTIONS}")

    assert (question.objective, question.level, question.difficulty) == ("GC1", "recall", 2)
    assert (question.tags, question.choose) == (("a", "b"), 1)
    assert question.stem.text == "Which?"


@pytest.mark.parametrize("remark", ["Note: look again", '"Honey": from bees', "'so': it is"])
def test_a_remark_is_no_metadata(remark: str) -> None:
    question = read_question(f"## the-id\n<!-- {remark} -->\n\nWhich?\n\n{OPTIONS}")

    assert (question.tags, question.level) == ((), None)


BESIDE_A_REMARK = [
    "<!-- sic --> Which one?",
    "<!-- sic\n-->Which one?",
    "<!-- a --><b>Which one?</b>",
]


@pytest.mark.parametrize("stem", BESIDE_A_REMARK)
@pytest.mark.parametrize("above", ["", "<!-- level: recall -->\n\n", "<!-- Note: a -->\n\n"])
def test_a_remark_takes_no_text_out_of_a_stem(stem: str, above: str) -> None:
    (asked,), faults = read(f"## the-id\n{above}\n{stem}\n\n{OPTIONS}")

    assert asked.stem.shown == "Which one?"
    assert faults == []


@pytest.mark.parametrize("text", BESIDE_A_REMARK)
def test_a_remark_takes_no_text_out_of_what_follows_the_options(text: str) -> None:
    explanation = read_question(f"## the-id\n\nWhich?\n\n{OPTIONS}\n{text}\n").explanation

    assert explanation
    assert explanation.shown == "Which one?"


@pytest.mark.parametrize("remarks", ["<!-- a --> <!-- b -->", "<!-- a\n\nb --> <!-- c", "<!---->"])
def test_remarks_alone_explain_nothing(remarks: str) -> None:
    assert read_question(f"## the-id\n\nWhich?\n\n{OPTIONS}\n{remarks}\n").explanation is None


@pytest.mark.parametrize("place", ["<!-- a --> {}", "<!-- a --><!-- b --> {}", "<!--\na\n--> {}"])
@pytest.mark.parametrize("above", ["", "Which?\n\n", "Which? "])
def test_metadata_behind_a_remark_is_misplaced(place: str, above: str) -> None:
    written = place.format("<!-- level: recall -->")
    _, faults = read(f"## the-id\n\n{above}{written}\n\nWhich?\n\n{OPTIONS}")

    assert faults == ["comment-misplaced"]


def test_a_reason_may_hold_commas_on_a_line_of_its_own_or_in_quotes() -> None:
    block = read_question(f"## a\n<!--\nretired: old, and wrong\n-->\n\nWhich?\n\n{OPTIONS}")
    flow = read_question(f'## a\n<!-- retired: "old, and wrong" -->\n\nWhich?\n\n{OPTIONS}')
    _, faults = read(f"## a\n<!-- retired: old, and wrong -->\n\nWhich?\n\n{OPTIONS}")

    assert block.retired == flow.retired == "old, and wrong"
    assert faults == ["bad-yaml"]


def test_the_file_gives_its_tags_to_each_question() -> None:
    text = f"---\ntags: [all]\n---\n# T\n\n## a\n<!-- tags: [one, all] -->\n\nQ\n\n{OPTIONS}"

    chapter, diagnostics = parse_chapter("a.md", text.encode(), CONFIG)

    assert not diagnostics
    assert chapter.questions[0].tags == ("all", "one")


def test_the_stem_is_everything_above_the_first_task_list() -> None:
    stem = "Look:\n\n```\n- [x] code\n## code\n```\n\n- a plain\n- list\n\n| a |\n| - |\n\nWhich?"

    question = read_question(f"## the-id\n\n{stem}\n\n{OPTIONS}")

    assert question.stem.text == stem


def test_options_hold_any_blocks_and_a_rationale_at_their_end() -> None:
    question = read_question(
        "## the-id\n\nWhich?\n\n"
        "- [X] One\n\n  ```\n  - [ ] code\n  ```\n"
        "- [ ] Two\n  goes on\n  > Because\n  > of this\n  and that.\n"
        "-   [ ]  Three\n"
    )

    one, two, three = question.options
    assert one.text.text == "One\n\n```\n- [ ] code\n```"
    assert (two.text.text, two.rationale and two.rationale.text) == (
        "Two\ngoes on",
        "Because\nof this\nand that.",
    )
    assert [option.is_correct for option in (one, two, three)] == [True, False, False]
    assert three.text.text == "Three"
    assert one.rationale is None


def test_a_quote_inside_a_fence_is_no_rationale() -> None:
    question = read_question("## a\n\nQ\n\n- [x] One\n  ```\n  > not a quote\n  ```\n- [ ] Two\n")

    assert question.options[0].rationale is None


@pytest.mark.parametrize(
    ("options", "keeps_order"),
    [
        (OPTIONS, False),
        ("1. [x] One\n2. [ ] Two\n", True),
        ("- [x] True\n- [ ] False\n", True),
        ("- [ ] **False.**\n- [x] **True.**\n", True),
    ],
)
def test_numbered_lists_and_true_or_false_keep_their_order(options: str, keeps_order: bool) -> None:
    assert read_question(f"## a\n\nQ\n\n{options}").keeps_order is keeps_order


def test_shuffling_is_switched_off_for_a_question_or_a_bank() -> None:
    text = f"## a\n{{}}\n\nQ\n\n{OPTIONS}"
    still = Config("deck.toml", "demo", "Demo", shuffle=False)

    assert read_question(text.format("<!-- shuffle: false -->")).keeps_order
    assert read_question(text.format(""), still).keeps_order
    assert not read_question(text.format("<!-- shuffle: true -->"), still).keeps_order


def test_the_explanation_is_the_section_or_what_follows_the_options() -> None:
    section = read_question(
        f"## a\n\nQ\n\n{OPTIONS}\n### explanation\n\nE\n\n### References\n\n- R\n"
    )
    follows = read_question(f"## a\n\nQ\n\n{OPTIONS}\nE\n\nF\n\n### References\n\n- R\n")

    assert section.explanation
    assert section.explanation.text == "E"
    assert follows.explanation
    assert follows.explanation.text == "E\n\nF"
    assert section.references
    assert section.references.text == "- R"


def test_rules_between_questions_and_link_definitions_belong_to_no_question() -> None:
    text = f"## a\n\nQ [x]\n\n{OPTIONS}\n---\n\n## b\n\nQ\n\n{OPTIONS}\n[x]: https://e.org\n"

    chapter, diagnostics = parse_chapter("a.md", f"# T\n\n{text}".encode(), CONFIG)

    assert not diagnostics
    assert [question.explanation for question in chapter.questions] == [None, None]
    assert chapter.document is not None
    assert list(chapter.document.definitions) == ["x"]


def test_metadata_on_the_headings_own_line_is_misplaced_and_no_part_of_the_id() -> None:
    (question,), faults = read(f"## the-id <!-- level: recall -->\n\nQ\n\n{OPTIONS}")

    assert question.id == "the-id"
    assert faults == ["comment-misplaced"]


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Which is <!-- sic --> the one?", "Which is the one?"),
        ("Which is the one? <!-- look again -->", "Which is the one?"),
        ("Which <!-- a --> one? <!-- b --> <!-- c -->", "Which one?"),
        ("What does `<!--` begin?", "What does <!-- begin?"),
        ("What is `<!-- level: x -->` for?", "What is <!-- level: x --> for?"),
        ("What does `<!--` begin, and what -->", "What does <!-- begin, and what -->"),
        ("Which is less <!-- than the other?", "Which is less <!-- than the other?"),
        ("哪一个 <!-- 注 --> 正确？", "哪一个 正确？"),
    ],
)
def test_a_comment_takes_no_text_out_of_a_heading(heading: str, shown: str) -> None:
    (question,), faults = read(f"## {heading}\n<!-- id: the-id -->\n\n{OPTIONS}")

    assert question.stem.shown == shown
    assert faults == []


def test_metadata_within_a_heading_is_misplaced_and_takes_no_text_with_it() -> None:
    (question,), faults = read(f"## Which <!-- level: recall --> one?\n\n{OPTIONS}")

    assert question.stem.shown == "Which one?"
    assert faults == ["comment-misplaced", "missing-id"]


def test_a_heading_without_a_space_is_an_error_and_hides_nothing() -> None:
    questions, faults = read(
        f"##first\n\nQ\n\n{OPTIONS}\nE\n\n##second\nQ\n\n{OPTIONS}\n###Explanation\n\nE\n"
    )

    assert [(question.id, question.stem.text) for question in questions] == [
        ("first", "Q"),
        ("second", "Q"),
    ]
    assert questions[1].explanation
    assert faults == ["heading-level"] * 3


@pytest.mark.parametrize(
    "options",
    [
        "-[x] Right\n-[ ] Wrong\n",
        "[x] Right\n[ ] Wrong\n",
        "    - [x] Right\n    - [ ] Wrong\n",
        "-\xa0[x] Right\n-\xa0[ ] Wrong\n",
        "• [x] Right\n• [ ] Wrong\n",
        "- [y] Right\n- [ ] Wrong\n- [n] Wrong too\n",
    ],
)
def test_what_was_meant_as_an_option_is_said_on_its_line(options: str) -> None:
    chapter, diagnostics = parse_chapter("a.md", f"# T\n\n## a\n\nQ\n\n{options}".encode(), CONFIG)

    assert [diagnostic.name for diagnostic in diagnostics] == ["bad-checkbox"] * 2
    assert diagnostics[0].where.line == 7
    assert len(chapter.questions) == 1


def test_a_file_in_utf_16_has_one_mistake() -> None:
    text = f"# T\n\n## a\n\nQ\n\n{OPTIONS}"

    chapter, diagnostics = parse_chapter("a.md", text.encode("utf-16"), CONFIG)

    assert [diagnostic.name for diagnostic in diagnostics] == ["not-utf-8"]
    assert "UTF-16" in diagnostics[0].message
    assert chapter.questions[0].id == "a"


def test_what_stands_above_the_first_question_is_for_readers_only() -> None:
    question = read_question(f"Words.\n\n- a list\n\n## a\n\nQ\n\n{OPTIONS}")

    assert question.stem.text == "Q"


def test_a_commented_question_is_no_question() -> None:
    question = read_question(f"<!--\n## old\n\nQ\n\n{OPTIONS}-->\n\n## a\n\nQ\n\n{OPTIONS}")

    assert question.id == "a"


def test_chapters_come_in_name_order_and_readmes_are_none(tmp_path: Path) -> None:
    (tmp_path / "deck.toml").write_text('id = "demo"\ntitle = "Demo"\n')
    for name in ("10-b.md", "02-a.MD", "README.md", ".hidden.md"):
        (tmp_path / name).write_text(f"# {name}\n\n## q-{len(name)}\n\nQ\n\n{OPTIONS}")

    reading = read_bank(tmp_path)

    assert [chapter.title for chapter in reading.bank.chapters] == ["02-a.MD", "10-b.md"]
    assert reading.diagnostics == ()


def test_a_title_is_plain_text() -> None:
    chapter, _ = parse_chapter("a.md", b"# 1 *Bold* `code` [link](x) snake_case \\*\n", CONFIG)

    assert chapter.title == "1 Bold code link snake_case *"


def test_deck_toml_is_read_in_full() -> None:
    text = """
id = "demo"
title = "Demo deck"
description = "About *it*"
authors = ["A", "B"]
license = "CC-BY-4.0"
language = "pt-BR"
[cards]
flashcards = false
shuffle = false
[objectives]
GC1 = "One"
[levels]
names = ["low", "high"]
[rules]
missing-id = "error"
[plan]
GC1 = { low = 2, high = 4 }
[history]
dropped = { old = "merged" }
renamed = { new = "older" }
"""
    config, diagnostics = parse_config("deck.toml", text.encode(), {"missing-id": True})

    assert diagnostics == ()
    assert (config.id, config.title, config.description) == ("demo", "Demo deck", "About *it*")
    assert (config.authors, config.license, config.language) == (("A", "B"), "CC-BY-4.0", "pt-BR")
    assert (config.flashcards, config.shuffle) == (False, False)
    assert (config.objectives, config.levels) == ((("GC1", "One"),), ("low", "high"))
    assert config.rules == (("missing-id", "error"),)
    assert config.plan == (("GC1", (("low", 2), ("high", 4))),)
    assert (config.dropped, config.renamed) == ((("old", "merged"),), (("new", "older"),))


@pytest.mark.parametrize(
    ("text", "where", "name"),
    [
        ('id = "Not A Slug"', (1, 1), "bad-value"),
        ('id = "demo"\ntitle = "A::B"', (2, 1), "bad-value"),
        ('id = "demo"\ntitle = 3', (2, 1), "bad-value"),
        ('id = "demo"\n\n[cards]\n  shufle = true', (4, 3), "unknown-key"),
        ('id = "demo"\n[objectives]\nGC1 = "x"\n[plan]\nGC1 = {recal = 1}', (5, 8), "unknown-key"),
        ('id = "demo"\n[rules]\nno-such = "error"', (3, 1), "unknown-key"),
        ('id = "demo"\n[rules]\nmissing-id = "loud"', (3, 1), "bad-value"),
        ('id = "demo"\nid = "demo"', (2, 12), "deck-toml-bad"),
        ('id = "demo"\n[history.renamed]\nnew = "Old Id"', (3, 1), "bad-value"),
        ('id = "demo"\ncards = 3', (2, 1), "bad-value"),
        ("é = 1", (1, 1), "deck-toml-bad"),
        ("id = \"demo\"\nx = '''\n", (3, 1), "deck-toml-bad"),
    ],
)
def test_mistakes_in_deck_toml_have_their_place(
    text: str, where: tuple[int, int], name: str
) -> None:
    _, diagnostics = parse_config("deck.toml", text.encode(), {"missing-id": True})

    places = [
        (diagnostic.where.line, diagnostic.where.column, diagnostic.name)
        for diagnostic in diagnostics
    ]
    assert (*where, name) in places


# --- text stays where GitHub shows it; what was swallowed is found --------------------------------


HABITS = ("answer-on-choice", "strike-out", "timer", "show-id")


def read_config(text: str) -> tuple[Config, list[str]]:
    """What a `deck.toml` with these lines says, and what is said of it."""
    data = f"id = 'demo'\ntitle = 'Demo'\n{text}".encode()
    config, diagnostics = parse_config("deck.toml", data)
    return config, [f"{diagnostic.where.line} {diagnostic.message}" for diagnostic in diagnostics]


@pytest.mark.parametrize("name", HABITS)
def test_habits_are_off_unless_the_bank_switches_them_on(name: str) -> None:
    def switched(text: str) -> set[str]:
        config, mistakes = read_config(text)
        assert mistakes == []
        return {habit for habit in HABITS if getattr(config, habit.replace("-", "_"))}

    assert switched("") == set()
    assert switched(f"[cards]\n{name} = false") == set()
    assert switched(f"[cards]\n{name} = true") == {name}
    assert read_config(f"[cards]\n{name} = 1")[1] == [f"4 `{name}` cannot be 1"]


def test_a_habit_that_is_misspelt_is_told() -> None:
    assert read_config("[cards]\nstrikeout = true")[1] == [
        "4 unknown key `strikeout`; did you mean `strike-out`?"
    ]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://example.org/new?title={id}",
            "http://example.org",
            "HTTPS://EXAMPLE.ORG/{id}/{id}",
        ),
        *(
            "mailto:a@example.org?subject={id}",
            "https://例え.jp/報告?q={id}&r=%5B1%5D#x",
            "https://a/(b)",
        ),
    ],
)
def test_mistakes_are_reported_to_an_address(address: str) -> None:
    config, mistakes = read_config(f"report = '{address}'")

    assert (config.report, mistakes) == (address, [])


@pytest.mark.parametrize(
    "address",
    [
        *("example.org", "ftp://example.org/{id}", "javascript:alert(1)", "//example.org", ""),
        *("https://", "https:///x", "https://?{id}", "https://example.org/a b", "mailto:"),
        *("https://example.org/{ID}", "https://example.org/{{ID}}", "https://example.org/{id}}"),
        *(
            "https://example.org/<b>",
            "https://example.org/[sound:a.mp3]",
            r"https://example.org/\(x",
        ),
        *(
            "https://example.org/`",
            "https://example.org/|",
            "https://example.org/^",
            "https://a/\u2028",
        ),
    ],
)
def test_what_is_no_address_to_report_to_is_told(address: str) -> None:
    config, mistakes = read_config(f"report = {json.dumps(address)}")

    assert config.report == ""
    assert len(mistakes) == 1
    assert mistakes[0].startswith("3 `report` cannot be ")


@pytest.mark.parametrize("address", ['https://a"b', "https://a'b"])
def test_an_address_has_no_quotes(address: str) -> None:
    assert read_config(f"report = {json.dumps(address)}")[0].report == ""


@pytest.mark.parametrize(
    "text",
    ["#", "-", "7.", "> and >>", "1. false", "***", "~~~", "| a |", "<b>x", "= =", "+ 1", "## a"],
)
def test_text_behind_a_checkbox_is_no_new_block(text: str) -> None:
    question = read_question(f"## q\n\nWhich?\n\n- [x] {text}\n- [ ] other\n")

    assert [option.text.text for option in question.options] == [text, "other"]
    assert [block.tag for block in question.options[0].text.excerpt.blocks] == ["p"]


@pytest.mark.parametrize(
    "heading", ["1. Which gas do plants take in?", "> and >>: how do they differ?", "- or +?"]
)
def test_text_in_a_heading_is_no_new_block(heading: str) -> None:
    question = read_question(f"## {heading}\n<!-- id: q -->\n\n{OPTIONS}")

    assert question.stem.text == heading
    assert [block.tag for block in question.stem.excerpt.blocks] == ["p"]


@pytest.mark.parametrize(
    "line",
    ["-[ ] Two", "–[ ] Two", "-\xa0[ ] Two", "•[ ] Two", "2.[ ] Two", "-[x] Two", "-\xa0[x] Two"],
)
@pytest.mark.parametrize("more", ["", "- [ ] Three\n", "  > Why\n- [ ] Three\n"])
@pytest.mark.parametrize("first", ["- [x] One\n", "- [x] One\n  > Because\n"])
def test_an_option_that_was_swallowed_is_reported_at_its_own_line(
    line: str, more: str, first: str
) -> None:
    text = f"# T\n\n## q\n\nWhich?\n\n{first}{line}\n{more}"

    chapter, diagnostics = parse_chapter("a.md", text.encode(), CONFIG)

    assert [(diagnostic.name, diagnostic.where.line) for diagnostic in diagnostics] == [
        ("bad-checkbox", 7 + first.count("\n"))
    ]
    assert chapter.questions[0].options[1].text.text.startswith("Two")


FENCED = """# T

## first

Stem one.

```js

- [x] One
- [ ] Two

## {heading}

Stem two.

```js
code
```

- [ ] Three
- [x] Four
"""


@pytest.mark.parametrize(
    "heading",
    ["second-one", "Which is it?\n<!-- id: x -->", "Which is it?", "ما هو؟", "**Which is it?**"],
)
def test_a_fence_that_swallows_a_question_is_reported_where_it_begins(heading: str) -> None:
    text = FENCED.format(heading=heading)

    chapter, diagnostics = parse_chapter("a.md", text.encode(), CONFIG)

    assert ("fence-unclosed", 7) in [
        (diagnostic.name, diagnostic.where.line) for diagnostic in diagnostics
    ]
    assert [option.text.text for option in chapter.questions[1].options] == ["Three", "Four"]


@pytest.mark.parametrize(
    "code", ["## a comment of a script", "# x\n## y\nprint()", "## Q?\ntext", "- [x] a\n## b"]
)
def test_a_fence_with_headings_in_its_code_is_left_alone(code: str) -> None:
    question = read_question(f"## q\n\nWhat does it print?\n\n```\n{code}\n```\n\n{OPTIONS}")

    assert code in question.stem.text


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("столиця-франції", "stolitsya-frantsii"),
        ("Türkiye-nüfus", "turkiye-nufus"),
        ("東京-首都", "dongjing-shoudou"),
        ("Snake_case_id", "snake-case-id"),
    ],
)
def test_a_heading_that_was_meant_as_an_id_gets_one_that_can_be_read(
    heading: str, slug: str
) -> None:
    (question,), faults = read(f"## {heading}\n\nWhich?\n\n{OPTIONS}")

    assert faults == ["bad-id"]
    assert question.id == slug


def test_a_file_with_a_merge_conflict_gives_one_error_and_nothing_that_follows() -> None:
    text = f"# T\n\n## q\n\nWhich?\n\n<<<<<<< HEAD\n{OPTIONS}=======\n- [ ] x\n>>>>>>> b\n"

    chapter, diagnostics = parse_chapter("a.md", text.encode(), CONFIG)

    assert [(diagnostic.name, diagnostic.where.line) for diagnostic in diagnostics] == [
        ("merge-conflict", 7)
    ]
    assert not chapter.is_whole


def test_settings_with_a_merge_conflict_give_one_error_and_nothing_that_follows() -> None:
    text = 'id = "a"\n<<<<<<< HEAD\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> b\n[rules]\n'

    _, diagnostics = parse_config("deck.toml", text.encode())

    assert [(diagnostic.name, diagnostic.where.line) for diagnostic in diagnostics] == [
        ("merge-conflict", 2)
    ]


@pytest.mark.parametrize(
    ("explanation", "references"),
    [
        ("Erklärung", "Quellen"),
        ("解説", "参考文献"),
        ("Пояснення", "Джерела"),
        ("EXPLANATION", "references"),
    ],
)
def test_sections_are_known_in_other_languages(explanation: str, references: str) -> None:
    text = f"## q\n\nWhich?\n\n{OPTIONS}\n### {explanation}\n\nWhy.\n\n### {references}\n\n- A\n"

    question = read_question(text)

    assert question.explanation is not None
    assert question.references is not None
    assert (question.explanation.text, question.references.text) == ("Why.", "- A")


@pytest.mark.parametrize("pair", ["Wahr/Falsch", "Vrai/Faux", "正しい/間違い", "True/False"])
def test_true_and_false_keep_their_order_in_every_language(pair: str) -> None:
    first, second = pair.split("/")

    question = read_question(f"## q\n\nIs it so?\n\n- [x] {first}\n- [ ] {second}\n")

    assert question.keeps_order
