"""Writes docs/diagnostics.md from the tables of rules and the cases that the tests run."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

from mcqdeck import pack, read, render
from mcqdeck.check import BANK_RULES, RULES, UNUSED_ALLOW
from mcqdeck.diagnostic import Rule

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"
PAGE = ROOT / "docs" / "diagnostics.md"
PARTS = (
    ("The form of a source", read.MISTAKES),
    ("Questions", RULES),
    ("Banks", (*BANK_RULES, UNUSED_ALLOW)),
    ("Markdown, media and safety", render.MISTAKES),
    ("What was released before", pack.MISTAKES),
)
HEAD = """# Diagnostics

All that `mcqdeck check` may say. A diagnostic reads `path:line:column: severity[name]: message`.
Lines and columns count from 1, a column is a character, and both mean the file as you saved it. An
error stops a build, a warning does not. `make docs` writes this page from the code and its tests.
"""


def page() -> str:
    """The whole page."""
    contents = [
        f"- {title}: " + ", ".join(f"[`{rule.name}`](#{rule.name})" for rule in rules)
        for title, rules in PARTS
    ]
    entries = [entry for title, rules in PARTS for entry in (f"## {title}", *_entries(rules))]
    return "\n\n".join([HEAD.strip(), "\n".join(contents), *entries]) + "\n"


def _entries(rules: tuple[Rule, ...]) -> Iterator[str]:
    for rule in rules:
        why, _, what = inspect.cleandoc(rule.function.__doc__ or "").partition("\n\n")
        yield f"### {rule.name}"
        yield f"*{rule.severity.value.capitalize()}.* {_joined(why)}"
        yield _joined(what)
        if not (CASES / f"{rule.name}.txt").exists():
            yield "It shows in `mcqdeck build`; see [releasing.md](releasing.md)."
            continue
        yield "Bad:"
        yield from _sources(CASES, rule.name)
        yield f"`mcqdeck check --select {rule.name}` says:"
        yield _block("text", (CASES / f"{rule.name}.txt").read_text(encoding="utf-8"))
        yield "Good:"
        yield from _sources(CASES / "good", rule.name)


def _sources(folder: Path, name: str) -> Iterator[str]:
    """The text files of a case, each in a fence."""
    chapter = folder / f"{name}.md"
    files = [chapter] if chapter.exists() else sorted((folder / name).rglob("*"))
    for file in files:
        if file.suffix in (".md", ".toml"):
            if len(files) > 1:
                yield f"`{file.relative_to(folder / name).as_posix()}`:"
            text = file.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")
            yield _block("toml" if file.suffix == ".toml" else "markdown", text)
        elif file.is_file():
            yield f"`{file.relative_to(folder / name).as_posix()}` is a file beside them."


def _joined(text: str) -> str:
    return " ".join(text.split())


def _block(language: str, text: str) -> str:
    return f"~~~~~{language}\n{text.rstrip()}\n~~~~~"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
