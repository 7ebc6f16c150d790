"""Every example of docs/format.md that is a whole file or a whole question checks clean."""

import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from mcqdeck import read
from mcqdeck.building import build
from mcqdeck.project import check

PAGE = Path(__file__).parents[1] / "docs" / "format.md"
EXAMPLE = re.compile(
    r"^<!-- (?:file: (?P<path>\S+)|(?P<question>question)) -->\n"
    r"(?P<mark>`{3,})(?P<language>\w+)\n(?P<text>.*?)^(?P=mark)$",
    re.MULTILINE | re.DOTALL,
)
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = list(EXAMPLE.finditer(TEXT))
FILES = {match["path"]: match["text"] for match in EXAMPLES if match["path"]}
BANKS = sorted({path.partition("/")[0] for path in FILES})
QUESTIONS = [match["text"] for match in EXAMPLES if match["question"]]


def _write(folder: Path, name: str) -> Path:
    """The bank `name` of the page, with the media of the bank that `init` makes if it names any."""
    bank = folder / name
    for path, text in FILES.items():
        if path.startswith(f"{name}/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    if any("](media/" in text for path, text in FILES.items() if path.startswith(f"{name}/")):
        shutil.copytree(str(files("mcqdeck") / "starter" / "media"), bank / "media")
    return bank


def test_no_block_of_markdown_or_toml_is_left_unchecked() -> None:
    fences = re.findall(r"^```+(?:markdown|toml)$", TEXT, re.MULTILINE)

    assert len(fences) == len(EXAMPLES)
    assert len(BANKS) == 2
    assert len(QUESTIONS) > 3


@pytest.mark.parametrize("name", BANKS)
def test_a_bank_of_the_page_checks_clean_and_builds(name: str, tmp_path: Path) -> None:
    checked = check([_write(tmp_path, name)])

    assert checked.diagnostics == ()
    assert build(checked, tmp_path / "decks")[0].path.name == f"{name}.apkg"


@pytest.mark.parametrize("text", QUESTIONS, ids=lambda text: text.splitlines()[0])
def test_a_question_of_the_page_checks_clean_in_the_fuller_bank(text: str, tmp_path: Path) -> None:
    bank = _write(tmp_path, "full")
    (bank / "09-question.md").write_text(f"# 09 Question\n\n{text}", encoding="utf-8")

    assert check([bank]).diagnostics == ()


def test_the_page_names_every_key_of_deck_toml_and_of_the_comment(tmp_path: Path) -> None:
    """The reader lists the keys it knows when it meets one that it does not."""
    for name, text in {
        "deck.toml": 'id = "b"\ntitle = "B"\nqqqqqqqq = 1\n',
        "01.md": "# B\n\n## a-b\n<!-- qqqqqqqq: 1 -->\n\nWhy?\n\n- [x] One\n- [ ] Two\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    diagnostics = [
        diagnostic
        for diagnostic in read.read_bank(tmp_path).diagnostics
        if diagnostic.name == "unknown-key"
    ]

    known = {
        key for diagnostic in diagnostics for key in re.findall(r"`([a-z]+)`", diagnostic.help)
    }
    assert len(diagnostics) == 2
    assert known >= {"id", "title", "cards", "history", "objective", "retired"}
    assert {key for key in known if not re.search(rf"`\[?{key}\]?`", TEXT)} == set()
