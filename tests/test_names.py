"""No name in the code says only that something was found, or that it is one of several."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EMPTY = frozenset({"found", "each", "Found", "Each"})
SOURCES = sorted(
    path
    for folder in ("generator", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)


def names(node: ast.AST) -> Iterator[str]:
    """The names that a node gives to something."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
            yield name
        case ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)) | ast.ExceptHandler(name=str(name)):
            yield name
        case ast.alias(asname=str(name)):
            yield name


def empty_names(source: str) -> list[tuple[int, str]]:
    """The lines on which a source gives something a name that says nothing, and the names."""
    return sorted(
        (getattr(node, "lineno", 0), name)
        for node in ast.walk(ast.parse(source))
        for name in names(node)
        if name.strip("_") in EMPTY
    )


@pytest.mark.parametrize(
    "source",
    [
        "found = 1",
        "found: int = 1",
        "found += 1",
        "a, [*found] = b",
        "self._found = 1",
        "class A:\n    found: int",
        "class _Found: ...",
        "Found = tuple[int]",
        "def found(): ...",
        "async def found(): ...",
        "def f(found, /): ...",
        "def f(*found): ...",
        "def f(*, each=1): ...",
        "lambda each: 1",
        "for each in a: ...",
        "[1 for each in a]",
        "if found := a: ...",
        "with a as found: ...",
        "try: ...\nexcept A as found: ...",
        "import a as found",
        "from a import b as each",
        "match a:\n    case [*each]: ...",
        "match a:\n    case {'b': 1, **found}: ...",
        "match a:\n    case found: ...",
    ],
)
def test_a_name_that_says_nothing_is_noticed(source: str) -> None:
    assert empty_names(source)


@pytest.mark.parametrize(
    "source",
    [
        "a = found",
        "a(found=1)",
        "a['found'] = 'each'",
        "self.found",
        "nothing_found = 1",
        "def right_of_each(): ...",
    ],
)
def test_what_is_only_used_or_says_more_is_left_alone(source: str) -> None:
    assert empty_names(source) == []


def test_every_name_says_what_it_holds() -> None:
    assert len(SOURCES) > 500
    assert [
        f"{path.relative_to(ROOT).as_posix()}:{line}: {name}"
        for path in SOURCES
        for line, name in empty_names(path.read_text(encoding="utf-8"))
    ] == []
