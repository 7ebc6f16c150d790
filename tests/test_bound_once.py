"""A module binds each of its names once: a merge can write a constant a second time, otherwise."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import mcqdeck

CODE = sorted(Path(mcqdeck.__file__).parent.rglob("*.py"))


def bound(code: ast.Module) -> Iterator[str]:
    for node in code.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def test_no_module_binds_a_name_twice() -> None:
    twice = {
        (path.name, name)
        for path in CODE
        for name, times in Counter(bound(ast.parse(path.read_text(encoding="utf-8")))).items()
        if times > 1
    }

    assert twice == set()
