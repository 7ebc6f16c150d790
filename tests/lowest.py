"""Prints the lowest versions that pyproject.toml allows of what the project needs, as constraints.

What only tests and docs need, and what is needed by way of others, keeps its version of
constraints.txt.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
_FREE = {"text2qti"}
"""What tests compare with, but whose newest version asks for more than the lowest."""


def lowest() -> dict[str, Version]:
    """The lowest version of each direct dependency and of those of the extras, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = [
        *project["dependencies"],
        *(requirement for extra in extras.values() for requirement in extra),
    ]
    versions: dict[str, Version] = {}
    for requirement in map(Requirement, named):
        [bound] = [
            specifier.version for specifier in requirement.specifier if specifier.operator == ">="
        ]
        versions[canonicalize_name(requirement.name)] = Version(bound)
    return versions


def constraints() -> Iterator[str]:
    """The lines of a file of constraints: those of constraints.txt, with the lowest in place."""
    bounds = lowest()
    known = bounds.keys() | _FREE
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and canonicalize_name(line.split("==")[0]) not in known:
            yield line
    for name, version in bounds.items():
        yield f"{name}=={version}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in constraints())
