"""A diagnostic stands at the line and column of the file as saved, whatever that file is like."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mcqdeck.cli import main

FRONT_MATTER = "---\ntags: [demo]\n---\n"


def faults(path: Path) -> list[tuple[int, int, str]]:
    """What stops every build, which shows whatever is selected, and `missing-id`."""
    arguments = ["check", "--format", "json", "--select", "missing-id", str(path)]
    result = CliRunner().invoke(main, arguments)
    return [(fault["line"], fault["column"], fault["name"]) for fault in json.loads(result.stdout)]


def chapter(options: str, stem: str = "Which one is right?") -> str:
    return f"# Title\n\n## first\n\n{stem}\n\n{options}\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("front", ["", FRONT_MATTER], ids=["bare", "front matter"])
def test_line_ends_marks_and_front_matter_do_not_move_it(
    tmp_path: Path, end: str, mark: bytes, front: str
) -> None:
    path = tmp_path / "a.md"
    text = front + chapter("- [x] Right\n- [y] Wrong\n  - [ ] Nested")
    path.write_bytes(mark + text.replace("\n", end).encode())

    first = len(front.splitlines())
    assert faults(path) == [
        (first + 8, 3, "bad-checkbox"),
        (first + 9, 3, "nested-options"),
    ]


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ("- [x] Right\n-\tWrong", (8, 3)),
        ("-   [x] Right\n-   Wrong", (8, 5)),
        ("- [x] Right\n - Wrong", (8, 4)),
        ("1. [x] Right\n2. Wrong", (8, 4)),
        ("- [x] Right\n\n  > why\n\n- Wrong", (11, 3)),
    ],
)
def test_a_column_counts_characters(tmp_path: Path, options: str, where: tuple[int, int]) -> None:
    path = tmp_path / "a.md"
    path.write_text(chapter(options), encoding="utf-8")

    assert faults(path) == [(*where, "item-without-checkbox")]


def test_wide_characters_count_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    stem = "「どれが正しいですか。」 🙂 Which? **Choose three**"
    path.write_text(chapter("- [x] A right one\n- [ ] Wrong", stem=stem), encoding="utf-8")

    assert faults(path) == [(5, stem.index("three") + 1, "choose-mismatch")]


def test_the_first_line_of_a_file_with_a_byte_order_mark_begins_at_column_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("### Deep\n".encode("utf-8-sig"))

    assert (1, 1, "heading-level") in faults(path)


def test_a_stem_in_the_heading_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# T\n\n##   Which are right? (choose three)\nAnd which are not: pick four\n\n"
        "- [x] Right\n- [ ] Wrong\n",
        encoding="utf-8",
    )

    assert (3, 31, "choose-mismatch") in faults(path)


def test_values_in_comments_on_several_lines_have_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# T\n\n## first\n<!-- difficulty: 9\n     level: expert\n-->\n\nWhich?\n\n"
        "- [x] Right\n- [ ] Wrong\n",
        encoding="utf-8",
    )

    assert faults(path) == [(4, 18, "bad-value"), (5, 13, "bad-value")]


def test_mistakes_of_all_files_are_reported_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "deck.toml").write_text('id = "demo"\ntitle = "Demo"\nauthor = "me"\n')
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(
            f"# {name}\n\n## {name}1\n\n- [x] R\n\n## {name}2\n\nQ\n"
        )

    result = CliRunner().invoke(main, ["check", "--format", "json", str(tmp_path)])

    reported = [(Path(fault["path"]).name, fault["name"]) for fault in json.loads(result.stdout)]
    assert reported == [
        ("a.md", "empty-stem"),
        ("a.md", "one-option"),
        ("a.md", "no-options"),
        ("b.md", "empty-stem"),
        ("b.md", "one-option"),
        ("b.md", "no-options"),
        ("deck.toml", "unknown-key"),
    ]
