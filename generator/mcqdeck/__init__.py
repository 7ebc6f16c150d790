"""mcqdeck compiles banks of multiple-choice questions, written in Markdown, into Anki packages.

From Python: `load` reads a bank, `check` finds what is wrong with banks, `build` writes packages.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # what type checkers take for true; to load `typing` takes a while
if TYPE_CHECKING:
    from mcqdeck.build import build, check, load

__all__ = ["__version__", "build", "check", "load"]

__version__ = "0.1.0"


class _Package(type(sys)):  # type: ignore[misc]  # the type of modules
    """Loads the functions when they are asked for: a command starts without them."""

    def __getattr__(self, name: str) -> object:
        if name not in _FUNCTIONS:
            raise AttributeError(
                f"module {__name__!r} has no attribute {name!r}", name=name, obj=self
            )
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module("mcqdeck.build"), name)

    def __setattr__(self, name: str, value: object) -> None:
        """Keeps Python from putting a module in the place of the function of its name."""
        if name not in _FUNCTIONS:
            super().__setattr__(name, value)


_FUNCTIONS = frozenset(__all__) - {"__version__"}
sys.modules[__name__].__class__ = _Package
