"""Every pattern of the code matches what its examples say, and nothing else in them."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import mcqdeck
from mcqdeck.markdown.pattern import Pattern
from mcqdeck.render.dialects import DIALECTS
from tests import patterns as tables
from tests.patterns.examples import Examples, unmarked

IN_PLACE = {"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
"""Functions of `re` that take a pattern which nobody can name."""


def examples() -> dict[str, Examples]:
    """What the tables say, by `folder.module.NAME`, or `folder.module.function(argument)`."""
    modules = [
        importlib.import_module(f"{tables.__name__}.{module.name}")
        for module in pkgutil.iter_modules(tables.__path__)
    ]
    names = [name for module in modules for name in getattr(module, "EXAMPLES", {})]
    assert len(names) == len(set(names))
    return {
        name: table for module in modules for name, table in getattr(module, "EXAMPLES", {}).items()
    }


@cache
def modules() -> Mapping[str, ast.Module]:
    """The code of each module whose patterns need examples, by its full name."""
    names = [module.name for module in pkgutil.walk_packages(mcqdeck.__path__, "mcqdeck.")]
    return {
        name: ast.parse(Path(path).read_text(encoding="utf-8"))
        for name in ("mcqdeck", *names)
        if name not in {"mcqdeck.__main__", Pattern.__module__}
        and (path := importlib.import_module(name).__file__)
    }


def calls_of_re(code: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            yield node


def is_compiled(code: ast.AST) -> bool:
    calls = (node for node in ast.walk(code) if isinstance(node, ast.Call))
    return any(ast.unparse(call.func) in {"re.compile", "pattern"} for call in calls)


def inside(value: object, module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns within a value, each with what leads to it."""
    if isinstance(value, Pattern):  # compiled when it is first used
        yield "", value.compiled
    elif isinstance(value, re.Pattern):
        yield "", value
    elif isinstance(pattern := getattr(value, "__self__", None), re.Pattern):  # `_PATTERN.match`
        yield "", pattern
    else:
        for step, part in parts(value, module):
            yield from ((step + way, pattern) for way, pattern in inside(part, module))


def parts(value: object, module: ModuleType) -> Iterator[tuple[str, object]]:
    """What a value of a module holds, each with the step that leads to it."""
    if isinstance(value, Mapping):
        yield from ((f"[{key}]", part) for key, part in value.items())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from ((f"[{at}]", part) for at, part in enumerate(value))
    elif isinstance(value, type):
        if value.__module__ == module.__name__:
            yield from ((f".{name}", part) for name, part in vars(value).items())
    elif is_dataclass(value):
        yield from ((f".{field.name}", getattr(value, field.name)) for field in fields(value))


def defined(code: ast.Module) -> Iterator[str]:
    """The names that a module gives a value to, so that no pattern counts where it is imported."""
    for statement in code.body:
        if isinstance(statement, ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for node in (node for target in targets for node in ast.walk(target)):
                if isinstance(node, ast.Name):
                    yield node.id


def constants() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that stand in modules, by `folder.module.NAME` and what leads into its value."""
    for name, code in modules().items():
        module = importlib.import_module(name)
        for constant in defined(code):
            place = f"{name.removeprefix('mcqdeck.')}.{constant}"
            for way, pattern in inside(getattr(module, constant), module):
                yield place + way, pattern


def functions() -> Iterator[tuple[str, Callable[[str], re.Pattern[str]]]]:
    """The functions that make a pattern of their argument, by `folder.module.name()`."""
    for name, code in modules().items():
        for node in ast.walk(code):
            if isinstance(node, ast.FunctionDef) and is_compiled(node):
                function = getattr(importlib.import_module(name), node.name)
                yield f"{name.removeprefix('mcqdeck.')}.{node.name}()", function


EXAMPLES = examples()
CONSTANTS = dict(constants())
FUNCTIONS = dict(functions())
CASES = [(name, text) for name, table in EXAMPLES.items() for text in table.texts]


def pattern_of(name: str) -> re.Pattern[str]:
    function, is_made, argument = name.removesuffix(")").partition("(")
    return FUNCTIONS[f"{function}()"](argument) if is_made else CONSTANTS[name]


@pytest.mark.parametrize(("name", "example"), CASES)
def test_a_pattern_matches_what_is_marked(name: str, example: str) -> None:
    text, marked = unmarked(example)

    matches = EXAMPLES[name].matches(pattern_of(name), text)
    assert [match.span() for match in matches] == marked


@pytest.mark.parametrize("name", [name for name, table in EXAMPLES.items() if table.groups])
def test_the_groups_of_a_pattern_hold_what_is_said(name: str) -> None:
    table, pattern = EXAMPLES[name], pattern_of(name)

    for text, said in table.groups.items():
        groups = table.matches(pattern, text)[0]
        names = pattern.groupindex or range(1, pattern.groups + 1)
        assert {group: groups[group] for group in names if groups[group] is not None} == said


@pytest.mark.parametrize(
    "name", [name for name in EXAMPLES if name.startswith("exchange.other_markdown.")]
)
def test_each_named_group_of_other_markdown_is_told(name: str) -> None:
    said = {group for groups in EXAMPLES[name].groups.values() for group in groups}

    assert pattern_of(name).groupindex.keys() <= said


def test_every_pattern_has_examples() -> None:
    named = {re.sub(r"\(.*\)$", "()", name) for name in EXAMPLES}

    assert named == CONSTANTS.keys() | FUNCTIONS.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_pattern_has_an_example_with_and_one_without_a_match(name: str) -> None:
    texts = EXAMPLES[name].texts

    assert any("⟨" in text for text in texts)
    assert any("⟨" not in text for text in texts)


@pytest.mark.parametrize("name", modules())
def test_every_pattern_can_be_found_by_its_name(name: str) -> None:
    code = modules()[name]
    makers = [node for node in ast.walk(code) if isinstance(node, ast.FunctionDef)]

    for call in calls_of_re(code):
        assert call.func.attr not in IN_PLACE, f"a pattern without a name in line {call.lineno}"  # type: ignore[attr-defined]
    for maker in filter(is_compiled, makers):
        assert maker.returns is not None
        assert ast.unparse(maker.returns) == "re.Pattern[str]"
    for statement in code.body:
        if is_compiled(statement) and not isinstance(statement, ast.FunctionDef):
            assert any(
                place.startswith(f"{name.removeprefix('mcqdeck.')}.{constant}")
                for constant in defined(ast.Module([statement], []))
                for place in CONSTANTS
            )


def test_no_pattern_stands_twice() -> None:
    places: dict[tuple[str, int], str] = {}

    for name, pattern in CONSTANTS.items():
        assert places.setdefault((pattern.pattern, pattern.flags), name) == name


@pytest.mark.parametrize("what", DIALECTS)
def test_no_match_of_a_dialect_lacks_its_sign(what: str) -> None:
    """Where a text lacks the sign, nothing is searched."""
    dialect = DIALECTS[what]
    texts = [text for name, text in CASES if name == f"render.dialects.DIALECTS[{what}].pattern"]
    matches = [match[0] for text in texts for match in dialect.pattern.finditer(unmarked(text)[0])]

    assert matches
    assert [match for match in matches if dialect.sign not in match] == []
