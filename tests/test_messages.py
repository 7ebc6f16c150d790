"""Messages lead to the cause: no advice that does harm, no consequence beside what caused it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mcqdeck.cli import main
from tests.conftest import MakeBank

QUESTION = """\
## {id}
{comment}
{stem}

- [x] {key}
- [ ] {wrong}
- [ ] {other}

### Explanation

{key}, because nothing else could be so.
"""


def question(
    comment: str = "",
    *,
    name: str = "first",
    stem: str = "What is it?",
    place: str = "pond",
) -> str:
    options = {"key": f"In the {place}", "wrong": f"On the {place}", "other": f"No {place} at all"}
    return QUESTION.format(id=name, comment=comment, stem=stem, **options)


def chapter(*questions: str) -> str:
    return "# Title\n\n" + "\n".join(questions)


def check(*arguments: object) -> str:
    return CliRunner().invoke(main, ["check", *map(str, arguments)]).output


def names(output: str) -> list[str]:
    """The names of the diagnostics in what `check` printed."""
    lines = (line for line in output.splitlines() if not line.startswith(" "))
    return [line.partition("[")[2].partition("]")[0] for line in lines if "]: " in line]


# Files that another chapter may name


def test_a_chapter_alone_says_nothing_of_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(chapter(question()))
    (tmp_path / "map.png").write_bytes(b"x")

    assert names(check(tmp_path / "one.md")) == []


def test_a_chapter_of_a_bank_says_nothing_of_files_that_it_does_not_name(
    make_bank: MakeBank,
) -> None:
    bank = make_bank(chapter=chapter(question()), **{"map.png": b"x", "notes.txt": "x"})

    assert names(check(bank / "01-chapter.md")) == []
    assert names(check(bank)) == ["media-unused", "not-compiled"]


@pytest.mark.parametrize("name", ["README.md", "readme.md", "ReadMe.MD"])
def test_a_readme_is_no_chapter(make_bank: MakeBank, name: str) -> None:
    bank = make_bank(**{name: chapter(question())})

    result = CliRunner().invoke(main, ["check", str(bank / name)])

    assert result.exit_code == 2
    assert "a README is for readers of the source" in result.output


def test_a_folder_with_nothing_but_a_readme_is_no_bank(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Read me\n")

    assert "no bank in this folder" in check(tmp_path)


# The cause, and not its consequences


@pytest.mark.parametrize("comment", ["<!-- level: {a, id: b -->", "<!-- id: [x -->", "<!-- id:"])
def test_a_comment_that_cannot_be_read_is_one_error(make_bank: MakeBank, comment: str) -> None:
    bank = make_bank(chapter=chapter(question(comment, name="What is the whole of it?")))

    assert len(names(check(bank))) == 1


@pytest.mark.parametrize(
    "config",
    [
        'id = "demo"\ntitle = "Demo\n[levels]\nnames = ["deep"]\n',
        'id = "demo"\ntitle = "Demo"\n[levels]\nnames = "deep"\n',
        'id = "demo"\ntitle = "Demo"\nlevels = ["deep"]\n',
        'id = "demo"\ntitle = "Demo"\n[[levels]]\nnames = ["deep"]\n',
        'id = "demo"\ntitle = "Demo"\n[levels]\nname = ["deep"]\n',
        'id = "demo"\ntitle = "Demo"\n[level]\nnames = ["deep"]\n',
    ],
)
def test_levels_that_cannot_be_read_are_one_error(make_bank: MakeBank, config: str) -> None:
    text = chapter(
        question("<!-- level: deep -->"),
        question(
            "<!-- level: deep -->", name="second", stem="Where does the sun set?", place="sea"
        ),
    )
    bank = make_bank(chapter=text, **{"deck.toml": config})

    assert len(names(check(bank))) == 1


def test_a_bank_without_a_file_of_settings_says_just_that(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=chapter(question("<!-- level: deep -->")))
    (bank / "deck.toml").unlink()

    assert "deck.toml" in check(bank)


@pytest.mark.parametrize("mark", ["<!-", "<--", "<!—", "<!–", "< !--", "<! --", "<!‐-"])
def test_what_is_almost_a_comment_is_told(make_bank: MakeBank, mark: str) -> None:
    bank = make_bank(chapter=chapter(question(f"{mark} level: recall -->")))

    assert names(check(bank)) == ["comment-misplaced"]


def test_a_stem_may_begin_with_an_arrow(make_bank: MakeBank) -> None:
    stems = ("What do `<-` and <-- do?", "<-- is what?", "<-- note: what is it?")
    for number, stem in enumerate(stems):
        bank = make_bank(f"demo-{number}", chapter=chapter(question(stem=stem)))
        assert names(check(bank)) == []


# Did you mean


@pytest.mark.parametrize(
    ("written", "meant"),
    [("aplication", "application"), ("Recall", "recall"), ("analyses", "analysis")],
)
def test_a_level_that_is_nearly_one_leads_to_it(
    make_bank: MakeBank, written: str, meant: str
) -> None:
    bank = make_bank(chapter=chapter(question(f"<!-- level: {written} -->")))

    assert f"did you mean `{meant}`?" in check(bank)


def test_a_level_that_is_like_none_leads_to_all(make_bank: MakeBank) -> None:
    output = check(make_bank(chapter=chapter(question("<!-- level: 7 -->"))))

    assert "did you mean" not in output
    assert "write one of `recall`, `application`, `analysis`" in output


@pytest.mark.parametrize(
    ("named", "there", "is_meant"),
    [
        ("media/ocean.png", "media/oceans.png", True),
        ("media/ocean.png", "ocean.png", True),
        ("ocean.PNG", "ocean.png", True),
        ("media/ocean.png", "media/ocean.svg", True),
        ("img/ocean.png", "media/ocean.png", True),
        ("fig-12.png", "fig-21.png", False),
        ("fig-1.png", "fig-01.png", True),
        ("figure-1.png", "figure-2.png", False),
        ("media/ocean.png", "media/canoe.png", False),
        ("media/unlike.png", "media/bridge.png", False),
        ("media/cell-wall.png", "media/map.png", False),
        ("a.png", "b.png", False),
        ("media/figure.png", "media/heart.png", False),
        ("media/01.png", "media/72.png", False),
        ("x.png", "media/x-ray.png", False),
    ],
)
def test_a_file_is_suggested_only_if_it_is_alike(
    make_bank: MakeBank, named: str, there: str, *, is_meant: bool
) -> None:
    bank = make_bank(chapter=chapter(question(stem=f"What is it? ![it]({named})")), **{there: b"x"})

    output = check(bank)

    assert (f"`{there}`" in output) is is_meant


# Packages


@pytest.mark.parametrize("content", [b"", b"no zip", b"{}" * 500, b"PK"])
def test_what_is_no_zip_is_no_package(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "old.apkg").write_bytes(content)

    result = CliRunner().invoke(main, ["diff", *[str(tmp_path / "old.apkg")] * 2])

    assert result.exit_code == 2
    assert "not a package" in result.output
    assert "damaged" not in result.output


# Rules that saw what is not there


def options(*texts: str) -> str:
    """A question with these options, of which the first is right."""
    marks = "\n".join(f"- [{' ' if number else 'x'}] {text}" for number, text in enumerate(texts))
    return f"{marks}\n"


def told(
    make_bank: MakeBank, rule: str, stem: str, *texts: str, explanation: str = "", config: str = ""
) -> int:
    """How often a rule speaks about a question."""
    because = explanation or "So it has been found in many trials of this kind."
    text = f"# T\n\n## a\n\n{stem}\n\n{options(*texts)}\n### Explanation\n\n{because}\n"
    name = f"demo-{len(stem)}-{len(''.join(texts))}"
    bank = make_bank(name, chapter=text, **{"deck.toml": f'id = "demo"\ntitle = "Demo"\n{config}'})
    return names(check("--select", rule, bank)).count(rule)


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (("这种药物会使心率减慢并且使血压下降并引起头晕", "心率加快", "血压上升", "呼吸加快"), 1),
        (("心率减慢", "心率加快", "血压上升", "呼吸加快"), 0),
        (("心率会减慢一点", "心率加快", "血压上升", "呼吸会加快"), 0),
        (("光合成によって二酸化炭素と水からブドウ糖を作る", "呼吸", "発酵を行う", "分解する"), 1),
        (("ネットワーク", "サーバー", "クライアント", "ルーター"), 0),
        (("API を呼び出す", "URL を開く", "ファイルを読む", "ポートを閉じる"), 0),
        (("ช่วยลดความดันโลหิตและทำให้หัวใจเต้นช้าลงอย่างมาก", "ลดไข้", "แก้ปวด", "แก้ไอ"), 1),
        (
            (
                "약물은 심박수를 낮추고 혈압을 내리며 어지럼을 일으킨다",
                "맥박 증가",
                "혈압 상승",
                "호흡",
            ),
            1,
        ),
    ],
)
def test_length_is_counted_in_characters_where_no_spaces_part_words(
    make_bank: MakeBank, texts: tuple[str, ...], count: int
) -> None:
    assert told(make_bank, "length-outlier", "?", *texts) == count


def conflict(make_bank: MakeBank, first: str, second: str, *, language: str = "en") -> list[str]:
    """What is said of two questions that differ in nothing but their keys."""
    asked = [
        f"## {name}\n\nWhich way does it turn?\n\n{options(key, 'Upwards', 'Downwards')}\nSo.\n"
        for name, key in (("a", first), ("b", second))
    ]
    config = f'id = "demo"\ntitle = "Demo"\nlanguage = "{language}"\n'
    bank = make_bank(chapter="# T\n\n" + "\n".join(asked), **{"deck.toml": config})
    reported = names(check(bank))
    return [name for name in reported if name in ("conflicting-keys", "duplicate-question")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Left side", "left side"),
        ("Left side", "Left sides"),
        ("A cherry", "A cherries"),
        ("The boxes", "the box"),
        ("Left side", '"Left side"'),
        ("Left side", "‘Left side’."),
        ("Left side", "Left side."),
        ("Left side", "Left side;"),
        ("Left side", "*Left* side!"),
        ("The left side", "Left side"),
    ],
)
def test_keys_that_say_the_same_are_no_conflict(
    make_bank: MakeBank, first: str, second: str
) -> None:
    assert conflict(make_bank, first, second) == ["duplicate-question"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Left side", "Right side"),
        ("`Map`", "`map`"),
        ("`box`", "`boxes`"),
        ("5 %", "5"),
        ("Glass", "Glas"),
        ("Tested", "Testing"),
        ("2 sides", "3 sides"),
    ],
)
def test_keys_that_say_another_thing_are_a_conflict(
    make_bank: MakeBank, first: str, second: str
) -> None:
    assert conflict(make_bank, first, second) == ["conflicting-keys"]


def test_a_plural_is_known_in_english_only(make_bank: MakeBank) -> None:
    assert conflict(make_bank, "Das Auto", "Das Autos", language="de") == ["conflicting-keys"]


@pytest.mark.parametrize(
    ("explanation", "count"),
    [
        ("None of the above answers is right in winter.", 0),
        ("All of the above options are in use.", 0),
        ("Neither of the preceding choices would do.", 0),
        ("The patient withdrew the previous answer of the week before.", 0),
        ("It builds on the previous answer that the client gave.", 0),
        ("The server keeps the previous response in its cache.", 0),
        ("A cache returns the previous answer.", 0),
        ("The previous answer is wrong, for it is too long.", 1),
        ("It is wrong like the previous option.", 1),
        ("As said in the previous answer, it turns.", 1),
        ("The above answer confuses two things.", 1),
        ("The answer above is the right one.", 1),
    ],
)
def test_a_place_is_that_of_an_option(make_bank: MakeBank, explanation: str, count: int) -> None:
    reported = told(
        make_bank,
        "option-named-by-place",
        "What does it do?",
        *("It turns", "It stops", "It grows"),
        explanation=explanation,
    )

    assert reported == count


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (("9 hours", "3 hours", "5 hours"), 1),
        (("1999", "1987", "1992"), 1),
        (("Stage 3", "Stage 1", "Stage 2"), 1),
        (("USD 9", "USD 3", "USD 5"), 1),
        (("In 1990", "In 1980", "In 1985"), 1),
        (("`print(9)`", "`print(3)`", "`print(5)`"), 0),
        (("`x > 9`", "`x > 3`", "`x > 5`"), 0),
        (("`9`", "`3`", "`5`"), 0),
        (("\n\n  ```\n  9\n  ```", "\n\n  ```\n  3\n  ```"), 0),
        (("ISO 9001", "ISO 9000", "ISO 27001"), 0),
        (("ISO-9001", "ISO-9000", "ISO-27001"), 0),
        (("RFC 9110", "RFC 793", "RFC 2616"), 0),
        (("Windows 95", "Windows 7", "Windows 10"), 0),
        (("Boeing 747", "Boeing 737", "Boeing 777"), 0),
        (("Apollo 13", "Apollo 11", "Apollo 17"), 0),
        (("IEEE 802", "IEEE 754", "IEEE 1394"), 0),
    ],
)
def test_only_numbers_that_count_have_an_order(
    make_bank: MakeBank, texts: tuple[str, ...], count: int
) -> None:
    assert told(make_bank, "number-order", "Which one is it?", *texts) == count


@pytest.mark.parametrize(
    ("stem", "texts", "count"),
    [
        ("Which range of temperatures keeps it?", ("-20 to 0", "0 to 19", "20 to 30"), 0),
        ("In what interval does it lie?", ("-20 to 0", "0 to 19", "20 to 30"), 0),
        ("What is the normal range?", ("60-100", "100-140", "40-60"), 0),
        ("Which ports are registered?", ("1024-49151", "0-1024", "49151-65535"), 0),
        ("Where are well-known services?", ("Ports 0-1023", "Ports 1023-49151"), 0),
        ("How many days does it take?", ("5 to 10", "10 to 15", "15 to 20"), 1),
        ("At which age does it begin?", ("5 to 10", "10 to 15", "15 to 20"), 1),
        ("How many ranges are there?", ("5 to 10", "10 to 15", "15 to 20"), 1),
    ],
)
def test_ranges_may_meet_where_a_range_is_asked_for(
    make_bank: MakeBank, stem: str, texts: tuple[str, ...], count: int
) -> None:
    assert told(make_bank, "overlapping-options", stem, *texts) == count


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        (r"What does \_\_init\_\_ do in a class?", 0),
        (r"What does \_\_name\_\_ == '\_\_main\_\_' test here?", 0),
        (r"What is the use of \_\_del\_\_, then?", 0),
        (r"The \_\_\_ is the seat of it.", 1),
        ("The ___ is the seat of it.", 1),
        (r"The \_\_ is the seat of it.", 1),
        (r"The con\_\_\_ is the seat of it.", 1),
        (r"With \_\_init\_\_ the \_\_\_ is made at once.", 1),
    ],
)
def test_a_name_with_underscores_is_no_gap(make_bank: MakeBank, stem: str, count: int) -> None:
    texts = ("It is made", "It is cut", "It is kept")

    assert told(make_bank, "blank-in-stem", stem, *texts) == count


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("Which place has the price level $$ in guides?", 0),
        ("Which place has the price level $$?", 0),
        ("Which place has the price level ($$)?", 0),
        ("What is `$$` and what is $$ in a shell?", 0),
        ("What is $$ x^2 + 1 of these?", 1),
        ("What is it?\n\n$$\nx + 1", 1),
        ("What is it?\n\n$$ x + 1", 1),
        ("What is $$x + 1 then?", 1),
    ],
)
def test_two_dollars_alone_open_no_formula(make_bank: MakeBank, stem: str, count: int) -> None:
    texts = ("It is made", "It is cut", "It is kept")

    assert told(make_bank, "math-unclosed", stem, *texts) == count


def test_two_dollars_may_be_an_option(make_bank: MakeBank) -> None:
    assert told(make_bank, "math-unclosed", "Which one is dear?", "$$", "$", "Free") == 0


FENCE = "\n\n  ```\n  print({})\n  ```"


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ([f"A{FENCE}", f"B{FENCE}", f"C{FENCE}"], 1),
        ([f"a){FENCE}", f"b){FENCE}"], 1),
        ([f"**A**{FENCE}", f"**B**{FENCE}"], 1),
        (["A\n\n  ![a](a.png)", "B\n\n  ![b](b.png)"], 1),
        ([f"A{FENCE}", f"C{FENCE}"], 0),
        (["A", "B", "C"], 0),
        ([f"One{FENCE}", f"Two{FENCE}"], 0),
        ([f"A{FENCE}", "Nothing"], 0),
    ],
)
def test_a_letter_above_code_is_no_option(
    make_bank: MakeBank, texts: list[str], count: int
) -> None:
    texts = [text.format(number) for number, text in enumerate(texts)]

    assert told(make_bank, "lettered-options", "What does it print?", *texts) == count


# Rules that saw too little


@pytest.mark.parametrize(
    ("stem", "comment", "count"),
    [
        ("Which city is the capital?", "", 1),
        ("What is the capital?", "", 1),
        ("Who was there first?", "", 1),
        ("Which city is the capital?", "<!-- choose: 2 -->", 0),
        ("Which two cities are capitals?", "", 0),
        ("Which cities are capitals?", "", 0),
        ("Which of these are capitals?", "", 0),
        ("Which city is a capital? Choose all that apply.", "", 0),
        ("Which city is a capital? (Select two.)", "", 0),
        ("What are the capitals?", "", 0),
        ("Name both capitals.", "", 0),
    ],
)
def test_a_stem_that_asks_for_one_has_one_key(
    make_bank: MakeBank, stem: str, comment: str, count: int
) -> None:
    text = (
        f"# T\n\n## a\n{comment}\n\n{stem}\n\n- [x] Paris\n- [x] Rome\n- [ ] Turin\n\n"
        "### Explanation\n\nParis and Rome have been so for long.\n"
    )
    for rule_set, expected in (("strict", count), ("recommended", 0)):
        bank = make_bank(
            rule_set,
            chapter=text,
            **{"deck.toml": f'id = "demo"\ntitle = "Demo"\n[rules]\nset = "{rule_set}"\n'},
        )
        assert names(check(bank)).count("unannounced-keys") == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("TODO", 1),
        ("TODO: say why", 1),
        ("It turns. FIXME", 1),
        ("It turns (TODO: source).", 1),
        ("TBD", 1),
        ("It turns as `TODO` says.", 0),
        ("A todo list helps them to keep it in mind.", 0),
        ("It is the METODO that counts.", 0),
        ("```\n# TODO: x\n```\n\nIt turns.", 0),
    ],
)
def test_what_is_to_do_is_told(make_bank: MakeBank, text: str, count: int) -> None:
    reported = told(make_bank, "unfinished-text", "What is it?", "A", "B", "C", explanation=text)

    assert reported == count


@pytest.mark.parametrize("stem", ["What is TODO it?", "TODO"])
def test_what_is_to_do_is_told_wherever_it_stands(make_bank: MakeBank, stem: str) -> None:
    texts = ("TODO", "It turns\n  > TODO: why", "It stops")

    assert told(make_bank, "unfinished-text", stem, *texts) == 3


def test_all_is_a_word_in_some_languages(make_bank: MakeBank) -> None:
    spanish = 'language = "es"\n'
    texts = ("TODO LO ANTERIOR", "Nada", "Algo")

    assert told(make_bank, "unfinished-text", "?", *texts, config=spanish) == 0
    assert told(make_bank, "unfinished-text", "?", "A", "B", "TODO: x", config=spanish) == 1


# The last release


def published(make_bank: MakeBank, *questions: str, config: str = "") -> Path:
    """A bank below `source` whose release holds these questions."""
    settings = f'id = "demo"\ntitle = "Demo"\n{config}'
    bank = make_bank("source/demo", chapter=chapter(*questions), **{"deck.toml": settings})
    result = CliRunner().invoke(main, ["build", str(bank)])
    assert result.exit_code == 0, result.output
    assert (bank.parent.parent / "decks" / "demo.apkg").exists()
    return bank


TWO = (question(), question(name="second", stem="Where is the sun at night?", place="sea"))


@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_a_check_tells_what_the_last_release_would_miss(
    make_bank: MakeBank, cache: tuple[str, ...]
) -> None:
    bank = published(make_bank, *TWO)
    assert names(check(bank, *cache)) == []
    (bank / "01-chapter.md").write_text(chapter(TWO[0]))

    for _ in range(2):
        result = CliRunner().invoke(main, ["check", str(bank), *cache])

        assert names(result.output) == ["vanished-id"]
        assert "`second` was published" in result.output
        assert result.exit_code == 1
    assert names(check(bank, "--select", "vanished-id")) == ["vanished-id"]
    assert names(check(bank, "--select", "key-longest")) == []


def test_a_check_knows_what_history_says(make_bank: MakeBank) -> None:
    bank = published(make_bank, *TWO)
    (bank / "01-chapter.md").write_text(chapter(TWO[0]))
    settings = (bank / "deck.toml").read_text()

    (bank / "deck.toml").write_text(f'{settings}[history]\ndropped = {{ second = "Old" }}\n')

    assert names(check(bank)) == []


def test_a_check_knows_a_renamed_question(make_bank: MakeBank) -> None:
    bank = published(make_bank, *TWO)
    settings = (bank / "deck.toml").read_text()
    third = question(name="third", stem="Where is the sun at night?", place="sea")
    (bank / "01-chapter.md").write_text(chapter(TWO[0], third))
    assert "`third` has its stem" in check(bank)

    (bank / "deck.toml").write_text(f'{settings}[history]\nrenamed = {{ third = "second" }}\n')
    assert names(check(bank)) == []
    assert CliRunner().invoke(main, ["build", str(bank)]).exit_code == 0
    assert names(check(bank)) == []

    (bank / "deck.toml").write_text(settings)
    assert "its entry in `renamed` is gone" in check(bank)


def test_a_check_says_that_there_is_nothing_to_compare_with(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=chapter(*TWO))

    result = CliRunner().invoke(main, ["check", str(bank)])

    assert "not compared with its last release: there is no" in result.stderr
    assert result.exit_code == 0


def test_a_check_says_why_it_did_not_compare(make_bank: MakeBank) -> None:
    bank = published(make_bank, *TWO)
    package = bank.parent.parent / "decks" / "demo.apkg"
    whole = (bank / "01-chapter.md").read_text()

    (bank / "01-chapter.md").write_text(whole.replace("- [x]", "- [ ]"))
    assert "last release: there are errors" in check(bank)

    (bank / "01-chapter.md").write_text(whole)
    package.write_bytes(b"no zip")
    result = CliRunner().invoke(main, ["check", str(bank)])
    assert "not a package" in result.stderr
    assert result.exit_code == 0


def test_one_chapter_is_not_compared(make_bank: MakeBank) -> None:
    bank = published(make_bank, *TWO)
    (bank / "02-other.md").write_text(
        chapter(question(name="third", stem="Who is it?", place="lake"))
    )
    (bank / "01-chapter.md").unlink()

    result = CliRunner().invoke(main, ["check", str(bank / "02-other.md")])

    assert names(result.output) == []
    assert result.stderr == ""
