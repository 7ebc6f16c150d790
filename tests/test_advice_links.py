"""Links whose definition is missing, and brackets that are no links."""

from pathlib import Path

import pytest

from mcqdeck.project import check
from mcqdeck.rules import Selection

NAME = "link-without-definition"
TEMPLATE = """# Title

## first

What is it?

- [x] Ash
- [ ] Oak
- [ ] Elm

### Explanation

{}
"""


def places(folder: Path, text: str) -> list[tuple[int, int]]:
    path = folder / "01.md"
    path.write_text(TEMPLATE.format(text), encoding="utf-8")
    checked = check([path], selection=Selection(frozenset({NAME})))
    return [(diagnostic.where.line, diagnostic.where.column) for diagnostic in checked.diagnostics]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("See [the tree][ash].", 15),
        ("See [the tree][].", 15),
        ("See [**the** tree][ash].", 19),
        ("[ash] is no tree, see [the tree][ash].", 33),
    ],
)
def test_a_link_without_definition_shows_its_brackets(
    tmp_path: Path, text: str, column: int
) -> None:
    (tmp_path / "deck.toml").write_text('id = "trees"\ntitle = "Trees"\n', encoding="utf-8")

    assert places(tmp_path, text) == [(13, column)]


@pytest.mark.parametrize(
    "text",
    [
        "See [the tree][ASH  tree].\n\n[ash tree]: https://example.org",
        "See [the tree][].\n\n[The Tree]: https://example.org",
        "> See [the tree][ash].\n>\n> [ash]: https://example.org",
        "See [the tree](https://example.org).",
        "A cell is m[row][column], or [0][1].",
        "In code: `[the tree][ash]`.",
        "```\n[the tree][ash]\n```",
        "A footnote [text][^1].",
        r"Escaped: \[the tree][ash].",
    ],
)
def test_what_is_defined_or_no_link_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "deck.toml").write_text('id = "trees"\ntitle = "Trees"\n', encoding="utf-8")

    assert places(tmp_path, text) == []
