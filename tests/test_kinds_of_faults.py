"""Kinds of faults by which a text would change or vanish without a word, in many languages.

Each kind has inputs that no other test has; the cases in `cases/` hold the exact output.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mcqdeck.diagnostic import Diagnostic
from mcqdeck.project import check
from tests.conftest import MakeBank

Said = Callable[[str], list[Diagnostic]]
OPTIONS = "- [x] One\n- [ ] Two\n"
SOUND = f"## q-a\n\nWhich one?\n\n{OPTIONS}\nBecause.\n\n"
NEXT = "## q-b\n\nUnd welche?\n\n- [x] Eins\n- [ ] Zwei\n\nDarum.\n"
SETTINGS = 'id = "demo"\ntitle = "Demo"\n'


@pytest.fixture
def said(make_bank: MakeBank) -> Said:
    def said(chapter: str) -> list[Diagnostic]:
        bank = make_bank(chapter=f"# T\n\n{chapter}", **{"deck.toml": SETTINGS})
        advice = {"missing-explanation", "missing-rationale", "missing-id", "media-remote"}
        diagnostics = check([bank]).diagnostics
        return [
            diagnostic
            for diagnostic in diagnostics
            if diagnostic.severity != "info" and diagnostic.name not in advice
        ]

    return said


def names(diagnostics: list[Diagnostic]) -> list[str]:
    return [diagnostic.name for diagnostic in diagnostics]


INVISIBLE = [
    "&nbsp;",
    "<br>",
    "\u200b",
    "&#8288;",
    "\u3164",
    "<span></span>",
    "\ufe0f",
    "<!-- 注 -->",
]


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_an_option_of_which_nothing_shows_is_empty(text: str, said: Said) -> None:
    assert names(said(f"## q-a\n\nWhich?\n\n- [x] One\n- [ ] {text}\n")) == ["empty-option"]


@pytest.mark.parametrize("text", [*INVISIBLE, "---", ">", "```\n```", "<div></div>"], ids=ascii)
def test_a_stem_of_which_nothing_shows_is_empty(text: str, said: Said) -> None:
    assert names(said(f"## q-a\n\n{text}\n\n{OPTIONS}")) == ["empty-stem"]


@pytest.mark.parametrize("stem", ["![](https://e.org/a.png)", "$x$", "`x`", "| a |\n|---|", "؟"])
def test_a_stem_of_which_something_shows_is_none(stem: str, said: Said) -> None:
    assert "empty-stem" not in names(said(f"## q-a\n\n{stem}\n\n{OPTIONS}"))


@pytest.mark.parametrize(
    "line",
    [
        "・[ ] 二",
        "● [ ] Zwei",
        "-\u3000[ ] 二",
        "−[ ] Deux",
        "[ ] Два",
        "-[_] Dos",
        "-[✓] Due",
        "►[x] 2",
    ],
)
def test_a_line_that_looks_like_an_option_is_none_of_the_option_above(
    line: str, said: Said
) -> None:
    diagnostics = said(f"## q-a\n\nWhich?\n\n- [x] One\n- [ ] Three\n{line}\n\nBecause.\n")

    assert [(diagnostic.name, diagnostic.where.line) for diagnostic in diagnostics] == [
        ("bad-checkbox", 9)
    ]


@pytest.mark.parametrize(
    "option",
    ["brackets such as\n  [x] in a list", "an array\n  of [ ] boxes", "x\n  - [a] - y", "x\n  [ ]"],
)
def test_brackets_within_an_options_text_are_text(option: str, said: Said) -> None:
    diagnostics = said(f"## q-a\n\nWhich?\n\n- [x] {option}\n- [ ] Three\n\nBecause.\n")

    assert "bad-checkbox" not in names(diagnostics)


@pytest.mark.parametrize("opened", ["~~~", "````py", "```\nx\n~~~", "<pre>", "  <PRE>"])
def test_what_swallows_options_is_told_where_it_begins(opened: str, said: Said) -> None:
    diagnostics = said(f"## q-a\n\nWhich?\n\n{opened}\n\n{OPTIONS}\nBecause.\n\n{NEXT}")

    assert [(diagnostic.name, diagnostic.where.line) for diagnostic in diagnostics] == [
        ("fence-unclosed", 7)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2. Какая столица?\n\nА) Москва\nБ) Киев\nВ) Минск",
        "3、下列哪个正确？\n\nA、一\nB、二\nC、三",
        "٣. ما هي العاصمة؟\n\nأ) القاهرة\nب) دمشق",
        "問2 正しいのはどれか。\n\n① 一\n② 二\n③ 三",
        "**Which is bold?**\n\n- **A** one\n- **B** two",
        "Frage 7: Was gilt?\n\n✅ dies\n❌ das",
        "Câu 4. Thủ đô nào?\n\na) Huế\nb) Hà Nội",
        "1) ¿Cuál?\n\n- uno\n- dos (correcta)",
        "1) ¿Cuál?\n\n- uno\n- dos (correcto)",
        "1) Qual?\n\n- um\n- dois (correto)",
    ],
)
def test_a_question_in_another_form_is_told_in_any_script(text: str, said: Said) -> None:
    diagnostics = said(f"{SOUND}{text}\n\n{NEXT}")

    assert [(diagnostic.name, diagnostic.where.line) for diagnostic in diagnostics] == [
        ("question-not-recognised", 12)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Warum? Weil a) es regnet und b) es kalt ist.",
        "Why?\n\n- **A**bove all, salt\n- **B**utter too",
        "Why two?\n\n1. One is for salt.\n2. Two are for sugar.",
        "В. Иванов и Б. Петров правы?\n\nДа.",
    ],
)
def test_prose_is_no_question_in_another_form(text: str, said: Said) -> None:
    assert "question-not-recognised" not in names(said(f"{SOUND}{text}\n"))


@pytest.mark.parametrize(
    "left",
    [
        "<<<<<<< HEAD\nWelche?",
        "Which?\n>>>>>>> feature/x",
        "||||||| 1a2b3c\nWhich?",
        "<<<<<<< a\n```\n",
    ],
)
def test_what_is_left_of_a_conflict_is_one_error(left: str, said: Said) -> None:
    assert names(said(f"## q-a\n\n{left}\n\n{OPTIONS}")) == ["merge-conflict"]


def test_a_conflict_in_code_hides_neither_another_one_nor_front_matter(make_bank: MakeBank) -> None:
    code = "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```\n"
    text = f"---\ntags: [git]\n---\n# T\n\n## q-a\n\nWhat?\n\n{code}\n{OPTIONS}\nBecause.\n"

    fine = check([make_bank("fine", text)])
    torn = check([make_bank("torn", f"{text}\n<<<<<<< HEAD\n")])

    assert "merge-conflict" not in names(list(fine.diagnostics))
    assert fine.banks[0].questions[0].question.tags == ("git",)
    assert "merge-conflict" in names(list(torn.diagnostics))


@pytest.mark.parametrize("title", ["\u200b", "&#8288;", "\u3164 \u2800", "&nbsp;", "<!-- x -->"])
def test_a_title_of_which_nothing_shows_names_no_deck(title: str, make_bank: MakeBank) -> None:
    bank = make_bank(chapter=f"# {title}\n\n{SOUND}", **{"deck.toml": SETTINGS})

    assert "empty-deck-name" in names(list(check([bank]).diagnostics))


@pytest.mark.parametrize(
    "text",
    [
        "H~2~O",
        "x^2^ wächst",
        "so^[eine Notiz hier]",
        "wie [@müller2020, S. 3] sagt".replace("ü", "u"),
        "*[HTML]: Hypertext",
        "{++neu++}",
        "{{< figure >}}",
        "{ref}`ziel`",
        "[rot]{.red}",
        "Weiter {#anker}",
        "\\frac{1}{2}",
        '=== "Reiter"',
        "[TOC]",
    ],
)
def test_syntax_that_a_card_does_not_know_is_told(text: str, said: Said) -> None:
    assert names(said(f"## q-a\n\nWhich?\n\n{text}\n\n{OPTIONS}")) == ["unknown-syntax"]


@pytest.mark.parametrize(
    "text",
    [
        "~~weg~~ and ~so~",
        "x^2 + y^2",
        "Regex ^[a-z ]+",
        "@me and a@b.cd",
        "{a, b} and {x}",
        "`{% raw %}`, `H~2~O`",
        "C:\\\\ref\\\\x",
        "a === b",
        "use {%d} or {% d",
    ],
)
def test_text_that_only_looks_alike_is_left_alone(text: str, said: Said) -> None:
    assert said(f"## q-a\n\nWhich?\n\n{text}\n\n{OPTIONS}") == []


@pytest.mark.parametrize(
    "heading",
    ["हिन्दी-प्रश्न", "ภาษา-ไทย", "தமிழ்-கேள்வி", "đà-nẵng", "é-accent", "サウナ_とは", "القاهرة-عاصمة"],
)
def test_a_heading_that_was_meant_as_an_id_is_told_in_any_script(heading: str, said: Said) -> None:
    [diagnostic] = said(f"## {heading}\n\nWhich?\n\n{OPTIONS}")

    assert diagnostic.name == "bad-id"
    assert diagnostic.help.isascii()
