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
- [ ] Something else again

### Explanation

{key}, because nothing else could be so.
"""


def question(
    comment: str = "",
    *,
    id: str = "first",
    stem: str = "What is it?",
    key: str = "Right here",
    wrong: str = "Wrong there",
) -> str:
    return QUESTION.format(id=id, comment=comment, stem=stem, key=key, wrong=wrong)


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
    bank = make_bank(chapter=chapter(question(comment, id="What is the whole of it?")))

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
        question("<!-- level: deep -->", id="second", stem="Where does the sun set?"),
    )
    bank = make_bank(chapter=text, **{"deck.toml": config})

    assert len(names(check(bank))) == 1


def test_a_bank_without_a_file_of_settings_says_just_that(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=chapter(question("<!-- level: deep -->")))
    (bank / "deck.toml").unlink()

    assert "deck.toml" in check(bank)


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
