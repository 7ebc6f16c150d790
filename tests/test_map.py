"""A newcomer finds each file: CONTRIBUTING.md has each package, docs/code.md each file."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ROOT / "generator" / "mcqdeck"


def map_rows() -> dict[str, str]:
    """What the map says of the code, by the first name of each row."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = text.partition("```\ngenerator/mcqdeck/\n")[2].partition("\ntests/")[0]
    rows = re.split(r"\n+  (?=\S)", f"\n{block}")[1:]
    return {row.split()[0]: " ".join(row.split()[1:]) for row in rows}


def named(text: str) -> set[str]:
    """The files and folders of the code that a text names."""
    return set(re.findall(r"[\w/]+\.(?:py|js|css|html|txt)\b|\b\w+/(?=[\s:,;]|$)", text))


def test_the_map_has_a_line_for_each_package_and_each_file_beside_them() -> None:
    rows = map_rows()
    here = {path.name for path in CODE.glob("*.py")} - {"__main__.py"}
    packages = {f"{path.parent.name}/" for path in CODE.glob("*/__init__.py")}

    assert packages <= rows.keys()
    assert here - rows.keys() <= named(" ".join(rows.values()))


def test_what_the_map_names_is_there() -> None:
    for name, text in map_rows().items():
        folder = CODE / name if name.endswith("/") else CODE

        assert (CODE / name).exists(), name
        for inner in named(text):
            assert (folder / inner).exists() or (CODE / inner).exists(), f"{name}: {inner}"


def test_the_list_of_all_files_has_each() -> None:
    page = (ROOT / "docs" / "code.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\S+)/\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))

    for path in CODE.rglob("*.py"):
        folder = path.parent.relative_to(CODE.parent).as_posix()
        assert path.name == "__init__.py" or f"\n- `{path.name}`: " in sections[folder]
