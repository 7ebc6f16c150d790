"""mcqdeck compiles banks of multiple-choice questions, written in Markdown, into Anki packages.

From Python: `load` reads a bank, `check` finds what is wrong with banks, `build` writes packages.
The other names are the types of what these take, return and raise.
"""

TYPE_CHECKING = False  # what type checkers take for true; to load `typing` takes a while
if TYPE_CHECKING:
    from mcqdeck.building import build
    from mcqdeck.diagnostic import Diagnostic, Edit, McqdeckError, Severity
    from mcqdeck.model import Bank, Chapter, Option, Passage, Place, Question
    from mcqdeck.project import Checked, check, load
    from mcqdeck.read import Reading
    from mcqdeck.report import Built

__all__ = [
    "Bank",
    "Built",
    "Chapter",
    "Checked",
    "Diagnostic",
    "Edit",
    "McqdeckError",
    "Option",
    "Passage",
    "Place",
    "Question",
    "Reading",
    "Severity",
    "__version__",
    "build",
    "check",
    "load",
]

__version__ = "1.0.0"

_NAMES_BY_MODULE = {
    "building": ("build",),
    "diagnostic": ("Diagnostic", "Edit", "McqdeckError", "Severity"),
    "model": ("Bank", "Chapter", "Option", "Passage", "Place", "Question"),
    "project": ("Checked", "check", "load"),
    "read": ("Reading",),
    "report": ("Built",),
}


def __getattr__(name: str) -> object:
    """Loads what is public when it is first asked for, so that `--version` need not wait."""
    for module, names in _NAMES_BY_MODULE.items():
        if name in names:
            from importlib import import_module  # noqa: PLC0415

            return getattr(import_module(f"mcqdeck.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The names in the module, and those that are not loaded yet."""
    return sorted({*globals(), *__all__})
